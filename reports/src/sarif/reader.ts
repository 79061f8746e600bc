import { sliceJson } from "../json/slices.ts";
import { problemEvents } from "../problems.ts";
import type { ReadOptions, ReportEvent, ReportReader } from "../reader.ts";
import { SarifReading } from "./reading.ts";
import { scanTypeOfHead, sniffSarif } from "./sniff.ts";

/**
 * SARIF 2.1.0 of any tool. A result is a finding, however many locations it has; what the tool scans decides the type.
 * A finding is given as soon as everything that its result refers to has been read, rules before or behind the results.
 */
export const sarifReader: ReportReader = { format: "sarif", scanType: "lint", sniff: sniffSarif, scanTypeOf: scanTypeOfHead, read: readSarif };

async function* readSarif(source: AsyncIterable<Uint8Array>, options: ReadOptions = {}): AsyncGenerator<ReportEvent, void, undefined> {
  const reading = new SarifReading(options);
  for await (const events of sliceJson(source, (path, opening) => reading.choose(path, opening))) {
    for (const event of events) {
      reading.take(event);
      for (let finding = reading.nextFinding(); finding !== null; finding = reading.nextFinding()) yield { type: "finding", finding };
    }
    // Of a report that is refused by its version nothing more is read.
    if (reading.isRefused) break;
  }
  const refusal = reading.refusal();
  if (refusal !== null) {
    yield { type: "problem", severity: "refused", ...refusal };
    return;
  }
  yield { type: "summary", summary: reading.finish() };
  yield* problemEvents(reading.problems);
}
