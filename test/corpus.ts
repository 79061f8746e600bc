import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** Real reports, for use in place; tests that need them are skipped where they are not there. */
export const corpusDir = process.env["CORPUS_DIR"] ?? join(import.meta.dirname, "..", "..", "shared", "corpora");
const reportsDir = join(corpusDir, "reports");

export const hasCorpus = existsSync(join(reportsDir, "expected.json"));

if (!hasCorpus) console.log(`skipped: tests over real reports, for there are none at ${corpusDir} (CORPUS_DIR)`);

const Expected = z.object({
  files: z.record(
    z.string(),
    z.looseObject({
      total: z.number().optional(),
      by_severity: z.record(z.string(), z.number()).optional(),
      read: z.array(z.enum(["full", "partial", "refused"])),
      accept: z.array(z.looseObject({ total: z.number().optional() })).optional(),
    }),
  ),
});

export type ExpectedReport = z.infer<typeof Expected>["files"][string] & { name: string; path: string };

/** The reports of one folder with what is expected of each. */
export function expectedReports(folder: string): ExpectedReport[] {
  if (!hasCorpus) return [];
  const expected = Expected.parse(JSON.parse(readFileSync(join(reportsDir, "expected.json"), "utf8")));
  return readdirSync(join(reportsDir, folder))
    .toSorted()
    .flatMap((file) => {
      const name = `${folder}/${file}`;
      const entry = expected.files[name];
      return entry === undefined ? [] : [{ ...entry, name, path: join(reportsDir, name) }];
    });
}
