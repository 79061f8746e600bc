import { sliceJson } from "../json/slices.ts";
import { noteProblem, problemEvents } from "../problems.ts";
import type { ReadOptions, ReportEvent, ReportReader } from "../reader.ts";
import { SonarReading } from "./reading.ts";
import { sniffSonarqube } from "./sniff.ts";

/**
 * What SonarQube tells over its Web API (issues, hotspots, a project's gate) or sends to a webhook, one answer or a list
 * of them, and what tools make of it: bare lists, sonar-report's JSON. Names of rules and paths of files stand behind the
 * issues, so an answer's findings are given at its end, but for one too large to wait.
 */
export const sonarqubeReader: ReportReader = { format: "sonarqube", scanType: "sonarqube", sniff: sniffSonarqube, read: readSonarqube };

/** Each finding is made as it is asked for, lest all of a large answer stand in memory at once. */
async function* readSonarqube(source: AsyncIterable<Uint8Array>, options?: ReadOptions): AsyncGenerator<ReportEvent, void, undefined> {
  const reading = new SonarReading(options?.workspace);
  for await (const events of sliceJson(source, (path, opening) => reading.choose(path, opening))) {
    for (const event of events) {
      reading.take(event);
      if (!reading.hasReady) continue;
      for (const finding of reading.takeFindings()) yield { type: "finding", finding };
      for (const gate of reading.takeGates()) yield { type: "gate", gate };
    }
  }
  const { failure, overview, problems } = reading;
  const isPartial = overview.isSonar && (failure?.code === "truncated" || failure?.code === "syntax");
  if (failure !== null && !isPartial) {
    yield { type: "problem", severity: "refused", code: `json_${failure.code}`, message: failure.message };
    return;
  }
  if (!overview.isSonar) {
    yield { type: "problem", severity: "refused", code: "not_sonarqube", message: "The content is JSON, but no answer of SonarQube" };
    return;
  }
  if (failure !== null) noteProblem(problems, "partial", failure.code === "truncated" ? "cut_off" : "ill_formed", failure.message);
  const isComplete = failure === null && overview.noteTotals(problems);
  yield { type: "summary", summary: overview.summary(isComplete) };
  yield* problemEvents(problems);
}
