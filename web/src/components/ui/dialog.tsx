import { Dialog as Base } from "@base-ui/react/dialog";
import type { ReactNode, RefObject } from "react";
import { IconButton } from "./button.tsx";
import { classes } from "./classes.ts";

type DialogProps = {
  isOpen: boolean;
  onClose(): void;
  title: string;
  children: ReactNode;
  /** False where a press beside it must not throw away what stands in it. */
  closesOnOutsidePress?: boolean;
  /** What gets the focus first; else the first thing that can be used. */
  initialFocus?: RefObject<HTMLElement | null>;
  width?: "md" | "lg";
  /** Without the bar of title and close button; the title is still read out. */
  isBare?: boolean;
};

/** A modal dialog: keeps the focus, gives it back, closes with Esc. */
export function Dialog({ isOpen, onClose, title, children, closesOnOutsidePress = true, initialFocus, width = "md", isBare = false }: DialogProps) {
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && onClose()} disablePointerDismissal={!closesOnOutsidePress}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-[#0b0e10]/40 transition-opacity duration-100 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0" />
        <Base.Popup
          {...(initialFocus !== undefined && { initialFocus })}
          className={classes(
            "fixed top-[12vh] left-1/2 z-40 flex max-h-[80vh] w-[calc(100vw-24px)] -translate-x-1/2 flex-col overflow-hidden rounded-lg border border-line bg-raised text-ink outline-none",
            "transition-[opacity,transform] duration-100 data-[ending-style]:opacity-0 data-[starting-style]:-translate-y-1 data-[starting-style]:opacity-0",
            width === "md" ? "max-w-[480px]" : "max-w-[640px]",
          )}
        >
          {isBare ? (
            <Base.Title className="sr-only">{title}</Base.Title>
          ) : (
            <div className="flex items-center justify-between border-b border-line py-2 pr-2 pl-4">
              <Base.Title className="text-base font-semibold">{title}</Base.Title>
              <IconButton icon="close" label="Close" keyHint="Esc" onClick={onClose} />
            </div>
          )}
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
