import { useRef } from "react";
import { Dialog } from "../components/ui/dialog.tsx";
import { isMac, keyWords, useActiveKeys } from "../keys.ts";

/** Every key that works on this page now. */
export function KeySheet({ onClose }: { onClose(): void }) {
  const keys = useActiveKeys();
  const list = useRef<HTMLDListElement>(null);
  return (
    <Dialog isOpen onClose={onClose} title="Keys" initialFocus={list}>
      <dl ref={list} tabIndex={-1} className="outline-none grid grid-cols-[1fr_auto] gap-y-2 overflow-y-auto px-4 py-3 text-sm">
        {keys.map((binding) => (
          <div key={binding.key} className="contents">
            <dt className="text-ink-soft">{binding.label}</dt>
            <dd>
              <kbd className="rounded-sm border border-line bg-canvas px-1.5 py-0.5 font-sans text-xs">{keyWords(binding.key, isMac)}</kbd>
            </dd>
          </div>
        ))}
      </dl>
      <p className="border-t border-line px-4 py-2 text-xs text-ink-faint">Keys typed into a field are text. Esc closes what is nearest.</p>
    </Dialog>
  );
}
