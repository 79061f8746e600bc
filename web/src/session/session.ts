import type { LoginBody, PasskeySignInBody, SecondFactorBody, TokenPair } from "@sentinal/contract";
import { problemOf, unansweredProblem } from "../api/problem.ts";

/** Renewed so long before its end. */
export const renewalMarginMs = 60_000;
const answerWithinMs = 20_000;

export type SessionPhase = "starting" | "signed_in" | "signed_out";
type Access = { token: string; endsAtMs: number };

/** What tabs of one browser tell each other. The access token travels between their memories only. */
export type SessionMessage = { kind: "renewed"; token: string; endsAtMs: number; grantedAtMs: number } | { kind: "signed_in" } | { kind: "signed_out" };

/** What a session needs of the browser; given, so that it can be exercised without one. */
export type SessionSurroundings = {
  fetch(path: string, init: RequestInit): Promise<Response>;
  nowMs(): number;
  /** Calls once after the delay; the answer cancels. */
  schedule(delayMs: number, task: () => void): () => void;
  /** Runs the task while no other tab runs one. */
  exclusively<Answer>(task: () => Promise<Answer>): Promise<Answer>;
  tell(message: SessionMessage): void;
  onTold(listener: (message: SessionMessage) => void): void;
};

export type Session = ReturnType<typeof createSession>;

/**
 * The signed-in browser: the access token lives in memory, the refresh token in a cookie that scripts cannot read.
 * Tabs share renewals, so that one cookie is not spent twice.
 */
export function createSession(surroundings: SessionSurroundings) {
  const { nowMs } = surroundings;
  const listeners = new Set<() => void>();
  let phase: SessionPhase = "starting";
  let access: Access | null = null;
  /** What another tab got last, and when; taken where it is newer than the need for it. */
  let told: (Access & { grantedAtMs: number }) | null = null;
  let renewing: Promise<string | null> | null = null;
  let cancelRenewal = () => {};

  surroundings.onTold((message) => {
    if (message.kind === "renewed") {
      told = { token: message.token, endsAtMs: message.endsAtMs, grantedAtMs: message.grantedAtMs };
      if (phase === "signed_in") accept(told);
    }
    if (message.kind === "signed_out") leave();
    if (message.kind === "signed_in" && phase === "signed_out") void renew().catch(() => {});
  });

  function enter(next: SessionPhase): void {
    if (phase === next) return;
    phase = next;
    for (const listener of listeners) listener();
  }

  function leave(): void {
    access = null;
    told = null;
    cancelRenewal();
    enter("signed_out");
  }

  function accept(granted: Access): void {
    access = { token: granted.token, endsAtMs: granted.endsAtMs };
    cancelRenewal();
    const inMs = Math.max(0, granted.endsAtMs - renewalMarginMs - nowMs());
    // A failed renewal ahead of time does no harm: the next call tries again, and tells.
    cancelRenewal = surroundings.schedule(inMs, () => void renew().catch(() => {}));
    enter("signed_in");
  }

  async function post(path: string, body?: unknown): Promise<Response> {
    try {
      return await surroundings.fetch(path, {
        method: "POST",
        credentials: "same-origin",
        signal: AbortSignal.timeout(answerWithinMs),
        ...(body !== undefined && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
      });
    } catch (error) {
      throw unansweredProblem(error);
    }
  }

  async function grantOf(response: Response): Promise<Access> {
    const pair: TokenPair = await response.json();
    return { token: pair.access_token, endsAtMs: nowMs() + pair.expires_in * 1_000 };
  }

  /** One renewal at a time, in this tab and over all tabs. Null: nobody is signed in. Throws ApiProblem when the hub gives no usable answer. */
  function renew(): Promise<string | null> {
    const neededAtMs = nowMs();
    renewing ??= surroundings
      .exclusively(async () => {
        if (told !== null && told.grantedAtMs >= neededAtMs && isFresh(told)) {
          accept(told);
          return told.token;
        }
        const response = await post("/api/auth/refresh");
        if (response.status === 401) {
          leave();
          return null;
        }
        if (!response.ok) throw await problemOf(response);
        const granted = await grantOf(response);
        accept(granted);
        surroundings.tell({ kind: "renewed", ...granted, grantedAtMs: nowMs() });
        return granted.token;
      })
      .finally(() => {
        renewing = null;
      });
    return renewing;
  }

  async function signInAt(path: string, body: object): Promise<void> {
    const response = await post(path, { ...body, cookie: true });
    if (!response.ok) throw await problemOf(response);
    accept(await grantOf(response));
    surroundings.tell({ kind: "signed_in" });
  }

  function isFresh(candidate: Access): boolean {
    return candidate.endsAtMs - renewalMarginMs > nowMs();
  }

  return {
    phase: () => phase,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    /** Finds out whether the cookie signs somebody in. Throws ApiProblem when the hub gives no usable answer. */
    async start(): Promise<SessionPhase> {
      if (phase === "starting") await renew();
      return phase;
    },

    /** A token for the next call, renewed where it is about to end; null when nobody is signed in. */
    async token(): Promise<string | null> {
      if (phase === "signed_out") return null;
      if (access !== null && isFresh(access)) return access.token;
      return renew();
    },

    /** A token other than the one that was just refused; null when the session has ended. */
    async tokenAfterRefusal(refused: string): Promise<string | null> {
      if (access !== null && access.token !== refused && isFresh(access)) return access.token;
      return renew();
    },

    /** Throws ApiProblem with the hub's reason; with its `demand` where a second factor is needed. */
    signIn: (credentials: Omit<LoginBody, "cookie">): Promise<void> => signInAt("/api/auth/login", credentials),

    /** The second step, by what the demand of the first one asked for. Throws ApiProblem. */
    signInWithSecondFactor: (shown: Omit<SecondFactorBody, "cookie">): Promise<void> => signInAt("/api/auth/login/second-factor", shown),

    /** By a passkey and nothing else. Throws ApiProblem. */
    signInWithPasskey: (shown: Omit<PasskeySignInBody, "cookie">): Promise<void> => signInAt("/api/auth/passkeys/sign-in", shown),

    /** Ends the session at the hub and in all tabs. Throws ApiProblem when the hub does not confirm. */
    async signOut(): Promise<void> {
      const response = await post("/api/auth/logout");
      if (!response.ok && response.status !== 401) throw await problemOf(response);
      leave();
      surroundings.tell({ kind: "signed_out" });
    },
  };
}
