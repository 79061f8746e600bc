import { createHash, timingSafeEqual } from "node:crypto";
import { isIPv4, isIPv6 } from "node:net";
import type { Role, User } from "@sentinal/contract";

/** Where a call came from, for the audit log and the limits. */
export type Caller = { address: string; requestId: string };

/** Within this time the same predecessor gets the same successor: an answer can get lost, and tabs refresh at once. */
export const graceSeconds = 30;

/** What stands in the database of a refresh token that could not be rotated. */
export type SpentToken = {
  isRevoked: boolean;
  isExpired: boolean;
  isSessionOver: boolean;
  /** Null: it was never exchanged. */
  secondsSinceRotation: number | null;
  /** Erased as soon as the successor was presented. */
  hasSealedSuccessor: boolean;
};

/**
 * What a refresh token means that no longer is the newest of its family: a retry gets the same successor, anything
 * else that was exchanged before is in two hands (`reused`), and the rest has simply ended.
 */
export function judgeSpentToken(token: SpentToken): "retry" | "reused" | "ended" {
  if (token.isSessionOver || token.isRevoked) return "ended";
  if (token.secondsSinceRotation === null) return "ended";
  if (token.hasSealedSuccessor && token.secondsSinceRotation <= graceSeconds) return "retry";
  return token.isExpired ? "ended" : "reused";
}

export type RegistrationMode = "closed" | "invitation" | "open";

/** The role that a registration leads to, or the error it is refused with. */
export function judgeRegistration(facts: {
  hasUsers: boolean;
  isSetupCodeRight: boolean;
  mode: RegistrationMode;
  /** Of an invitation that can be used; null: none was sent. */
  invitedRole: Role | null;
}): { role: Role } | { refused: "setup_code_wrong" | "registration_closed" } {
  if (!facts.hasUsers) return facts.isSetupCodeRight ? { role: "Admin" } : { refused: "setup_code_wrong" };
  if (facts.invitedRole !== null && facts.mode !== "closed") return { role: facts.invitedRole };
  return facts.mode === "open" ? { role: "Viewer" } : { refused: "registration_closed" };
}

/** Compares without telling by time how far the two agree. */
export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(createHash("sha256").update(given).digest(), createHash("sha256").update(expected).digest());
}

const secureCookie = { name: "__Host-sentinal_refresh", isSecure: true };
const plainCookie = { name: "sentinal_refresh", isSecure: false };

/**
 * The name of the refresh cookie and whether it is marked Secure. Browsers drop cookies so marked, and all that are
 * called `__Host-`, where the page came over plain http from anywhere but the machine itself. A hub whose public
 * address is this machine's own may still be asked under its name in the network, which `host` tells.
 */
export function refreshCookie(publicUrl: string, host?: string): { name: string; isSecure: boolean } {
  const url = new URL(publicUrl);
  if (url.protocol === "https:") return secureCookie;
  if (!isLoopback(url.hostname)) return plainCookie;
  const asked = host !== undefined && URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : url.hostname;
  return isLoopback(asked) ? secureCookie : plainCookie;
}

/** The value of a cookie in a Cookie header, as it stands there; null when there is none of the name. */
export function cookieValue(header: string, name: string): string | null {
  for (const part of header.split(";")) {
    const [found, ...value] = part.split("=");
    if (found?.trim() === name) return value.join("=").trim();
  }
  return null;
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname.endsWith(".localhost") || hostname === "[::1]" || (isIPv4(hostname) && hostname.startsWith("127."));
}

/** What limits count by: an IPv4 address, or the /64 that one subscriber of IPv6 has to choose from. */
export function addressBlock(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1] !== undefined) return mapped[1];
  if (!isIPv6(address)) return address;
  const [head = "", tail] = (address.split("%")[0] ?? "").split("::");
  const first = head === "" ? [] : head.split(":");
  const last = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : 8 - first.length - last.length;
  const groups = [...first, ...Array.from({ length: Math.max(0, zeros) }, () => "0"), ...last];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}

export function userAnswer(row: { id: number; username: string; email: string; role: string; created_at: Date }): User {
  return { id: row.id, username: row.username, email: row.email, role: asRole(row.role), created_at: row.created_at.toISOString() };
}

/** The column is checked by the database; anything else in it is a bug, and must not become a right. */
export function asRole(text: string): Role {
  if (text === "Viewer" || text === "Member" || text === "Admin") return text;
  throw new Error(`no role is called ${text}`);
}
