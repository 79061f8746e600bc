import type { Finding, TriageAnswer, TriageBody } from "@sentinal/contract";
import type { Query } from "../../api/client.ts";
import { api, queryClient } from "../../runtime.ts";

/** As many ids one call takes. */
const idsPerCall = 1_000;

/** What a decision is on: findings as they are listed, each on its branch, or all that a list with these filters shows. */
export type TriageTarget = { findings: readonly Pick<Finding, "id" | "branch">[] } | { filter: Query; count: number | null };

export type Decision = Pick<TriageBody, "action" | "reason" | "comment">;

/** Decides on all of them. Throws ApiProblem; calls that went through before it hold. */
export async function triage(target: TriageTarget, decision: Decision): Promise<TriageAnswer> {
  const sum: TriageAnswer = { changed: 0, unchanged: 0 };
  for (const body of bodiesOf(target, decision)) {
    const answer = await api.post<TriageAnswer>("/api/cicd/findings/triage", body);
    sum.changed += answer.changed;
    sum.unchanged += answer.unchanged;
  }
  return sum;
}

/** One call for each branch, in lots that a call takes. */
export function bodiesOf(target: TriageTarget, decision: Decision): (Decision & { ids?: number[]; branch?: string; filter?: Query })[] {
  if ("filter" in target) return [{ ...decision, filter: target.filter }];
  return [...Map.groupBy(target.findings, (finding) => finding.branch)].flatMap(([branch, findings]) => {
    const ids = findings.map((finding) => finding.id);
    return Array.from({ length: Math.ceil(ids.length / idsPerCall) }, (_none, lot) => ({
      ...decision,
      branch,
      ids: ids.slice(lot * idsPerCall, (lot + 1) * idsPerCall),
    }));
  });
}

/** Whatever shows findings, their number or a verdict on them is asked for again. */
export function refreshFindings(): Promise<void> {
  const stale = new Set(["findings", "finding", "scan", "run", "board"]);
  return queryClient.invalidateQueries({ predicate: (query) => stale.has(String(query.queryKey[0])) });
}

export function targetCount(target: TriageTarget): number | null {
  return "filter" in target ? target.count : target.findings.length;
}

/** "3 findings dismissed, 1 stood so already": what is read out when it is done. */
export function answerWords(action: Decision["action"], { changed, unchanged }: TriageAnswer): string {
  const words = `${changed.toLocaleString("en")} ${changed === 1 ? "finding" : "findings"} ${action === "dismiss" ? "dismissed" : "reopened"}`;
  return unchanged === 0 ? `${words}.` : `${words}, ${unchanged.toLocaleString("en")} left as ${unchanged === 1 ? "it was" : "they were"}.`;
}
