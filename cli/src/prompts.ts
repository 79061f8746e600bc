import { readFile } from "node:fs/promises";
import { text as readAll } from "node:stream/consumers";
import { Password } from "@sentinal/contract";
import { CommandProblem, usageProblem } from "./problem.ts";
import type { Terminal } from "./terminal.ts";

/** Asks before something that cannot be taken back. Throws CommandProblem (usage) where nobody can be asked. */
export async function confirmAct(terminal: Terminal, question: string): Promise<boolean> {
  if (!terminal.isInteractive) throw usageProblem("Nobody can be asked here. Say --yes.");
  const { confirm, isCancel } = await import("@clack/prompts");
  const answer = await confirm({ message: question, initialValue: false, output: terminal.stderr });
  return !isCancel(answer) && answer;
}

/**
 * A new password: from the file, from standard input (`-`), or asked for twice without showing it. Never from an option:
 * that would stand in the list of processes and in the shell's history.
 */
export async function readNewPassword(terminal: Terminal, file: string | undefined): Promise<string> {
  if (file !== undefined) return checked(await passwordFrom(terminal, file));
  if (!terminal.isInteractive) throw usageProblem("Nobody can be asked for the password here. Give it with --password-file, - for standard input.");
  const first = checked(await ask(terminal, "New password (12 characters or more)"));
  const second = await ask(terminal, "The same again");
  if (first !== second) throw new CommandProblem("The two are not the same. Nothing was changed.");
  return first;
}

function checked(password: string): string {
  if (!Password.safeParse(password).success) throw usageProblem("The password must have 12 to 1,024 characters. Nothing was changed.");
  return password;
}

async function ask(terminal: Terminal, message: string): Promise<string> {
  const { isCancel, password } = await import("@clack/prompts");
  // An empty mask: not even the length is shown.
  const answer = await password({ message, mask: "", output: terminal.stderr });
  if (isCancel(answer)) throw new CommandProblem("Cancelled. Nothing was changed.");
  return answer;
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
