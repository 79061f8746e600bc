import { randomBytes } from "node:crypto";
import { TokenPair } from "@sentinal/contract";
import { sql } from "kysely";
import pino from "pino";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { createFingerprints, createRefusals, type Fingerprints, type Refusals } from "../audit/index.ts";
import { createRevocations, type Database, revocationChannel, type Revocations, startListener } from "../database/index.ts";
import { type Access, type Authenticate, createAccess, createHttpServer, type HttpServer } from "../http/index.ts";
import { createKeyRing, createVault, hubKey } from "../vault/index.ts";
import { type Accounts, createAccounts } from "./index.ts";

/** What a hub of the tests stands on. */
export type TestGround = { db: Database; revocations: Revocations; refusals: Refusals; fingerprints: Fingerprints; log: pino.Logger; now: () => number };

/** Something besides the accounts that signs callers in. */
export type TestFeature = { authenticate: Authenticate; registerRoutes(http: HttpServer, access: Access): void; close(): Promise<void> };

export type TestHub = TestGround & {
  http: HttpServer;
  accounts: Accounts;
  /** Sends a request as JSON; `cookie` is a whole Cookie header. */
  call(method: "GET" | "POST" | "PUT", url: string, request?: TestRequest): Promise<TestAnswer>;
  /** Makes an account through the operator and signs it in. */
  signUp(name: string, role?: "Viewer" | "Member" | "Admin"): Promise<{ id: number; accessToken: string; refreshToken: string }>;
  /** Makes the last proof of who they are of all sessions older than sensitive acts take. */
  letProofsAge(): Promise<void>;
  /** Entries of the audit log, the oldest first. */
  audit(): Promise<
    { action: string; actor_kind: string; actor_id: string | null; subject_kind: string | null; subject_id: string | null; outcome: string; detail: unknown }[]
  >;
  close(): Promise<void>;
};

export type TestRequest = { body?: unknown; bearer?: string; cookie?: string; headers?: Record<string, string>; address?: string };
export type TestAnswer = {
  status: number;
  body: unknown;
  text: string;
  headers: Record<string, unknown>;
  cookies: { name: string; value: string; [attribute: string]: unknown }[];
};

export type TestHubOptions = {
  /** Shared by hubs that run side by side; its maker closes it. */
  database?: TestDatabase;
  registration?: "closed" | "invitation" | "open";
  setupCode?: string;
  publicUrl?: string;
  now?: () => number;
  /** For tests that ask whether caches are passed by. */
  isHearing?: () => boolean;
  feature?(ground: TestGround): TestFeature;
};

export const password = "a long enough password";
/** One for all, so that hubs on one database understand each other. */
export const testKey = hubKey(Buffer.alloc(32, 7));

export async function startTestHub(options: TestHubOptions = {}): Promise<TestHub> {
  const database = options.database ?? (await createTestDatabase());
  const { db, connection } = database;
  const log = pino({ enabled: false });
  const listener = await startListener(connection, { hubId: randomBytes(8).toString("hex"), channels: [revocationChannel], onProblem: () => {} });
  const { isHearing } = options;
  const heard = createRevocations(listener);
  const revocations = isHearing === undefined ? heard : { ...heard, isHearing };
  const now = options.now ?? Date.now;
  const ground: TestGround = { db, revocations, refusals: createRefusals({ db, log, now }), fingerprints: createFingerprints(Buffer.alloc(32, 9)), log, now };
  const accounts = createAccounts({
    ...ground,
    key: testKey,
    keys: createKeyRing({ db, key: testKey }),
    vault: createVault({ db, key: testKey }),
    config: { registration: options.registration ?? "invitation", setupCode: options.setupCode ?? null },
    publicUrl: () => options.publicUrl ?? "http://127.0.0.1:8484",
    version: "0.0.0-test",
  });
  const feature = options.feature?.(ground);
  const http = await createHttpServer({ log, version: "0.0.0-test", trustedProxies: ["127.0.0.1"], isHttps: false, onTokenInUrl: accounts.revokeLeaked });
  const access = createAccess(
    (credential, caller) =>
      feature !== undefined && /^(?:sent|oidc)_/.test(credential.bearer)
        ? feature.authenticate(credential, caller)
        : accounts.authenticate(credential.bearer, caller),
    accounts.isFresh,
  );
  accounts.registerRoutes(http, access);
  feature?.registerRoutes(http, access);
  await http.ready();

  async function call(method: "GET" | "POST" | "PUT", url: string, request: TestRequest = {}): Promise<TestAnswer> {
    const answer = await http.inject({
      method,
      url,
      headers: { host: "127.0.0.1:8484", ...(request.body !== undefined && { "content-type": "application/json" }), ...headersOf(request) },
      ...(request.body !== undefined && { payload: typeof request.body === "string" ? request.body : JSON.stringify(request.body) }),
    });
    const isJson = /\bjson\b/.test(answer.headers["content-type"] ?? "");
    return { status: answer.statusCode, body: isJson ? answer.json() : null, text: answer.body, headers: answer.headers, cookies: answer.cookies };
  }

  return {
    ...ground,
    http,
    accounts,
    call,
    async signUp(name, role = "Viewer") {
      const user = await accounts.createAdmin({ username: name, email: `${name}@example.org`, password }, { kind: "operator", id: "test" });
      await db.updateTable("users").set({ role }).where("id", "=", user.id).execute();
      const pair = TokenPair.parse(
        (await call("POST", "/api/auth/login", { body: { username: name, password }, address: `2001:db8:${user.id.toString(16)}::1` })).body,
      );
      return { id: user.id, accessToken: pair.access_token, refreshToken: pair.refresh_token ?? "" };
    },
    async letProofsAge() {
      await sql`update sessions set authenticated_at = now() - interval '5 minutes 1 second'`.execute(db);
    },
    audit: () =>
      db.selectFrom("audit_entries").select(["action", "actor_kind", "actor_id", "subject_kind", "subject_id", "outcome", "detail"]).orderBy("id").execute(),
    async close() {
      await http.close();
      await feature?.close();
      await accounts.close();
      await listener.close();
      if (options.database === undefined) await database.close();
    },
  };
}

function headersOf(request: TestRequest): Record<string, string> {
  return {
    ...(request.bearer !== undefined && { authorization: `Bearer ${request.bearer}` }),
    ...(request.cookie !== undefined && { cookie: request.cookie }),
    ...(request.address !== undefined && { "x-forwarded-for": request.address }),
    ...request.headers,
  };
}
