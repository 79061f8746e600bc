import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { IntakeAnswer, Problem } from "@sentinal/contract";
import { contentHashOf } from "@sentinal/reports";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getJson, startTestHub, type TestHub } from "../hub.ts";

let hub: TestHub;
let token: string;
let folder: string;

beforeAll(async () => {
  hub = await startTestHub();
  token = (await hub.createToken()).token;
  folder = await mkdtemp(join(tmpdir(), "sentinal-places-"));
});
afterAll(async () => {
  await hub.close();
  await rm(folder, { recursive: true, force: true });
});

const path = "src/cart.js";
/** What ESLint said of two lines, and then of the same two in a file that grew, in other words. */
const before = { 3: ["eval(code);", "eval can be harmful."], 9: ["eval(other);", "eval can be harmful."] } as const;
const after = { 14: ["  eval( code );", "`eval` must not be used here."], 40: ["  eval(other);", "Do not evaluate `other`."] } as const;

type Lines = Readonly<Record<number, readonly [source: string, message: string]>>;

function report(lines: Lines): string {
  const messages = Object.entries(lines).map(([line, [, message]]) => ({ ruleId: "no-eval", severity: 2, message, line: Number(line), column: 1 }));
  return JSON.stringify([{ filePath: `/home/runner/work/shop/shop/${path}`, messages, errorCount: messages.length, warningCount: 0 }]);
}

function placesOf(lines: Lines): string {
  return JSON.stringify({ [path]: Object.fromEntries(Object.entries(lines).map(([line, [source]]) => [line, contentHashOf(source)])) });
}

function address(commit: string, repository: string): string {
  return `${hub.url}/api/cicd/reports?repository=${repository}&commit_hash=${commit}&branch=main`;
}

function newRepository(): string {
  return `team/${randomBytes(6).toString("hex")}`;
}

async function post(commit: string, repository: string, form: FormData): Promise<IntakeAnswer> {
  const answer = await fetch(address(commit, repository), { method: "POST", body: form, headers: { authorization: `Bearer ${token}` } });
  expect(answer.ok, await answer.clone().text()).toBe(true);
  const first = IntakeAnswer.parse(await answer.json());
  const later = async () => IntakeAnswer.parse(await getJson(`${hub.url}/api/cicd/imports/${first.import_id}`, token));
  if (answer.status === 202) await expect.poll(async () => (await later()).status, { timeout: 30_000 }).toBe("completed");
  return answer.status === 202 ? later() : first;
}

async function refused(form: FormData, headers: Record<string, string> = {}): Promise<Problem> {
  const answer = await fetch(address("c1", newRepository()), { method: "POST", body: form, headers: { authorization: `Bearer ${token}`, ...headers } });
  return Problem.parse(await answer.json());
}

function formOf(parts: Record<string, string | Uint8Array<ArrayBuffer>>): FormData {
  const form = new FormData();
  for (const [name, content] of Object.entries(parts)) form.append(name, new Blob([content]), name);
  return form;
}

describe("findings whose lines moved and whose messages changed", () => {
  test("stay the same when the sender tells the source at their places", async () => {
    const repository = newRepository();
    const first = await post("c1", repository, formOf({ places: placesOf(before), report: report(before) }));
    expect(first).toMatchObject({ status: "completed", changes: { new: 2, fixed: 0, unchanged: 0 } });
    const second = await post("c2", repository, formOf({ places: placesOf(after), report: report(after) }));
    expect(second.changes).toEqual({ new: 0, fixed: 0, reopened: 0, unchanged: 2 });
  });

  test("are others when nobody tells it", async () => {
    const repository = newRepository();
    await post("c1", repository, formOf({ report: report(before) }));
    const second = await post("c2", repository, formOf({ report: report(after) }));
    expect(second.changes).toEqual({ new: 2, fixed: 2, reopened: 0, unchanged: 0 });
  });

  test("stay the same in a report that is worked in by a task, and in a gzip file", async () => {
    const repository = newRepository();
    // Above the size that is worked in before the answer.
    const large = (lines: Lines) => gzipSync(report(lines) + " ".repeat(3_000_000) + randomBytes(40_000).toString("hex").replaceAll(/\w/g, "\n"));
    await post("c1", repository, formOf({ places: placesOf(before), report: Uint8Array.from(large(before)) }));
    const second = await post("c2", repository, formOf({ places: placesOf(after), report: Uint8Array.from(large(after)) }));
    expect(second.changes).toEqual({ new: 0, fixed: 0, reopened: 0, unchanged: 2 });
  });

  test("stay the same when curl sends the form", async () => {
    const repository = newRepository();
    for (const [commit, lines] of [
      ["c1", before],
      ["c2", after],
    ] as const) {
      await writeFile(join(folder, "eslint.json"), report(lines));
      await writeFile(join(folder, "places.json"), placesOf(lines));
      const form = ["-F", "places=@places.json;type=application/json", "-F", "report=@eslint.json"];
      const { stdout } = await promisify(execFile)("curl", ["-sS", "-H", `Authorization: Bearer ${token}`, ...form, address(commit, repository)], {
        cwd: folder,
      });
      const { changes } = IntakeAnswer.parse(JSON.parse(stdout));
      expect(changes).toMatchObject(commit === "c1" ? { new: 2 } : { new: 0, unchanged: 2 });
    }
  });
});

describe("a form", () => {
  test("may hold the report alone, its parts in any order, and is the same import as the bare file", async () => {
    const repository = newRepository();
    const first = await post("c1", repository, formOf({ report: report(before), places: placesOf(before) }));
    const bare = await fetch(address("c1", repository), { method: "POST", body: report(before), headers: { authorization: `Bearer ${token}` } });
    expect(IntakeAnswer.parse(await bare.json())).toMatchObject({ import_id: first.import_id, warnings: [{ code: "already_imported" }] });
  });

  test.each<[string, Record<string, string | Uint8Array<ArrayBuffer>>, string, string]>([
    ["no report", { places: "{}" }, "report", "is missing in the form"],
    ["another part", { repository: "team/shop", report: "[]" }, "repository", "is no part of this form"],
    ["places that are no JSON", { places: '{"a":', report: report(before) }, "places", "is not like"],
    ["places that are something else", { places: '[{"path":"a"}]', report: report(before) }, "places", "is not like"],
    ["a line that is none", { places: '{"a":{"0":"9f86d081-884c-7d65-9a2f-eaa0c55ad015"}}', report: report(before) }, "places", "is not like"],
    ["a hash that is none", { places: '{"a":{"1":"9f86d081"}}', report: report(before) }, "places", "is not like"],
    ["a prototype's name as a line", { places: '{"a":{"__proto__":{}}}', report: report(before) }, "places", "is not like"],
    ["places nested deeper than any", { places: "[".repeat(1_000_000), report: report(before) }, "places", "is not like"],
    ["a damaged gzip file", { report: Uint8Array.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 1, 1]) }, "report", "gzip"],
  ])("with %s is refused, and the part is named", async (_name, parts, field, problem) => {
    const answer = await refused(formOf(parts));
    expect(answer).toMatchObject({ status: 400, errors: [{ field, problem: expect.stringContaining(problem) }] });
  });

  test("with a part twice is refused", async () => {
    const form = formOf({ report: report(before) });
    form.append("report", new Blob(["[]"]), "again");
    expect(await refused(form)).toMatchObject({ status: 400, errors: [{ field: "report", problem: "stands in the form more than once" }] });
  });

  test("with a path that is a prototype's name is taken", async () => {
    await post("c1", newRepository(), formOf({ places: `{"__proto__":{"1":"${contentHashOf("x")}"},"constructor":{}}`, report: report(before) }));
  });

  test("that is compressed as a whole is refused, and so is one whose places are larger than 64 MB", async () => {
    expect(await refused(formOf({ report: "[]" }), { "content-encoding": "gzip" })).toMatchObject({ status: 415, code: "encoding_unknown" });
    const spaces = Uint8Array.from(Buffer.alloc(64 * 1024 * 1024 + 1, " "));
    expect(await refused(formOf({ places: spaces, report: "[]" }))).toMatchObject({ status: 413, errors: [{ field: "places" }] });
  });

  test("of millions of wrong entries is refused, and the hub lives on", async () => {
    const wrong = Uint8Array.from(Buffer.from(`{${'"":{},'.repeat(9_000_000)}"a":0}`));
    expect(await refused(formOf({ places: wrong, report: "[]" }))).toMatchObject({ status: 400, errors: [{ field: "places" }] });
    await post("c1", newRepository(), formOf({ report: report(before) }));
  });

  test("is refused where a webhook's or any other JSON body belongs", async () => {
    const webhook = await fetch(`${hub.url}/api/cicd/webhook/lint`, {
      method: "POST",
      body: formOf({ report: "[]" }),
      headers: { authorization: `Bearer ${token}` },
    });
    expect(webhook.status).toBe(400);
    const other = await fetch(`${hub.url}/api/auth/login`, { method: "POST", body: formOf({ username: "ada" }) });
    expect(other.status).toBe(415);
  });

  test("leaves nothing behind when it breaks off in its report", async () => {
    const { hostname, port } = new URL(hub.url);
    const socket = connect(Number(port), hostname);
    const target = new URL(address("c1", newRepository()));
    socket.write(
      `POST ${target.pathname}${target.search} HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer ${token}\r\nContent-Type: multipart/form-data; boundary=x\r\n` +
        `Content-Length: 9000000\r\n\r\n--x\r\nContent-Disposition: form-data; name="report"\r\n\r\n`,
    );
    socket.write(Buffer.alloc(4_000_000, "a"));
    await once(socket, "drain");
    await expect.poll(() => strayPieces(), { timeout: 10_000 }).toBeGreaterThan(0);
    socket.destroy();
    await expect.poll(() => strayPieces(), { timeout: 10_000 }).toBe(0);
  });

  test("is answered although much of it is still to come when it is refused", async () => {
    const { hostname, port } = new URL(hub.url);
    const socket = connect(Number(port), hostname);
    const target = new URL(address("c1", newRepository()));
    const rest = Buffer.alloc(20_000_000, "a");
    socket.write(
      `POST ${target.pathname}${target.search} HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer ${token}\r\nContent-Type: multipart/form-data; boundary=x\r\n` +
        `Content-Length: ${rest.length + 200}\r\n\r\n--x\r\nContent-Disposition: form-data; name="wrong"\r\n\r\n`,
    );
    socket.write(rest);
    const [start] = await once(socket.setEncoding("utf8"), "data");
    expect(start).toMatch(/^HTTP\/1\.1 400 [^]*"wrong"/);
    // All of it was taken although nobody wanted it: who sends before he reads gets the answer too.
    if (socket.writableLength > 0) await once(socket, "drain");
    socket.destroy();
  });
});

async function strayPieces(): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from import_chunks c where not exists (select from imports i where i.id = c.import_id)`.execute(hub.database.db);
  return rows[0]?.count ?? 0;
}
