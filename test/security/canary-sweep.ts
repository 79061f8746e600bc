import { randomBytes } from "node:crypto";
import { apiTokenChecksum, createApiToken, randomBase62 } from "@sentinal/tokens";
import type { CanarySender } from "./canary-sender.ts";

type Operation = { method: string; path: string; fields: string[] };

/** Of a body that a route takes without a word, and keeps: the name of a program is there to be shown. */
const keepsWhatItIsSent = new Set(["POST /api/auth/device/start"]);

/** Sends secrets where none belongs, to every route that the hub has: in headers, addresses, fields of every name, and broken JSON. */
export async function sweepRoutes(sender: CanarySender, signIn: () => Promise<string>): Promise<number> {
  const operations = operationsOf((await sender.send("GET", "/api/openapi.json", { status: 200 })).body);
  await sender.send("GET", `/api/nothing/${sender.once("token in an address that nothing has", () => `ghp_${randomBase62(36)}`)}`, { status: 404 });
  await sender.send("GET", `/nothing/${sender.once("token in the address of a page", () => `ghp_${randomBase62(36)}`)}`, {
    headers: { accept: "text/html" },
  });
  let admin = await signIn();
  for (const operation of operations) {
    await sendUnknownCredentials(sender, operation);
    for (const body of bodiesFor(sender, operation)) {
      const { status } = await sender.send(operation.method, addressFor(sender, operation, "id in the address"), {
        bearer: admin,
        headers: oddHeaders(sender),
        ...(body !== undefined && { body }),
      });
      // It may have ended the session that it came in.
      const isChange = status < 300 && operation.method !== "GET";
      if (isChange && (await sender.send("GET", "/api/auth/me", { bearer: admin })).status === 401) admin = await signIn();
    }
  }
  return operations.length;
}

async function sendUnknownCredentials(sender: CanarySender, { method, path }: Operation): Promise<void> {
  const authorizations = [
    `Bearer ${sender.once("unknown API token", () => createApiToken())}`,
    `Bearer ${sender.once("mistyped API token", mistypedToken)}`,
    `Bearer ${sender.once("unknown job token", () => `oidc_${createApiToken()}`)}`,
    `Bearer ${sender.once("forged access token", forgedToken)}`,
    `Bearer ${sender.once("token of somebody else", () => `ghp_${randomBase62(36)}`)}`,
    `token ${sender.once("token of another scheme", () => `ghs_${randomBase62(36)}`)}`,
    `Basic ${Buffer.from(`hub:${sender.invent("password of basic authentication")}`).toString("base64")}`,
  ];
  for (const authorization of authorizations)
    await sender.send(method, path.replace(/\{\w+\}/g, "1"), {
      headers: { authorization, "x-internal-token": sender.once("unknown service token", () => randomBase62(64)) },
      ...(method !== "GET" && { body: { token: sender.once("unknown token in a body", () => randomBase62(64)) } }),
    });
}

function* bodiesFor(sender: CanarySender, operation: Operation): Generator {
  if (operation.method === "GET") return yield undefined;
  const ofAll = (value: (field: string) => unknown) => Object.fromEntries(operation.fields.map((field) => [field, value(field)]));
  if (!keepsWhatItIsSent.has(`${operation.method} ${operation.path}`)) {
    yield ofAll(() => sender.once("token in a field", () => `ghp_${randomBase62(36)}`));
    yield ofAll(() => sender.invent("password in a field"));
  }
  yield ofAll(() => [sender.once("token in a list", () => `ghp_${randomBase62(36)}`)]);
  yield { [sender.once("token as the name of a field", () => `ghp_${randomBase62(36)}`)]: true };
  yield [sender.once("token in place of an object", () => `ghp_${randomBase62(36)}`)];
  yield `{"password": "${sender.once("password in broken JSON", () => randomBase62(24))}" "`;
  yield sender.once("token in place of a body", () => `ghp_${randomBase62(36)}`);
}

/** The fields of an address that are to be filled, and some that nothing asks for. */
function addressFor(sender: CanarySender, { path }: Operation, kind: string): string {
  const filled = path.replace(/\{\w+\}/g, () => sender.once(kind, () => `ghp_${randomBase62(36)}`));
  const query = Object.fromEntries(
    ["token", "access_token", "cursor", "limit", "q", "repository", "address", "from", "actor_id", "state"].map((name) => [
      name,
      sender.invent("password in a query"),
    ]),
  );
  return `${filled}?${new URLSearchParams(query).toString()}`;
}

function oddHeaders(sender: CanarySender): Record<string, string> {
  const token = (kind: string) => sender.once(kind, () => `ghp_${randomBase62(36)}`);
  return {
    "user-agent": token("token as the user agent"),
    "x-request-id": token("token as the request id"),
    "x-forwarded-host": token("token as the forwarded host"),
    origin: `https://${token("token as the origin")}.example.org`,
    referer: `https://example.org/?token=${token("token in the referer")}`,
    cookie: `__Host-sentinal_refresh=${token("token as the cookie")}; other=${token("token in another cookie")}`,
    "x-api-key": token("token in a header that nothing reads"),
    "accept-language": token("token as the language"),
  };
}

function operationsOf(document: unknown): Operation[] {
  const found: Operation[] = [];
  for (const [path, methods] of entriesIn(valueAt(document, "paths"))) {
    for (const [method, operation] of entriesIn(methods))
      found.push({ method: method.toUpperCase(), path, fields: [...new Set(fieldsOf(valueAt(operation, "requestBody"), document))] });
  }
  return found;
}

/** The names of all fields in a schema, those of what it points to as well. */
function* fieldsOf(schema: unknown, document: unknown, depth = 12): Generator<string> {
  const target = valueAt(schema, "$ref");
  if (depth === 0) return;
  if (typeof target === "string") return yield* fieldsOf(target.slice(2).split("/").reduce(valueAt, document), document, depth - 1);
  for (const [name, value] of entriesIn(schema)) {
    if (name === "properties") for (const [field] of entriesIn(value)) yield field;
    yield* fieldsOf(value, document, depth - 1);
  }
}

function entriesIn(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

function valueAt(value: unknown, name: string): unknown {
  return entriesIn(value).find(([key]) => key === name)?.[1];
}

function mistypedToken(): string {
  const body = randomBase62(43);
  return `sent_${body}${apiTokenChecksum(body) === "000000" ? "000001" : "000000"}`;
}

function forgedToken(): string {
  return `${encoded({ alg: "HS256", typ: "at+jwt" })}.${encoded({ sub: "1", exp: 4_000_000_000 })}.${randomBytes(32).toString("base64url")}`;
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
