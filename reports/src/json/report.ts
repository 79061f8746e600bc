import { noteProblem, problemEvents, type Problems } from "../problems.ts";
import type { ReportEvent, ReportSummary } from "../reader.ts";
import type { Choose, JsonEvent } from "./events.ts";
import { sliceJson } from "./slices.ts";

/** A value that came as it was chosen; what went wrong is told elsewhere. */
export type JsonPart = Exclude<JsonEvent, { type: "unreadable" | "flaw" | "failure" }>;

type Failure = Extract<JsonEvent, { type: "failure" }>;

/** One report of a JSON format being read: which parts are taken, and what they mean. */
export type JsonReading = {
  readonly problems: Problems;
  choose: Choose;
  /** The findings or tests that a part makes ready; they are taken before the next part is, so they may be made one by one. */
  take(part: JsonPart): Iterable<ReportEvent>;
  /** Why the content is no report of this format, in words for its sender; null when it is one. Asked at the end. */
  refusal(): { code: string; message: string } | null;
  /** Asked at the end, before the problems are told. `isCutOff` when parts were still open. */
  finish(isCutOff: boolean): { events: readonly ReportEvent[]; summary: ReportSummary };
};

/** Reads JSON of any size to its end, and past single values that are ill-formed. */
export async function* readJsonReport(source: AsyncIterable<Uint8Array>, reading: JsonReading): AsyncGenerator<ReportEvent, void, undefined> {
  let failure: Failure | null = null;
  for await (const parts of sliceJson(source, (path, opening) => reading.choose(path, opening))) {
    for (const part of parts) {
      if (part.type === "failure") failure = part;
      else if (part.type === "flaw") noteProblem(reading.problems, "partial", "ill_formed", part.message);
      else if (part.type === "unreadable") noteProblem(reading.problems, "partial", part.code, `${part.path.join(".")}: ${part.message}`);
      else for (const event of reading.take(part)) yield event;
    }
  }
  const refusal = refusalOf(failure, reading);
  if (refusal !== null) {
    yield { type: "problem", severity: "refused", ...refusal };
    return;
  }
  const { events, summary } = reading.finish(failure !== null);
  for (const event of events) yield event;
  if (failure !== null) noteProblem(reading.problems, "partial", failure.code === "truncated" ? "cut_off" : "ill_formed", failure.message);
  yield { type: "summary", summary };
  for (const event of problemEvents(reading.problems)) yield event;
}

function refusalOf(failure: Failure | null, reading: JsonReading): { code: string; message: string } | null {
  const isOther = reading.refusal();
  if (failure === null) return isOther;
  const endsInside = failure.code === "syntax" || failure.code === "truncated";
  return endsInside && isOther === null ? null : { code: `json_${failure.code}`, message: failure.message };
}

/** For what is no object where one should stand: a null is taken for nothing, anything else may have been an entry. */
export function noteNoObject(problems: Problems, what: string, value: unknown, from: number): void {
  if (value === null) noteProblem(problems, "warning", "entry_missing", `A null stands in the place of a ${what}, at byte ${from}`);
  else noteProblem(problems, "partial", "entry_unreadable", `The ${what} at byte ${from} is no object`);
}
