import { CopyButton } from "./copy-button.tsx";

/** A command or a file to copy. */
export function CodeBlock({ code, what }: { code: string; what: string }) {
  return (
    <figure className="min-w-0 rounded-md border border-line bg-canvas">
      <figcaption className="flex items-center justify-between border-b border-line py-1 pr-1 pl-3 text-xs text-ink-soft">
        {what}
        <CopyButton text={code} what={what} look="quiet" />
      </figcaption>
      <pre className="overflow-x-auto p-3 leading-[18px]" tabIndex={0} aria-label={what}>
        <code>{code}</code>
      </pre>
    </figure>
  );
}
