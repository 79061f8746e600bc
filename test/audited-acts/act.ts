import { randomBytes } from "node:crypto";
import { TokenPair } from "@sentinal/contract";
import { sql } from "kysely";
import { adminAccount, type TestHub } from "../hub.ts";

/** Sends the request of an act; it may be called again after it failed. */
export type Send = () => Promise<Response>;

/**
 * What a route that changes something leaves in the audit log. Each feature tells its own, in a file of this folder:
 * the test does the act, and fails where an entry is missing or the act goes on without it.
 */
export type AuditedAct =
  /** The actions that one call writes, and how to call it: what it needs is made first. */
  | { entries: readonly string[]; prepare(hub: TestHub): Promise<Send> }
  /** Why a call leaves no entry of its own. */
  | { noEntry: string };

/** By method and path, as the route is registered: `POST /api/auth/api-tokens/:id/revoke`; `ALL` where it takes any method. */
export type AuditedActs = Readonly<Record<string, AuditedAct>>;

/** Each comes from an address of its own, for acts follow each other faster than people do. */
export function send(method: string, url: string, bearer: string | null, body?: unknown): Promise<Response> {
  return fetch(url, {
    method,
    headers: {
      "x-forwarded-for": `10.${[...randomBytes(3)].join(".")}`,
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** The answer's body, for what an act needs. Throws when it was refused. */
export async function answered(answer: Promise<Response>): Promise<unknown> {
  const given = await answer;
  if (!given.ok) throw new Error(`${given.url} answered ${given.status}: ${await given.text()}`);
  return given.json();
}

export const uniqueName = (beginning: string) => `${beginning}-${randomBytes(5).toString("hex")}`;

export type TestAccount = { id: number; username: string; password: string; bearer: string; refreshToken: string };

/** An account that has just signed in: what an act does to it leaves those of other acts alone. */
export async function newAccount(hub: TestHub, role: "Viewer" | "Member" | "Admin" = "Viewer"): Promise<TestAccount> {
  const username = uniqueName("account");
  const made = await sql<{ id: number }>`
    insert into users (username, email, password_hash, role)
    select ${username}, ${`${username}@example.org`}, password_hash, ${role} from users where username = ${adminAccount.username} returning id`.execute(
    hub.database.db,
  );
  const pair = await signIn(hub, username);
  return { id: made.rows[0]?.id ?? 0, username, password: adminAccount.password, ...pair };
}

/** A further session of such an account. */
export async function signIn(hub: TestHub, username: string): Promise<{ bearer: string; refreshToken: string }> {
  const pair = TokenPair.parse(await answered(send("POST", `${hub.url}/api/auth/login`, null, { username, password: adminAccount.password })));
  return { bearer: pair.access_token, refreshToken: pair.refresh_token ?? "" };
}
