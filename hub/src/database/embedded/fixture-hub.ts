/*
 * A hub reduced to its database, as a process of its own for the tests that kill hubs or run them as other users.
 * Takes the start options as JSON, writes one JSON line for what became of the start and one for each later problem,
 * and obeys "stop" and "crash" on its standard input.
 */
import { createInterface } from "node:readline";
import { EmbeddedPostgresProblem, startEmbeddedPostgres } from "./index.ts";

export type HubMessage =
  | { kind: "started"; host: string; major: number }
  | { kind: "log"; line: string }
  | { kind: "problem"; code: string; message: string }
  | { kind: "bug"; message: string };

function tell(message: HubMessage): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

function tellFailure(error: unknown): void {
  if (error instanceof EmbeddedPostgresProblem) tell({ kind: "problem", code: error.code, message: error.message });
  else tell({ kind: "bug", message: error instanceof Error ? String(error.stack) : String(error) });
}

async function main(): Promise<void> {
  // As the real hub: an interrupt is its own to handle, and its database must outlive it.
  process.on("SIGINT", () => {});
  const postgres = await startEmbeddedPostgres({
    ...JSON.parse(process.argv[2] ?? "{}"),
    onLog: (line) => tell({ kind: "log", line }),
    onProblem: tellFailure,
  });
  tell({ kind: "started", host: postgres.connection.host, major: postgres.major });
  for await (const command of createInterface({ input: process.stdin })) {
    if (command === "crash") throw new Error("a bug in the hub");
    if (command === "stop") break;
  }
  await postgres.stop();
  // Nothing else holds the process: were there a timer or a connection left, it would never end.
  process.stdin.destroy();
}

main().catch((error: unknown) => {
  tellFailure(error);
  process.exit(1);
});
