import { dictionary } from "@zxcvbn-ts/language-common";
import { expect, test } from "vitest";
import { isCommonPassword } from "./common-passwords.ts";

test.each([
  ["one of the list", "1qaz2wsx3edc"],
  ["one of the list, in large letters", "1QAZ2wsx3EDC"],
  ["a common one with a year", "Football2024!"],
  ["a common one with figures before it", "123456789iloveyou"],
  ["two common ones", "dragonmonkey"],
  ["two common ones with figures", "dragonmonkey77"],
  ["one twice", "qwertyqwerty"],
  ["one character", "aaaaaaaaaaaaaaaa"],
  ["a few characters again and again", "1qa1qa1qa1qa1"],
  ["a common one in letters of full width", "ｐａｓｓｗｏｒｄ１２３４"],
])("a password that is %s is common", async (_what, password) => {
  expect(await isCommonPassword(password)).toBe(true);
});

test.each([
  "a long enough password",
  "correct horse battery staple",
  "correcthorsebattery",
  "abcdefghijkl",
  "314159265358",
  "  in between  ",
  "¿«🦉»? ;-- \t\\",
  `${"x".repeat(1_023)}y`,
  "Zt7-qLm2-vWx9",
])("%j is not", async (password) => {
  expect(await isCommonPassword(password)).toBe(false);
});

test("every one of the list that is long enough is refused, and each of the 3,000 that are used most when it is brought to the length", async () => {
  const common = dictionary["passwords-common"].map(String);
  const long = common.filter((password) => password.length >= 12);
  expect(long.length).toBeGreaterThan(250);
  const widened = common
    .filter((password) => password.length >= 6)
    .slice(0, 3_000)
    .map((password) => password + password);
  for (const password of [...long, ...widened]) expect(await isCommonPassword(password), password).toBe(true);
});
