import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "./fixture.ts";
import { findFiles, inspectFile, isWorthCompressing, openFile } from "./files.ts";
import { SendProblem } from "./problem.ts";

const trivy = JSON.stringify({ SchemaVersion: 2, ArtifactName: "shop", Results: [] });

describe("file names", () => {
  test("may be patterns that the shell has left alone, and each file counts once", async () => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, "reports", "deep"), { recursive: true });
    for (const name of ["reports/b.json", "reports/a.json", "reports/deep/c.json", "reports/x.txt"]) await writeFile(join(folder.path, name), "1");
    const found = await findFiles(["reports/**/*.json", "reports/a.json", "reports/*.json"], folder.path);
    expect(found.map((path) => path.slice(folder.path.length + 1))).toEqual(["reports/a.json", "reports/b.json", "reports/deep/c.json"]);
  });

  test("with the signs of a pattern in them are taken as they are when such a file exists", async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, "[odd] *.json"), "1");
    expect(await findFiles(["[odd] *.json"], folder.path)).toEqual([join(folder.path, "[odd] *.json")]);
  });

  test("that stand for nothing are a problem of who sends", async () => {
    await using folder = await temporaryFolder();
    await expect(findFiles(["none.json"], folder.path)).rejects.toMatchObject({ message: expect.stringContaining('"none.json" is no file') });
    await expect(findFiles(["*.xml"], folder.path)).rejects.toThrow(SendProblem);
  });
});

describe("a report file", () => {
  test("is recognised by its beginning, compressed or not", async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, "a.json"), trivy);
    await writeFile(join(folder.path, "a.json.gz"), gzipSync(trivy));
    await writeFile(join(folder.path, "b.txt"), "hello");
    await writeFile(join(folder.path, "long.gz"), gzipSync(`{"SchemaVersion":2,"ArtifactName":"x","Results":[${" ".repeat(20_000_000)}]}`));
    expect(await inspectFile(join(folder.path, "a.json"), folder.path, undefined)).toMatchObject({
      name: "a.json",
      format: "trivy",
      isGzip: false,
      sizeBytes: trivy.length,
    });
    expect(await inspectFile(join(folder.path, "a.json.gz"), folder.path, undefined)).toMatchObject({ format: "trivy", isGzip: true });
    expect(await inspectFile(join(folder.path, "long.gz"), folder.path, undefined)).toMatchObject({ format: "trivy", isGzip: true });
    expect(await inspectFile(join(folder.path, "b.txt"), folder.path, undefined)).toMatchObject({ format: null, formatName: null });
  });

  test("that is empty, a folder or not to be read says so", async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, "empty.json"), "");
    await symlink("/nowhere/at/all", join(folder.path, "broken.json"));
    await expect(inspectFile(join(folder.path, "empty.json"), folder.path, undefined)).rejects.toThrow(/empty\.json is empty/);
    await expect(inspectFile(folder.path, "/", undefined)).rejects.toThrow(/is no file/);
    await expect(inspectFile(join(folder.path, "broken.json"), folder.path, undefined)).rejects.toThrow(/broken\.json cannot be read \(ENOENT\)/);
  });

  test("arrives unchanged, compressed when it is larger than 64 KB", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "large.json");
    const content = JSON.stringify(Array.from({ length: 20_000 }, (_value, index) => ({ index, text: `row ${index * 7919}` })));
    await writeFile(path, content);
    const file = await inspectFile(path, folder.path, undefined);
    expect(isWorthCompressing(file)).toBe(true);
    let read = 0;
    const sent = Buffer.concat(await Array.fromAsync(openFile(file, true, (bytes) => (read += bytes))));
    expect(sent.length).toBeLessThan(content.length / 2);
    expect(gunzipSync(sent).toString("utf8")).toBe(content);
    expect(read).toBe(content.length);
    expect(Buffer.concat(await Array.fromAsync(openFile(file, false, () => {}))).toString("utf8")).toBe(content);
  });
});
