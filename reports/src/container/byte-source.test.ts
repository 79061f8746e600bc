import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { zipOf } from "../testing/archives.ts";
import { fileBytes, rangeOf } from "./byte-source.ts";
import { entriesOf } from "./entries.ts";

const folder = mkdtempSync(join(tmpdir(), "sentinal-archives-"));
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

describe("a file's bytes", () => {
  test("are read anywhere, and end where the file does", async () => {
    const source = await fileBytes(written("bytes", Buffer.from("0123456789")));
    expect(source.size).toBe(10);
    expect((await source.read(3, 4)).toString()).toBe("3456");
    expect((await source.read(8, 4)).toString()).toBe("89");
    const pieces: string[] = [];
    for await (const piece of rangeOf(source, 2, 5)) pieces.push(piece.toString());
    expect(pieces.join("")).toBe("234");
    await source.close();
  });

  test("are an archive's", async () => {
    const source = await fileBytes(written("archive.zip", zipOf([{ name: "a.json", content: "{}" }])));
    for await (const entry of entriesOf(source)) {
      let text = "";
      for await (const piece of entry.open()) text += piece.toString();
      expect(`${entry.shownName} ${text}`).toBe("a.json {}");
    }
    await source.close();
  });

  test("that are not there are the file system's error", async () => {
    await expect(fileBytes(join(folder, "nothing"))).rejects.toMatchObject({ code: "ENOENT" });
  });

  test("that went away while they were read are a problem of the file within", async () => {
    const zip = zipOf([{ name: "a.json", content: "x".repeat(500_000), method: 0 }]);
    const path = written("shrinking.zip", zip);
    const source = await fileBytes(path);
    const read = async () => {
      for await (const entry of entriesOf(source)) {
        writeFileSync(path, zip.subarray(0, 300_000));
        for await (const piece of entry.open()) expect(piece.length).toBeGreaterThan(0);
      }
    };
    await expect(read()).rejects.toMatchObject({ name: "ContainerProblem", code: "size_mismatch" });
    await source.close();
  });
});
