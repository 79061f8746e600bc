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
  /** SARIF: rules, artifacts and the like that are kept because results refer to them; rules without their texts from half of it on. */
  referenceBytes: 32 * 1024 * 1024,
  /** XML: what is kept of an element's own text, and of an attribute's value. */
  xmlText: 65_536,
  /** XML: names and values of one tag's attributes; further ones are left out and said. */
  xmlTag: 262_144,
  /** XML: a longer name of an element or an attribute is refused. */
  xmlName: 1_000,
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

  /** A text report's line; what is longer is cut. */
  line: 65_536,
  /** Names of a test, of its class and of each suite around it. */
  testName: 1_000,
  /** Suites around a test; of deeper ones the outermost count. */
  suites: 50,
  trace: 16_000,
  /** Tries of one test before its last. */
  attempts: 20,

  /** A finding's `detail`, written out as JSON. */
  detailBytes: 65_536,
  description: 16_000,
  references: 50,
  /** Lines of code around a finding, and characters of each. */
  codeLines: 50,
  codeLine: 500,
  /** An excerpt of code, before it is cut into lines. */
  snippet: 65_536,
  /** Description and help of a rule, which each of its findings shows. */
  ruleText: 4_000,
  /** Steps of a data flow through the code. */
  flowSteps: 50,
  /** Entries of small lists and maps in `detail`: weaknesses, scores by vendor, ids by vendor. */
  detailEntries: 20,
  /** A name or word in `detail`. */
  word: 300,
  /** Requests that an alert was found in, as they are shown: how many, how long together, and each text of one. */
  instances: 200,
  instanceCharacters: 32_768,
  instanceText: 1_500,
  /** Of the first ones the request and the response are shown too. */
  exchanges: 3,
} as const;
