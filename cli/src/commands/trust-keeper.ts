import { type CreateTrustBindingBody, page, TrustBinding, TrustTrial } from "@sentinal/contract";
import { printable } from "@sentinal/send";
import { answered } from "../hub-session/hub-calls.ts";
import { openSession } from "../hub-session/session.ts";
import type { Terminal } from "../terminal.ts";
import { operate } from "./operate.ts";

/** Where trust bindings are managed: in the database on the hub's machine, or at a hub as a signed-in administrator. */
export type TrustKeeper = {
  create(body: CreateTrustBindingBody): Promise<TrustBinding>;
  list(): Promise<TrustBinding[]>;
  show(id: number): Promise<TrustBinding>;
  revoke(id: number): Promise<TrustBinding>;
  try(token: string): Promise<TrustTrial>;
};

/** A hub has tens of bindings; so many pages of 200 are read at most. */
const mostPages = 50;

/** With an address the hub there, by the session of `sentinal login`; without one this machine's. Throws CommandProblem. */
export async function findTrustKeeper(terminal: Terminal, url: string | undefined): Promise<TrustKeeper> {
  return url === undefined ? keeperHere(terminal) : keeperAt(terminal, url);
}

function keeperHere(terminal: Terminal): TrustKeeper {
  const here = { mayCreate: false };
  return {
    create: async (body) => operate(terminal, await loadHub(), { mayCreate: true }, (operator) => operator.trust.create(body)),
    list: async () => operate(terminal, await loadHub(), here, (operator) => operator.trust.list()),
    show: async (id) => operate(terminal, await loadHub(), here, (operator) => operator.trust.show(id)),
    revoke: async (id) => operate(terminal, await loadHub(), here, (operator) => operator.trust.revoke(id)),
    try: async (token) => operate(terminal, await loadHub(), here, (operator) => operator.trust.try(token)),
  };
}

async function keeperAt(terminal: Terminal, url: string): Promise<TrustKeeper> {
  const session = await openSession(terminal, url);
  const { hub } = session;
  const path = "api/auth/trust-bindings";
  terminal.say(terminal.paintSaid("dim", printable(`Works at ${hub.origin} as ${session.username}.`)));
  return {
    create: async (body) => answered(await session.call("POST", path, body), TrustBinding, hub),
    async list() {
      const bindings: TrustBinding[] = [];
      let cursor: string | null = null;
      for (let read = 0; read < mostPages; read++) {
        const answer = await session.call("GET", `${path}?limit=200${cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`}`);
        const next: { items: TrustBinding[]; next_cursor: string | null } = answered(answer, page(TrustBinding), hub);
        bindings.push(...next.items);
        cursor = next.next_cursor;
        if (cursor === null) break;
      }
      return bindings;
    },
    show: async (id) => answered(await session.call("GET", `${path}/${id}`), TrustBinding, hub),
    revoke: async (id) => answered(await session.call("POST", `${path}/${id}/revoke`, {}), TrustBinding, hub),
    try: async (token) => answered(await session.call("POST", "api/auth/oidc/try", { token }), TrustTrial, hub),
  };
}

/** Only when it is needed: `sentinal send` must not wait for the hub's modules. */
async function loadHub() {
  return import("../../../hub/src/operator.ts");
}
