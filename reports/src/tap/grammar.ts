export type Directive = "skip" | "todo";

export type Point = {
  isOk: boolean;
  number: number | null;
  /** Without escapes, directive and time; empty where the point has none. */
  description: string;
  directive: Directive | null;
  reason: string;
  durationMs: number | null;
  /** True when a brace at the end may open a subtest; it may as well belong to the description. */
  endsWithBrace: boolean;
};

/** What a line without its indentation is. */
export type TapLine =
  | { type: "version"; version: string }
  | { type: "plan"; count: number }
  | { type: "point"; point: Point }
  | { type: "bail"; reason: string }
  | { type: "subtest"; name: string }
  | { type: "comment"; text: string }
  | { type: "block" }
  | { type: "brace"; isOpening: boolean }
  | { type: "pragma" }
  | { type: "other" };

const other: TapLine = { type: "other" };

/** Behind `ok`: a number and a dash, each of which may be missing. */
const pointPattern = /^\s*(?:(\d+)(?=$|[\s#:-]))?\s*(?:-(?=\s|$)\s*)?/;
const planPattern = /^1\.\.(\d{1,15})(?=$|[\s#])/;
const directivePattern = /(?:^|\s)#\s*(?:(skip\S*|todo\b)|time=([\d.]{1,20})(ms|s)?(?=$|\s))/i;

/** The kind of a line, by its first words; `text` has no indentation. */
export function readLine(text: string): TapLine {
  switch (text[0]) {
    case "o":
    case "n":
      return readPoint(text);
    case "#":
      return readComment(text);
    case "1": {
      const plan = planPattern.exec(text);
      return plan === null ? other : { type: "plan", count: Number(plan[1]) };
    }
    case "T":
      return readVersion(text);
    case "B":
    case "b":
      return /^bail out!/i.test(text) ? { type: "bail", reason: text.slice("Bail out!".length).trim() } : other;
    case "p":
      return /^pragma\s+[+-]/.test(text) ? { type: "pragma" } : other;
    case "-":
      return /^---(?:\s|$)/.test(text) ? { type: "block" } : other;
    case "{":
    case "}":
      return text.trimEnd().length === 1 ? { type: "brace", isOpening: text.startsWith("{") } : other;
    default:
      return other;
  }
}

function readVersion(text: string): TapLine {
  const version = /^TAP version (\d{1,5})\s*$/i.exec(text)?.[1];
  return version === undefined ? other : { type: "version", version };
}

function readComment(text: string): TapLine {
  const name = /^#\s*Subtest(?::\s*(.*)|\s*)$/.exec(text);
  return name === null ? { type: "comment", text: text.slice(1) } : { type: "subtest", name: unescaped(name[1] ?? "") };
}

function readPoint(text: string): TapLine {
  const isOk = text.startsWith("ok");
  if (!isOk && !text.startsWith("not ok")) return other;
  const behind = text.slice(isOk ? 2 : 6);
  if (behind !== "" && !/^[\s#]/.test(behind)) return other;
  const found = pointPattern.exec(behind);
  const number = found?.[1];
  const rest = behind.slice(found?.[0].length ?? 0).trimEnd();
  const endsWithBrace = rest === "{" || (rest.endsWith("{") && /\s/.test(rest.charAt(rest.length - 2)));
  const said = readDescription(endsWithBrace ? rest.slice(0, -1) : rest);
  return { type: "point", point: { isOk, number: number === undefined ? null : Number(number), endsWithBrace, ...said } };
}

/** Parts a description from what hashes set apart: a directive with its reason, and the time. Other hashes belong to it. */
function readDescription(text: string): Pick<Point, "description" | "directive" | "reason" | "durationMs"> {
  const first = text.includes("#") ? directivePattern.exec(text) : null;
  if (first === null) return { description: unescaped(text).trim(), directive: null, reason: "", durationMs: null };
  const rest = text.slice(first.index + first[0].length);
  const second = rest.includes("#") ? directivePattern.exec(rest) : null;
  const [, firstWord] = first;
  const word = firstWord ?? second?.[1];
  const reason = firstWord === undefined && second !== null ? rest.slice(second.index + second[0].length) : rest.slice(0, second?.index);
  return {
    description: unescaped(text.slice(0, first.index)).trim(),
    directive: word === undefined ? null : word.toLowerCase() === "todo" ? "todo" : "skip",
    reason:
      word === undefined
        ? ""
        : unescaped(reason)
            .replace(/^[\s:-]+/, "")
            .trim(),
    durationMs: timeOf(firstWord === undefined ? first : second),
  };
}

function timeOf(found: RegExpExecArray | null): number | null {
  const time = Number(found?.[2]) * (found?.[3]?.toLowerCase() === "s" ? 1_000 : 1);
  return Number.isFinite(time) ? time : null;
}

function unescaped(text: string): string {
  return text.includes("\\") ? text.replaceAll(/\\([#\\])/g, "$1") : text;
}
