/** Logs of jobs as GitHub gives them, for tests: made of steps. */
export type StepText = {
  /** A command, or an action such as `actions/checkout@v4`. */
  readonly run: string;
  readonly output?: string;
  /** The runner's last words; none for a step that passes. */
  readonly error?: string;
};

/** Time stamps begin here; each line is a tenth of a second later. */
const began = Date.UTC(2026, 10, 2, 10, 20, 30);

/** The log of one job, from the runner's first word to its last. */
export function jobLog(steps: readonly StepText[], { from = began, end = true } = {}): string {
  const lines = ["Current runner version: '2.330.0'", "##[group]Operating System", "Ubuntu", "24.04", "##[endgroup]", "Prepare all required actions"];
  for (const { run, output, error } of steps) {
    lines.push(`##[group]Run ${run.split("\n", 1)[0]}`);
    if (run.includes("@")) lines.push("with:", "  token: ***");
    else lines.push(...run.split("\n").map((line) => `\u001b[36;1m${line}\u001b[0m`), "shell: /usr/bin/bash -e {0}");
    lines.push("##[endgroup]", ...(output === undefined ? [] : output.split("\n")), ...(error === undefined ? [] : [`##[error]${error}`]));
  }
  if (end) lines.push("Post job cleanup.", "[command]/usr/bin/git version", "Cleaning up orphan processes");
  return lines.map((line, index) => `${new Date(from + index * 100).toISOString().slice(0, -1)}0000Z ${line}\n`).join("");
}

/** The number, from 1, of the one line that holds a text. */
export function lineOf(log: string, text: string): number {
  const numbers = log.split("\n").flatMap((line, index) => (line.includes(text) ? [index + 1] : []));
  if (numbers.length !== 1) throw new Error(`${numbers.length} lines hold “${text}”`);
  return numbers[0] as number;
}
