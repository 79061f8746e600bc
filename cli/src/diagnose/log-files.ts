import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { CommandProblem, usageProblem } from "../problem.ts";
import { visible } from "./visible.ts";

/** A file that holds a log or an archive of logs. */
export type LogFile = {
  /** As it was given, or its place below the folder that was; `-` for standard input. */
  readonly name: string;
  /** As it is packed; 0 where it is not known. */
  readonly bytes: number;
};

const mostFiles = 100_000;
/** `build.log`, `1_test.txt.gz`, Jenkins' `log`, `logs.zip` */
const logName = /(?:^|\.)(?:log|txt)(?:\.(?:gz|zst))?$|\.zip$/i;

/**
 * The files of names that people give: a file stands for itself whatever it is called, a folder for the logs in it and in
 * the folders below, in the order of their names. Each file once. Throws CommandProblem.
 */
export async function logFilesOf(cwd: string, names: readonly string[]): Promise<LogFile[]> {
  const files = new Map<string, LogFile>();
  for (const name of names) {
    const found = name === "-" ? [{ name, bytes: 0 }] : await filesOf(cwd, name);
    for (const file of found) {
      const path = file.name === "-" ? "-" : resolve(cwd, file.name);
      if (!files.has(path)) files.set(path, file);
    }
    if (files.size > mostFiles) throw usageProblem(`These are more than ${mostFiles.toLocaleString("en")} files. Try the rules on fewer logs.`);
  }
  return [...files.values()];
}

async function filesOf(cwd: string, name: string): Promise<LogFile[]> {
  const given = await lookAt(cwd, name);
  if (!given.isFolder) return [{ name, bytes: given.bytes }];
  const below = await namesIn(cwd, name);
  const files: LogFile[] = [];
  for (const inside of below) {
    const file = await lookAt(cwd, inside);
    if (!file.isFolder) files.push({ name: inside, bytes: file.bytes });
  }
  if (files.length > 0) return files;
  throw usageProblem(
    `The folder ${visible(name)} holds no log: no file that ends in .log, .txt (or these with .gz or .zst) or .zip. Name files to take them anyway.`,
  );
}

async function namesIn(cwd: string, folder: string): Promise<string[]> {
  try {
    const inside = await readdir(resolve(cwd, folder), { recursive: true });
    return inside
      .filter((name) => logName.test(name.split(/[/\\]/).at(-1) ?? ""))
      .toSorted((one, other) => (one < other ? -1 : 1))
      .map((name) => join(folder, name));
  } catch (error) {
    throw unreadable(folder, error);
  }
}

async function lookAt(cwd: string, name: string): Promise<{ isFolder: boolean; bytes: number }> {
  try {
    const found = await stat(resolve(cwd, name));
    return { isFolder: found.isDirectory(), bytes: found.size };
  } catch (error) {
    throw unreadable(name, error);
  }
}

function unreadable(name: string, error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  if (error.code === "ENOENT")
    return usageProblem(`There is no file or folder ${visible(name)}. Name logs, archives of logs, folders of them, or - for standard input.`);
  return new CommandProblem(`${visible(name)} cannot be read (${String(error.code)}).`);
}
