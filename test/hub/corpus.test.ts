import { readFileSync } from "node:fs";
import { IntakeAnswer } from "@sentinal/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectedReports, hasCorpus } from "../corpus.ts";
import { startTestHub, type TestHub } from "../hub.ts";

const reports = expectedReports("trivy");

describe.skipIf(!hasCorpus)("real Trivy reports over HTTP", () => {
  let hub: TestHub;
  let token: string;
  beforeAll(async () => {
    hub = await startTestHub();
    token = (await hub.createToken()).token;
  });
  afterAll(() => hub.close());

  async function sendBody(path: string, repository: string, commit: string): Promise<IntakeAnswer> {
    const text = readFileSync(path, "utf8");
    const body = `{"repository":${JSON.stringify(repository)},"commit_hash":${JSON.stringify(commit)},"branch":"main","report":${text}}`;
    const answer = await fetch(`${hub.url}/api/cicd/webhook/trivy`, {
      method: "POST",
      body,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    });
    expect(answer.status, await answer.clone().text()).toBe(200);
    return IntakeAnswer.parse(await answer.json());
  }

  test.each(reports)("$name is counted as expected, and twice it is 0 new and 0 fixed", async ({ path, total = 0, by_severity: severities }) => {
    const repository = `corpus/${
      path
        .split("/")
        .at(-1)
        ?.replaceAll(/[^\w.-]/g, "-") ?? ""
    }`;
    const first = await sendBody(path, repository, "c1");
    expect(first.counts).toEqual({ critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0, ...severities, total });
    expect(first.changes).toMatchObject({ new: total, fixed: 0, reopened: 0 });
    const second = await sendBody(path, repository, "c2");
    expect(second.changes).toEqual({ new: 0, fixed: 0, reopened: 0, unchanged: total });
  });
});

const types = {
  zap: "zap",
  sonarqube: "sonarqube",
  sarif: "lint",
  "sarif-invalid": "lint",
  eslint: "lint",
  checkstyle: "lint",
  junit: "test",
  ctrf: "test",
  "jest-vitest": "test",
  tap: "test",
};
const others = Object.entries(types).flatMap(([folder, scanType]) => expectedReports(folder).map((report) => ({ ...report, scanType })));

describe.skipIf(!hasCorpus)("real reports of all other formats, as files", () => {
  let hub: TestHub;
  let token: string;
  beforeAll(async () => {
    hub = await startTestHub();
    token = (await hub.createToken()).token;
  });
  afterAll(() => hub.close());

  test.each(others)(
    "$name is counted as expected or refused, and twice it is 0 new, 0 fixed, 0 reopened",
    async ({ path, name, total, read, accept = [], scanType }) => {
      const send = (commit: string) =>
        fetch(
          `${hub.url}/api/cicd/reports?repository=corpus/${name.replaceAll(/[^\w.-]/g, "-").slice(0, 80)}&commit_hash=${commit}&branch=main&scan_type=${scanType}`,
          {
            method: "POST",
            body: new Uint8Array(readFileSync(path)),
            headers: { authorization: `Bearer ${token}` },
          },
        );
      const answer = await send("c1");
      if (answer.status !== 200) {
        expect([415, 422], await answer.clone().text()).toContain(answer.status);
        expect(read).toContain("refused");
        return;
      }
      const first = IntakeAnswer.parse(await answer.json());
      expect(read).toContain(first.status === "partial" ? "partial" : "full");
      if (total !== undefined) expect([total, ...accept.map((one) => one.total)]).toContain(first.counts?.total);
      const second = IntakeAnswer.parse(await (await send("c2")).json());
      if (second.changes !== null) expect(second.changes).toMatchObject({ new: 0, fixed: 0, reopened: 0 });
    },
  );
});
