import type { Problems } from "../problems.ts";
import { noteProblem } from "../problems.ts";
import type { ReportEvent } from "../reader.ts";
import type { XmlEvent, XmlProblemCode } from "./events.ts";

/** After these all that the content holds was read. */
const harmless: ReadonlySet<XmlProblemCode> = new Set(["loose", "text_outside", "encoding"]);

/** Notes what is wrong with the XML of a report; gives the refusal when nothing more can be read. */
export function noteXmlProblem(problems: Problems, { code, message, isFatal }: Extract<XmlEvent, { type: "problem" }>): ReportEvent | null {
  if (isFatal) return { type: "problem", severity: "refused", code: `xml_${code}`, message };
  noteProblem(problems, harmless.has(code) ? "warning" : "partial", code, message);
  return null;
}
