import { describe, expect, test } from "vitest";
import { codeAt } from "./fixture.ts";
import {
  createRecoveryCodes,
  createTotpSecret,
  describeTotp,
  hashRecoveryCode,
  isCounterRight,
  matchingStep,
  methodsOf,
  passkeyPlace,
  relyingParty,
} from "./rules.ts";

describe("passkeys of a hub at", () => {
  test.each([
    ["https://hub.example.org", { id: "hub.example.org", origin: "https://hub.example.org" }],
    ["https://hub.example.org:8443/", { id: "hub.example.org", origin: "https://hub.example.org:8443" }],
    ["http://localhost:8484", { id: "localhost", origin: "http://localhost:8484" }],
    ["http://127.0.0.1:8484", { id: "localhost", origin: "http://localhost:8484" }],
    ["http://[::1]:8484", { id: "localhost", origin: "http://localhost:8484" }],
    ["http://sentinal.localhost:8484", { id: "sentinal.localhost", origin: "http://sentinal.localhost:8484" }],
  ])("%s are of %j", (publicUrl, party) => {
    expect(relyingParty(publicUrl)).toEqual(party);
  });

  test.each([
    ["http://sentinal.lan:8484", "plain_http"],
    ["http://192.168.1.20:8484", "plain_http"],
    ["https://192.168.1.20", "ip_address"],
    ["https://[2001:db8::1]", "ip_address"],
    ["http://localhost.example.org", "plain_http"],
    ["http://127.example.org", "plain_http"],
  ] as const)("%s are impossible: %s", (publicUrl, reason) => {
    expect(passkeyPlace(publicUrl)).toEqual({ origin: null, reason });
    expect(relyingParty(publicUrl)).toBeNull();
  });
});

describe("a code of an authenticator app", () => {
  const secret = createTotpSecret();
  const base32 = describeTotp(secret, { username: "ada", host: "hub.example.org" }).secret;
  const now = 1_800_000_015_000;
  const step = 60_000_000;

  test.each([
    ["now", 0, step],
    ["one step ago", -30_000, step - 1],
    ["one step ahead", 30_000, step + 1],
    ["two steps ago", -60_000, null],
    ["two steps ahead", 60_000, null],
  ])("of %s belongs to its own step or to none", (_when, offMs, expected) => {
    expect(matchingStep(secret, codeAt(base32, now + offMs), now)).toBe(expected);
  });

  test("may be grouped as apps show it", () => {
    const code = codeAt(base32, now);
    expect(matchingStep(secret, ` ${code.slice(0, 3)} ${code.slice(3)}`, now)).toBe(step);
  });

  test.each(["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "0x1234"])("%j is none", (code) => {
    expect(matchingStep(secret, code, now)).toBeNull();
  });

  test("is what RFC 6238 says", () => {
    expect(matchingStep(Buffer.from("12345678901234567890"), "287082", 59_000)).toBe(1);
  });

  test("has a secret of 160 bits, told as an otpauth address", () => {
    expect(secret).toHaveLength(20);
    const { uri } = describeTotp(secret, { username: "ada", host: "hub.example.org:8443" });
    const url = new URL(uri);
    expect(url.protocol).toBe("otpauth:");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      issuer: "Sentinal hub.example.org:8443",
      secret: base32,
      algorithm: "SHA1",
      digits: "6",
      period: "30",
    });
    expect(decodeURIComponent(url.pathname)).toContain("ada");
  });
});

describe("recovery codes", () => {
  test("are ten, all different, of 24 letters that look like no others", () => {
    const codes = createRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[a-hjkmnp-z2-9]{6}(-[a-hjkmnp-z2-9]{6}){3}$/);
  });

  test("are the same however they are typed", () => {
    expect(hashRecoveryCode(" ABCDEF ghjkmn-pqrstu--vwxyz2\n")).toEqual(hashRecoveryCode("abcdef-ghjkmn-pqrstu-vwxyz2"));
    expect(hashRecoveryCode("abcdef-ghjkmn-pqrstu-vwxyz3")).not.toEqual(hashRecoveryCode("abcdef-ghjkmn-pqrstu-vwxyz2"));
  });
});

test.each([
  [5, 6, true],
  [5, 5, false],
  [5, 4, false],
  [5, 0, false],
  [0, 1, true],
  [0, 0, true],
])("a counter that stood at %i may go to %i: %s", (stored, presented, isRight) => {
  expect(isCounterRight(stored, presented)).toBe(isRight);
});

test("passkeys for another host, and recovery codes that are used up, are offered to nobody", () => {
  expect(methodsOf({ hasTotp: true, passkeys: 1, passkeysHere: 0, recoveryCodes: 0 })).toEqual(["totp"]);
  expect(methodsOf({ hasTotp: true, passkeys: 2, passkeysHere: 1, recoveryCodes: 3 })).toEqual(["passkey", "totp", "recovery_code"]);
});
