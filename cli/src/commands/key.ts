import { resolve } from "node:path";
import type { Command } from "commander";
import { printable } from "@sentinal/send";
import type { KeyReport, RotateReport } from "../../../hub/src/operator.ts";
import { CommandProblem } from "../problem.ts";
import { confirmAct } from "../prompts.ts";
import { tableLines } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { operate, operatorHelp } from "./operate.ts";

const showExamples = `
Examples:
  $ sentinal key show
  $ sentinal key show --json | jq .rotation
`;
const rotateExamples = `
Hubs may run meanwhile: they take the new key up by themselves, and need its file at their next start. When it is
interrupted, run it again: it goes on where it stopped.

Examples:
  $ sentinal key rotate
  $ sentinal key rotate --new-key-file /etc/sentinal/key-2    where the file in use cannot be replaced,
                                                              or the key stands in SENTINAL_KEY
`;

/** Where the key itself may stand instead of in a file. */
const environmentName = "SENTINAL_KEY";
const barColumns = 24;
const redrawEveryMs = 80;

export function addKeyCommands(program: Command, terminal: Terminal): void {
  const key = program
    .command("key")
    .summary("show and rotate the hub's key")
    .description("The hub's key, under which everything lies that the hub must be able to read again.")
    .addHelpText("after", operatorHelp);

  key
    .command("show")
    .summary("show which key wraps what")
    .description("Shows the ids of the hub's keys and how many records each wraps; never a key.")
    .option("--json", "print one JSON object")
    .addHelpText("after", operatorHelp + showExamples)
    .action((options: { json?: boolean }) => showKeys(terminal, options));

  key
    .command("rotate")
    .summary("bring the hub to a new key")
    .description("Makes a new key, wraps everything anew under it and puts it in the place of the key file; the old one is kept beside it.")
    .option("--new-key-file <path>", "a file with the new key, or a path where it shall be written; the file in use is then left to you")
    .option("--yes", "do not ask")
    .option("--json", "print one JSON object")
    .addHelpText("after", operatorHelp + rotateExamples)
    .action((options: { newKeyFile?: string; yes?: boolean; json?: boolean }) => rotate(terminal, options));
}

async function showKeys(terminal: Terminal, options: { json?: boolean }): Promise<void> {
  const report = await operate(terminal, await loadHub(), { mayCreate: false }, (operator) => operator.reportKeys());
  if (options.json === true) terminal.result(JSON.stringify(report, null, 2));
  else tellKeys(terminal, report);
}

function tellKeys(terminal: Terminal, report: KeyReport): void {
  const rows = report.records.map(({ key, records }) => [
    { text: key },
    { text: String(records), align: "right" as const },
    { text: wordFor(key, report) },
    { text: key === report.key_in_file ? printable(report.key_file ?? environmentName) : "" },
  ]);
  for (const line of tableLines(["Key", "Records", "State", "File"], rows, (head) => terminal.paintResult("dim", head))) terminal.result(line);
  if (report.rotation !== null)
    terminal.warn(`The rotation to ${report.rotation.to}, begun at ${report.rotation.started_at}, is not finished. Go on with it: sentinal key rotate`);
}

function wordFor(key: string, report: KeyReport): string {
  if (key === report.key) return "in use";
  return key === report.rotation?.from ? "being replaced" : "not at hand";
}

async function rotate(terminal: Terminal, options: { newKeyFile?: string; yes?: boolean; json?: boolean }): Promise<void> {
  if (options.yes !== true && !(await confirmAct(terminal, "Rotate the hub's key? From then on the hub starts with the new one alone."))) {
    throw new CommandProblem("Cancelled. The key was not rotated.");
  }
  const bar = createBar(terminal);
  const newKeyFile = options.newKeyFile === undefined ? null : resolve(terminal.cwd, options.newKeyFile);
  const report = await operate(terminal, await loadHub(), { mayCreate: false }, async (operator) => {
    try {
      return await operator.rotateKey({ newKeyFile, onProgress: bar.show });
    } finally {
      bar.end();
    }
  });
  if (options.json === true) terminal.result(JSON.stringify(report, null, 2));
  tellRotation(terminal, report);
}

function tellRotation(terminal: Terminal, report: RotateReport): void {
  if (report.unreadable.length > 0)
    terminal.warn(
      `${report.unreadable.length} data keys did not open under the old key; what they sealed was lost before: ${report.unreadable.slice(0, 5).join(", ")}`,
    );
  terminal.say(
    `The key ${report.to} wraps ${report.records === 1 ? "1 record" : `${report.records} records`} now; ${report.from} wraps none that can be read.`,
  );
  if (!report.finished) {
    tellWhatIsLeft(terminal, report.key_file);
    return;
  }
  if (report.key_file === null) {
    terminal.say(
      `The new key is what ${environmentName} holds. Keep the old one for the backups made until now, and delete it together with the last of them.`,
    );
    return;
  }
  terminal.say(
    printable(`The key file is ${report.key_file}. Hubs that run have the new key; those on other machines need this file before their next start.`),
  );
  if (report.old_key_file !== null)
    terminal.say(printable(`The old key is kept as ${report.old_key_file}: backups made until now need it. Delete it together with the last of them.`));
}

/** `path` is the new key's file; null when this run was not told where it is. */
function tellWhatIsLeft(terminal: Terminal, path: string | null): void {
  const isInEnvironment = (terminal.environment[environmentName] ?? "") !== "";
  const name = isInEnvironment ? environmentName : "SENTINAL_KEY_FILE";
  const place = path === null ? "Its file was named when the rotation began; --new-key-file PATH writes it once more." : `It is ${path}.`;
  terminal.say(printable(`Not finished: both keys work until every hub has the new ${isInEnvironment ? "key" : "file"}. ${place}`));
  terminal.say(`1. Set ${name} to ${isInEnvironment ? "what it holds" : "it"} for every hub, and restart each when it suits you.`);
  terminal.say(`2. Then, with ${name} set to it here too: sentinal key rotate`);
}

/** A bar that moves for a person at a terminal; nothing otherwise, for what came of it is told at the end. */
function createBar(terminal: Terminal): { show(done: number, total: number): void; end(): void } {
  if (!terminal.isInteractive) return { show() {}, end() {} };
  let drawnAt = Number.NEGATIVE_INFINITY;
  return {
    show(done, total) {
      if (performance.now() - drawnAt < redrawEveryMs && done < total) return;
      drawnAt = performance.now();
      const filled = total === 0 ? barColumns : Math.round((done / total) * barColumns);
      const bar = `${"━".repeat(filled)}${terminal.paintSaid("dim", "━".repeat(barColumns - filled))}`;
      terminal.stderr.write(`\r\u001b[2KWrapping anew  ${bar}  ${done} of ${total} records`);
    },
    end: () => void terminal.stderr.write("\r\u001b[2K"),
  };
}

/** Only when it is needed: other commands must not wait for the hub's modules. */
async function loadHub() {
  return import("../../../hub/src/operator.ts");
}
