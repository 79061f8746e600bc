import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { getJson, startTestHub, type TestHub } from "../../test/hub.ts";
import { trivyReport } from "../../test/trivy-report.ts";

const main = join(import.meta.dirname, "..", "dist", "index.js");

let hub: TestHub;
let token: string;
let workspace: string;

beforeAll(async () => {
  hub = await startTestHub();
  token = (await hub.createToken({ scopes: ["webhook:write", "webhook:read"] })).token;
  workspace = await realpath(await mkdtemp(join(tmpdir(), "sentinal-action-")));
});
afterAll(async () => {
  await hub.close();
  await rm(workspace, { recursive: true, force: true });
});

type Step = { inputs: Record<string, string>; repository?: string; environment?: Record<string, string>; event?: unknown; commit?: string };
type Ended = { exitCode: number; log: string; summary: string; outputs: Record<string, string> };

/** Runs the Action as GitHub's runner does: inputs and facts in the environment, files for its outputs and its summary. */
async function runStep({ inputs, repository = newRepository(), environment = {}, event = {}, commit = "a1b2c3d4e5" }: Step): Promise<Ended> {
  const files = { GITHUB_OUTPUT: "output", GITHUB_STEP_SUMMARY: "summary", GITHUB_EVENT_PATH: "event.json" };
  const folder = await mkdtemp(join(tmpdir(), "sentinal-runner-"));
  for (const name of Object.values(files)) await writeFile(join(folder, name), name === "event.json" ? JSON.stringify(event) : "");
  // Inputs with a default are always there, others as empty texts.
  const given = { files: "", "scan-type": "", url: hub.url, token, gate: "false", strict: "false", category: "", ...inputs };
  const child = spawn(process.execPath, [main], {
    cwd: workspace,
    env: {
      PATH: process.env["PATH"],
      CI: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_WORKSPACE: workspace,
      GITHUB_REPOSITORY: repository,
      GITHUB_SHA: commit,
      GITHUB_REF: "refs/heads/main",
      GITHUB_REF_NAME: "main",
      GITHUB_EVENT_NAME: "push",
      GITHUB_RUN_ID: String(Math.trunc(Math.random() * 1e12) + 1),
      GITHUB_RUN_ATTEMPT: "1",
      GITHUB_WORKFLOW: "CI",
      GITHUB_JOB: "scan",
      GITHUB_ACTOR: "ada",
      ...Object.fromEntries(Object.entries(files).map(([name, file]) => [name, join(folder, file)])),
      ...Object.fromEntries(Object.entries(given).map(([name, value]) => [`INPUT_${name.replaceAll(" ", "_").toUpperCase()}`, value])),
      ...environment,
    },
  });
  const [log, words, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  expect(words).toBe("");
  const ended = {
    exitCode: Number(exitCode),
    log,
    summary: await readFile(join(folder, files.GITHUB_STEP_SUMMARY), "utf8"),
    outputs: outputsOf(await readFile(join(folder, files.GITHUB_OUTPUT), "utf8")),
  };
  await rm(folder, { recursive: true });
  return ended;
}

/** As the runner reads the file. */
function outputsOf(content: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  let rest = content;
  while (rest !== "") {
    const [line = "", name = "", delimiter = ""] = /^([^=<\n]+)<<(.+)\n/.exec(rest) ?? [];
    if (line === "") throw new Error(`the outputs cannot be read from here on: ${rest}`);
    const end = rest.indexOf(`\n${delimiter}\n`, line.length - 1);
    outputs[name] = rest.slice(line.length, end);
    rest = rest.slice(end + delimiter.length + 2);
  }
  return outputs;
}

function newRepository(): string {
  return `acme/${randomBytes(6).toString("hex")}`;
}

const Result = z.object({
  files: z.array(z.looseObject({ file: z.string(), outcome: z.string(), answer: z.looseObject({ run_id: z.number() }).nullable() })),
  files_left_out: z.number(),
  problems: z.array(z.object({ level: z.string(), text: z.string() })),
});

function resultOf(ended: Ended): z.infer<typeof Result> {
  return Result.parse(JSON.parse(ended.outputs["result"] ?? ""));
}

async function writeReport(name: string, ...severities: string[]): Promise<void> {
  await writeFile(join(workspace, name), JSON.stringify(trivyReport(severities.map((severity, index) => ({ id: `CVE-2026-${index}`, severity })))));
}

describe("a step that sends reports", () => {
  test("tells counts, changes and the page in summary and outputs", async () => {
    await writeReport("trivy.json", "CRITICAL", "LOW");
    const ended = await runStep({ inputs: { files: "trivy.json\n" } });
    expect(ended.exitCode, ended.log).toBe(0);
    expect(ended.summary).toMatch(
      /\| <code>trivy&#46;json<\/code> \| <code>trivy<\/code> \| 1 critical, 1 low \| 2 \| 0 \| 0 \| <a href="http:\/\/[^"]+\/scans\/\d+">Open<\/a> \|/,
    );
    expect(resultOf(ended).files).toMatchObject([{ file: "trivy.json", outcome: "sent", answer: { status: "completed", changes: { new: 2 } } }]);
    expect(ended.outputs["gate"]).toBe("none");
    expect(ended.log).not.toContain("::warning");
  });

  test("takes patterns, one a line, and the hub from the environment", async () => {
    await writeReport("one.json", "LOW");
    await writeReport("two.json", "LOW");
    const environment = { SENTINAL_API_URL: hub.url, SENTINAL_API_TOKEN: token };
    const ended = await runStep({ inputs: { files: "\n  one.*\r\n\ntw?.json", url: "", token: "" }, environment });
    expect(resultOf(ended).files.map(({ file }) => file)).toEqual(["one.json", "two.json"]);
    expect(ended.exitCode).toBe(0);
  });

  test("knows the pull request and the default branch from the event", async () => {
    await writeReport("pull.json", "LOW");
    const head = { sha: "feedface01", ref: "fix", label: "acme:fix", repo: { full_name: "acme/shop" } };
    const repository = newRepository();
    const ended = await runStep({
      repository,
      inputs: { files: "pull.json", category: "image" },
      environment: { GITHUB_EVENT_NAME: "pull_request", GITHUB_REF: "refs/pull/7/merge", GITHUB_REF_NAME: "7/merge", GITHUB_HEAD_REF: "fix" },
      event: { pull_request: { number: 7, head, base: { repo: { full_name: "acme/shop" } } }, repository: { default_branch: "trunk" } },
    });
    const run = await getJson(`${hub.url}/api/cicd/runs/${resultOf(ended).files[0]?.answer?.run_id}`, token);
    const { default_branch: defaultBranch } = await hub.database.db
      .selectFrom("repositories")
      .select("default_branch")
      .where("name", "=", repository)
      .executeTakeFirstOrThrow();
    expect(defaultBranch).toBe("trunk");
    expect(run).toMatchObject({ commit_hash: "feedface01", branch: "fix", pull_request: 7, workflow: "CI", event: "pull_request", actor: "ada" });
  });

  test("tells the hub the source, so that findings whose lines moved stay the same", async () => {
    const repository = newRepository();
    const versions = [
      { source: "eval(code);\n", line: 1, message: "eval can be harmful." },
      { source: "\n\n  eval(code);\n", line: 3, message: "Do not use `eval`." },
    ];
    const changes = [];
    for (const [index, { source, line, message }] of versions.entries()) {
      await writeFile(join(workspace, "cart.js"), source);
      const messages = [{ ruleId: "no-eval", severity: 2, message, line, column: 1 }];
      await writeFile(join(workspace, "eslint.json"), JSON.stringify([{ filePath: join(workspace, "cart.js"), messages }]));
      const ended = await runStep({ inputs: { files: "eslint.json", "scan-type": "lint" }, repository, commit: `c0ffee${index}` });
      changes.push(resultOf(ended).files[0]?.answer?.["changes"]);
    }
    expect(changes).toMatchObject([{ new: 1 }, { new: 0, fixed: 0, unchanged: 1 }]);
  });

  test("masks the token before anything else, and shows it nowhere", async () => {
    await writeReport("mask.json", "LOW");
    const ended = await runStep({ inputs: { files: "mask.json" } });
    expect(ended.log.split("\n")[0]).toBe(`::add-mask::${token}`);
    const file = join(workspace, "token");
    await writeFile(file, `${token}\n`);
    const fromFile = await runStep({ inputs: { files: "mask.json", token: "" }, environment: { SENTINAL_API_TOKEN_FILE: file } });
    expect(fromFile.exitCode).toBe(0);
    for (const { log, summary, outputs } of [ended, fromFile]) {
      expect(log.split(token)).toHaveLength(2);
      expect(log).toContain(`::add-mask::${token}`);
      expect(summary + JSON.stringify(outputs)).not.toContain(token);
    }
  });

  test("a token with line breaks is masked line by line, and refused", async () => {
    const ended = await runStep({ inputs: { files: "x.json", token: "first%line\nsecond" } });
    expect(ended.log).toMatch(/^::add-mask::first%25line\n::add-mask::second\n/);
    expect(ended.log.slice(ended.log.indexOf("::error"))).not.toContain("second");
    expect(ended.exitCode).toBe(1);
  });
});

describe("without a hub", () => {
  test("that is configured the job goes on with a warning, and fails when it is strict", async () => {
    for (const missing of ["url", "token"]) {
      const inputs = { files: "anything.json", [missing]: "" };
      const mild = await runStep({ inputs });
      expect(mild.exitCode).toBe(0);
      expect(mild.log).toMatch(new RegExp(`^::warning title=Sentinal::The input ${missing} \\(or SENTINAL_API_`, "m"));
      expect(mild.outputs["gate"]).toBe("unknown");
      const strict = await runStep({ inputs: { ...inputs, strict: "true" } });
      expect(strict.exitCode).toBe(1);
      expect(strict.log).toContain("::error title=Sentinal::");
    }
  });

  test("that can be reached the job goes on with a warning, and fails when it is strict", async () => {
    await writeReport("down.json", "LOW");
    // Both at once: each tries again four times, for some ten seconds.
    const inputs = { files: "down.json", url: "http://127.0.0.1:1", gate: "true" };
    const [mild, strict] = await Promise.all([runStep({ inputs }), runStep({ inputs: { ...inputs, strict: "true" } })]);
    expect(mild.exitCode).toBe(0);
    expect(mild.log).toMatch(/^::warning title=Sentinal::down\.json was not sent\. .*cannot be reached/m);
    expect(mild.summary).toContain("not sent");
    // A gate of which nobody told has neither passed nor failed.
    expect(mild.outputs["gate"]).toBe("unknown");
    expect(mild.log).toContain("::warning title=Sentinal::Whether the quality gate passed is not known.");
    expect(resultOf(mild).files).toMatchObject([{ outcome: "unreachable", answer: null }]);
    expect(strict.exitCode).toBe(1);
    expect(strict.log).toMatch(/^::error title=Sentinal::down\.json was not sent/m);
    expect(strict.log).toContain("::error title=Sentinal::Whether the quality gate passed is not known.");
  });
});

describe("the job fails", () => {
  test("when the hub refuses the token", async () => {
    await writeReport("refused.json", "LOW");
    const ended = await runStep({ inputs: { files: "refused.json", token: "sent_00000000000000000000000000000000000000000000000000" } });
    expect(ended.exitCode).toBe(1);
    expect(ended.log).toMatch(/^::error title=Sentinal::refused\.json was refused\. .*401 token_/m);
    expect(ended.summary).toContain("refused");
  });

  test("when no file is there, or a report is none, and the others are still sent", async () => {
    await writeReport("good.json", "LOW");
    await writeFile(join(workspace, "page.html"), "<html></html>");
    const mixed = await runStep({ inputs: { files: "page.html\ngood.json" } });
    expect(mixed.exitCode).toBe(1);
    expect(resultOf(mixed).files).toMatchObject([{ outcome: "refused" }, { outcome: "sent" }]);
    const none = await runStep({ inputs: { files: "missing-*.json" } });
    expect(none).toMatchObject({ exitCode: 1, log: expect.stringContaining("no file's name fits it") });
    expect(resultOf(none).files).toEqual([]);
  });

  test.each([
    [{ files: "" }, "The input files is empty"],
    [{ files: "a.json", gate: "yes" }, 'The input gate is "yes"'],
    [{ files: "a.json", "scan-type": "sarif" }, 'The input scan-type is "sarif"'],
    [{ files: "a.json", url: "hub.example.org" }, "is no address of a hub"],
  ])("for inputs that cannot be: %j", async (inputs, sentence) => {
    expect(await runStep({ inputs })).toMatchObject({ exitCode: 1, log: expect.stringContaining(sentence) });
  });
});

describe("the quality gate", () => {
  async function gated(): Promise<string> {
    const repository = newRepository();
    const answer = await fetch(`${hub.url}/api/cicd/gate`, {
      method: "PUT",
      headers: { authorization: `Bearer ${hub.admin}`, "content-type": "application/json" },
      body: JSON.stringify({ repository, conditions: [{ metric: "critical", at_most: 0 }] }),
    });
    expect(answer.status).toBe(200);
    return repository;
  }

  test("lets the job fail only where the step says so", async () => {
    const repository = await gated();
    await writeReport("gate.json", "CRITICAL");
    const mild = await runStep({ inputs: { files: "gate.json" }, repository });
    expect(mild).toMatchObject({ exitCode: 0, outputs: { gate: "failed" } });
    expect(mild.log).toMatch(/^::warning title=Sentinal::The quality gate failed: critical 1 \(at most 0\)\.$/m);
    const gating = await runStep({ inputs: { files: "gate.json", gate: "true" }, repository });
    expect(gating).toMatchObject({ exitCode: 1, outputs: { gate: "failed" } });
    expect(gating.summary).toContain("❌ The quality gate failed.");
    expect(gating.summary).toContain("| <code>critical</code> | 0 | 1 | failed |");
  });

  test("that passes lets the job go on", async () => {
    await writeReport("fine.json", "LOW");
    const ended = await runStep({ inputs: { files: "fine.json", gate: "true", strict: "true" }, repository: await gated() });
    expect(ended).toMatchObject({ exitCode: 0, outputs: { gate: "passed" } });
    expect(ended.summary).toContain("✅ The quality gate passed.");
  });
});

describe("texts of anybody", () => {
  test("give no orders to the runner, and are no markup in the summary", async () => {
    const name = "a|b<img src=x>@team [x](y) ::error::z %0A::set-env.json";
    const repository = newRepository();
    await writeReport(name, "LOW");
    const content = JSON.stringify({ SchemaVersion: 2, ArtifactName: "x", Results: [{ Target: "x", Vulnerabilities: "##[error]\n::error::evil" }] });
    await writeFile(join(workspace, "::warning::evil.json"), content);
    const ended = await runStep({ inputs: { files: `${name}\n::warning::evil.json\n::stop-commands::x` }, repository });
    const commands = ended.log.split("\n").filter((line) => /^\s*::|##\[/.test(line));
    for (const command of commands) expect(command).toMatch(/^::(?:add-mask::|(?:error|warning) title=Sentinal::)[^%]*(?:%25[^%]*)*$/);
    expect(ended.summary).not.toMatch(/<img|@team|\[x\]|\|b/);
  });
});
