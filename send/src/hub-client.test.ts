import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { createServer as createTcpServer, type Server as TcpServer } from "node:net";
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { callHub, HubUnreachable, isLoopback } from "./hub-client.ts";

test("a body arrives whole, in pieces", async () => {
  let length = 0;
  await using server = await listen(
    createServer((request, response) => {
      request.on("data", (chunk: Buffer) => (length += chunk.length)).on("end", () => response.end("{}"));
    }),
  );
  expect(await callHub({ method: "POST", url: server.url, body: Readable.from(pieces(5_000_000)) })).toMatchObject({ status: 200 });
  expect(length).toBe(77 * 65_536);
});

test("a server that is not there, is silent or speaks something else is told apart in a sentence", async () => {
  const gone = await listen(createServer());
  await gone[Symbol.asyncDispose]();
  await expect(callHub({ method: "GET", url: gone.url })).rejects.toThrow(/nothing listens there/);
  await using silent = await listen(createTcpServer(() => {}));
  await expect(callHub({ method: "GET", url: silent.url, idleTimeoutMs: 50 })).rejects.toThrow(/has been silent for 0\.05 s/);
  await using cutting = await listen(createTcpServer((socket) => socket.destroy()));
  await expect(callHub({ method: "GET", url: cutting.url })).rejects.toThrow(HubUnreachable);
  await using plain = await listen(createServer());
  await expect(callHub({ method: "GET", url: new URL(plain.url.href.replace("http:", "https:")) })).rejects.toThrow(/does not speak TLS|cannot be reached/);
});

test("only addresses of this machine itself are loopback", () => {
  const of = (address: string) => isLoopback(new URL(address));
  expect(["http://localhost:1", "http://127.0.0.1", "http://127.9.9.9", "http://[::1]:8484"].every(of)).toBe(true);
  expect(["http://127.0.0.1.example", "http://hub.example", "http://10.0.0.1", "http://localhost.example"].some(of)).toBe(false);
});

function* pieces(bytes: number): Generator<Buffer> {
  for (let sent = 0; sent < bytes; sent += 65_536) yield Buffer.alloc(65_536, 32);
}

async function listen(server: Server | TcpServer): Promise<AsyncDisposable & { url: URL }> {
  const sockets = new Set<{ destroy(): unknown }>();
  server.on("connection", (socket: { destroy(): unknown }) => sockets.add(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  return {
    url: new URL(`http://127.0.0.1:${port}/`),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
