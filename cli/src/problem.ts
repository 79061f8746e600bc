/** What the process ends with; part of the command line's face, as its options are. */
export const exitCodes = {
  /** Done; also when the hub could not take a report and nobody asked for strictness. */
  done: 0,
  /** It did not work, for a reason that is told. */
  failed: 1,
  /** Wrong usage: a wrong option, no file, no token. */
  usage: 2,
  /** The hub refused what was sent. */
  refused: 3,
  /** The hub could not be reached, and `--strict` asks for it. */
  unreachable: 4,
  /** The quality gate failed, and `--gate` asks for it. */
  gate: 5,
  /** The audit log is not intact. */
  broken: 6,
  /** A log does not say why its job failed. */
  unexplained: 7,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Ends a command: what is wrong and what to do about it, in sentences for a person. */
export class CommandProblem extends Error {
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = exitCodes.failed) {
    super(message);
    this.exitCode = exitCode;
  }
}

export function usageProblem(message: string): CommandProblem {
  return new CommandProblem(message, exitCodes.usage);
}
