import type { TrustCheck, TrustTrial } from "@sentinal/contract";
import { decodeJwt } from "jose";
import type { Logger } from "pino";
import type { Database } from "../database/index.ts";
import { readClaims, type ToldClaims } from "./claims.ts";
import { chooseBinding } from "./exchange.ts";
import { findBindingsOf, isUsedUp, listBindingsToTry } from "./queries.ts";
import { judge, TrustPolicy } from "./rules.ts";
import type { Verifier } from "./verifier.ts";

const mostClaims = 60;
const mostClaimLength = 300;

/** Tells what an exchange of the token would come to and why, binding by binding, without giving anything or using the token up. */
export async function tryToken(
  { db, verifier, log, now }: { db: Database; verifier: Verifier; log: Logger; now: () => number },
  token: string,
): Promise<TrustTrial> {
  const verdict = await verifier.verify(token);
  const payload = decoded(token);
  // Of a token that is no good they are unproven; to explain is all they are used for.
  const told: ToldClaims = "claims" in verdict ? verdict.claims : readClaims(payload ?? {});
  const rows = await listBindingsToTry(db, told.repository_id ?? null);
  const bindings = rows.map((row) => {
    const policy = TrustPolicy.safeParse(row);
    const checks = policy.success ? judge(policy.data, told) : [unreadable];
    return { id: row.id, name: row.name, repository: row.repository, is_met: checks.every((check) => check.is_met), checks };
  });
  const reason = "fault" in verdict ? verdict.fault : await reasonOf();
  return {
    would_succeed: reason === null,
    reason,
    token: "fault" in verdict ? { is_good: false, explanation: verdict.explanation } : explainGood(reason),
    claims: payload === null ? null : shown(payload),
    bindings,
  };

  async function reasonOf(): Promise<string | null> {
    if (!("claims" in verdict)) return null;
    if (await isUsedUp(db, verdict.claims.jti)) return "replayed";
    const chosen = chooseBinding(await findBindingsOf(db, verdict.claims.repository_id), verdict.claims, now(), log);
    return "fault" in chosen ? chosen.fault : null;
  }
}

const unreadable: TrustCheck = {
  claim: "(binding)",
  is_met: false,
  wanted: "",
  found: null,
  explanation: "The binding cannot be read by this version of the hub, so that it admits nobody. Make it anew.",
};

function explainGood(reason: string | null): TrustTrial["token"] {
  if (reason === "replayed") return { is_good: false, explanation: "It was exchanged before (jti); each ID token is good for one exchange." };
  return {
    is_good: true,
    explanation:
      reason === "scope_mismatch"
        ? "Issuer, signature, audience and times are right. But a run of a pull request gets webhook:write alone, which the binding does not hold, or the token tells no commit (sha)."
        : "Issuer, signature, audience and times are right, and it was not exchanged yet.",
  };
}

function decoded(token: string): Readonly<Record<string, unknown>> | null {
  try {
    return decodeJwt(token);
  } catch {
    return null;
  }
}

function shown(payload: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(payload).slice(0, mostClaims);
  return Object.fromEntries(
    entries.map(([name, value]) => [name.slice(0, mostClaimLength), (typeof value === "string" ? value : JSON.stringify(value)).slice(0, mostClaimLength)]),
  );
}
