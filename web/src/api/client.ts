import type { Session } from "../session/session.ts";
import { stringifySearch } from "../url-state.ts";
import { ApiProblem, problemOf, unansweredProblem, unprovedProblem } from "./problem.ts";

const answerWithinMs = 30_000;
/** For what is saved as a file: it may be large. */
const fileWithinMs = 10 * 60_000;

export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
/** Calls to the hub as the signed-in user. Every failure is an ApiProblem; answers have the shapes of the contract. */
export function createClient(
  session: Pick<Session, "token" | "tokenAfterRefusal">,
  send: (path: string, init: RequestInit) => Promise<Response> = (path, init) => fetch(path, init),
  /** Asks the person to prove again who they are; true when they did. */
  proveAgain: () => Promise<boolean> = async () => false,
) {
  /** A sensitive call that was refused for the age of the last proof is sent once more after a new one. */
  async function request(path: string, init: RequestInit, signal?: AbortSignal, withinMs = answerWithinMs): Promise<Response> {
    const response = await signedRequest(path, init, signal, withinMs);
    if (response.ok) return response;
    const problem = await problemOf(response);
    if (problem.code !== "reauthentication_required") throw problem;
    if (!(await proveAgain())) throw unprovedProblem(problem);
    const repeated = await signedRequest(path, init, signal, withinMs);
    if (!repeated.ok) throw await problemOf(repeated);
    return repeated;
  }

  async function signedRequest(path: string, init: RequestInit, signal: AbortSignal | undefined, withinMs: number): Promise<Response> {
    const token = await session.token();
    let response = await sendOnce(path, init, token, signal, withinMs);
    if (response.status === 401 && token !== null) {
      const next = await session.tokenAfterRefusal(token);
      if (next !== null) response = await sendOnce(path, init, next, signal, withinMs);
    }
    return response;
  }

  async function sendOnce(path: string, init: RequestInit, token: string | null, signal: AbortSignal | undefined, withinMs: number): Promise<Response> {
    const headers = new Headers(init.headers);
    if (token !== null) headers.set("authorization", `Bearer ${token}`);
    const limit = AbortSignal.timeout(withinMs);
    try {
      return await send(path, { ...init, headers, credentials: "same-origin", signal: signal === undefined ? limit : AbortSignal.any([signal, limit]) });
    } catch (error) {
      // A call that the page itself gave up is no problem to show.
      if (signal?.aborted === true) throw error;
      throw unansweredProblem(error);
    }
  }

  return {
    async get<Answer>(path: string, query: Query = {}, signal?: AbortSignal): Promise<Answer> {
      const response = await request(path + stringifySearch({ ...query }), { method: "GET" }, signal);
      return response.json();
    },

    async post<Answer>(path: string, body?: unknown): Promise<Answer> {
      const init = body === undefined ? { method: "POST" } : { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } };
      const response = await request(path, init);
      return response.json();
    },

    /** Does what has nothing to answer. */
    async act(path: string, body?: unknown): Promise<void> {
      await request(
        path,
        body === undefined ? { method: "POST" } : { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } },
      );
    },

    async put<Answer>(path: string, body: unknown): Promise<Answer> {
      const response = await request(path, { method: "PUT", body: JSON.stringify(body), headers: { "content-type": "application/json" } });
      return response.json();
    },

    /** The bytes of an answer, for saving as a file. */
    async bytes(path: string, query: Query = {}): Promise<Blob> {
      const response = await request(path + stringifySearch({ ...query }), { method: "GET" }, undefined, fileWithinMs);
      return response.blob();
    },
  };
}

/** Whether trying the same call again may help. */
export function isWorthRetrying(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 0 || error.status === 429 || error.status >= 500) && error.code !== "page_fault";
}
