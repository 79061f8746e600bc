import { useState } from "react";
import { saveFile } from "../../clipboard.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Dialog } from "../../components/ui/dialog.tsx";

/** Shows recovery codes this once; does not close by accident while they were not kept. */
export function RecoveryCodesDialog({ codes, onClose }: { codes: readonly string[]; onClose(): void }) {
  const [isKept, setIsKept] = useState(false);
  const [isWarned, setIsWarned] = useState(false);
  const text = `${codes.join("\n")}\n`;

  function close(): void {
    if (isKept || isWarned) return onClose();
    setIsWarned(true);
  }
  function save(): void {
    saveFile(new Blob([`Sentinal recovery codes, ${location.host}\nEach counts once.\n\n${text}`], { type: "text/plain" }), "sentinal-recovery-codes.txt");
    setIsKept(true);
  }

  return (
    <Dialog isOpen onClose={close} title="Recovery codes" closesOnOutsidePress={false}>
      <div className="flex flex-col gap-3 overflow-y-auto p-4">
        <p className="font-medium">Keep these now. They are shown this once; the hub keeps only hashes of them.</p>
        <p className="text-ink-soft">
          Each stands in once for your second factor, on the day when the telephone is lost. Keep them where your password is not.
        </p>
        <ol className="grid gap-x-6 gap-y-1 rounded-md border border-line bg-canvas px-3 py-2" data-testid="recovery-codes">
          {codes.map((code) => (
            <li key={code}>
              <code className="select-all">{code}</code>
            </li>
          ))}
        </ol>
        <div className="flex gap-2">
          <CopyButton text={text} what="recovery codes" look="primary" onCopied={() => setIsKept(true)} />
          <Button size="sm" icon="download" onClick={save}>
            Save as file
          </Button>
        </div>
      </div>
      <div className="flex items-center justify-end gap-3 border-t border-line px-4 py-3">
        {isWarned && (
          <p role="alert" className="mr-auto text-xs text-warn">
            They were not kept yet. Close again to go without them.
          </p>
        )}
        <Button look="primary" onClick={close}>
          Done
        </Button>
      </div>
    </Dialog>
  );
}
