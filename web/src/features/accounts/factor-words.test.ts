import { expect, test } from "vitest";
import { factorWords } from "./factor-words.ts";

test.each([
  [false, 0, null],
  [true, 0, "App"],
  [false, 1, "Passkey"],
  [false, 2, "2 passkeys"],
  [true, 3, "App + 3 passkeys"],
] as const)("an app: %s, and passkeys: %d are told as %s", (totp, passkeys, words) => {
  expect(factorWords({ totp, passkeys })).toBe(words);
});
