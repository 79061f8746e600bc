import { expect, test } from "vitest";
import { createRefreshToken, hashRefreshToken, openSuccessor, sealSuccessor } from "./refresh-tokens.ts";

test("a refresh token is 43 characters of base62 and never comes twice", () => {
  const tokens = Array.from({ length: 1_000 }, createRefreshToken);
  for (const token of tokens) expect(token).toMatch(/^sentr_[0-9A-Za-z]{43}$/);
  expect(new Set(tokens).size).toBe(1_000);
  expect(hashRefreshToken("abc").toString("hex")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

test("a sealed successor opens with its predecessor and its id, and with nothing else", () => {
  const [predecessor, successor, other] = [createRefreshToken(), createRefreshToken(), createRefreshToken()];
  const sealed = sealSuccessor(predecessor, successor, "jti-1");
  expect(openSuccessor(predecessor, sealed, "jti-1")).toBe(successor);
  expect(sealed.includes(Buffer.from(successor))).toBe(false);
  expect(() => openSuccessor(other, sealed, "jti-1")).toThrow("unable to authenticate");
  expect(() => openSuccessor(predecessor, sealed, "jti-2")).toThrow("unable to authenticate");
  for (let place = 0; place < sealed.length; place++) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8((changed.readUInt8(place) + 1) % 256, place);
    expect(() => openSuccessor(predecessor, changed, "jti-1")).toThrow("unable to authenticate");
  }
  expect(() => openSuccessor(predecessor, sealed.subarray(0, sealed.length - 1), "jti-1")).toThrow("unable to authenticate");
});
