/** Characters of one text that are kept while it is read; what is shown of it is less. */
const keptCharacters = 65_536;

/** A text that comes in pieces. */
export type Gathered = { pieces: string[]; left: number };

export function gathered(): Gathered {
  return { pieces: [], left: keptCharacters };
}

export function gather(into: Gathered, piece: string): void {
  if (into.left <= 0) return;
  into.pieces.push(piece);
  into.left -= piece.length;
}

export function textIn({ pieces }: Gathered): string {
  return pieces.join("");
}

/** An element that says how a case or a suite, or a try of a case, ended. */
export type Result = {
  kind: "error" | "failed" | "skipped";
  message: string | null;
  errorType: string | null;
  time: string | undefined;
  text: Gathered;
};

/** A case while it is read. Lists hold no more than is shown, and the number of the rest does not matter. */
export type CaseDraft = {
  attributes: ReadonlyMap<string, string>;
  suites: readonly string[];
  suiteFile: string | null;
  /** By kind, in order. */
  results: Result[];
  /** `flakyFailure`, `flakyError`: failed tries before one that passed. */
  flaky: Result[];
  /** `rerunFailure`, `rerunError`: failed tries after the first. */
  reruns: Result[];
  /** Null until there is some: nearly all cases have none, and a report has many. */
  stdout: Gathered | null;
  stderr: Gathered | null;
  properties: Map<string, string> | null;
};
