import { Problem } from "@sentinal/contract";
import { describe, expect, onTestFinished, test } from "vitest";
import { createTestServer } from "./fixture.ts";
import { bindServer, ListenProblem } from "./listen.ts";

async function bind(host = "127.0.0.1", port = 0) {
  const bound = await bindServer(host, port);
  onTestFinished(() => bound.close());
  return { ...bound, url: `http://127.0.0.1:${bound.port}` };
}

describe("a port that is taken before the hub is ready", () => {
  test("lives and is not ready, with the answer's form that every error has", async () => {
    const { url } = await bind();
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: "alive" });
    for (const path of ["/readyz", "/api/cicd/runs", "/"]) {
      const answer = await fetch(url + path);
      expect(answer.status).toBe(503);
      expect(answer.headers.get("retry-after")).toBe("2");
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      expect(Problem.parse(await answer.json())).toMatchObject({ code: "not_ready", request_id: answer.headers.get("x-request-id") });
    }
  });

  test("is answered by the routes once all of them stand", async () => {
    const bound = await bind();
    const { http } = await createTestServer((server) => server.get("/api/ok", async () => ({ ok: true })), { bound });
    onTestFinished(() => http.close());
    expect(await (await fetch(`${bound.url}/api/ok`)).json()).toEqual({ ok: true });
  });
});

describe("a port that cannot be had", () => {
  test("because another has it is told with what to do", async () => {
    const { port } = await bind();
    const refused = bindServer("127.0.0.1", port);
    await expect(refused).rejects.toThrow(ListenProblem);
    await expect(refused).rejects.toThrow(`Port ${port} on 127.0.0.1 is in use`);
    await expect(refused).rejects.toThrow("SENTINAL_PORT");
  });

  test("because the address is not this machine's is told with what to do", async () => {
    await expect(bindServer("192.0.2.1", 0)).rejects.toThrow("192.0.2.1 is no address of this machine. Set SENTINAL_HOST");
  });
});

describe("closing", () => {
  test("ends with idle connections still open, and may happen twice", async () => {
    const bound = await bindServer("127.0.0.1", 0);
    await (await fetch(`http://127.0.0.1:${bound.port}/healthz`)).text();
    await bound.close();
    await bound.close();
    await expect(fetch(`http://127.0.0.1:${bound.port}/healthz`)).rejects.toThrow();
  });

  test("waits for the request under way, answers it, and does not wait for the connection's next one", async () => {
    const bound = await bindServer("127.0.0.1", 0);
    let answer = () => {};
    const asked = new Promise<void>((resolve) => {
      bound.handleWith((_request, response) => {
        resolve();
        answer = () => void response.end("late");
      });
    });
    // Fetch keeps its connections open for a next request.
    const answered = fetch(`http://127.0.0.1:${bound.port}/`).then((response) => response.text());
    await asked;
    const closed = bound.close();
    await expect(fetch(`http://127.0.0.1:${bound.port}/`)).rejects.toThrow();
    answer();
    expect(await answered).toBe("late");
    await closed;
  });
});
