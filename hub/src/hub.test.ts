import { once } from "node:events";
import { type ClientRequest, request as send } from "node:http";
import { text } from "node:stream/consumers";
import { IntakeAnswer } from "@sentinal/contract";
import { io } from "socket.io-client";
import { describe, expect, onTestFinished, test } from "vitest";
import { startTestHub, type TestHub } from "../../test/hub.ts";
import { trivyReport } from "../../test/trivy-report.ts";

async function start(): Promise<TestHub & { token: string }> {
  const hub = await startTestHub();
  onTestFinished(() => hub.close());
  return { ...hub, token: (await hub.createToken({ scopes: ["webhook:write", "webhook:read"] })).token };
}

/** A report whose sender has begun, and is not done. */
async function beginReport(hub: { url: string; token: string }): Promise<{ request: ClientRequest; rest: string }> {
  const report = JSON.stringify(trivyReport([{ id: "CVE-2026-0001" }]));
  const request = send(`${hub.url}/api/cicd/reports?commit_hash=c1&branch=main&repository=stop/one`, {
    method: "POST",
    headers: { authorization: `Bearer ${hub.token}` },
  });
  request.write(report.slice(0, 20));
  // The hub has it when it answers what was asked later.
  await fetch(`${hub.url}/healthz`);
  return { request, rest: report.slice(20) };
}

describe("a hub that is told to stop", () => {
  test("still takes the report that is on its way, and has it when it is started again", async () => {
    const hub = await start();
    const { request, rest } = await beginReport(hub);
    const answered = once(request, "response");
    const stopped = hub.hub.stop();
    await expect(fetch(`${hub.url}/healthz`)).rejects.toThrow();
    request.end(rest);
    const [response] = await answered;
    expect(response.statusCode).toBe(200);
    const { import_id: importId } = IntakeAnswer.parse(JSON.parse(await text(response)));
    await stopped;
    expect(await hub.database.db.selectFrom("imports").select("status").where("id", "=", importId).executeTakeFirst()).toEqual({ status: "completed" });
  });

  test("does not wait for ever: not for a sender that never ends, nor for open sockets", async () => {
    const hub = await start();
    const { request } = await beginReport(hub);
    const cut = once(request, "error");
    const socket = io(hub.url, { auth: { token: hub.token }, transports: ["websocket"], reconnection: false, forceNew: true });
    await new Promise((resolve) => socket.once("connected", resolve));
    const closed = new Promise((resolve) => socket.once("disconnect", resolve));
    await hub.hub.stop();
    await Promise.all([cut, closed]);
  });

  test("may be told so twice", async () => {
    const hub = await start();
    await Promise.all([hub.hub.stop(), hub.hub.stop()]);
    await hub.hub.stop();
  });
});

describe("several hubs on one database", () => {
  test("one that stops leaves the others at work", async () => {
    const hub = await start();
    const other = await hub.startAnother();
    await other.stop();
    expect((await fetch(`${hub.url}/readyz`)).status).toBe(200);
  });
});
