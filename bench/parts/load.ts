import { spawn } from "node:child_process";
import { join } from "node:path";

export type LoadName =
  | "ask"
  | "closing-sockets"
  | "http-get"
  | "ingest-http"
  | "ingest-sql"
  | "post-report"
  | "probe"
  | "read-log"
  | "read-report"
  | "servers"
  | "sockets"
  | "upsert-findings"
  | "verify-audit";

/**
 * Runs a load generator in a process of its own, so that what it costs is not counted as what is measured. It gets its
 * order as JSON and answers with one line of JSON when it is done; it ends by itself.
 */
export async function runLoad<Answer>(name: LoadName, order: object): Promise<Answer> {
  const lines = await startLoad(name, order).done;
  return JSON.parse(lines.at(-1) ?? "null") as Answer;
}

export type Load = {
  /** All lines, once it has ended. */
  done: Promise<string[]>;
  /** Resolves with the next line that has not been taken. */
  nextLine(): Promise<string>;
  say(line: string): void;
  /** Ends its input; it ends then by itself. */
  end(): void;
};

/** The same, for a generator that talks with the benchmark meanwhile. */
export function startLoad(name: LoadName, order: object): Load {
  const child = spawn(process.execPath, [join(import.meta.dirname, "..", "loads", `${name}.ts`), JSON.stringify(order)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  let taken = 0;
  let rest = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    lines.push(...parts);
    while (waiting.length > 0 && taken < lines.length) waiting.shift()?.(lines[taken++] ?? "");
  });
  const done = new Promise<string[]>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => (code === 0 ? resolve(lines) : reject(new Error(`the load ${name} ended with ${code}`))));
  });
  return {
    done,
    nextLine: () =>
      taken < lines.length
        ? Promise.resolve(lines[taken++] ?? "")
        : Promise.race([new Promise<string>((resolve) => waiting.push(resolve)), done.then(() => "")]),
    say: (line) => void child.stdin.write(`${line}\n`),
    end: () => void child.stdin.end(),
  };
}
