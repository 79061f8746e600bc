import { printable } from "@sentinal/send";
import type { Terminal } from "./terminal.ts";

const redrawEveryMs = 80;
const barColumns = 24;

/** A bar of a known length, for a person at a terminal; nothing moves elsewhere. */
export type Bar = { show(done: number, total: number): void; end(): void };

/** `words` say what goes on, before the bar; `unit` what is counted, after it. */
export function createBar(terminal: Terminal, words: string, unit: string): Bar {
  if (!terminal.isInteractive) return { show() {}, end() {} };
  const { stderr, paintSaid } = terminal;
  let drawnAt = 0;
  return {
    show(done, total) {
      if (performance.now() - drawnAt < redrawEveryMs) return;
      drawnAt = performance.now();
      const filled = Math.round(Math.min(1, done / Math.max(1, total)) * barColumns);
      const bar = `${"━".repeat(filled)}${paintSaid("dim", "━".repeat(barColumns - filled))}`;
      stderr.write(`\r\u001b[2K${printable(words)}  ${bar}  ${done.toLocaleString("en")} of ${Math.max(done, total).toLocaleString("en")} ${unit}`);
    },
    end: () => void stderr.write("\r\u001b[2K"),
  };
}
