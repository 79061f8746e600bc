import type { Readable, Writable } from "node:stream";
import { styleText } from "node:util";
import { annotation, type Environment, printable } from "@sentinal/send";

/** A stream that may be a terminal. */
export type Output = Writable & { isTTY?: boolean; columns?: number };

/** All that a command touches of the world around it but files and the network. */
export type Surroundings = {
  environment: Environment;
  cwd: string;
  stdin: Readable & { isTTY?: boolean };
  stdout: Output;
  stderr: Output;
};

export type Style = "green" | "yellow" | "red" | "dim" | "bold";
export type Paint = (style: Style, text: string) => string;

/** Results go to standard output, everything said about them to standard error. */
export type Terminal = Surroundings & {
  /** A line to standard output. */
  result(line: string): void;
  /** A line to standard error. */
  say(line: string): void;
  /** A warning to standard error; in GitHub Actions an annotation of the run. The text may be anybody's. */
  warn(text: string): void;
  /** An error to standard error, in the same ways. */
  fail(text: string): void;
  paintResult: Paint;
  paintSaid: Paint;
  hasColours: { stdout: boolean; stderr: boolean };
  /** A person reads along: bars may move, questions may be asked. */
  isInteractive: boolean;
};

export function createTerminal(surroundings: Surroundings): Terminal {
  const { environment, stdout, stderr, stdin } = surroundings;
  const hasColours = { stdout: isColoured(stdout, environment), stderr: isColoured(stderr, environment) };
  const paintSaid = painter(hasColours.stderr);
  const isAction = environment["GITHUB_ACTIONS"] === "true";

  function announce(level: "warning" | "error", mark: string, text: string): void {
    stderr.write(`${isAction ? annotation(level, text) : `${mark} ${printable(text)}`}\n`);
  }

  return {
    ...surroundings,
    result: (line) => void stdout.write(`${line}\n`),
    say: (line) => void stderr.write(`${line}\n`),
    warn: (text) => announce("warning", paintSaid("yellow", "!"), text),
    fail: (text) => announce("error", paintSaid("red", "✕"), text),
    paintResult: painter(hasColours.stdout),
    paintSaid,
    hasColours,
    isInteractive: stdin.isTTY === true && stderr.isTTY === true && environment["TERM"] !== "dumb",
  };
}

function isColoured(output: Output, environment: Environment): boolean {
  return output.isTTY === true && (environment["NO_COLOR"] ?? "") === "" && environment["TERM"] !== "dumb";
}

function painter(isColoured: boolean): Paint {
  return isColoured ? (style, text) => styleText(style, text, { validateStream: false }) : (_style, text) => text;
}
