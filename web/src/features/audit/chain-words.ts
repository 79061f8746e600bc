import type { AuditChain, AuditProblem } from "@sentinal/contract";
import type { StatusKind } from "../../status.ts";

/** How the chain stands, in a sign and a few words. */
export function chainState(chain: AuditChain): { kind: StatusKind; words: string } {
  if (chain.is_verifying) return { kind: "running", words: "Verifying the whole log" };
  if (chain.verified === null) return { kind: "unknown", words: "Not verified yet" };
  if (!chain.verified.is_intact) return { kind: "failure", words: "The log is not intact" };
  return { kind: "success", words: `Verified up to position ${chain.verified.position.toLocaleString("en")}` };
}

/** One problem in a sentence. */
export function problemWords(problem: AuditProblem): string {
  switch (problem.kind) {
    case "changed":
      return `Entry ${problem.id} at position ${problem.position} is not what was sealed there.`;
    case "reordered":
      return `Entry ${problem.id} stands at position ${problem.position}, and was sealed at ${problem.sealedAt}.`;
    case "missing":
      return problem.from === problem.to ? `Nothing stands at position ${problem.from}.` : `Nothing stands at positions ${problem.from} to ${problem.to}.`;
    case "unsealed":
      return problem.isLate ? `Entry ${problem.id} was never sealed.` : `Entry ${problem.id} was waiting for its seal.`;
    case "head_lost":
      return "The hub no longer remembers where its chain ended.";
    case "head_differs":
      return `At position ${problem.position} stands another hash than was kept.`;
  }
}

/** The entry that a problem is about, where it still is there. */
export function entryOf(problem: AuditProblem): number | null {
  return "id" in problem ? problem.id : null;
}
