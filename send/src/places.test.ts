import { execFile } from "node:child_process";
import { mkdir, realpath, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { contentHashOf } from "@sentinal/reports";
import { describe, expect, test } from "vitest";
import { inspectFile } from "./files.ts";
import { temporaryFolder } from "./fixture.ts";
import { findPlaces, sourceFolder } from "./places.ts";

type Finding = { path: string; line: number };

function report(findings: readonly Finding[]): string {
  return JSON.stringify(
    findings.map(({ path, line }) => ({ filePath: path, messages: [{ ruleId: "no-eval", severity: 2, message: "No.", line, column: 1 }] })),
  );
}

/** What is found for a report, in a folder with these files; `outside` lies beside it. */
async function find(content: string | Buffer, files: Record<string, string>, prepare: (folder: string) => Promise<unknown> = async () => {}): Promise<unknown> {
  await using temporary = await temporaryFolder();
  const folder = join(await realpath(temporary.path), "repository");
  for (const [path, source] of Object.entries({ ...files, "../outside/secret.js": "secret" })) {
    await mkdir(join(folder, path, ".."), { recursive: true });
    await writeFile(join(folder, path), source);
  }
  await writeFile(join(temporary.path, "report"), content);
  await prepare(folder);
  const places = await findPlaces(await inspectFile(join(temporary.path, "report"), temporary.path, undefined), folder, null, () => {});
  return places === null ? null : JSON.parse(places.toString());
}

describe("the places of a report", () => {
  test("are the hashes of the lines that its findings are at", async () => {
    const places = await find(
      report([
        { path: "src/a.js", line: 2 },
        { path: "src/a.js", line: 4 },
        { path: "src/a.js", line: 2 },
        { path: "b.js", line: 1 },
      ]),
      { "src/a.js": "one\r\n  two\nthree\rfour", "b.js": "\ufeffbee\n" },
    );
    expect(places).toEqual({ "src/a.js": { 2: contentHashOf("two"), 4: contentHashOf("four") }, "b.js": { 1: contentHashOf("bee") } });
  });

  test("are the same for a gzip file", async () => {
    expect(await find(gzipSync(report([{ path: "a.js", line: 1 }])), { "a.js": "one" })).toEqual({ "a.js": { 1: contentHashOf("one") } });
  });

  test("take away what the runner puts in front of a path, as the hub does", async () => {
    expect(await find(report([{ path: "/home/runner/work/shop/shop/a.js", line: 1 }]), { "a.js": "one" })).toEqual({ "a.js": { 1: contentHashOf("one") } });
  });

  test("are told of what is there, and of nothing else", async () => {
    const findings = ["missing.js", "folder", "a.js", "", ".", "a.js/b.js", "a\0b", "x".repeat(1_900)].map((path) => ({ path, line: 3 }));
    expect(await find(report(findings), { "a.js": "one\ntwo", "folder/c.js": "" })).toBeNull();
  });

  test("hold a path that is a prototype's name like any other", async () => {
    const places = await find(
      report([
        { path: "__proto__", line: 1 },
        { path: "constructor", line: 1 },
      ]),
      { __proto__x: "", constructor: "c" },
      (folder) => writeFile(join(folder, "__proto__"), "p"),
    );
    expect(Object.entries(places ?? {})).toEqual([
      ["__proto__", { 1: contentHashOf("p") }],
      ["constructor", { 1: contentHashOf("c") }],
    ]);
  });

  test.each([
    "../outside/secret.js",
    "src/../../outside/secret.js",
    "..\\outside\\secret.js",
    "/etc/hostname",
    "link.js",
    "linked/secret.js",
    "chain.js",
    ".git/config",
    "sub/.GIT/config",
    "pipe",
  ])("never come from %s", async (path) => {
    const files = { "src/a.js": "", ".git/config": "token", "sub/.GIT/config": "token" };
    const places = await find(report([{ path, line: 1 }]), files, async (folder) => {
      await symlink("../outside/secret.js", join(folder, "link.js"));
      await symlink("../outside", join(folder, "linked"));
      await symlink("link.js", join(folder, "chain.js"));
      await promisify(execFile)("mkfifo", [join(folder, "pipe")]);
    });
    expect(places).toBeNull();
  });

  test("come through a link that stays inside", async () => {
    expect(await find(report([{ path: "link.js", line: 1 }]), { "a.js": "one" }, (folder) => symlink("a.js", join(folder, "link.js")))).toEqual({
      "link.js": { 1: contentHashOf("one") },
    });
  });

  test("leave out files above 5 MB", async () => {
    const findings = [
      { path: "large.js", line: 1 },
      { path: "small.js", line: 1 },
    ];
    const five = 5 * 1024 * 1024;
    expect(await find(report(findings), { "large.js": "a".repeat(five + 1), "small.js": "a".repeat(five) })).toEqual({
      "small.js": { 1: contentHashOf("a".repeat(five)) },
    });
  });

  test("are none, and no error, for what is no report, is cut off in its first finding, or a damaged gzip file", async () => {
    const whole = report([{ path: "a.js", line: 1 }]);
    for (const content of ["<html>", "[{", whole.slice(0, 30), gzipSync(whole).subarray(0, 25), Buffer.from([0x1f, 0x8b, 1, 2, 3])]) {
      expect(await find(content, { "a.js": "one" })).toBeNull();
    }
  });

  test("are at most 200,000 lines, of at most 20,000 files", async () => {
    const many = Array.from({ length: 210_000 }, (_, index) => ({ ruleId: "x", severity: 1, message: "x", line: index + 1, column: 1 }));
    const lines = await find(JSON.stringify([{ filePath: "a.js", messages: many }]), { "a.js": "a\n".repeat(210_000) });
    expect(Object.keys(Object.values(lines ?? {})[0] ?? {})).toHaveLength(200_000);
    const findings = [...Array.from({ length: 20_000 }, (_, index) => ({ path: `no/${index}.js`, line: 1 })), { path: "a.js", line: 1 }];
    expect(await find(report(findings), { "a.js": "one" })).toBeNull();
  });
});

describe("the folder of the sources", () => {
  test("is the runner's workspace, else git's top folder, else the current one", async () => {
    await using temporary = await temporaryFolder();
    const folder = await realpath(temporary.path);
    const inner = join(folder, "a", "b");
    await mkdir(inner, { recursive: true });
    expect(await sourceFolder({}, inner)).toBe(inner);
    await promisify(execFile)("git", ["init", "-q", join(folder, "a")]);
    expect(await sourceFolder({ GITHUB_WORKSPACE: "" }, inner)).toBe(join(folder, "a"));
    expect(await sourceFolder({ GITHUB_WORKSPACE: join(folder, "gone") }, inner)).toBe(join(folder, "a"));
    expect(await sourceFolder({ GITHUB_WORKSPACE: folder }, inner)).toBe(folder);
  });
});
