import { problemEvents } from "../problems.ts";
import type { ReportEvent, ReportReader } from "../reader.ts";
import { xmlEvents } from "../xml/events.ts";
import { noteXmlProblem } from "../xml/problems.ts";
import { rootElementOf } from "../xml/root.ts";
import { ZapXmlReading } from "./xml-reading.ts";

/** ZAP's traditional XML report, with requests and responses or without. */
export const zapXmlReader: ReportReader = { format: "zap-xml", scanType: "zap", sniff: sniffZapXml, read: readZapXml };

const certain = 1;

async function* readZapXml(source: AsyncIterable<Uint8Array>): AsyncGenerator<ReportEvent, void, undefined> {
  const reading = new ZapXmlReading();
  const { scan } = reading;
  for await (const events of xmlEvents(source)) {
    for (const event of events) {
      const refusal = event.type === "problem" ? noteXmlProblem(scan.problems, event) : reading.take(event);
      if (refusal !== null) {
        yield refusal;
        return;
      }
      // `yield*` would wait once an event, also for none.
      for (const finding of scan.takeEvents()) yield finding;
    }
  }
  reading.finish();
  yield* scan.takeEvents();
  const isPartial = [...scan.problems.values()].some(({ severity }) => severity === "partial");
  if (!isPartial) scan.noteEnd();
  yield { type: "summary", summary: scan.summary("xml") };
  yield* problemEvents(scan.problems);
}

function sniffZapXml(head: Uint8Array): number {
  return rootElementOf(head)?.name === "OWASPZAPReport" ? certain : 0;
}
