import type { ReactNode } from "react";
import { Mark, Wordmark } from "../../components/mark.tsx";
import { PlainHttpBanner } from "../../shell/plain-http-banner.tsx";

/** The page before the board: the mark, one form, nothing else. */
export function Door({ title, children, footer }: { title: string; children: ReactNode; footer?: ReactNode }) {
  return (
    <>
      <PlainHttpBanner />
      <main className="flex min-h-dvh flex-col items-center px-4 pt-[14vh] pb-8">
        <div className="w-full max-w-[360px]">
          <p className="mb-8 flex items-center justify-center gap-2.5">
            <Mark className="size-8" />
            <Wordmark className="mt-0.5 h-7" />
          </p>
          <div className="rounded-lg border border-line bg-surface p-6">
            <h1 className="mb-4 text-lg font-semibold">{title}</h1>
            {children}
          </div>
          {footer !== undefined && <div className="mt-4 text-center text-xs text-ink-soft">{footer}</div>}
        </div>
      </main>
    </>
  );
}
