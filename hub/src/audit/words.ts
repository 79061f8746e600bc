import type { AuditParty } from "@sentinal/contract";

/** Names of things by their ids, as far as there still is one; a kind that is not told has no names. */
export type NamesOf = Readonly<Record<string, (ids: readonly number[]) => Promise<ReadonlyMap<number, string>>>>;

/** What people call a kind of thing, where its name in the log does not say it. */
const kindWords: Readonly<Record<string, string>> = {
  api_token: "API token",
  token_fingerprint: "unknown token",
  oidc: "job with token",
  oidc_token: "token of a job",
  username_fingerprint: "unknown account",
};

/** A party of an entry in words: `ada`, `API token 7 “CI”`, `the hub`. */
export function partyOf(kind: string, id: string | null, name: string | null): AuditParty {
  return { kind, id, words: wordsOf(kind, id, name) };
}

function wordsOf(kind: string, id: string | null, name: string | null): string {
  if (kind === "hub") return "the hub";
  if (kind === "anonymous") return "somebody not signed in";
  if (kind === "user" && name !== null) return name;
  const word = kindWords[kind] ?? kind.replaceAll("_", " ");
  return [word, id === null ? null : shortened(id), name === null ? null : `“${name}”`].filter((part) => part !== null).join(" ");
}

/** Long random ids by their beginning, which is enough to tell them apart by eye; the whole stands in `id`. */
function shortened(id: string): string {
  return /^(?:fp\d+_)?[0-9a-f-]{32,36}$/.test(id) ? `${id.slice(0, 12)}…` : id;
}

/** The name that an entry itself tells of its subject. */
export function nameInDetail(detail: unknown): string | null {
  if (typeof detail !== "object" || detail === null) return null;
  const { name, username } = Object.fromEntries(Object.entries(detail));
  if (typeof name === "string") return name;
  return typeof username === "string" ? username : null;
}
