import fastify, { type FastifyInstance } from "fastify";
import { createApiTokens } from "../../hub/src/api-tokens/index.ts";
import { createFingerprints, createRefusals } from "../../hub/src/audit/index.ts";
import { type ConnectionSettings, createRevocations, openDatabase, revocationChannel, startListener } from "../../hub/src/database/index.ts";
import { bindServer, createAccess, createHttpServer } from "../../hub/src/http/index.ts";
import { createLog } from "../../hub/src/log.ts";

/** Serves the same small answer from a bare Fastify and from the hub's own server, from each with and without the token guard. Ends when its input does. */
export type ServersOrder = { connection: ConnectionSettings };
export type ServersAnswer = { barePort: number; hubPort: number; openPath: string; guardedPath: string };

const openPath = "/api/open";
const guardedPath = "/api/guarded";

const order: ServersOrder = JSON.parse(process.argv[2] ?? "{}");
const answer = { status: "fine", count: 50 };

// Written as the hub writes it; nobody reads it.
const log = createLog("info", { write: () => {} });
const open = openDatabase(order.connection, { applicationName: "sentinal bench", maxConnections: 4, onError: () => {} });
const listener = await startListener(order.connection, { hubId: `bench${process.pid}`, channels: [revocationChannel], onProblem: () => {} });
const revocations = createRevocations(listener);
const apiTokens = createApiTokens({
  db: open.db,
  revocations,
  refusals: createRefusals({ db: open.db, log }),
  fingerprints: createFingerprints(Buffer.alloc(32)),
  log,
});
const access = createAccess((credential, caller) => apiTokens.authenticate(credential.bearer, caller));

const bare = fastify();
bare.get(openPath, async () => answer);
bare.get(guardedPath, { onRequest: access.guard({ scope: "webhook:read" }) }, async () => answer);
await bare.listen({ port: 0, host: "127.0.0.1" });

const bound = await bindServer("127.0.0.1", 0);
const http = await createHttpServer({ log, version: "0.0.0", trustedProxies: [], isHttps: false, bound, onTokenInUrl: async () => {} });
http.get(openPath, async () => answer);
http.get(guardedPath, { onRequest: access.guard({ scope: "webhook:read" }) }, async () => answer);
await http.ready();

const ports: ServersAnswer = { barePort: portOf(bare), hubPort: bound.port, openPath, guardedPath };
console.log(JSON.stringify(ports));

function portOf(server: FastifyInstance): number {
  const address = server.server.address();
  if (address === null || typeof address === "string") throw new Error("the bare server does not listen");
  return address.port;
}

process.stdin.resume();
process.stdin.once("end", () => {
  void (async () => {
    await http.close();
    await bare.close();
    await bound.close();
    await apiTokens.close();
    await listener.close();
    await open.close();
  })();
});
