import type { Dismissal, DismissalReason } from "@sentinal/contract";
import { sql } from "kysely";
import type { Database } from "../database/index.ts";
import type { FindingRow } from "./finding-queries.ts";

/** A finding on a branch as it stands there. */
type Standing = Pick<FindingRow, "id" | "branch_scope_id" | "state" | "dismissed_by">;

/**
 * Why findings are dismissed, in the order given, null for those that are not. What a branch has from the default one,
 * on which it stands, it has with the reason that was given there.
 */
export async function findDismissals(db: Database, findings: readonly Standing[]): Promise<(Dismissal | null)[]> {
  const byPeople = findings.filter((finding) => finding.state === "dismissed" && finding.dismissed_by === "user");
  const acts = new Map((byPeople.length === 0 ? [] : await loadActs(db, byPeople)).map((act) => [`${act.finding_id} ${act.branch_scope_id}`, act]));
  return findings.map((finding) => {
    if (finding.state !== "dismissed" || finding.dismissed_by === null) return null;
    const act = acts.get(`${finding.id} ${finding.branch_scope_id}`);
    return {
      by: finding.dismissed_by,
      username: act?.username ?? null,
      reason: act?.reason ?? null,
      comment: act?.comment ?? null,
      at: act?.at.toISOString() ?? null,
    };
  });
}

type Act = { finding_id: number; branch_scope_id: number; username: string | null; reason: DismissalReason | null; comment: string | null; at: Date };

/** The newest dismissal on the branch itself, else on another one. */
async function loadActs(db: Database, findings: readonly Standing[]): Promise<Act[]> {
  const answer = await sql<Act>`
    select k.finding_id, k.branch_scope_id, u.username, a.reason, a.comment, a.at
      from unnest(${findings.map(({ id }) => id)}::bigint[], ${findings.map((finding) => finding.branch_scope_id)}::bigint[]) as k (finding_id, branch_scope_id)
      cross join lateral (
        select a.* from finding_triage t join triage_acts a on a.id = t.act_id
         where t.finding_id = k.finding_id and a.action = 'dismiss'
         order by t.branch_scope_id = k.branch_scope_id desc, a.id desc limit 1) a
      left join users u on u.id = a.user_id`.execute(db);
  return answer.rows;
}
