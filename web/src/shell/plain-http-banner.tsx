import { StatusMark } from "../components/status.tsx";

/** Browsers call a page secure that came over https, or from this machine itself. */
export function PlainHttpBanner() {
  if (isSecureContext) return null;
  return (
    <div role="alert" data-print="no" className="flex items-center gap-2 border-b border-line bg-bad-soft px-4 py-1.5 text-sm text-ink">
      <StatusMark kind="failure" className="size-4 shrink-0" />
      <span className="min-w-0">
        This connection is not encrypted: whoever is on the way can read passwords and sessions. Put TLS in front of the hub, see <i>Behind a proxy</i> in its
        guides.
      </span>
    </div>
  );
}
