import { afterAll, describe, expect, test } from "vitest";
import { createDiagnosisPool } from "./index.ts";

const pool = createDiagnosisPool();
afterAll(() => pool.close());

const stamp = "2026-11-02T10:20:30.1234567Z ";
const failing = [
  "##[group]Run make",
  "shell: /usr/bin/bash -e {0}",
  "##[endgroup]",
  "src/Main.java:3: error: cannot find symbol",
  "##[error]Process completed with exit code 2.",
]
  .map((line) => `${stamp}${line}\n`)
  .join("");

async function* inPieces(text: string, size = 50): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

describe("the diagnosis in a thread of its own", () => {
  test("is that of the log's bytes, however they come", async () => {
    for (const size of [1, 50, 10_000]) {
      const { diagnosis, secrets } = await pool.diagnose({ log: inPieces(failing, size) });
      expect(diagnosis).toMatchObject({ outcome: "failed", category: "code.compile", cause: { line: 4, by: "javac" } });
      expect(secrets).toBe(0);
    }
  });

  test("knows what GitHub said, what the last passing log holds, and people's rules", async () => {
    expect((await pool.diagnose({ log: inPieces(failing), facts: { conclusion: "success" } })).diagnosis.outcome).toBe("passed");
    const green = inPieces(`${stamp}src/Main.java:9: error: cannot find symbol\n`);
    expect((await pool.diagnose({ log: inPieces(failing), green })).diagnosis.cause?.inGreenLog).toBe(true);
    const rules = JSON.stringify([
      { name: "symbols", contains: ["cannot find symbol"], category: "dependency.build", reason: "The generated sources are missing" },
    ]);
    const byRule = await pool.diagnose({ log: inPieces(failing), rules });
    expect(byRule.diagnosis).toMatchObject({ category: "dependency.build", cause: { by: "rule:symbols" } });
  });

  test("holds no secret that the log held", async () => {
    // Put together at run time, so that no scanner takes it for a real one.
    const secret = `ghp_${"Zq3".repeat(12)}`;
    const { diagnosis, secrets } = await pool.diagnose({ log: inPieces(failing.replace("cannot find symbol", `cannot use ${secret} here`)) });
    expect(secrets).toBe(1);
    expect(JSON.stringify(diagnosis)).not.toContain(secret);
    const annotations = [{ level: "failure", message: `The runner lost communication with the server at ${secret}` }];
    const byFacts = await pool.diagnose({ log: inPieces(failing), facts: { conclusion: "failure", annotations } });
    expect(byFacts.diagnosis.cause?.text).toMatch(/lost communication/);
    expect(JSON.stringify(byFacts)).not.toContain(secret);
  });

  test("fails when the log's source fails, and the next one goes through", async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(failing);
      throw new Error("the download broke off");
    }
    await expect(pool.diagnose({ log: broken() })).rejects.toThrow("the download broke off");
    expect((await pool.diagnose({ log: inPieces(failing) })).diagnosis.cause?.line).toBe(4);
  });

  test("ends when it is told to, closes the log's source, and the next one goes through", async () => {
    const ending = new AbortController();
    let closed = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (let count = 0; ; count++) {
          if (count === 100) ending.abort(new Error("no longer wanted"));
          yield Buffer.from(failing);
        }
      } finally {
        closed = true;
      }
    }
    await expect(pool.diagnose({ log: endless(), signal: ending.signal })).rejects.toThrow("no longer wanted");
    expect((await pool.diagnose({ log: inPieces(failing) })).diagnosis.cause?.line).toBe(4);
    await expect.poll(() => closed).toBe(true);
    await expect(pool.diagnose({ log: inPieces(failing), signal: AbortSignal.abort(new Error("never begun")) })).rejects.toThrow("never begun");
  });

  test("lets the hub's own thread do other work meanwhile", async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const line = `${stamp}${"an ordinary line of a build that goes on and on. ".repeat(4)}\n`;
    async function* long(): AsyncGenerator<Uint8Array> {
      const piece = Buffer.from(line.repeat(1_000));
      for (let count = 0; count < 60; count++) yield piece;
      yield Buffer.from(failing);
    }
    expect((await pool.diagnose({ log: long() })).diagnosis).toMatchObject({ lines: 60_005, category: "code.compile" });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(5);
  });
});
