import { problemEvents } from "../problems.ts";
import type { ReadOptions, ReportEvent, ReportReader } from "../reader.ts";
import { xmlEvents } from "../xml/events.ts";
import { noteXmlProblem } from "../xml/problems.ts";
import { rootElementOf } from "../xml/root.ts";
import { JunitReading, rootNames } from "./reading.ts";

/**
 * JUnit's XML as its many writers understand it. Each `testcase` element is a test of its own, also one that stands
 * twice (pytest writes an error in the teardown so); an error that stands in a suite itself is one of kind `suite`.
 */
export const junitReader: ReportReader = { format: "junit", scanType: "test", sniff: sniffJunit, read: readJunit };

const certain = 1;

function sniffJunit(head: Uint8Array): number {
  const root = rootElementOf(head);
  return root !== null && rootNames.has(root.name) ? certain : 0;
}

async function* readJunit(source: AsyncIterable<Uint8Array>, options: ReadOptions = {}): AsyncGenerator<ReportEvent, void, undefined> {
  const reading = new JunitReading(options);
  for await (const events of xmlEvents(source)) {
    for (const event of events) {
      if (event.type === "problem") {
        const refusal = noteXmlProblem(reading.problems, event);
        if (refusal === null) continue;
        yield refusal;
        return;
      }
      const test = reading.take(event);
      if (!reading.isJunit) {
        yield {
          type: "problem",
          severity: "refused",
          code: "not_junit",
          message: `The root of the XML is <${reading.rootName ?? ""}>, not <testsuites> or <testsuite>`,
        };
        return;
      }
      if (test !== null) yield { type: "test", test };
    }
  }
  for (const test of reading.finish()) yield { type: "test", test };
  yield { type: "summary", summary: reading.summary() };
  yield* problemEvents(reading.problems);
}
