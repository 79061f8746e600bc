import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../../test/database.ts";
import { startTestHub, type TestAnswer, type TestHub } from "../fixture.ts";
import { type Account, addPasskey, addTotp, beginSignIn, codeAt, passkeyOptions, secondStep, signInByPasskey, signUp, SoftwareKey } from "./fixture.ts";

let database: TestDatabase;
let hubs: [TestHub, TestHub];
let clock = Date.now();
let count = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  const now = () => clock;
  hubs = [await startTestHub({ database, now }), await startTestHub({ database, now })];
});
afterAll(async () => {
  for (const hub of hubs) await hub.close();
  await database.close();
});
beforeEach(() => {
  clock += 3_600_000;
});

/** The same on both hubs at once, some times on each. */
async function onBoth(times: number, act: (hub: TestHub, index: number) => Promise<TestAnswer>): Promise<number[]> {
  const answers = await Promise.all(Array.from({ length: times * 2 }, (_, index) => act(hubs[index % 2 === 0 ? 0 : 1], index)));
  return answers.map((answer) => answer.status).toSorted((a, b) => a - b);
}

async function sessionsOf(account: Account): Promise<number> {
  return (await database.db.selectFrom("sessions").select("family").where("user_id", "=", account.id).execute()).length;
}

const onceOfEight = [200, 401, 401, 401, 401, 401, 401, 401];

test("one code, shown at once on two hubs with as many challenges, signs in once", async () => {
  for (let round = 0; round < 5; round++) {
    const account = await signUp(hubs[0], `user${++count}`);
    const { secret } = await addTotp(hubs[0], account, clock - 30_000);
    const challenges = await Promise.all(Array.from({ length: 8 }, (_, index) => beginSignIn(hubs[index % 2 === 0 ? 0 : 1], account)));
    const before = await sessionsOf(account);
    const statuses = await onBoth(4, (hub, index) => secondStep(hub, { challenge: challenges[index]?.challenge, code: codeAt(secret, clock) }));
    expect(statuses).toEqual(onceOfEight);
    expect(await sessionsOf(account)).toBe(before + 1);
  }
});

test("one challenge, made on one hub and answered at once on two, signs in once and takes five tries", async () => {
  const account = await signUp(hubs[0], `user${++count}`);
  const { recoveryCodes } = await addTotp(hubs[0], account, clock);
  const { challenge } = await beginSignIn(hubs[0], account);
  expect(await onBoth(4, (hub, index) => secondStep(hub, { challenge, recovery_code: recoveryCodes[index] }))).toEqual(onceOfEight);
  const left = await database.db.selectFrom("recovery_codes").select("id").where("user_id", "=", account.id).where("used_at", "is", null).execute();
  expect(left).toHaveLength(9);

  const guessed = await beginSignIn(hubs[1], account);
  expect(await onBoth(4, (hub) => secondStep(hub, { challenge: guessed.challenge, recovery_code: "wrong" }))).toEqual(Array.from({ length: 8 }, () => 401));
  const tries = await database.db.selectFrom("proof_challenges").select("tries").where("user_id", "=", account.id).where("used_at", "is", null).execute();
  expect(tries).toEqual([{ tries: 5 }]);
});

test("one recovery code, shown at once on two hubs, signs in once", async () => {
  const account = await signUp(hubs[0], `user${++count}`);
  const { recoveryCodes } = await addTotp(hubs[0], account, clock);
  const challenges = await Promise.all(Array.from({ length: 8 }, () => beginSignIn(hubs[1], account)));
  expect(await onBoth(4, (hub, index) => secondStep(hub, { challenge: challenges[index]?.challenge, recovery_code: recoveryCodes[0] }))).toEqual(onceOfEight);
});

test("one answer of a passkey, shown at once on two hubs, signs in once", async () => {
  const account = await signUp(hubs[0], `user${++count}`);
  const { key } = await addPasskey(hubs[0], account, new SoftwareKey({ doesCount: false }));
  const asked = await passkeyOptions(hubs[0]);
  const passkey = key.get(asked);
  expect(await onBoth(4, (hub) => signInByPasskey(hub, { challenge: asked.challenge, passkey }))).toEqual(onceOfEight);
});

test("one count of a passkey, shown at once in answers to several questions, signs in once", async () => {
  const account = await signUp(hubs[0], `user${++count}`);
  const { key } = await addPasskey(hubs[0], account);
  const asked = await Promise.all(Array.from({ length: 8 }, () => passkeyOptions(hubs[1])));
  const statuses = await onBoth(4, (hub, index) => {
    const question = asked[index] ?? asked[0];
    if (question === undefined) throw new Error("nothing was asked");
    return signInByPasskey(hub, { challenge: question.challenge, passkey: key.get(question, { counter: 9 }) });
  });
  expect(statuses).toEqual(onceOfEight);
});

test("a removal against a sign-in at the same moment leaves no session that lives", async () => {
  for (let round = 0; round < 5; round++) {
    const account = await signUp(hubs[0], `user${++count}`, "Admin");
    const { secret } = await addTotp(hubs[0], account, clock - 30_000);
    const { challenge } = await beginSignIn(hubs[1], account);
    const [removed, signedIn] = await Promise.all([
      hubs[0].accounts.resetSecondFactors(account.name, { kind: "operator", id: "test" }),
      secondStep(hubs[1], { challenge, code: codeAt(secret, clock) }),
    ]);
    const live = await database.db.selectFrom("sessions").select("family").where("user_id", "=", account.id).where("revoked_at", "is", null).execute();
    expect(removed.totp).toBe(true);
    // The sign-in came first, and its session ended with the others; or it came too late.
    expect([200, 401]).toContain(signedIn.status);
    expect(live).toEqual([]);
  }
});
