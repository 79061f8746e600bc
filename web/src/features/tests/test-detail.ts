/** What a report tells of a test besides, as far as the page knows it. All of it is text from a report. */
export type TestDetailView = {
  furtherFailures: { message: string | null; trace: string | null }[];
  outputs: { name: string; text: string }[];
  facts: { name: string; value: string }[];
  /** What has a shape of its own, written out; null where nothing is left. */
  rest: string | null;
  isTruncated: boolean;
};

const outputNames: readonly (readonly [string, string])[] = [
  ["stdout", "Output"],
  ["stderr", "Error output"],
  ["snippet", "Code"],
];
const factNames: Readonly<Record<string, string>> = {
  raw_status: "Status of the tool",
  type: "Type",
  retries: "Retries",
  browser: "Browser",
  device: "Device",
  severity: "Severity",
  rule: "Rule",
  code: "Code",
  operator: "Operator",
  expected: "Expected",
  actual: "Actual",
  failure_type: "Kind of failure",
  exit_code: "Exit code",
  at: "At",
  message: "Message",
};
/** Their members are shown as facts of their own. */
const openedNames = ["properties", "labels", "parameters"];

/** Reads a test's detail; what has another shape than expected is written out as it is. */
export function readTestDetail(detail: Readonly<Record<string, unknown>>): TestDetailView {
  // The column of the test in its file says nothing beside its line.
  const { further_failures: further, tags, truncated, column: _column, ...others } = detail;
  const left = new Map(Object.entries(others));
  const facts: TestDetailView["facts"] = [];
  const outputs = outputNames.flatMap(([key, name]) => {
    const text = left.get(key);
    if (typeof text !== "string") return [];
    left.delete(key);
    return text.trim() === "" ? [] : [{ name, text }];
  });
  for (const [key, name] of Object.entries(factNames)) {
    const value = wordOf(left.get(key));
    if (value === null) continue;
    left.delete(key);
    facts.push({ name, value });
  }
  const words = Array.isArray(tags) ? tags.map(wordOf).filter((tag) => tag !== null) : [];
  if (words.length > 0) facts.push({ name: "Tags", value: words.join(", ") });
  for (const key of openedNames) {
    const members = left.get(key);
    if (!isObject(members)) continue;
    left.delete(key);
    for (const [name, value] of Object.entries(members)) facts.push({ name, value: wordOf(value) ?? JSON.stringify(value) });
  }
  return {
    furtherFailures: Array.isArray(further) ? further.flatMap(readFailure) : [],
    outputs,
    facts,
    rest: left.size === 0 ? null : JSON.stringify(Object.fromEntries(left), null, 2),
    isTruncated: truncated === true,
  };
}

function readFailure(value: unknown): TestDetailView["furtherFailures"] {
  if (!isObject(value)) return [];
  const [message, trace] = [wordOf(value["message"]), wordOf(value["trace"])];
  return message === null && trace === null ? [] : [{ message, trace }];
}

function wordOf(value: unknown): string | null {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" && value !== "" ? value : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
