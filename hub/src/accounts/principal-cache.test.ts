import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRevocations, type Listener, revocationChannel, type Revocations } from "../database/index.ts";
import type { Principal } from "../http/index.ts";
import { createPrincipalCache } from "./principal-cache.ts";

/** Revocations over a listener that the test speaks for. */
function revocationsOf(): { revocations: Revocations; hear(payload: string): void; reconnect(): void; deafen(isDeaf: boolean): void } {
  const handlers: ((payload: string) => void)[] = [];
  const reconnectHandlers: (() => void)[] = [];
  let isDeaf = false;
  const listener: Listener = {
    on: (channel, handler) => {
      if (channel === revocationChannel) handlers.push(handler);
    },
    onReconnect: (handler) => reconnectHandlers.push(handler),
    isHearing: () => !isDeaf,
    close: async () => {},
  };
  return {
    revocations: createRevocations(listener),
    hear: (payload) => handlers.forEach((handler) => handler(payload)),
    reconnect: () => reconnectHandlers.forEach((handler) => handler()),
    deafen: (deaf) => {
      isDeaf = deaf;
    },
  };
}

function token(id: number): { principal: Principal; expiresAtMs: null } {
  return { principal: { kind: "api_token", id, name: "", scopes: [], repository: null, expiresAt: null, subjects: [`api_token:${id}`] }, expiresAtMs: null };
}

function session(family: string, userId: number): { principal: Principal; expiresAtMs: null } {
  return {
    principal: {
      kind: "user",
      id: userId,
      name: "",
      role: "Viewer",
      session: family,
      expiresAt: new Date(0),
      subjects: [`session:${family}`, `user:${userId}`],
    },
    expiresAtMs: null,
  };
}

describe("a verified caller", () => {
  test("is found until one of its subjects is revoked", () => {
    const { revocations } = revocationsOf();
    const cache = createPrincipalCache(revocations, 100);
    cache.put("a", session("f1", 1), revocations.epoch());
    cache.put("b", session("f2", 1), revocations.epoch());
    cache.put("c", session("f3", 2), revocations.epoch());
    revocations.apply("session:f1");
    expect([cache.get("a"), cache.get("b"), cache.get("c")].map((entry) => entry !== undefined)).toEqual([false, true, true]);
    revocations.apply("user:1");
    expect([cache.get("a"), cache.get("b"), cache.get("c")].map((entry) => entry !== undefined)).toEqual([false, false, true]);
  });

  test("is forgotten when another hub revokes it", () => {
    const { revocations, hear } = revocationsOf();
    const cache = createPrincipalCache(revocations, 100);
    cache.put("a", token(7), revocations.epoch());
    hear("api_token:7");
    expect(cache.get("a")).toBeUndefined();
  });

  test("that was read before a revocation is not kept after it", () => {
    const { revocations } = revocationsOf();
    const cache = createPrincipalCache(revocations, 100);
    const readAt = revocations.epoch();
    revocations.apply("api_token:7");
    cache.put("a", token(7), readAt);
    expect(cache.get("a")).toBeUndefined();
    cache.put("a", token(7), revocations.epoch());
    expect(cache.get("a")).toBeDefined();
  });

  test("is neither found nor kept while nobody hears of revocations", () => {
    const { revocations, deafen } = revocationsOf();
    const cache = createPrincipalCache(revocations, 100);
    cache.put("a", token(1), revocations.epoch());
    deafen(true);
    expect(cache.get("a")).toBeUndefined();
    cache.put("b", token(2), revocations.epoch());
    deafen(false);
    expect(cache.get("a")).toBeDefined();
    expect(cache.get("b")).toBeUndefined();
  });

  test("is forgotten with all others when the listener comes back", () => {
    const { revocations, reconnect } = revocationsOf();
    const cache = createPrincipalCache(revocations, 100);
    cache.put("a", token(1), revocations.epoch());
    reconnect();
    expect(cache.get("a")).toBeUndefined();
    expect(cache.size()).toBe(0);
  });
});

describe("the memory", () => {
  test("is bounded, and those used last stay", () => {
    const { revocations } = revocationsOf();
    const cache = createPrincipalCache(revocations, 100);
    for (let id = 1; id <= 1_000; id++) {
      cache.put(`key${id}`, token(id), revocations.epoch());
      expect(cache.get("key1")).toBeDefined();
      expect(cache.size()).toBeLessThanOrEqual(100);
    }
    for (let id = 960; id <= 1_000; id++) expect(cache.get(`key${id}`)).toBeDefined();
    expect(cache.get("key500")).toBeUndefined();
  });

  test("never answers with a caller that was revoked, whatever the order of events", () => {
    const step = fc.record({ kind: fc.constantFrom("get", "keep", "read", "keep what was read", "revoke"), id: fc.integer({ min: 1, max: 8 }) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 200 }), (steps) => {
        const { revocations } = revocationsOf();
        const cache = createPrincipalCache(revocations, 6);
        const revoked = new Set<number>();
        const reads = new Map<number, number>();
        for (const { kind, id } of steps) {
          if (kind === "get") cache.get(`key${id}`);
          if (kind === "keep" && !revoked.has(id)) cache.put(`key${id}`, token(id), revocations.epoch());
          if (kind === "read" && !revoked.has(id)) reads.set(id, revocations.epoch());
          if (kind === "keep what was read") cache.put(`key${id}`, token(id), reads.get(id) ?? -1);
          if (kind === "revoke") {
            revoked.add(id);
            revocations.apply(`api_token:${id}`);
            if (cache.get(`key${id}`) !== undefined) return false;
          }
        }
        return cache.size() <= 6 && [...revoked].every((id) => cache.get(`key${id}`) === undefined);
      }),
      { numRuns: 1_000 },
    );
  });
});
