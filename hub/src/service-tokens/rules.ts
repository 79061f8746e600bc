import { createHash, timingSafeEqual } from "node:crypto";
import type { ServiceToken } from "@sentinal/contract";
import { judgeSecret } from "@sentinal/tokens";

/** What the settings say of the token that all services share. Digests only: the values are not kept. */
export type Configured = {
  accepted: readonly Buffer[];
  /** The setting is there and is no secret: then nothing is let in, whatever else is known. */
  isRefused: boolean;
  /** Sentences for whoever starts the hub, each with what to do; the setting they are about beside them. */
  problems: readonly { setting: string; sentence: string }[];
};

const currentName = "INTERNAL_SERVICE_TOKEN";
const previousName = "INTERNAL_SERVICE_TOKEN_PREVIOUS";
const remedy = "Set it to the same random value in all services (openssl rand -hex 32)";

/** Judges the settings; `others` are secrets of other roles, by their settings. */
export function judgeConfigured(given: { current: string | null; previous: string | null }, others: Readonly<Record<string, string | null>> = {}): Configured {
  const current = judgeSecret(given.current, others);
  const previous = judgeSecret(given.previous, { ...others, [currentName]: given.current });
  const problems: { setting: string; sentence: string }[] = [];
  if (current !== null && current.fault !== "unset")
    problems.push({ setting: currentName, sentence: `${currentName} ${current.problem}: every call to /internal is refused. ${remedy}.` });
  if (previous !== null && previous.fault !== "unset")
    problems.push({
      setting: previousName,
      sentence: `${previousName} ${previous.problem}: it is not accepted. Unset it, or give the value that was in use before.`,
    });
  const accepted = [
    ...(current === null && given.current !== null ? [digestOf(given.current)] : []),
    ...(current === null && previous === null && given.previous !== null ? [digestOf(given.previous)] : []),
  ];
  return { accepted, isRefused: current !== null && current.fault !== "unset", problems };
}

/** What to say when nothing at all is accepted below /internal. */
export const nothingAccepted = {
  setting: currentName,
  sentence: `${currentName} is not set, and no service has a token of its own: every call to /internal is refused. ${remedy}, or make one for a service with: sentinal service-token create NAME`,
};

/** Compares with all of them, whichever it is: the time it takes tells nothing. */
export function isAccepted(configured: Configured, value: string): boolean {
  const digest = digestOf(value);
  return configured.accepted.map((known) => timingSafeEqual(known, digest)).includes(true);
}

export function digestOf(value: string): Buffer {
  return createHash("sha256").update(value).digest();
}

type Row = {
  id: number;
  service: string;
  prefix: string;
  created_at: Date;
  expires_at: Date | null;
  replaced_at: Date | null;
  revoked_at: Date | null;
  last_used_at: Date | null;
  last_used_address: string | null;
};

/** Revocation goes before expiry: it is what somebody did. */
export function stateOf(row: Pick<Row, "expires_at" | "replaced_at" | "revoked_at">, nowMs: number): ServiceToken["state"] {
  if (row.revoked_at !== null) return "revoked";
  if (row.expires_at !== null && row.expires_at.getTime() <= nowMs) return "expired";
  return row.replaced_at === null ? "valid" : "overlapping";
}

export function serviceTokenAnswer(row: Row, nowMs: number): ServiceToken {
  return {
    id: row.id,
    service: row.service,
    prefix: row.prefix,
    state: stateOf(row, nowMs),
    created_at: row.created_at.toISOString(),
    expires_at: row.expires_at?.toISOString() ?? null,
    revoked_at: row.revoked_at?.toISOString() ?? null,
    last_used_at: row.last_used_at?.toISOString() ?? null,
    last_used_address: row.last_used_address,
  };
}
