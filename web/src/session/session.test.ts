import { describe, expect, test } from "vitest";
import { createSession, renewalMarginMs, type SessionMessage, type SessionSurroundings } from "./session.ts";

const lifeSeconds = 900;

/** A browser with several tabs over one hub that rotates its cookie: a spent one is refused. */
function browser() {
  let nowMs = 1_000_000;
  let grants = 0;
  let isCookieGood = true;
  let isReachable = true;
  let queue: Promise<unknown> = Promise.resolve();
  const calls: string[] = [];
  const tabs: ((message: SessionMessage) => void)[] = [];
  const timers = new Set<{ atMs: number; task: () => void }>();

  function pair(): Response {
    grants++;
    return Response.json({ access_token: `access-${grants}`, token_type: "bearer", expires_in: lifeSeconds });
  }

  function tab() {
    let hear: (message: SessionMessage) => void = () => {};
    tabs.push((message) => hear(message));
    const own = tabs.length - 1;
    const surroundings: SessionSurroundings = {
      async fetch(path) {
        if (!isReachable) throw new TypeError("fetch failed");
        calls.push(path);
        if (path === "/api/auth/logout") {
          isCookieGood = false;
          return new Response(null, { status: 204 });
        }
        if (path === "/api/auth/login") isCookieGood = true;
        if (isCookieGood) return pair();
        return Response.json(
          { type: "", title: "The session has ended", status: 401, detail: "Sign in again.", code: "session_ended", request_id: "r" },
          { status: 401 },
        );
      },
      nowMs: () => nowMs,
      schedule(delayMs, task) {
        const timer = { atMs: nowMs + delayMs, task };
        timers.add(timer);
        return () => timers.delete(timer);
      },
      exclusively<Answer>(task: () => Promise<Answer>): Promise<Answer> {
        const turn = queue.then(task);
        queue = turn.catch(() => {});
        return turn;
      },
      tell(message) {
        tabs.forEach((tell, index) => index !== own && tell(message));
      },
      onTold(listener) {
        hear = listener;
      },
    };
    return createSession(surroundings);
  }

  return {
    tab,
    calls,
    endCookie: () => (isCookieGood = false),
    setReachable: (reachable: boolean) => (isReachable = reachable),
    async pass(ms: number) {
      nowMs += ms;
      for (const timer of [...timers]) {
        if (timer.atMs > nowMs) continue;
        timers.delete(timer);
        timer.task();
      }
      await queue;
      await Promise.resolve();
    },
  };
}

describe("a page load", () => {
  test("signs in by the cookie", async () => {
    const { tab, calls } = browser();
    const session = tab();
    expect(await session.start()).toBe("signed_in");
    expect(await session.token()).toBe("access-1");
    expect(calls).toEqual(["/api/auth/refresh"]);
  });

  test("without a good cookie finds nobody signed in", async () => {
    const { tab, endCookie } = browser();
    endCookie();
    const session = tab();
    expect(await session.start()).toBe("signed_out");
    expect(await session.token()).toBeNull();
  });

  test("with the hub out of reach does not claim that nobody is signed in, and may be tried again", async () => {
    const { tab, setReachable } = browser();
    setReachable(false);
    const session = tab();
    await expect(session.start()).rejects.toMatchObject({ code: "unreachable" });
    expect(session.phase()).toBe("starting");
    setReachable(true);
    expect(await session.start()).toBe("signed_in");
  });
});

describe("the access token", () => {
  test("is renewed a minute before its end", async () => {
    const { tab, calls, pass } = browser();
    const session = tab();
    await session.start();
    await pass(lifeSeconds * 1_000 - renewalMarginMs - 1);
    expect(calls).toHaveLength(1);
    await pass(1);
    expect(calls).toHaveLength(2);
    expect(await session.token()).toBe("access-2");
  });

  test("is renewed once for calls that come together", async () => {
    const { tab, calls } = browser();
    const session = tab();
    await session.start();
    const tokens = await Promise.all([session.tokenAfterRefusal("access-1"), session.tokenAfterRefusal("access-1"), session.tokenAfterRefusal("access-1")]);
    expect(tokens).toEqual(["access-2", "access-2", "access-2"]);
    expect(calls).toHaveLength(2);
  });

  test("that was refused is not asked for again when a newer one is here already", async () => {
    const { tab, calls } = browser();
    const session = tab();
    await session.start();
    await session.tokenAfterRefusal("access-1");
    expect(await session.tokenAfterRefusal("access-1")).toBe("access-2");
    expect(calls).toHaveLength(2);
  });

  test("whose renewal is refused ends the session", async () => {
    const { tab, endCookie } = browser();
    const session = tab();
    await session.start();
    endCookie();
    expect(await session.tokenAfterRefusal("access-1")).toBeNull();
    expect(session.phase()).toBe("signed_out");
  });
});

describe("tabs of one browser", () => {
  test("that start at the same moment spend the cookie once", async () => {
    const { tab, calls } = browser();
    const [one, other] = [tab(), tab()];
    expect(await Promise.all([one.start(), other.start()])).toEqual(["signed_in", "signed_in"]);
    expect(calls).toHaveLength(1);
    expect(await other.token()).toBe(await one.token());
  });

  test("that both need a new token ask the hub once", async () => {
    const { tab, calls, pass } = browser();
    const [one, other] = [tab(), tab()];
    await one.start();
    await other.start();
    const before = calls.length;
    await pass(lifeSeconds * 1_000);
    expect(await one.token()).toBe(await other.token());
    expect(calls.length - before).toBe(1);
  });

  test("sign out together", async () => {
    const { tab } = browser();
    const [one, other] = [tab(), tab()];
    await one.start();
    await other.start();
    let notices = 0;
    other.subscribe(() => notices++);
    await one.signOut();
    expect(other.phase()).toBe("signed_out");
    expect(notices).toBe(1);
    expect(await other.token()).toBeNull();
  });

  test("sign in together", async () => {
    const { tab, endCookie } = browser();
    endCookie();
    const [one, other] = [tab(), tab()];
    await one.start();
    await other.start();
    const signedIn = new Promise<void>((resolve) => other.subscribe(() => other.phase() === "signed_in" && resolve()));
    await one.signIn({ username: "ada", password: "correct horse battery" });
    await signedIn;
    expect(one.phase()).toBe("signed_in");
  });
});
