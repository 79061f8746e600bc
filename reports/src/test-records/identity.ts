import { limits } from "../limits.ts";
import type { TestRecord } from "../reader.ts";
import { identityPart } from "../text.ts";

type Named = Pick<TestRecord, "kind" | "suites" | "className" | "name"> & { file: string | null; parameters?: string | null };

/** What makes a test the same in the next report. The file is that of its definition, never of a failure. */
export function testIdentity({ kind, suites, className, name, file, parameters = null }: Named): (string | null)[] {
  const path = suites.length === 0 ? null : JSON.stringify(suites);
  return [kind, path, className, name, file, parameters].map((part) => identityPart(part, limits.identityPart));
}
