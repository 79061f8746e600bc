import { printable, type Progress, type ReportFile } from "@sentinal/send";
import { columnsOf, shortened } from "../columns.ts";
import type { Terminal } from "../terminal.ts";

const redrawEveryMs = 80;
const barColumns = 24;

/** A bar that moves for a person at a terminal, one plain line a file otherwise. */
export function createProgress(terminal: Terminal, file: ReportFile): Progress {
  return terminal.isInteractive ? movingBar(terminal, file) : plainLines(terminal, file);
}

function plainLines(terminal: Terminal, file: ReportFile): Progress {
  let isSaid = false;
  return {
    looking() {},
    restart() {
      if (!isSaid) terminal.say(`Sending ${printable(file.name)} (${[sizeText(file.sizeBytes), file.formatName].filter((part) => part !== null).join(", ")})`);
      isSaid = true;
    },
    read() {},
    working() {},
    note: (text) => terminal.say(`  ${printable(text)}`),
    end() {},
  };
}

function movingBar(terminal: Terminal, file: ReportFile): Progress {
  const { stderr, paintSaid } = terminal;
  let readBytes = 0;
  let drawnAt = 0;

  function draw(state: string): void {
    const width = stderr.columns ?? 80;
    const share = Math.min(1, readBytes / Math.max(1, file.sizeBytes));
    const filled = Math.round(share * barColumns);
    const bar = `${"━".repeat(filled)}${paintSaid("dim", "━".repeat(barColumns - filled))}`;
    const name = shortened(printable(file.name), Math.max(10, width - barColumns - columnsOf(state) - 6));
    stderr.write(`\r\u001b[2K${name}  ${bar}  ${state}`);
    drawnAt = performance.now();
  }

  return {
    looking(bytes) {
      readBytes += bytes;
      if (performance.now() - drawnAt >= redrawEveryMs) draw("looking up its sources");
    },
    restart() {
      readBytes = 0;
      draw("0 %");
    },
    read(bytes) {
      readBytes += bytes;
      if (performance.now() - drawnAt < redrawEveryMs) return;
      draw(readBytes >= file.sizeBytes ? "waiting for the hub" : `${Math.floor((readBytes / file.sizeBytes) * 100)} % of ${sizeText(file.sizeBytes)}`);
    },
    working: () => draw("the hub reads it"),
    note(text) {
      stderr.write("\r\u001b[2K");
      terminal.say(printable(text));
    },
    end: () => void stderr.write("\r\u001b[2K"),
  };
}

function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  const units = ["KB", "MB", "GB"];
  let value = bytes / 1_000;
  let unit = 0;
  for (; value >= 999.5 && unit < units.length - 1; unit++) value /= 1_000;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}
