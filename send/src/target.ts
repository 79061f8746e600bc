import { readFile } from "node:fs/promises";
import type { Readable } from "node:stream";
import { text as readAll } from "node:stream/consumers";
import { SendProblem } from "./problem.ts";
import type { Environment } from "./environment.ts";

/** Where reports go, and with what right; null for what nobody configured. */
export type Target = { hub: URL | null; token: string | null };

/**
 * The hub's address and the API token: an option, else the environment, else the file that the environment names.
 * Throws SendProblem for what cannot be one.
 */
export async function findTarget(
  options: { url?: string | undefined; tokenFile?: string | undefined },
  surroundings: { environment: Environment; stdin: Readable | null },
): Promise<Target> {
  const { environment } = surroundings;
  const url = options.url ?? (await fromEnvironment(environment, "SENTINAL_API_URL"));
  const token =
    options.tokenFile === undefined
      ? await fromEnvironment(environment, "SENTINAL_API_TOKEN")
      : await fromFile("--token-file", options.tokenFile, surroundings.stdin);
  return { hub: url === null ? null : checkedUrl(url), token: token === null ? null : checkedToken(token) };
}

async function fromEnvironment(environment: Environment, name: string): Promise<string | null> {
  const value = environment[name]?.trim() ?? "";
  const file = environment[`${name}_FILE`] ?? "";
  if (value !== "" && file !== "") throw new SendProblem(`${name} and ${name}_FILE are both set; keep one of them.`);
  if (file !== "") return fromFile(`${name}_FILE`, file, null);
  return value === "" ? null : value;
}

async function fromFile(source: string, path: string, stdin: Readable | null): Promise<string> {
  let content: string;
  try {
    content = path === "-" && stdin !== null ? await readAll(stdin) : await readFile(path, "utf8");
  } catch (error) {
    throw new SendProblem(`${source}: ${path} cannot be read (${error instanceof Error && "code" in error ? String(error.code) : "error"}).`);
  }
  if (content.trim() === "") throw new SendProblem(`${source}: ${path} is empty.`);
  return content.trim();
}

function checkedUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:"))
    throw new SendProblem(`${JSON.stringify(text)} is no address of a hub. Give one that starts with https:// or http://.`);
  if (url.username !== "" || url.password !== "")
    throw new SendProblem("The hub's address holds a name or a password. Take them out: the token alone signs in.");
  url.search = "";
  url.hash = "";
  return url;
}

function checkedToken(text: string): string {
  // The message must not show it.
  if (!/^[!-~]{1,8192}$/.test(text)) throw new SendProblem("The API token holds spaces, line breaks or letters that no token has. Copy it again.");
  return text;
}
