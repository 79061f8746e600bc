import type { ReactNode } from "react";

/** What will stand here, and the one next step. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="px-4 py-10 text-center">
      <p className="text-base font-medium">{title}</p>
      {children !== undefined && <div className="mx-auto mt-1 max-w-[560px] text-ink-soft">{children}</div>}
    </div>
  );
}

/** Rows of the final shape while nothing is known yet. */
export function SkeletonRows({ count, label, height = 34 }: { count: number; label: string; height?: number }) {
  return (
    <div className="late" role="status" aria-label={label}>
      {Array.from({ length: count }, (_none, index) => (
        <div key={index} className="flex items-center gap-4 border-b border-line px-4" style={{ height }}>
          <span className="skeleton size-4" />
          <span className="skeleton h-3 w-28" />
          <span className="skeleton h-3" style={{ width: `${30 + ((index * 17) % 35)}%` }} />
          <span className="skeleton ml-auto h-3 w-16" />
        </div>
      ))}
    </div>
  );
}

export function SkeletonBlock({ label, className = "h-24" }: { label: string; className?: string }) {
  return (
    <div className="late" role="status" aria-label={label}>
      <div className={`skeleton ${className}`} />
    </div>
  );
}
