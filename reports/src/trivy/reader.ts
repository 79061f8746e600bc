import { sliceJson } from "../json/slices.ts";
import { noteProblem, problemEvents } from "../problems.ts";
import type { ReadOptions, ReportEvent, ReportReader } from "../reader.ts";
import { summaryOf } from "./overview.ts";
import { TrivyReading } from "./reading.ts";
import { sniffTrivy } from "./sniff.ts";

/**
 * Trivy's JSON: schema 2, the array of old, Kubernetes reports, compliance reports and the operator's objects.
 * A finding is given as soon as its target is known, so that a report of any size passes through.
 */
export const trivyReader: ReportReader = { format: "trivy", scanType: "trivy", sniff: sniffTrivy, read: readTrivy };

async function* readTrivy(source: AsyncIterable<Uint8Array>, options: ReadOptions = {}): AsyncGenerator<ReportEvent, void, undefined> {
  const reading = new TrivyReading(options.memory ?? null);
  for await (const events of sliceJson(source, (path, opening) => reading.choose(path, opening))) {
    for (const event of events) {
      reading.take(event);
      for (let finding = reading.nextFinding(); finding !== null; finding = reading.nextFinding()) yield { type: "finding", finding };
    }
  }
  const refusal = refusalOf(reading);
  if (refusal !== null) {
    yield refusal;
    return;
  }
  noteEnd(reading);
  yield { type: "summary", summary: reading.rootValue === null ? { ...summaryOf(reading.overview), shape: "null" } : summaryOf(reading.overview) };
  yield* problemEvents(reading.problems);
}

/** Why the content is no Trivy report at all; null when it is one, whole or in part. */
function refusalOf(reading: TrivyReading): ReportEvent | null {
  const { failure, isTrivy, root, rootValue, rootMembers, isEmptyList } = reading;
  const refused = (code: string, message: string): ReportEvent => ({ type: "problem", severity: "refused", code, message });
  if (failure !== null && failure.code !== "syntax" && failure.code !== "truncated") return refused(`json_${failure.code}`, failure.message);
  if (failure !== null && !isTrivy) return refused(`json_${failure.code}`, failure.message);
  const isClean = root === "scalar" ? rootValue === null : rootMembers === 0 || isEmptyList;
  return isTrivy || isClean ? null : refused("not_trivy", "The content is JSON, but not a report of Trivy");
}

function noteEnd(reading: TrivyReading): void {
  const { failure, problems, overview } = reading;
  if (failure !== null) noteProblem(problems, "partial", failure.code === "truncated" ? "cut_off" : "ill_formed", failure.message);
  for (const shape of overview.shapes) {
    const isNewSchema = shape.startsWith("schema-") && shape !== "schema-2";
    if (isNewSchema) noteProblem(problems, "warning", "schema_unknown", `The report has ${shape.replace("-", " ")}; it was read as schema 2`);
  }
}
