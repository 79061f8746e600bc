import { problemEvents } from "../problems.ts";
import type { ReadOptions, ReportEvent, ReportReader } from "../reader.ts";
import { linesOf } from "./lines.ts";
import { TapReading } from "./reading.ts";
import { sniffTap } from "./sniff.ts";

/**
 * The Test Anything Protocol, 12 to 14, with nested subtests in both forms. A point that sums up a subtest is no test.
 * A plan that is not kept and `Bail out!` are errors of the run, and its report is partial.
 */
export const tapReader: ReportReader = { format: "tap", scanType: "test", sniff: sniffTap, read: readTap };

async function* readTap(source: AsyncIterable<Uint8Array>, options: ReadOptions = {}): AsyncGenerator<ReportEvent, void, undefined> {
  const reading = new TapReading(options);
  let isEmpty = true;
  for await (const lines of linesOf(source)) {
    isEmpty = false;
    for (const line of lines) for (const test of reading.take(line)) yield { type: "test", test };
  }
  for (const test of reading.finish()) yield { type: "test", test };
  if (!reading.isTap) {
    yield isEmpty
      ? { type: "problem", severity: "refused", code: "empty", message: "The content is empty" }
      : { type: "problem", severity: "refused", code: "not_tap", message: "The content has no plan and no test point of TAP" };
    return;
  }
  const shape = reading.version === null ? "tap" : `tap-${reading.version}`;
  yield { type: "summary", summary: { tool: "TAP", toolVersion: null, shape, artifact: null, artifactScope: "" } };
  yield* problemEvents(reading.problems);
}
