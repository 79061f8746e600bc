/** Every bound that reading a report keeps. Characters are UTF-16 units; what is longer is cut on a code-point boundary. */
export const limits = {
  /** First bytes of a content that decide what it is. */
  headBytes: 65_536,
  /** Arrays and objects inside each other. Deeper content is refused: no tool writes it. */
  depth: 1_000,
  /** One finding, or one member that is read whole, as it stands in the report. A larger one is left out and said. */
  elementBytes: 32 * 1024 * 1024,
  /**
   * Entries that wait because the name of what was scanned stands behind them in the report.
   * From here on they are given with what is known so far, when at least that name is.
   */
  heldBytes: 32 * 1024 * 1024,
  /** Entries that wait while even that name is missing; further ones are left out and said. */
  heldBytesAtMost: 256 * 1024 * 1024,
  /** Problems of one kind are told once, with their number and at most this many of their messages. */
  messagesPerProblem: 3,
  problem: 500,

  rule: 500,
  severityWord: 100,
  title: 500,
  message: 2_000,
  target: 1_000,
  path: 2_000,
  packageName: 500,
  version: 300,
  url: 2_000,
  /** A part of an identity; a longer one is replaced by its SHA-256. */
  identityPart: 1_000,
  /** Names and versions in the summary. */
  summary: 1_000,

  /** A finding's `detail`, written out as JSON. */
  detailBytes: 65_536,
  description: 16_000,
  references: 50,
  /** Lines of code around a finding, and characters of each. */
  codeLines: 50,
  codeLine: 500,
  /** Entries of small lists and maps in `detail`: weaknesses, scores by vendor, ids by vendor. */
  detailEntries: 20,
  /** A name or word in `detail`. */
  word: 300,
} as const;
