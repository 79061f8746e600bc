import type { ReactNode } from "react";
import { safeUrl } from "../safe-url.ts";
import { Icon } from "./icons.tsx";

/** A link to another site, or the bare words where the address is none of the web. */
export function OutsideLink({ address, children, className = "link" }: { address: string | null; children: ReactNode; className?: string }) {
  const url = safeUrl(address);
  if (url === null) return <>{children}</>;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer" className={className}>
      {children}
      <Icon name="external" className="ml-0.5 inline size-3 align-[-1px]" />
      <span className="sr-only"> (opens in a new tab)</span>
    </a>
  );
}
