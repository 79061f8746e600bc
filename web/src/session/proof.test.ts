import { expect, test } from "vitest";
import { createProof } from "./proof.ts";

test("calls that ask at once are asked for once, and get one answer", async () => {
  const proof = createProof();
  const heard: boolean[] = [];
  proof.subscribe(() => heard.push(proof.isAsked()));
  const answers = [proof.ask(), proof.ask()];
  proof.settle(true);
  expect(await Promise.all(answers)).toEqual([true, true]);
  expect(heard).toEqual([true, false]);
});

test("who asks after the answer is asked anew", async () => {
  const proof = createProof();
  const first = proof.ask();
  proof.settle(false);
  expect(await first).toBe(false);
  const second = proof.ask();
  expect(proof.isAsked()).toBe(true);
  proof.settle(true);
  expect(await second).toBe(true);
});
