import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfig } from "../../hub/src/config.ts";
import type { ConnectionSettings } from "../../hub/src/database/index.ts";
import { startHub } from "../../hub/src/hub.ts";
import { createLog } from "../../hub/src/log.ts";
import { createTestDatabase } from "../../test/database.ts";
import { temporaryFolder } from "../../send/src/fixture.ts";
import { type Ended, runCommand } from "./fixture.ts";

const bin = join(import.meta.dirname, "..", "bin", "sentinal.mjs");
const run = ["--commit", "abc1234", "--branch", "main"];

/** A real hub on a database of its own. */
type TestHub = {
  url: string;
  /** For the operator's commands: the settings that the hub has. */
  environment: Record<string, string>;
  setGate(repository: string, conditions: readonly { metric: string; at_most: number }[]): Promise<void>;
  close(): Promise<void>;
};

let hub: TestHub;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let token: string;

beforeAll(async () => {
  hub = await startTestHub();
  folder = await temporaryFolder();
  token = await createToken();
});

afterAll(async () => {
  await hub.close();
  await folder[Symbol.asyncDispose]();
});

describe("sentinal send", () => {
  test("tells the counts of a report, and that nothing is new when it comes again for the next commit", async () => {
    await report("trivy.json", ["CRITICAL", "HIGH", "HIGH", "LOW"]);
    const first = await send(["trivy.json", ...run, "--repository", "acme/first"]);
    expect(first).toMatchObject({ exitCode: 0 });
    expect(first.stdout).toMatch(/✓ +trivy\.json +trivy +1 critical, 2 high, 1 low +4 +0 +0 +http:\/\/\S+\/scans\/\d+\n/);
    const second = await send(["trivy.json", "--commit", "def5678", "--branch", "main", "--repository", "acme/first"]);
    expect(second.stdout).toMatch(/1 critical, 2 high, 1 low +0 +0 +0 /);
  });

  test("says so when the same bytes come again for the same run", async () => {
    await report("again.json", ["LOW"]);
    await send(["again.json", ...run, "--repository", "acme/again"]);
    const again = await send(["again.json", ...run, "--repository", "acme/again"]);
    expect(again.exitCode).toBe(0);
    expect(again.stderr).toContain("already_imported");
  });

  test("prints one JSON object with --json, and nothing else on standard output", async () => {
    await report("json.json", ["MEDIUM"]);
    const ended = await send(["json.json", ...run, "--repository", "acme/json", "--json"]);
    expect(JSON.parse(ended.stdout)).toMatchObject({
      exit_code: 0,
      facts: { commit_hash: "abc1234", branch: "main", repository: "acme/json" },
      files: [{ file: "json.json", format: "trivy", outcome: "sent", answer: { status: "completed", counts: { medium: 1, total: 1 }, changes: { new: 1 } } }],
    });
  });

  test("takes the facts of a run from GitHub Actions", async () => {
    await report("github.json", ["LOW"]);
    const environment = {
      GITHUB_ACTIONS: "true",
      GITHUB_REPOSITORY: "acme/github",
      GITHUB_SHA: "a1b2c3d4",
      GITHUB_REF_NAME: "main",
      GITHUB_RUN_ID: "77",
      GITHUB_RUN_ATTEMPT: "3",
      GITHUB_WORKFLOW: "CI",
    };
    const sent = JSON.parse((await send(["github.json", "--json"], environment)).stdout);
    const reader = await createToken("--scope", "webhook:read");
    const answer = await fetch(`${hub.url}/api/cicd/runs/${sent.files[0].answer.run_id}`, { headers: { authorization: `Bearer ${reader}` } });
    expect(await answer.json()).toMatchObject({
      repository: "acme/github",
      commit_hash: "a1b2c3d4",
      branch: "main",
      github_run_id: 77,
      run_attempt: 3,
      workflow: "CI",
    });
  });

  test("waits for a report that is worked in by a task, and the hub gets it whole", async () => {
    await report(
      "large.json",
      Array.from({ length: 12_000 }, (_value, index) => (index % 2 === 0 ? "HIGH" : "LOW")),
    );
    const ended = await send(["large.json", ...run, "--repository", "acme/large", "--json"]);
    expect(JSON.parse(ended.stdout).files[0]).toMatchObject({
      outcome: "sent",
      answer: { status: "completed", counts: { high: 6_000, low: 6_000, total: 12_000 } },
    });
  });

  test("keeps the words of a report and of the hub from the terminal's controls", async () => {
    await writeFile(join(folder.path, "\u001b[31mred.json"), JSON.stringify({ SchemaVersion: 2, ArtifactName: "x", Results: [{ "\u001b[2J": 1 }] }));
    const ended = await send(["\u001b[31mred.json", ...run, "--repository", "acme/escape"]);
    expect(ended.exitCode).toBe(0);
    expect(ended.stdout + ended.stderr).not.toContain("\u001b");
  });

  test("ends with 5 when the quality gate fails and --gate asks for it", async () => {
    await report("gate.json", ["CRITICAL"]);
    await hub.setGate("acme/gate", [{ metric: "critical", at_most: 0 }]);
    const parameters = ["gate.json", ...run, "--repository", "acme/gate"];
    expect(await send(parameters)).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("! The quality gate failed: critical 1 (at most 0).") });
    const asked = await send([...parameters, "--gate", "--json"]);
    expect(asked.exitCode).toBe(5);
    expect(JSON.parse(asked.stdout)).toMatchObject({ gate: "failed", exit_code: 5 });
    await hub.setGate("acme/gate", [{ metric: "critical", at_most: 1 }]);
    expect(await send(["gate.json", "--commit", "def5678", "--branch", "main", "--repository", "acme/gate", "--gate"])).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining("✓ The quality gate passed."),
    });
  });

  describe("findings whose lines moved and whose messages changed", () => {
    async function changes(repository: string, ...parameters: string[]): Promise<unknown[]> {
      const found = [];
      const versions = [
        {
          source: "eval(code);\n\neval(other);\n",
          findings: [
            [1, "eval can be harmful."],
            [3, "eval can be harmful."],
          ],
        },
        {
          source: "\n\n// more\n  eval( code );\n// and more\neval(other);\n",
          findings: [
            [4, "Do not use `eval`."],
            [6, "`eval` is not allowed."],
          ],
        },
      ] as const;
      for (const [index, { source, findings }] of versions.entries()) {
        await writeFile(join(folder.path, "cart.js"), source);
        const messages = findings.map(([line, message]) => ({ ruleId: "no-eval", severity: 2, message, line, column: 1 }));
        await writeFile(join(folder.path, "eslint.json"), JSON.stringify([{ filePath: "cart.js", messages }]));
        const ended = await send(["eslint.json", "--commit", `c${index}`, "--branch", "main", "--repository", repository, "--json", ...parameters]);
        found.push(JSON.parse(ended.stdout).files[0].answer.changes);
      }
      return found;
    }

    test("stay the same, for the hub is told hashes of their lines", async () => {
      expect(await changes("acme/places")).toMatchObject([{ new: 2 }, { new: 0, fixed: 0, unchanged: 2 }]);
    });

    test("are others with --no-places", async () => {
      expect(await changes("acme/no-places", "--no-places")).toMatchObject([{ new: 2 }, { new: 2, fixed: 2, unchanged: 0 }]);
    });
  });

  test("ends with 3 when the hub refuses, names the field, and still sends the other files", async () => {
    await report("good.json", ["LOW"]);
    await writeFile(join(folder.path, "page.html"), "<html></html>");
    const mixed = await send(["page.html", "good.json", ...run, "--repository", "acme/mixed"]);
    expect(mixed.exitCode).toBe(3);
    expect(mixed.stdout).toMatch(/✕ +page\.html +HTML +refused/);
    expect(mixed.stdout).toMatch(/✓ +good\.json/);
    expect(mixed.stderr).toContain("page.html was refused (415 format_unknown)");
    const bound = await createToken("--repository", "acme/bound");
    const foreign = await send(["good.json", ...run, "--repository", "acme/other"], { SENTINAL_API_TOKEN: bound });
    expect(foreign.exitCode).toBe(3);
    expect(foreign.stderr).toContain("repository: is not acme/bound. Leave it out");
  });

  test("ends with 2 for an empty file, and still sends the others", async () => {
    await report("full.json", ["LOW"]);
    await writeFile(join(folder.path, "empty.json"), "");
    const ended = await send(["empty.json", "full.json", ...run, "--repository", "acme/empty"]);
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toContain("empty.json is empty");
    expect(ended.stdout).toMatch(/✓ +full\.json/);
  });

  test("ends with 3 for a wrong, a mistyped and a revoked token", async () => {
    await report("token.json", ["LOW"]);
    const unknown = "sent_00000000000000000000000000000000000000000002CZclj";
    expect(await send(["token.json", ...run], { SENTINAL_API_TOKEN: unknown })).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining("401 token_unknown"),
    });
    expect(await send(["token.json", ...run], { SENTINAL_API_TOKEN: `${unknown.slice(0, -1)}k` })).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining("401 token_malformed"),
    });
    const made = JSON.parse((await runCommand(["token", "create", "--name", "short-lived", "--json"], { environment: hub.environment })).stdout);
    expect(await send(["token.json", ...run], { SENTINAL_API_TOKEN: made.token })).toMatchObject({ exitCode: 0 });
    expect(await runCommand(["token", "revoke", String(made.id), "--yes"], { environment: hub.environment })).toMatchObject({ exitCode: 0 });
    expect(await send(["token.json", ...run], { SENTINAL_API_TOKEN: made.token })).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining("401 token_revoked"),
    });
  });

  test("takes the token from a file, without its line end", async () => {
    await report("file.json", ["LOW"]);
    await writeFile(join(folder.path, "token"), `${token}\n`);
    const environment = { SENTINAL_API_TOKEN: "" };
    expect(await send(["file.json", ...run, "--token-file", join(folder.path, "token")], environment)).toMatchObject({ exitCode: 0 });
    expect(await send(["file.json", ...run], { ...environment, SENTINAL_API_TOKEN_FILE: join(folder.path, "token") })).toMatchObject({ exitCode: 0 });
    expect(
      await runCommand(["send", "file.json", ...run, "--token-file", "-"], {
        environment: { SENTINAL_API_URL: hub.url },
        cwd: folder.path,
        stdin: `${token}\n`,
      }),
    ).toMatchObject({ exitCode: 0 });
  });

  test("works as a program, from a pipe: exit code, result and words on their own streams", async () => {
    await report("program.json", ["LOW"]);
    const ended = await sendAsProgram(["program.json", ...run, "--repository", "acme/program", "--json"]);
    expect(ended.exitCode).toBe(0);
    expect(JSON.parse(ended.stdout)).toMatchObject({ exit_code: 0 });
    expect(ended.stderr).toContain("Sending program.json");
  });

  test("hears a refusal that comes while a large report is still on its way", async () => {
    // As a process of its own: with the hub in the same one, the two take turns and the connection is never cut.
    await writeFile(join(folder.path, "large.gz"), Buffer.concat([Buffer.from([0x1f, 0x8b]), randomBytes(30_000_000)]));
    for (let time = 0; time < 3; time++) {
      expect(await sendAsProgram(["large.gz", ...run, "--retries", "0"], "sent_wrong")).toMatchObject({
        exitCode: 3,
        stderr: expect.stringContaining("401 token_malformed"),
      });
    }
  });
});

describe("a hub that is down", () => {
  test("is a warning, and a failure only with --strict; it is tried once for all files", async () => {
    const gone = await startTestHub();
    await gone.close();
    await report("down.json", ["LOW"]);
    await report("down-2.json", ["LOW"]);
    const parameters = ["down.json", "down-2.json", ...run, "--retries", "0"];
    const mild = await send(parameters, { SENTINAL_API_URL: gone.url });
    expect(mild.exitCode).toBe(0);
    expect(mild.stderr).toContain("! 2 reports were not sent.");
    expect(mild.stderr.match(/Sending down/g)).toHaveLength(1);
    expect(await send([...parameters, "--strict"], { SENTINAL_API_URL: gone.url })).toMatchObject({ exitCode: 4 });
    const inActions = await send([...parameters], { SENTINAL_API_URL: gone.url, GITHUB_ACTIONS: "true" });
    expect(inActions.stderr).toMatch(/^::warning title=Sentinal::2 reports were not sent/m);
  });
});

describe("sentinal doctor", () => {
  test("finds a good hub good, and says why a bad token is bad", async () => {
    const environment = { ...hub.environment, SENTINAL_API_URL: hub.url };
    const good = await runCommand(["doctor", "--json"], { environment: { ...environment, SENTINAL_API_TOKEN: token } });
    expect(JSON.parse(good.stdout).checks.filter((check: { state: string }) => check.state !== "good")).toEqual([]);
    expect(good.exitCode).toBe(0);
    const reading = await createToken("--scope", "webhook:read");
    const bad = await runCommand(["doctor"], { environment: { ...environment, SENTINAL_API_TOKEN: reading } });
    expect(bad.exitCode).toBe(1);
    expect(bad.stdout).toContain("✕ sign-in: The token lacks a scope (scope_missing).");
    const mistyped = await runCommand(["doctor"], { environment: { ...environment, SENTINAL_API_TOKEN: `${token}x` } });
    expect(mistyped.stdout).toContain("✕ token: SENTINAL_API_TOKEN is no API token");
    expect(mistyped.stdout).not.toContain(token);
  });

  test("names a setting that is wrong, and a key that others can read", async () => {
    const wrong = await runCommand(["doctor"], { environment: { SENTINAL_PROT: "1" } });
    expect(wrong).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("did you mean SENTINAL_PORT") });
    const key = join(folder.path, "open-key");
    await writeFile(key, "x", { mode: 0o644 });
    const open = await runCommand(["doctor"], { environment: { ...hub.environment, SENTINAL_KEY_FILE: key } });
    expect(open.stdout).toContain(`chmod 600 '${key}'`);
  });
});

async function send(parameters: readonly string[], environment: Record<string, string> = {}): Promise<Ended> {
  return runCommand(["send", ...parameters], { environment: { SENTINAL_API_URL: hub.url, SENTINAL_API_TOKEN: token, ...environment }, cwd: folder.path });
}

async function sendAsProgram(parameters: readonly string[], withToken = token): Promise<Ended> {
  const environment = { ...process.env, SENTINAL_API_URL: hub.url, SENTINAL_API_TOKEN: withToken };
  const child = spawn(process.execPath, [bin, "send", ...parameters], { cwd: folder.path, env: environment, stdio: ["ignore", "pipe", "pipe"] });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { exitCode: child.exitCode ?? -1, stdout, stderr };
}

async function createToken(...options: string[]): Promise<string> {
  return (await runCommand(["token", "create", "--name", "test", ...options], { environment: hub.environment })).stdout.trim();
}

/** A report as Trivy writes it, with one vulnerability of each severity named. */
async function report(name: string, severities: readonly string[]): Promise<void> {
  const vulnerabilities = severities.map((severity, index) => ({
    VulnerabilityID: `CVE-2026-${10_000 + index}`,
    PkgName: `package-${index % 50}`,
    InstalledVersion: `1.${index}.0`,
    FixedVersion: "2.0.0",
    Severity: severity,
    Title: `Overflow number ${index}`,
    Description: "It reads past its end. ".repeat(12),
  }));
  const content = {
    SchemaVersion: 2,
    ArtifactName: "shop:1.0",
    ArtifactType: "container_image",
    Results: [{ Target: "shop (debian 12)", Class: "os-pkgs", Type: "debian", Vulnerabilities: vulnerabilities }],
  };
  await writeFile(join(folder.path, name), JSON.stringify(content));
}

async function startTestHub(settings: Record<string, string> = {}): Promise<TestHub> {
  const database = await createTestDatabase();
  const folder = await temporaryFolder();
  const keyFile = join(folder.path, "key");
  await writeFile(keyFile, randomBytes(32).toString("base64"), { mode: 0o600 });
  const environment = {
    DATABASE_URL: addressOf(database.connection),
    SENTINAL_KEY_FILE: keyFile,
    SENTINAL_DATA_DIR: folder.path,
    SENTINAL_PORT: "0",
    ...settings,
  };
  const hub = await startHub(readConfig(environment), {
    log: createLog("silent"),
    onFatal(error) {
      throw error;
    },
  });
  return {
    url: hub.url,
    environment,
    async setGate(repository, conditions) {
      const gate = JSON.stringify(conditions);
      await database.db
        .insertInto("repositories")
        .values({ name: repository, gate })
        .onConflict((conflict) => conflict.column("name").doUpdateSet({ gate }))
        .execute();
    },
    async close() {
      await hub.stop();
      await database.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** As DATABASE_URL: a socket's folder goes into the query. */
function addressOf(connection: ConnectionSettings): string {
  if ("connectionString" in connection) return connection.connectionString;
  const { user, password, database, host, port } = connection;
  return `postgres://${user}:${encodeURIComponent(password)}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;
}
