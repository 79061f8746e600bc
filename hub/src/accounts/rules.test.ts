import { describe, expect, test } from "vitest";
import { addressBlock, asRole, cookieValue, isSameSecret, judgeRegistration, judgeSpentToken, refreshCookie, type SpentToken } from "./rules.ts";

describe("a refresh token that cannot be rotated", () => {
  const exchanged: SpentToken = { isRevoked: false, isExpired: false, isSessionOver: false, secondsSinceRotation: 1, hasSealedSuccessor: true };

  test.each<[string, Partial<SpentToken>, string]>([
    ["within the grace is a retry", {}, "retry"],
    ["at the end of the grace is a retry", { secondsSinceRotation: 30 }, "retry"],
    ["after the grace is reused", { secondsSinceRotation: 30.1 }, "reused"],
    ["whose successor was presented is reused", { hasSealedSuccessor: false }, "reused"],
    ["that expired within the grace is a retry", { isExpired: true }, "retry"],
    ["that expired long after has ended", { isExpired: true, secondsSinceRotation: 1_000 }, "ended"],
    ["that was never exchanged has ended", { secondsSinceRotation: null }, "ended"],
    ["that is revoked has ended", { isRevoked: true }, "ended"],
    ["of a session that is over has ended", { isSessionOver: true }, "ended"],
  ])("%s", (_what, change, verdict) => {
    expect(judgeSpentToken({ ...exchanged, ...change })).toBe(verdict);
  });
});

describe("a registration", () => {
  test.each([
    [{ hasUsers: false, isSetupCodeRight: true, mode: "closed" }, { role: "Admin" }],
    [{ hasUsers: false, isSetupCodeRight: false, mode: "open" }, { refused: "setup_code_wrong" }],
    [{ hasUsers: true, isSetupCodeRight: true, mode: "open" }, { role: "Viewer" }],
    [{ hasUsers: true, isSetupCodeRight: true, mode: "invitation" }, { refused: "registration_closed" }],
    [{ hasUsers: true, isSetupCodeRight: false, mode: "closed" }, { refused: "registration_closed" }],
    [{ hasUsers: true, isSetupCodeRight: false, mode: "invitation", invitedRole: "Member" }, { role: "Member" }],
    [{ hasUsers: true, isSetupCodeRight: false, mode: "open", invitedRole: "Admin" }, { role: "Admin" }],
    [{ hasUsers: true, isSetupCodeRight: false, mode: "closed", invitedRole: "Member" }, { refused: "registration_closed" }],
    [{ hasUsers: false, isSetupCodeRight: false, mode: "invitation", invitedRole: "Admin" }, { refused: "setup_code_wrong" }],
  ] as const)("with %j leads to %j", (facts, verdict) => {
    expect(judgeRegistration({ invitedRole: null, ...facts })).toEqual(verdict);
  });
});

test.each([
  ["192.0.2.1", "192.0.2.1"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0db8:0001:0002::1", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["2001:db8:0:0:1::", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["a socket", "a socket"],
])("%s counts as %s", (address, block) => {
  expect(addressBlock(address)).toBe(block);
});

test.each([
  ["https://hub.example.org", true],
  ["http://localhost:8484", true],
  ["http://hub.localhost", true],
  ["http://127.0.0.1", true],
  ["http://[::1]:8484", true],
  ["http://hub.example.org", false],
  ["http://192.168.1.10:8484", false],
])("the cookie under %s is Secure: %s", (publicUrl, isSecure) => {
  expect(refreshCookie(publicUrl)).toEqual({ name: isSecure ? "__Host-sentinal_refresh" : "sentinal_refresh", isSecure });
});

test.each([
  ["http://127.0.0.1:8484", "127.0.0.1:8484", true],
  ["http://127.0.0.1:8484", "localhost:8484", true],
  ["http://127.0.0.1:8484", "[::1]:8484", true],
  ["http://127.0.0.1:8484", "sentinal.lan:8484", false],
  ["http://127.0.0.1:8484", "192.168.1.5:8484", false],
  ["http://127.0.0.1:8484", "not a host", true],
  // A public address decides, whatever name was asked for.
  ["https://hub.example.org", "sentinal.lan:8484", true],
  ["http://sentinal.lan:8484", "127.0.0.1:8484", false],
])("the refresh cookie of a hub at %s that is asked as %s is Secure: %s", (publicUrl, host, isSecure) => {
  expect(refreshCookie(publicUrl, host).isSecure).toBe(isSecure);
});

test("a cookie is found by its whole name, the first one of it", () => {
  expect(cookieValue("a=1; ab=2;b=3=4; a=5", "a")).toBe("1");
  expect(cookieValue("a=1; b=3=4", "b")).toBe("3=4");
  expect(cookieValue("ab=1", "b")).toBeNull();
  expect(cookieValue("", "b")).toBeNull();
});

test("secrets of any lengths can be compared", () => {
  expect(isSameSecret("abc", "abc")).toBe(true);
  expect(isSameSecret("abc", "abcd")).toBe(false);
  expect(isSameSecret("", "abc")).toBe(false);
});

test("a word that is no role is a bug, not a right", () => {
  expect(asRole("Member")).toBe("Member");
  expect(() => asRole("admin")).toThrow("admin");
});
