import { once } from "node:events";
import { realpath, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { contentHashOf } from "@sentinal/reports";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "./fixture.ts";
import { deliver } from "./delivery.ts";
import { inspectFile } from "./files.ts";
import type { Progress } from "./progress.ts";

const answer = {
  run_id: 1,
  scan_id: 2,
  import_id: "0c5a9d66-1111-4222-8333-444455556666",
  status: "completed",
  counts: { critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0, total: 0 },
  changes: null,
  warnings: [],
  url: "http://hub.example/scans/2",
};
const problem = { type: "x", title: "The token is not known", status: 401, detail: "Make a new one.", code: "token_unknown", request_id: "r-1" };

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** What stands between us and a hub: a proxy, a gateway, a captive portal. It gives the answers in order, the last one for ever. */
async function deliverThrough(handlers: readonly Handler[], options: { retries?: number; content?: string; waitMs?: number; isWithSources?: boolean } = {}) {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "report.json");
  await writeFile(path, options.content ?? JSON.stringify({ SchemaVersion: 2, Results: [] }));
  let calls = 0;
  const server = createServer((request, response) => handlers[Math.min(calls++, handlers.length - 1)]?.(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  const pauses: number[] = [];
  const notes: string[] = [];
  const progress: Progress = { looking() {}, restart() {}, read() {}, working() {}, note: (text) => notes.push(text), end() {} };
  try {
    const outcome = await deliver(
      await inspectFile(path, folder.path, undefined),
      {
        hub: new URL(`http://127.0.0.1:${port}/base/`),
        token: "sent_x",
        facts: { commit_hash: "abc", branch: "main" },
        scanType: null,
        format: null,
        sources: options.isWithSources === true ? await realpath(folder.path) : null,
        retries: options.retries ?? 3,
        waitMs: options.waitMs ?? 60_000,
        pause: async (ms) => {
          pauses.push(ms);
        },
      },
      progress,
    );
    return { outcome, calls, pauses, notes };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Reads the whole body, then answers. */
function answering(status: number, body: unknown, headers: Record<string, string> = {}): Handler {
  return (request, response) => {
    request.resume().on("end", () => response.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body)));
  };
}

describe("a report is sent again", () => {
  test("after answers of a proxy whose hub is starting", async () => {
    const { outcome, calls, pauses } = await deliverThrough([answering(502, "Bad Gateway"), answering(503, "no"), answering(200, answer)]);
    expect(outcome).toMatchObject({ kind: "sent", answer: { scan_id: 2 } });
    expect(calls).toBe(3);
    expect(pauses[0]).toBeGreaterThanOrEqual(500);
    expect(pauses[1]).toBeGreaterThanOrEqual(1_000);
  });

  test("after the time that the hub asks for", async () => {
    const { outcome, pauses } = await deliverThrough([answering(429, { ...problem, status: 429 }, { "retry-after": "7" }), answering(200, answer)]);
    expect(outcome.kind).toBe("sent");
    expect(pauses).toEqual([7_000]);
  });

  test("after a connection that broke", async () => {
    const { outcome, calls } = await deliverThrough([(request) => void request.socket.destroy(), answering(200, answer)]);
    expect(outcome.kind).toBe("sent");
    expect(calls).toBe(2);
  });

  test("so many times and no more", async () => {
    const { outcome, calls, notes } = await deliverThrough([answering(500, { ...problem, status: 500, title: "The hub made a mistake", request_id: "r-9" })], {
      retries: 2,
    });
    expect(outcome).toMatchObject({ kind: "unreachable", reason: "The hub answered 500: The hub made a mistake (request r-9)." });
    expect(calls).toBe(3);
    expect(notes).toHaveLength(2);
  });

  test("never after a refusal", async () => {
    const { outcome, calls } = await deliverThrough([answering(401, problem)]);
    expect(outcome).toMatchObject({ kind: "refused", refusal: { status: 401, problem: { code: "token_unknown" } } });
    expect(calls).toBe(1);
  });

  test("uncompressed when the hub takes its compressed form for a bomb", async () => {
    const encodings: unknown[] = [];
    const seen =
      (next: Handler): Handler =>
      (request, response) => {
        encodings.push(request.headers["content-encoding"]);
        next(request, response);
      };
    const { outcome } = await deliverThrough([seen(answering(413, { ...problem, status: 413, code: "inflated_too_large" })), seen(answering(200, answer))], {
      content: `{"SchemaVersion":2,"x":"${" ".repeat(100_000)}"}`,
    });
    expect(outcome.kind).toBe("sent");
    expect(encodings).toEqual(["gzip", undefined]);
  });
});

describe("a report whose sources are at hand", () => {
  test("is sent as a form, its bytes compressed in their part, each time anew", async () => {
    const bodies: Buffer[] = [];
    const types: unknown[] = [];
    const taking =
      (status: number, body: unknown): Handler =>
      (request, response) => {
        types.push([request.headers["content-type"], request.headers["content-encoding"]]);
        const chunks: Buffer[] = [];
        request
          .on("data", (chunk: Buffer) => chunks.push(chunk))
          .on("end", () => {
            bodies.push(Buffer.concat(chunks));
            response.writeHead(status).end(JSON.stringify(body));
          });
      };
    const content = JSON.stringify([{ filePath: "report.json", messages: [{ ruleId: "x", severity: 2, message: "x".repeat(100_000), line: 1, column: 1 }] }]);
    const { outcome } = await deliverThrough([taking(503, "no"), taking(200, answer)], { content, isWithSources: true });
    expect(outcome.kind).toBe("sent");
    expect(types).toEqual(Array.from({ length: 2 }, () => [expect.stringMatching(/^multipart\/form-data; boundary=/), undefined]));
    for (const body of bodies) {
      const text = body.toString("latin1");
      expect(text).toContain(`{"report.json":{"1":"${contentHashOf(content)}"}}`);
      const gzip = body.subarray(text.indexOf("\u001f\u008b"), text.lastIndexOf("\r\n--sentinal-"));
      expect(gunzipSync(gzip).toString()).toBe(content);
    }
    expect(bodies).toHaveLength(2);
  });
});

describe("an answer", () => {
  test("of something that is no hub is not taken for success", async () => {
    const { outcome } = await deliverThrough([answering(200, "<html>Please sign in</html>")]);
    expect(outcome).toMatchObject({ kind: "unreachable", reason: expect.stringContaining("is no Sentinal hub") });
    expect((await deliverThrough([answering(404, "nothing here")])).outcome).toMatchObject({
      kind: "refused",
      refusal: { title: expect.stringContaining("no Sentinal hub") },
    });
  });

  test("that redirects is not followed: the token stays here", async () => {
    const { outcome, calls } = await deliverThrough([answering(301, "", { location: "https://elsewhere.example/" })]);
    expect(outcome).toMatchObject({ kind: "refused", refusal: { title: expect.stringContaining("https://elsewhere.example/") } });
    expect(calls).toBe(1);
  });
});

describe("a report that is worked in later", () => {
  const queued = { ...answer, scan_id: null, status: "queued", counts: null };

  test("is waited for, below the path of the hub's own address", async () => {
    const paths: (string | undefined)[] = [];
    const seen =
      (next: Handler): Handler =>
      (request, response) => {
        paths.push(request.url?.split("?")[0]);
        next(request, response);
      };
    const { outcome } = await deliverThrough([
      seen(answering(202, queued)),
      seen(answering(200, { ...queued, status: "running" })),
      seen(answering(503, "busy")),
      seen(answering(200, answer)),
    ]);
    expect(outcome).toMatchObject({ kind: "sent", answer: { status: "completed" } });
    expect(paths).toEqual(["/base/api/cicd/reports", ...Array.from({ length: 3 }, () => `/base/api/cicd/imports/${answer.import_id}`)]);
  });

  test("is not waited for when nobody wants to", async () => {
    const { outcome, calls } = await deliverThrough([answering(202, queued)], { waitMs: 0 });
    expect(outcome).toMatchObject({ kind: "accepted", answer: { status: "queued" } });
    expect(calls).toBe(1);
  });

  test("and turns out to be unreadable is a refusal; one that the hub fails at is not", async () => {
    const warnings = [{ code: "ill_formed", message: "It ends in the middle." }];
    expect((await deliverThrough([answering(202, queued), answering(200, { ...queued, status: "refused", warnings })])).outcome).toMatchObject({
      kind: "refused",
      refusal: { title: "It ends in the middle." },
    });
    expect((await deliverThrough([answering(202, queued), answering(200, { ...queued, status: "failed", warnings })])).outcome).toMatchObject({
      kind: "unreachable",
      reason: expect.stringContaining("It ends in the middle."),
    });
  });
});
