import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { StatusMark } from "../../components/status.tsx";
import { Time } from "../../components/time.tsx";
import { Button } from "../../components/ui/button.tsx";
import { dismissNotice, noticesQuery } from "./queries.ts";

/** On every page, until it is put away: something happened to this account that its user should know. */
export function NoticeBanner() {
  const notices = useQuery(noticesQuery());
  const dismissal = useMutation({ mutationFn: dismissNotice });
  const [notice] = notices.data ?? [];
  if (notice === undefined) return null;
  const others = (notices.data ?? []).length - 1;
  return (
    <div role="alert" data-print="no" className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-bad-soft px-4 py-1.5 text-sm">
      <StatusMark kind="action_needed" className="size-4 shrink-0" />
      <p className="min-w-0 flex-1 basis-[280px]">
        <span className="font-medium">A copy of one of your sessions was used, so it was ended.</span> {notice.device}
        {notice.address !== null && <>, the copy from {notice.address}</>}, <Time at={notice.created_at} />. Change your password, unless you restored a backup
        of that device.{others > 0 && ` There ${others === 1 ? "is one more such notice" : `are ${others} more such notices`}.`}
      </p>
      <Link to="/profile" className="link shrink-0">
        Look at my sessions
      </Link>
      <Button size="sm" disabled={dismissal.isPending} onClick={() => dismissal.mutate(notice.id)}>
        {dismissal.error === null ? "Put away" : "Try again"}
      </Button>
    </div>
  );
}
