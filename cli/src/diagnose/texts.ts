import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { type CheckedRule, readRules, ruleProblemText } from "@sentinal/diagnosis";
import { usageProblem } from "../problem.ts";
import type { Place } from "./logs.ts";
import { visible } from "./visible.ts";

const mostPipedBytes = 4 * 1024 * 1024;

/** A text that goes with logs: rules, facts, labels; `-` for standard input, up to 4 MB. Throws CommandProblem. */
export async function textOf({ cwd, stdin }: Place, name: string): Promise<string> {
  const pieces: Buffer[] = [];
  try {
    if (name !== "-") return (await readFile(resolve(cwd, name))).toString("utf8");
    let length = 0;
    for await (const piece of stdin) {
      const bytes = Buffer.from(piece as Buffer | string);
      pieces.push(bytes);
      length += bytes.length;
      if (length > mostPipedBytes) break;
    }
  } catch (error) {
    throw usageProblem(`${visible(name)} cannot be read (${error instanceof Error && "code" in error ? String(error.code) : "unknown"}).`);
  }
  const text = Buffer.concat(pieces);
  if (text.length > mostPipedBytes) throw usageProblem("Standard input is larger than 4 MB, which only a log may be. Save it to a file, and name that.");
  return text.toString("utf8");
}

/** The rules of a file. Throws CommandProblem, with each fault, where they are not taken. */
export async function rulesOf(place: Place, name: string): Promise<readonly CheckedRule[]> {
  const { rules, problems } = readRules(await textOf(place, name));
  if (rules !== null) return rules;
  throw usageProblem(`The rules of ${visible(name)} are not taken:\n${problems.map(ruleProblemText).join("\n")}`);
}

/** Throws CommandProblem where standard input is named twice. */
export function refuseStandardInputTwice(names: readonly (string | undefined)[]): void {
  if (names.filter((name) => name === "-").length > 1) throw usageProblem("Standard input can be given once. Save the other to a file.");
}
