import { IntakeAnswer } from "@sentinal/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getJson, startTestHub, type TestHub } from "../hub.ts";

let hub: TestHub;
let token: string;
beforeAll(async () => {
  hub = await startTestHub();
  token = (await hub.createToken({ scopes: ["webhook:write", "webhook:read"] })).token;
});
afterAll(() => hub.close());

/** Files of findings with many equals, each line `shift` further down. */
function report(shift: number, order: (index: number) => number): string {
  const files = Array.from({ length: 60 }, (_unused, file) => ({
    filePath: `/home/runner/work/shop/shop/src/module-${file}.js`,
    messages: Array.from({ length: 100 }, (_one, index) => ({
      ruleId: ["eqeqeq", "no-shadow", "semi"][index % 3],
      severity: 2,
      message: index % 3 === 1 ? `'x' is already declared on line ${index}.` : "Wrong.",
      line: 1 + index * 4 + shift,
      column: 1,
    })),
  }));
  return JSON.stringify(files.map((_file, index) => files[order(index)]));
}

async function send(commit: string, body: string): Promise<IntakeAnswer> {
  const answer = await fetch(`${hub.url}/api/cicd/reports?repository=large/lint&commit_hash=${commit}&branch=main`, {
    method: "POST",
    body,
    headers: { authorization: `Bearer ${token}` },
  });
  const { import_id: importId } = IntakeAnswer.parse(await answer.json());
  await expect.poll(() => getJson(`${hub.url}/api/cicd/imports/${importId}`, token), { timeout: 60_000 }).toMatchObject({ status: "completed" });
  return IntakeAnswer.parse(await getJson(`${hub.url}/api/cicd/imports/${importId}`, token));
}

test("a report of more findings than one statement writes is matched as a whole, in any order of its files and with lines moved", async () => {
  expect(
    (
      await send(
        "c1",
        report(0, (index) => index),
      )
    ).changes,
  ).toMatchObject({ new: 6_000, fixed: 0 });
  expect(
    (
      await send(
        "c2",
        report(0, (index) => 59 - index),
      )
    ).changes,
  ).toEqual({ new: 0, fixed: 0, reopened: 0, unchanged: 6_000 });
  expect(
    (
      await send(
        "c3",
        report(7, (index) => (index * 7) % 60),
      )
    ).changes,
  ).toEqual({ new: 0, fixed: 0, reopened: 0, unchanged: 6_000 });
}, 120_000);
