import type { SecondFactors } from "@sentinal/contract";
import { expect, test } from "vitest";
import { proofWays } from "./proof-ways.ts";

const moment = "2026-11-22T12:00:00Z";
const none: SecondFactors = { totp: null, passkeys: [], recovery_codes: null, passkey_place: { origin: "http://localhost:8484", reason: null } };
const app = { created_at: moment, last_used_at: null };
const passkey = (isUsable: boolean) => ({
  id: 1,
  name: "laptop",
  created_at: moment,
  last_used_at: null,
  is_synced: false,
  host: "localhost",
  is_usable: isUsable,
});
const codes = (left: number) => ({ left, created_at: moment });

test("an account without a second factor proves by its password alone", () => {
  expect(proofWays(none, true)).toEqual(["password"]);
});

test("an account with second factors never proves by its password alone, and is offered what works here, the easiest first", () => {
  const all = { ...none, totp: app, passkeys: [passkey(true)], recovery_codes: codes(3) };
  expect(proofWays(all, true)).toEqual(["passkey", "totp", "recovery_code"]);
  expect(proofWays(all, false)).toEqual(["totp", "recovery_code"]);
  expect(proofWays({ ...none, passkeys: [passkey(false)], recovery_codes: codes(1) }, true)).toEqual(["recovery_code"]);
  expect(proofWays({ ...none, passkeys: [passkey(false)], recovery_codes: codes(0) }, true)).toEqual([]);
});
