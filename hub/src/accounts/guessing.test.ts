import pino from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { createFingerprints, createRefusals, type Refusals } from "../audit/index.ts";
import { createPasswords, type Passwords } from "./passwords.ts";
import { insertUser } from "./queries.ts";
import { createSignInLimits } from "./sign-in-limits.ts";
import { createSignIn, type SignIn } from "./sign-in.ts";

const password = "a long enough password";
const real = createPasswords();

/** What was compared, by the hash's cost: one line a comparison. */
let compared: string[] = [];
const counted: Passwords = {
  hash: real.hash,
  verify(passwordHash, given) {
    compared.push(passwordHash === null ? "nobody's" : (/^\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+\$/.exec(passwordHash)?.[0] ?? "?"));
    return real.verify(passwordHash, given);
  },
};

let database: TestDatabase;
let refusals: Refusals;
let signIn: SignIn;
let clock = Date.now();

beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  const now = () => clock;
  refusals = createRefusals({ db, log: pino({ enabled: false }), now });
  const limits = createSignInLimits({ refusals, now });
  signIn = createSignIn({
    db,
    passwords: counted,
    limits,
    secondFactors: { demand: async () => null },
    revocations: { notify: async () => {}, apply: () => {}, onRevoked: () => {}, epoch: () => 0, isHearing: () => true },
    fingerprints: createFingerprints(Buffer.alloc(32, 9)),
  });
  const passwordHash = await real.hash(password);
  for (const [username, role] of [
    ["ada", "Admin"],
    ["kim", "Viewer"],
  ] as const) {
    await db.transaction().execute((trx) => insertUser(trx, { username, email: `${username}@example.org`, passwordHash, role }));
  }
  await db.updateTable("users").set({ disabled_at: new Date() }).where("username", "=", "kim").execute();
});
afterAll(() => database.close());

/** The code that a sign-in is refused with; null when it is let in. */
async function guess(username: string, given: string, address: string): Promise<string | null> {
  try {
    await signIn({ username, password: given }, { address, requestId: "1" }, null);
    return null;
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : "?";
  }
}

describe("whether an account exists", () => {
  test.each([
    ["an account", "ada", "wrong"],
    ["no account", "nobody", "wrong"],
    ["a deactivated account with its right password", "kim", password],
  ])("is told neither by the answer nor by the work: %s costs one comparison", async (_what, username, given) => {
    clock += 3_600_000;
    compared = [];
    expect(await guess(username, given, "192.0.2.1")).toBe("credentials_wrong");
    expect(compared).toHaveLength(1);
  });

  test("costs what a stored password costs: the stand-in has the same parameters", async () => {
    const started = await Promise.all([real.hash("a long enough password"), real.hash("another long password")]);
    const cost = /m=(\d+),t=(\d+),p=(\d+)/.exec(started[0] ?? "")?.slice(1);
    expect(cost).toEqual(["19456", "2", "1"]);
    expect(await real.verify(null, "x")).toBe(false);
  });
});

test("10,000 wrong passwords cost a handful of comparisons and write a bounded number of audit entries", async () => {
  clock += 3_600_000;
  compared = [];
  await refusals.flush();
  const codes = new Map<string | null, number>();
  const note = (code: string | null) => codes.set(code, (codes.get(code) ?? 0) + 1);
  // One machine at all accounts, all machines at one account.
  const before = await auditRows();
  for (let first = 0; first < 5_000; first += 100) {
    const batch = Array.from({ length: 100 }, (_none, index) => first + index);
    const atAll = batch.map((count) => guess(`name${count}`, `wrong ${count}`, "203.0.113.7"));
    const byAll = batch.map((count) => guess("ada", `wrong ${count}`, `10.${count >> 8}.${count & 255}.1`));
    for (const code of await Promise.all([...atAll, ...byAll])) note(code);
  }
  expect(compared.length).toBe(80);
  expect(Object.fromEntries(codes)).toEqual({ credentials_wrong: 80, too_many_requests: 9_920 });
  await refusals.flush();
  const after = await auditRows();
  expect(after.rows - before.rows).toBeLessThanOrEqual(1_001);
  expect(after.counted - before.counted).toBe(10_000);
  // The account is not lost to its user.
  clock += 60_000;
  expect(await guess("ada", password, "192.0.2.200")).toBeNull();
}, 120_000);

async function auditRows(): Promise<{ rows: number; counted: number }> {
  const entries = await database.db.selectFrom("audit_entries").select("detail").where("action", "=", "sign_in.refused").execute();
  const at = entries.map(({ detail }) => (typeof detail === "object" && detail !== null && "count" in detail ? Number(detail.count) : 0));
  return { rows: entries.length, counted: at.reduce((sum, count) => sum + count, 0) };
}
