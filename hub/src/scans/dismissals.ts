import type { Dismissal, DismissalReason } from "@sentinal/contract";
import { sql } from "kysely";
import type { Database } from "../database/index.ts";

/** A finding on a branch, and who dismissed it there; null where nobody did. */
type Dismissed = { id: number; branchScopeId: number; dismissedBy: Dismissal["by"] | null };

/**
 * Why findings are dismissed, in the order given, null for those that are not. What a branch has from the default one,
 * on which it stands, it has with the reason that was given there.
 */
export async function findDismissals(db: Database, findings: readonly Dismissed[]): Promise<(Dismissal | null)[]> {
  const byPeople = findings.filter(({ dismissedBy }) => dismissedBy === "user");
  const acts = new Map((byPeople.length === 0 ? [] : await loadActs(db, byPeople)).map((act) => [`${act.finding_id} ${act.branch_scope_id}`, act]));
  return findings.map(({ id, branchScopeId, dismissedBy }) => {
    if (dismissedBy === null) return null;
    const act = acts.get(`${id} ${branchScopeId}`);
    return {
      by: dismissedBy,
      username: act?.username ?? null,
      reason: act?.reason ?? null,
      comment: act?.comment ?? null,
      at: act?.at.toISOString() ?? null,
    };
  });
}

type Act = { finding_id: number; branch_scope_id: number; username: string | null; reason: DismissalReason | null; comment: string | null; at: Date };

/** The newest dismissal on the branch itself, else on another one. */
async function loadActs(db: Database, findings: readonly Dismissed[]): Promise<Act[]> {
  const answer = await sql<Act>`
    select k.finding_id, k.branch_scope_id, u.username, a.reason, a.comment, a.at
      from unnest(${findings.map(({ id }) => id)}::bigint[], ${findings.map(({ branchScopeId }) => branchScopeId)}::bigint[]) as k (finding_id, branch_scope_id)
      cross join lateral (
        select a.* from finding_triage t join triage_acts a on a.id = t.act_id
         where t.finding_id = k.finding_id and a.action = 'dismiss'
         order by t.branch_scope_id = k.branch_scope_id desc, a.id desc limit 1) a
      left join users u on u.id = a.user_id`.execute(db);
  return answer.rows;
}
