import { randomUUID } from "node:crypto";
import { appendFile } from "node:fs/promises";
import type { Environment } from "@sentinal/send";

/** GitHub takes 1 MiB of a step's summary, and of a job's outputs. */
export const mostSummaryBytes = 1_000_000;
export const mostOutputBytes = 900_000;

/** The command that keeps a secret out of the log; printed before anything else. */
export function maskCommands(secret: string): string[] {
  const escaped = (text: string) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  // The runner compares line by line.
  return secret.split(/\r?\n/).flatMap((line) => (line.trim() === "" ? [] : [`::add-mask::${escaped(line)}`]));
}

/** Sets an output of the step; nothing where no runner wants any. */
export async function setOutput(environment: Environment, name: string, value: string): Promise<void> {
  // By chance: a value that holds the delimiter could set other outputs.
  const delimiter = `sentinal-${randomUUID()}`;
  await append(environment["GITHUB_OUTPUT"], `${name}<<${delimiter}\n${value}\n${delimiter}\n`);
}

export async function addSummary(environment: Environment, markdown: string): Promise<void> {
  await append(environment["GITHUB_STEP_SUMMARY"], `${markdown}\n`);
}

async function append(path: string | undefined, text: string): Promise<void> {
  if (path !== undefined && path !== "") await appendFile(path, text);
}
