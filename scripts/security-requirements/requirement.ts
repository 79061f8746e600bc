/** A test that shows a requirement: its file, and its name as it stands there. */
export type Evidence = { file: string; test: string };

/** A requirement of OWASP ASVS 5.0, in our words. */
export type Requirement = { id: string; level: 1 | 2 | 3; words: string } & (
  | { state: "met"; tests: readonly Evidence[]; note?: string }
  | { state: "not met"; reason: string; tests?: readonly Evidence[] }
  | { state: "does not apply"; reason: string }
);

export type Chapter = { name: string; requirements: readonly Requirement[] };

type Level = Requirement["level"];

/** Shown by tests alone; a note says what the claim does not reach. */
export function met(id: string, level: Level, words: string, tests: readonly Evidence[], note?: string): Requirement {
  return { id, level, words, state: "met", tests, ...(note !== undefined && { note }) };
}

export function notMet(id: string, level: Level, words: string, reason: string, tests?: readonly Evidence[]): Requirement {
  return { id, level, words, state: "not met", reason, ...(tests !== undefined && { tests }) };
}

export function doesNotApply(id: string, level: Level, words: string, reason: string): Requirement {
  return { id, level, words, state: "does not apply", reason };
}

/** Tests of one file. */
export function inFile(file: string, ...tests: readonly string[]): Evidence[] {
  return tests.map((test) => ({ file, test }));
}
