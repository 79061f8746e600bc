import { tmpdir } from "node:os";
import { PassThrough, Readable } from "node:stream";
import type { Environment } from "@sentinal/send";
import { run } from "./program.ts";
import type { Output } from "./terminal.ts";

export type Ended = { exitCode: number; stdout: string; stderr: string };

/** Runs a command in this process with an environment of its own; what it wrote comes back. */
export async function runCommand(
  parameters: readonly string[],
  options: { environment?: Environment; cwd?: string; stdin?: string; isTty?: boolean } = {},
): Promise<Ended> {
  const stdout = collector(options.isTty === true);
  const stderr = collector(options.isTty === true);
  const exitCode = await run(parameters, {
    environment: options.environment ?? {},
    cwd: options.cwd ?? tmpdir(),
    stdin: Object.assign(Readable.from(options.stdin === undefined ? [] : [options.stdin]), { isTTY: options.isTty === true }),
    stdout: stdout.output,
    stderr: stderr.output,
  });
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
}

function collector(isTty: boolean): { output: Output; text(): string } {
  const chunks: string[] = [];
  const output: Output = Object.assign(new PassThrough().setEncoding("utf8"), { isTTY: isTty, columns: 120 });
  output.on("data", (chunk: string) => chunks.push(chunk));
  return { output, text: () => chunks.join("") };
}
