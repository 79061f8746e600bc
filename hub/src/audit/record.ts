import type { Database } from "../database/index.ts";
import type { DatabaseTransaction } from "../database/index.ts";

/** Who did it. An operator acts on the hub's machine, with its files at hand. */
export type Actor =
  | { kind: "user"; id: number }
  | { kind: "api_token"; id: number }
  /** A job of GitHub Actions, by the hub token that it was given. */
  | { kind: "oidc"; id: number }
  | { kind: "operator"; id: string }
  | { kind: "hub" }
  | { kind: "anonymous" };

export type AuditEntry = {
  actor: Actor;
  /** `<thing>.<verb in the past>`, e.g. `api_token.revoked`. */
  action: string;
  subject?: { kind: string; id: string | number };
  /** Of the secret value that the entry speaks of, by `Fingerprints`; it stands in the detail, where a search finds it. */
  fingerprint?: string;
  outcome?: "done" | "refused";
  address?: string | null;
  requestId?: string | null;
  /** Ids, names and keyed fingerprints; never a secret's value. */
  detail?: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
};

/** Writes the entry in the caller's transaction: the act and its entry stand or fall together. */
export async function recordAudit(trx: DatabaseTransaction | Database, entry: AuditEntry): Promise<void> {
  await trx
    .insertInto("audit_entries")
    .values({
      actor_kind: entry.actor.kind,
      actor_id: "id" in entry.actor ? String(entry.actor.id) : null,
      action: entry.action,
      subject_kind: entry.subject?.kind ?? null,
      subject_id: entry.subject === undefined ? null : String(entry.subject.id),
      outcome: entry.outcome ?? "done",
      address: entry.address ?? null,
      request_id: entry.requestId ?? null,
      detail: JSON.stringify({ ...entry.detail, ...(entry.fingerprint !== undefined && { fingerprint: entry.fingerprint }) }),
    })
    .execute();
}
