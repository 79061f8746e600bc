import { noteProblem, problemEvents } from "../problems.ts";
import type { ReadOptions, ReportEvent, ReportReader } from "../reader.ts";
import type { XmlEvent, XmlProblemCode } from "../xml/events.ts";
import { xmlEvents } from "../xml/events.ts";
import { rootElementOf } from "../xml/root.ts";
import { CheckstyleReading } from "./reading.ts";

/** Checkstyle's XML, which most linters write: ESLint, ShellCheck, PHP_CodeSniffer, Biome and others. Each `error` is a finding. */
export const checkstyleReader: ReportReader = { format: "checkstyle", scanType: "lint", sniff: sniffCheckstyle, read: readCheckstyle };

const rootName = "checkstyle";
/** Of problems with these, nothing of the report is lost. */
const harmless: ReadonlySet<XmlProblemCode> = new Set(["loose", "text_outside", "encoding"]);

async function* readCheckstyle(source: AsyncIterable<Uint8Array>, options: ReadOptions = {}): AsyncGenerator<ReportEvent, void, undefined> {
  const reading = new CheckstyleReading(options);
  for await (const events of xmlEvents(source)) {
    for (const event of events) {
      const refusal = refusalOf(event, reading);
      if (refusal !== null) {
        yield refusal;
        return;
      }
      if (event.type === "problem") noteProblem(reading.problems, harmless.has(event.code) ? "warning" : "partial", event.code, event.message);
      const finding = reading.take(event);
      if (finding !== null) yield { type: "finding", finding };
    }
  }
  const shape = reading.version === null ? "checkstyle" : `checkstyle-${reading.version}`;
  yield { type: "summary", summary: { tool: "Checkstyle", toolVersion: null, shape, artifact: null, artifactScope: "" } };
  yield* problemEvents(reading.problems);
}

/** Why the content is no report of this format; null when it may be one. */
function refusalOf(event: XmlEvent, { rootName: found }: CheckstyleReading): ReportEvent | null {
  if (event.type === "problem" && event.isFatal) return { type: "problem", severity: "refused", code: `xml_${event.code}`, message: event.message };
  const isOther = found === null && event.type === "open" && event.name !== rootName;
  if (!isOther) return null;
  return { type: "problem", severity: "refused", code: "not_checkstyle", message: `The root of the XML is <${event.name}>, not <${rootName}>` };
}

function sniffCheckstyle(head: Uint8Array): number {
  return rootElementOf(head)?.name === rootName ? 1 : 0;
}
