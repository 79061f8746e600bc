import { type ReactNode, useEffect, useRef } from "react";
import { useKeys } from "../keys.ts";
import { IconButton } from "./ui/button.tsx";

type SidePanelProps = {
  /** What it shows; its accessible name. */
  label: string;
  title: ReactNode;
  /** Buttons and links at its head, before the one that closes it. */
  actions?: ReactNode;
  onClose(): void;
  children: ReactNode;
};

/** Detail beside the list it belongs to; the list stays in use. Esc closes it and gives the focus back. */
export function SidePanel({ label, title, actions, onClose, children }: SidePanelProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const body = useRef<HTMLDivElement>(null);
  useKeys([{ key: "Escape", label: "Close the panel", run: onClose }]);

  useEffect(() => {
    const before = document.activeElement;
    heading.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  useEffect(() => {
    body.current?.scrollTo(0, 0);
  }, [label]);

  return (
    <aside
      aria-label={label}
      className="fixed inset-y-0 right-0 z-30 flex w-full flex-col border-line bg-surface sm:max-w-[520px] sm:border-l lg:sticky lg:top-11 lg:z-0 lg:h-[calc(100dvh-44px)] lg:w-[440px] lg:shrink-0 xl:w-[480px] print:static print:h-auto"
    >
      <header className="flex h-11 shrink-0 items-center gap-1 border-b border-line pr-2 pl-4">
        <h2 ref={heading} tabIndex={-1} className="min-w-0 flex-1 truncate text-sm font-semibold outline-none">
          {title}
        </h2>
        {actions}
        <IconButton icon="close" label="Close" keyHint="Esc" keyShortcut="Escape" onClick={onClose} />
      </header>
      <div ref={body} className="flex-1 overflow-y-auto overscroll-contain">
        {children}
      </div>
    </aside>
  );
}
