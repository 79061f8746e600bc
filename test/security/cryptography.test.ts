import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const files = globSync("{contract,tokens,send,hub,cli,action,web}/src/**/*.{ts,tsx}", { cwd: root })
  .filter((path) => !/\.test\.tsx?$|fixture|\/testing\//.test(path))
  .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));

/** What our own source asks of node:crypto, by its first argument. */
function asked(call: string): string[] {
  const found = files.flatMap(({ text }) => [...text.matchAll(new RegExp(`\\b${call}\\(\\s*([^,)]+)`, "g"))].map((match) => match[1] ?? ""));
  return [...new Set(found)].toSorted();
}

test("the source encrypts with AES-256-GCM alone, which tells what was changed", () => {
  expect(files.length).toBeGreaterThan(100);
  for (const call of ["createCipheriv", "createDecipheriv"]) expect(asked(call)).toEqual(['"aes-256-gcm"']);
  for (const call of ["createCipher", "createDecipher", "publicEncrypt", "privateDecrypt"]) expect(asked(call)).toEqual([]);
});

test("the source hashes with SHA-256 and SHA-512 alone", () => {
  expect(asked("createHash")).toEqual(['"sha256"']);
  expect(asked("createHmac")).toEqual(['"sha256"', '"sha512"']);
  expect(asked("hkdfSync")).toEqual(['"sha256"']);
  for (const call of ["pbkdf2", "pbkdf2Sync", "scryptSync"]) expect(asked(call)).toEqual([]);
});

test("chance that others must not guess comes from the system: Math.random stands only where waiting times are spread", () => {
  expect(
    files
      .filter(({ text }) => text.includes("Math.random"))
      .map(({ path }) => path)
      .toSorted(),
  ).toEqual(["hub/src/database/transaction.ts", "send/src/delivery.ts", "send/src/job-token.ts"]);
});
