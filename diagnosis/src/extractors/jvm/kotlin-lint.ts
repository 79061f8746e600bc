import { type Extractor, stateless } from "../../extractor.ts";

/** `/src/A.kt:12:3: Unused import (no-unused-imports)`, since ktlint 0.49 `(standard:no-unused-imports)`. */
const ktlint = /^\S.{0,400}\.kts?:\d+:\d+:? (\S.{0,600} \((?:[\w-]{1,60}:)?[a-z][\w-]{1,80}\))\s*$/;
/** `/src/A.kt:12:3: Lint error > [no-unused-imports] Unused import`, of Kotlinter. */
const kotlinter = /^\S.{0,400}\.kts?:\d+:\d+: (?:Lint|Format) (?:error|warning) > (\[.+)$/;
/** `/src/A.kt:12:3: Needless blank line(s)`: ktlint did not name the rule in its first versions. */
const nameless = /^[/\\\w].{0,400}\.kts?:\d{1,6}:\d{1,4}: ([A-Z]\S{0,60} \S.{0,300})$/;
/** `/src/A.kt:12:3: A name is too long. [FunctionNaming]`, of detekt; `	LongMethod - 62/60 - [a] at /src/A.kt:12:3` before 1.20. */
const detekt = /^(?:\[[\w-]{1,60}\] )?\S.{0,400}\.kts?:\d+:\d+: (\S.{0,600} \[[A-Z]\w{1,80}\])\s*$/;
const older = /^\s+([A-Z]\w{2,80} - .{1,300}) at \S.{0,400}\.kts?:\d+:\d+/;

/** Kotlin's linters. */
export const kotlinLint: Extractor = {
  name: "kotlin-lint",
  title: "Kotlin style checks",
  keywords: [".kt:", ".kts:"],
  open: stateless(({ line }) => {
    const { text } = line;
    if (/^(?:w|i|e): |: (?:warning|error|info): /.test(text)) return undefined;
    const key = (kotlinter.exec(text) ?? ktlint.exec(text))?.[1];
    if (key !== undefined) return { category: "code.lint", strength: "cause", reason: "A linter names a place in a file", key };
    // Builds allow a number of these.
    const found = (detekt.exec(text) ?? older.exec(text))?.[1];
    if (found !== undefined) return { category: "code.lint", strength: "likely", reason: "detekt names a place in a file", key: found };
    const said = nameless.exec(text)?.[1];
    return said === undefined ? undefined : { category: "code.lint", strength: "likely", reason: "A linter names a place in a file", key: said };
  }),
};
