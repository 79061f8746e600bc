import { ApiToken, type CreateApiTokenBody, CreatedApiToken, page } from "@sentinal/contract";
import { printable } from "@sentinal/send";
import { answered } from "../hub-session/hub-calls.ts";
import { openSession } from "../hub-session/session.ts";
import type { Terminal } from "../terminal.ts";
import { operate } from "./operate.ts";

/** Where API tokens are managed: in the database on the hub's machine, or at a hub as a signed-in administrator. */
export type TokenKeeper = {
  create(body: CreateApiTokenBody): Promise<CreatedApiToken>;
  list(): Promise<ApiToken[]>;
  revoke(id: number): Promise<ApiToken>;
  rotate(id: number, overlapHours: number): Promise<CreatedApiToken>;
};

/** A hub has tens of tokens; so many pages of 200 are read at most. */
const mostPages = 50;

/** With an address the hub there, by the session of `sentinal login`; without one this machine's. Throws CommandProblem. */
export async function findTokenKeeper(terminal: Terminal, url: string | undefined): Promise<TokenKeeper> {
  return url === undefined ? keeperHere(terminal) : keeperAt(terminal, url);
}

function keeperHere(terminal: Terminal): TokenKeeper {
  return {
    create: async (body) => operate(terminal, await loadHub(), { mayCreate: true }, (operator) => operator.createApiToken(body)),
    list: async () => operate(terminal, await loadHub(), { mayCreate: false }, (operator) => operator.listApiTokens()),
    revoke: async (id) => operate(terminal, await loadHub(), { mayCreate: false }, (operator) => operator.revokeApiToken(id)),
    rotate: async (id, overlapHours) => operate(terminal, await loadHub(), { mayCreate: false }, (operator) => operator.rotateApiToken(id, overlapHours)),
  };
}

async function keeperAt(terminal: Terminal, url: string): Promise<TokenKeeper> {
  const session = await openSession(terminal, url);
  const { hub } = session;
  const path = "api/auth/api-tokens";
  terminal.say(terminal.paintSaid("dim", printable(`Works at ${hub.origin} as ${session.username}.`)));
  return {
    create: async (body) => answered(await session.call("POST", path, body), CreatedApiToken, hub),
    async list() {
      const tokens: ApiToken[] = [];
      let cursor: string | null = null;
      for (let read = 0; read < mostPages; read++) {
        const answer = await session.call("GET", `${path}?limit=200${cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`}`);
        const next: { items: ApiToken[]; next_cursor: string | null } = answered(answer, page(ApiToken), hub);
        tokens.push(...next.items);
        cursor = next.next_cursor;
        if (cursor === null) break;
      }
      return tokens;
    },
    revoke: async (id) => answered(await session.call("POST", `${path}/${id}/revoke`, {}), ApiToken, hub),
    rotate: async (id, overlapHours) => answered(await session.call("POST", `${path}/${id}/rotate`, { overlap_hours: overlapHours }), CreatedApiToken, hub),
  };
}

/** Only when it is needed: `sentinal send` must not wait for the hub's modules. */
async function loadHub() {
  return import("../../../hub/src/operator.ts");
}
