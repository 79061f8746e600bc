import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { text as readAll } from "node:stream/consumers";
import { Password } from "@sentinal/contract";
import { CommandProblem, usageProblem } from "./problem.ts";
import type { Terminal } from "./terminal.ts";

/** Asks before something that cannot be taken back. Throws CommandProblem (usage) where nobody can be asked. */
export async function confirmAct(terminal: Terminal, question: string): Promise<boolean> {
  if (!terminal.isInteractive) throw usageProblem("Nobody can be asked here. Say --yes.");
  const [answer] = await ask(terminal, [`${question} [y/N] `], { isHidden: false });
  return /^y(es)?$/i.test(answer?.trim() ?? "");
}

/**
 * A new password: from the file, from standard input (`-`), or asked for twice without showing it. Never from an option:
 * that would stand in the list of processes and in the shell's history.
 */
export async function readNewPassword(terminal: Terminal, file: string | undefined): Promise<string> {
  if (file !== undefined) return checked(await passwordFrom(terminal, file));
  if (!terminal.isInteractive) throw usageProblem("Nobody can be asked for the password here. Give it with --password-file, - for standard input.");
  const [first, second] = await ask(terminal, ["New password, 12 characters or more (it is not shown): ", "The same again: "], { isHidden: true });
  if (first === undefined || second === undefined) throw new CommandProblem("Cancelled. Nothing was changed.");
  if (first !== second) throw new CommandProblem("The two are not the same. Nothing was changed.");
  return checked(first);
}

function checked(password: string): string {
  if (!Password.safeParse(password).success) throw usageProblem("The password must have 12 to 1,024 characters. Nothing was changed.");
  return password;
}

/** The answers in order; fewer when the person gave up with Ctrl-C or Ctrl-D. */
async function ask(terminal: Terminal, questions: readonly string[], options: { isHidden: boolean }): Promise<string[]> {
  const { stderr, stdin } = terminal;
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  // As a terminal it takes the echo out of the system's hands; what it would write itself goes nowhere.
  const lines = createInterface({ input: stdin, output: options.isHidden ? nowhere : stderr, terminal: true, historySize: 0 });
  lines.on("SIGINT", () => lines.close());
  const answers: string[] = [];
  try {
    const answered = lines[Symbol.asyncIterator]();
    for (const question of questions) {
      lines.setPrompt(question);
      if (options.isHidden) stderr.write(question);
      else lines.prompt();
      const answer = await answered.next();
      if (options.isHidden || answer.done === true) stderr.write("\n");
      if (answer.done === true) break;
      answers.push(answer.value);
    }
    return answers;
  } finally {
    lines.close();
  }
}

async function passwordFrom(terminal: Terminal, file: string): Promise<string> {
  try {
    const content = file === "-" ? await readAll(terminal.stdin) : await readFile(file, "utf8");
    // Editors and echo end the line; a password may well end in a space.
    return content.replace(/\r?\n$/, "");
  } catch (error) {
    throw usageProblem(`--password-file: ${file} cannot be read (${error instanceof Error && "code" in error ? String(error.code) : "error"}).`);
  }
}
