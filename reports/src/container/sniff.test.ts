import { brotliCompressSync, gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { zipOf } from "../testing/archives.ts";
import { sniffContainer } from "./sniff.ts";

describe("a container", () => {
  test.each([
    ["zip", zipOf([{ name: "a.json", content: "{}" }])],
    ["zip", zipOf([])],
    ["gzip", gzipSync("x")],
    ["zstd", zstdCompressSync("x")],
    ["zstd", Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 0, 0, 0, 0])],
    [null, brotliCompressSync("x")],
    [null, Buffer.from("PK is how this text begins")],
    [null, Buffer.from("{}")],
    [null, Buffer.alloc(0)],
    [null, Buffer.from([0x1f])],
    [null, Buffer.from([0x50, 0x4b, 0x03])],
  ])("is told by its first bytes: %s", (container, head) => {
    expect(sniffContainer(head)).toBe(container);
    expect(sniffContainer(head.subarray(0, 4))).toBe(container);
  });

  test("is Brotli by its file's name alone, and only where the bytes say nothing else", () => {
    expect(sniffContainer(brotliCompressSync("x"), "trivy.json.br")).toBe("br");
    expect(sniffContainer(brotliCompressSync("x"), "TRIVY.BR")).toBe("br");
    expect(sniffContainer(gzipSync("x"), "trivy.json.br")).toBe("gzip");
    expect(sniffContainer(Buffer.from("{}"), "br")).toBeNull();
  });
});
