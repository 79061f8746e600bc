import type { AuditFilters } from "@sentinal/contract";
import type { AuditSearch } from "../../searches.ts";

/** The filters of the page as the hub takes them: days are those of the reader's own clock, the last one included. */
export function filtersOf(search: AuditSearch): AuditFilters {
  const { entry: _entry, from, to, ...rest } = search;
  const [start, end] = [from === undefined ? null : dayStart(from, 0), to === undefined ? null : dayStart(to, 1)];
  return Object.fromEntries(Object.entries({ ...rest, from: start ?? undefined, to: end ?? undefined }).filter(([, value]) => value !== undefined));
}

/** Midnight at which a day begins, `later` days on, as ISO 8601; null for what is no day. */
function dayStart(day: string, later: number): string | null {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const start = new Date(year, month - 1, date);
  if (start.getMonth() !== month - 1 || start.getDate() !== date) return null;
  start.setDate(start.getDate() + later);
  return start.toISOString();
}

export function hasFilters(search: AuditSearch): boolean {
  return Object.keys(filtersOf(search)).length > 0;
}

/** Without any filter; what the panel shows stays. */
export const noFilters: AuditSearch = {
  actor_kind: undefined,
  actor_id: undefined,
  action: undefined,
  subject_kind: undefined,
  subject_id: undefined,
  outcome: undefined,
  from: undefined,
  to: undefined,
  address: undefined,
};

/** What acts are about, for the choice above the list: the beginning of an action. */
export const things: readonly { action: string; words: string }[] = [
  { action: "user.", words: "Users" },
  { action: "invitation.", words: "Invitations" },
  { action: "session.", words: "Sessions" },
  { action: "sign_in.", words: "Sign-in" },
  { action: "device_sign_in.", words: "Sign-in of programs" },
  { action: "totp.", words: "Authenticator apps" },
  { action: "passkey.", words: "Passkeys" },
  { action: "api_token.", words: "API tokens" },
  { action: "trust_binding.", words: "Trust bindings" },
  { action: "oidc_token.", words: "Tokens of jobs" },
  { action: "service_token.", words: "Service tokens" },
  { action: "gate.", words: "Quality gate" },
  { action: "finding.", words: "Findings" },
  { action: "hub_key.", words: "Hub’s key" },
  { action: "audit.", words: "Audit log" },
];
