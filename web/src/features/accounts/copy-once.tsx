import { type ReactNode, useState } from "react";
import { CopyButton } from "../../components/copy-button.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Dialog } from "../../components/ui/dialog.tsx";

/** Shows a link this once; does not close by accident while it was not copied. */
export function CopyOnce({ title, url, onClose, children }: { title: string; url: string; onClose(): void; children: ReactNode }) {
  const [isCopied, setIsCopied] = useState(false);
  const [isWarned, setIsWarned] = useState(false);

  function close(): void {
    if (isCopied || isWarned) return onClose();
    setIsWarned(true);
  }

  return (
    <Dialog isOpen onClose={close} title={title} closesOnOutsidePress={false}>
      <div className="flex flex-col gap-3 overflow-y-auto p-4">
        <p className="font-medium">Copy the link now. It is shown this once; the hub keeps only a hash of it.</p>
        <div className="flex items-center gap-2 rounded-md border border-line bg-canvas py-1.5 pr-1.5 pl-3">
          <code className="min-w-0 flex-1 break-all select-all" data-testid="link-value">
            {url}
          </code>
          <CopyButton text={url} what="link" look="primary" onCopied={() => setIsCopied(true)} />
        </div>
        <div className="text-ink-soft">{children}</div>
      </div>
      <div className="flex items-center justify-end gap-3 border-t border-line px-4 py-3">
        {isWarned && (
          <p role="alert" className="mr-auto text-xs text-warn">
            The link was not copied yet. Close again to go without it.
          </p>
        )}
        <Button look="primary" onClick={close}>
          Done
        </Button>
      </div>
    </Dialog>
  );
}
