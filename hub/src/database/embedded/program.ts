import type { ChildProcessByStdio } from "node:child_process";
import { spawn } from "node:child_process";
import type { Readable } from "node:stream";

/** A program with everything that decides how it runs; nothing is inherited from the hub but open rights. */
export type ProgramCall = {
  program: string;
  args: readonly string[];
  environment: Readonly<Record<string, string>>;
  /** Set only when the hub is root and gives its rights up. */
  uid?: number;
  gid?: number;
};

export type ProgramResult = {
  /** True when it started and ended with exit code 0. */
  succeeded: boolean;
  /** What it wrote to stdout and stderr, in the order of arrival, at most 64 KiB. */
  output: string;
  /** One line for a person: why it failed. Empty when it succeeded. */
  failure: string;
};

const outputLimit = 64 * 1024;

/**
 * Runs a short program to its end. It never throws for what the program does: a missing program, an exit code and a
 * timeout all come back as a failure.
 * @param timeoutMs after which the program is killed
 */
export async function runProgram(call: ProgramCall, timeoutMs: number): Promise<ProgramResult> {
  return await new Promise((resolve) => {
    let output = "";
    function fail(failure: string): void {
      resolve({ succeeded: false, output, failure });
    }
    let child: ChildProcessByStdio<null, Readable, Readable>;
    try {
      child = startProgram(call);
    } catch (error) {
      // Some reasons come at once, such as a user that the hub may not become, and most as an event.
      return fail(error instanceof Error ? error.message : String(error));
    }
    // Node's own timeout option goes on ticking for a program that could not be started.
    const timer = setTimeout(() => child.kill("SIGKILL"), timeoutMs);
    function collect(chunk: string): void {
      if (output.length < outputLimit) output += chunk.slice(0, outputLimit - output.length);
    }
    child.stdout.setEncoding("utf8").on("data", collect);
    child.stderr.setEncoding("utf8").on("data", collect);
    child.once("error", (error) => fail(error.message));
    child.once("close", (exitCode, signal) => {
      clearTimeout(timer);
      if (exitCode === 0) return resolve({ succeeded: true, output, failure: "" });
      fail(tellingLine(output) ?? (exitCode === null ? `signal ${signal}` : `exit code ${exitCode}`));
    });
  });
}

function startProgram(call: ProgramCall): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(call.program, call.args, {
    // The hub's own folder may be one that an unprivileged user cannot enter.
    cwd: "/",
    env: call.environment,
    stdio: ["ignore", "pipe", "pipe"],
    ...(call.uid === undefined ? {} : { uid: call.uid }),
    ...(call.gid === undefined ? {} : { gid: call.gid }),
  });
}

/** The line of a PostgreSQL program's output that says what went wrong; undefined when it said nothing. */
export function tellingLine(output: string): string | undefined {
  const lines = output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const telling = lines.findLast((line) => /\b(?:FATAL|PANIC|error):/.test(line));
  return telling ?? lines.at(-1);
}
