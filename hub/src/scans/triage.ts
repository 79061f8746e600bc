import type { DismissalReason, FindingState, TriageAnswer, TriageBody } from "@sentinal/contract";
import { sql } from "kysely";
import { recordAudit } from "../audit/index.ts";
import { type Database, type DatabaseTransaction, inTransaction } from "../database/index.ts";
import { fieldError } from "../http/index.ts";
import type { DismissedBy } from "../matching/index.ts";
import { filterOf } from "./finding-filters.ts";
import { findFindingIds } from "./finding-list.ts";
import { isDefaultBranch } from "./finding-places.ts";

/** Findings that one call may decide on. */
const mostFindings = 10_000;
/** Runs whose pages are told at once; others learn it when they are fetched again. */
const mostAnnounced = 20;
/** Of a decision on many, so many ids stand in its audit entry; the rest is told by the table of acts. */
const mostAuditedIds = 100;

/** Who decides, and from where. */
export type Decider = { userId: number; address: string; requestId: string };

/** A finding on a branch, and what was said of it there last where a person dismissed it. */
type Standing = {
  findingId: number;
  branchScopeId: number;
  state: FindingState;
  dismissedBy: DismissedBy | null;
  reason: DismissalReason | null;
  comment: string | null;
  newestRunId: number | null;
};

type Decision = Pick<TriageBody, "action"> & { reason: DismissalReason | null; comment: string | null };

/**
 * Dismisses or reopens findings on a branch, in one transaction with its audit entry. `runs` are the newest of those
 * whose findings changed, at most 20. Throws HttpError `field_invalid` where more than 10,000 findings are meant; then
 * nothing is done.
 */
export async function triageFindings(
  db: Database,
  body: TriageBody,
  decider: Decider,
  visible: string | null,
): Promise<{ answer: TriageAnswer; runs: number[] }> {
  const comment = body.comment?.trim() ?? "";
  const decision: Decision = { action: body.action, reason: body.reason ?? null, comment: comment === "" ? null : comment };
  return inTransaction(db, async (trx) => {
    const ids = await meantFindings(trx, body, visible);
    const branch = body.branch ?? body.filter?.branch ?? (await branchOfScan(trx, body.filter?.scan_id));
    const standing = await lockStanding(trx, ids, branch, visible);
    const due = standing.filter((one) => isChange(one, decision));
    const changed = new Set(due.map((one) => one.findingId)).size;
    const answer = { changed, unchanged: ids.length - changed };
    if (due.length > 0) await decide(trx, due, decision, decider, { branch, unchanged: answer.unchanged });
    const runs = [...new Set(due.flatMap((one) => one.newestRunId ?? []))].toSorted((a, b) => b - a).slice(0, mostAnnounced);
    return { answer, runs };
  });
}

/**
 * Whether the decision changes how a finding stands. What is fixed is over; a dismissal of the tool's own can be made a
 * person's, who then has the say, and is not lifted here: the next report would bring it back.
 */
export function isChange(standing: Pick<Standing, "state" | "dismissedBy" | "reason" | "comment">, decision: Decision): boolean {
  const isByUser = standing.state === "dismissed" && standing.dismissedBy === "user";
  if (decision.action === "reopen") return isByUser;
  if (standing.state === "fixed") return false;
  return !isByUser || standing.reason !== decision.reason || standing.comment !== decision.comment;
}

async function meantFindings(trx: DatabaseTransaction, body: TriageBody, visible: string | null): Promise<number[]> {
  if (body.filter === undefined) return [...new Set(body.ids)];
  const filter = filterOf(body.filter);
  // The list that is meant is that of the branch decided on, but for a scan, which has one of its own.
  const branch = filter.scanId === undefined ? (body.branch ?? filter.branch) : filter.branch;
  const ids = await findFindingIds(trx, { ...filter, branch }, visible, mostFindings);
  if (ids !== null) return ids;
  throw fieldError(
    "filter",
    `more than ${mostFindings.toLocaleString("en")} findings match, and nothing was changed`,
    `Narrow the filter: at most ${mostFindings.toLocaleString("en")} findings a call.`,
  );
}

async function branchOfScan(trx: DatabaseTransaction, scanId: number | undefined): Promise<string | undefined> {
  if (scanId === undefined) return undefined;
  const run = await trx
    .selectFrom("scans")
    .innerJoin("runs", "runs.id", "scans.run_id")
    .select("runs.branch")
    .where("scans.id", "=", scanId)
    .executeTakeFirst();
  return run?.branch;
}

/** How the findings stand on the branch, by default the default one; in the order of their ids, so that two who decide at once do not wait for each other in a ring. */
async function lockStanding(trx: DatabaseTransaction, ids: readonly number[], branch: string | undefined, visible: string | null): Promise<Standing[]> {
  const answer = await sql<Standing>`
    select s.finding_id as "findingId", s.branch_scope_id as "branchScopeId", s.state, s.dismissed_by as "dismissedBy", last.reason, last.comment,
           (select scan.run_id from scans scan where scan.id = b.newest_scan_id) as "newestRunId"
      from finding_states s join branch_scopes b on b.id = s.branch_scope_id join finding_scopes sc on sc.id = b.scope_id join repositories r on r.id = sc.repository_id
      left join lateral (
        select a.reason, a.comment from finding_triage t join triage_acts a on a.id = t.act_id
         where s.dismissed_by = 'user' and t.finding_id = s.finding_id and t.branch_scope_id = s.branch_scope_id
         order by t.act_id desc limit 1) last on true
     where s.finding_id = any(${[...ids]}) and ${branch === undefined ? isDefaultBranch : sql`b.branch = ${branch}`}
       and ${visible === null ? sql`true` : sql`r.name = ${visible}`}
     order by s.finding_id, s.branch_scope_id for update of s`.execute(trx);
  return answer.rows;
}

async function decide(
  trx: DatabaseTransaction,
  due: readonly Standing[],
  { action, reason, comment }: Decision,
  decider: Decider,
  told: { branch: string | undefined; unchanged: number },
): Promise<void> {
  const act = await trx.insertInto("triage_acts").values({ user_id: decider.userId, action, reason, comment }).returning("id").executeTakeFirstOrThrow();
  const rows = sql`unnest(${due.map((one) => one.branchScopeId)}::bigint[], ${due.map((one) => one.findingId)}::bigint[]) as r (branch_scope_id, finding_id)`;
  await sql`insert into finding_triage (act_id, branch_scope_id, finding_id) select ${act.id}, branch_scope_id, finding_id from ${rows}`.execute(trx);
  const state: FindingState = action === "dismiss" ? "dismissed" : "open";
  const dismissedBy: DismissedBy | null = action === "dismiss" ? "user" : null;
  await sql`
    update finding_states s set state = ${state}, dismissed_by = ${dismissedBy}, changed_at = now(), changed_run_id = null from ${rows}
     where s.branch_scope_id = r.branch_scope_id and s.finding_id = r.finding_id`.execute(trx);
  const ids = [...new Set(due.map((one) => one.findingId))];
  await recordAudit(trx, {
    actor: { kind: "user", id: decider.userId },
    action: action === "dismiss" ? "finding.dismissed" : "finding.reopened",
    subject: { kind: "triage_act", id: act.id },
    address: decider.address,
    requestId: decider.requestId,
    detail: {
      changed: ids.length,
      unchanged: told.unchanged,
      branch: told.branch ?? null,
      reason,
      comment,
      findings: ids.slice(0, mostAuditedIds).map(String),
    },
  });
}
