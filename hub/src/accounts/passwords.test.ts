import { describe, expect, test } from "vitest";
import { createPasswords, createTurns } from "./passwords.ts";

describe("a password", () => {
  const passwords = createPasswords();

  test("is kept as argon2id with 19 MiB and two passes, salted", async () => {
    const [first, second] = await Promise.all([passwords.hash("a long enough password"), passwords.hash("a long enough password")]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(first).not.toBe(second);
    expect(await passwords.verify(first, "a long enough password")).toBe(true);
    expect(await passwords.verify(first, "a long enough passwore")).toBe(false);
  });

  test("of an account that does not exist is wrong, whatever it is", async () => {
    expect(await passwords.verify(null, "a long enough password")).toBe(false);
    expect(await passwords.verify(null, "")).toBe(false);
  });

  test("is the same in every spelling of its letters", async () => {
    const hash = await passwords.hash("caf\u00e9 con leche");
    expect(await passwords.verify(hash, "cafe\u0301 con leche")).toBe(true);
    expect(await passwords.verify(hash, "cafe con leche")).toBe(false);
  });

  test("counts to its last character", async () => {
    const long = "x".repeat(1_023);
    const hash = await passwords.hash(`${long}a`);
    expect(await passwords.verify(hash, `${long}b`)).toBe(false);
  });
});

describe("turns", () => {
  /** Work that ends when it is told to. */
  function controlled() {
    const ends: (() => void)[] = [];
    const state = { running: 0, most: 0, ends };
    const work = async () => {
      state.running++;
      state.most = Math.max(state.most, state.running);
      await new Promise<void>((resolve) => ends.push(resolve));
      state.running--;
    };
    return { state, work };
  }

  test("let four run at once, and all come to an end", async () => {
    const inTurn = createTurns(4, 100);
    const { state, work } = controlled();
    const all = Promise.all(Array.from({ length: 20 }, () => inTurn(work)));
    for (let done = 0; done < 20; done++) {
      while (state.ends.length === 0) await Promise.resolve();
      expect(state.running).toBeLessThanOrEqual(4);
      state.ends.shift()?.();
    }
    await all;
    expect(state.most).toBe(4);
  });

  test("refuse when too many wait", async () => {
    const inTurn = createTurns(1, 2);
    const { state, work } = controlled();
    const admitted = [inTurn(work), inTurn(work), inTurn(work)];
    await expect(inTurn(work)).rejects.toMatchObject({ code: "too_many_requests", headers: { "retry-after": "3" } });
    for (let done = 0; done < 3; done++) {
      while (state.ends.length === 0) await Promise.resolve();
      state.ends.shift()?.();
    }
    await Promise.all(admitted);
  });

  test("go on after work that failed", async () => {
    const inTurn = createTurns(1, 10);
    const failing = inTurn(async () => {
      throw new Error("failed");
    });
    const next = inTurn(async () => "done");
    await expect(failing).rejects.toThrow("failed");
    expect(await next).toBe("done");
  });
});
