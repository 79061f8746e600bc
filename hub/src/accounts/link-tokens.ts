import { createHash } from "node:crypto";
import { randomBase62 } from "@sentinal/tokens";

/** What a link that was handed to a person lets them do, and the page that it leads to. */
export type LinkKind = "invite" | "reset";

/** Apart by their first letters, so that one is never taken for the other. */
const prefixes: Record<LinkKind, string> = { invite: "sinv_", reset: "srst_" };
/** 256 bits. */
const bodyLength = 43;

export function createLinkToken(kind: LinkKind): string {
  return prefixes[kind] + randomBase62(bodyLength);
}

/** SHA-256 of the token; null for what cannot be one, which then is looked up nowhere. */
export function hashLinkToken(kind: LinkKind, token: string): Buffer | null {
  const isOne = token.startsWith(prefixes[kind]) && /^[0-9A-Za-z]{43}$/.test(token.slice(prefixes[kind].length));
  return isOne ? createHash("sha256").update(token).digest() : null;
}

/** The token stands behind the #: browsers send that part to no server. */
export function linkUrl(publicUrl: string, kind: LinkKind, token: string): string {
  return `${publicUrl.replace(/\/+$/, "")}/${kind}#${token}`;
}
