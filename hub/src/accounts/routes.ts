import { LoginBody, RefreshBody, RegisterBody, SetupState, TokenPair, User } from "@sentinal/contract";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { Database } from "../database/index.ts";
import { type Access, HttpError, type HttpServer } from "../http/index.ts";
import type { GrantAnswers } from "./grant-answers.ts";
import { findUser, hasUsers } from "./queries.ts";
import { type Caller, refreshCookie, type RegistrationMode, userAnswer } from "./rules.ts";
import type { Refreshed } from "./sessions.ts";
import type { SignIn } from "./sign-in.ts";

type Parts = {
  db: Database;
  version: string;
  registration: RegistrationMode;
  publicUrl: () => string;
  grants: GrantAnswers;
  register(body: RegisterBody, caller: Caller): Promise<User>;
  signIn: SignIn;
  refresh(token: string, caller: Caller): Promise<Refreshed>;
  close(token: string, caller: Caller): Promise<void>;
};

/** No body of these routes is larger; a password may have 1,024 characters of 4 bytes. */
const bodyLimit = 16 * 1024;
const tags = ["Sign-in"];
/** Where the cookie signs in there is no body, which the server reads as null. */
const OptionalRefreshBody = RefreshBody.nullable();

export function registerAccountRoutes(http: HttpServer, access: Access, parts: Parts): void {
  http.get(
    "/api/setup",
    {
      schema: {
        tags,
        summary: "What the first page must show: whether the hub still needs its first account, and who may register",
        response: { 200: SetupState },
      },
    },
    async () => ({ setup_needed: !(await hasUsers(parts.db)), registration: parts.registration, version: parts.version }),
  );

  http.post(
    "/api/auth/register",
    {
      bodyLimit,
      schema: {
        tags,
        summary: "Register an account",
        description:
          "The first account sends `setup_code`, which the hub prints at its start, and becomes Admin. After it `invitation`, from behind the # of an invitation's link, gives the role of the invitation. Without one registration follows SENTINAL_REGISTRATION, and gives the role Viewer.",
        body: RegisterBody,
        response: { 201: User },
      },
    },
    async (request, reply) => reply.status(201).send(await parts.register(request.body, callerOf(request))),
  );

  http.post(
    "/api/auth/login",
    {
      bodyLimit,
      schema: {
        tags,
        summary: "Sign in",
        description:
          "By `username` or `email`. With `cookie: true` the refresh token is set as a cookie instead of standing in the answer. Where the account has a second factor the right password is answered 401 `second_factor_required`, with `challenge` and `methods` for /api/auth/login/second-factor.",
        body: LoginBody,
        response: { 200: TokenPair },
      },
    },
    async (request, reply) => {
      const wantsCookie = request.body.cookie === true;
      parts.grants.admitSignIn(request, wantsCookie);
      const grant = await parts.signIn(request.body, callerOf(request), request.headers["user-agent"] ?? null);
      return parts.grants.answer(reply, grant, wantsCookie);
    },
  );

  http.post(
    "/api/auth/refresh",
    {
      bodyLimit,
      schema: {
        tags,
        summary: "Exchange a refresh token for a new pair",
        description:
          "The token comes in the body or as the cookie. The same token again within 30 seconds gets the same successor, as long as that was not presented here itself; later it ends the whole session.",
        body: OptionalRefreshBody,
        response: { 200: TokenPair },
      },
    },
    async (request, reply) => {
      const { token, isCookie } = refreshTokenOf(request, request.body);
      if (token === null) throw new HttpError("session_ended", "No refresh token was sent.");
      const refreshed = await parts.refresh(token, callerOf(request));
      // The cookie stays as it is: another tab may have put a newer one there meanwhile.
      if (refreshed.kind === "granted") return parts.grants.answer(reply, refreshed.grant, isCookie);
      throw new HttpError("session_ended", refreshed.kind === "reused" ? "The refresh token had been used before, so the session was ended." : undefined);
    },
  );

  http.post(
    "/api/auth/logout",
    {
      bodyLimit,
      schema: {
        tags,
        summary: "Sign out",
        description: "Ends the session of the refresh token in the body or the cookie, with all its tokens.",
        body: OptionalRefreshBody,
        response: { 204: z.null().describe("Signed out") },
      },
    },
    async (request, reply) => {
      const { token, isCookie } = refreshTokenOf(request, request.body);
      if (token !== null) await parts.close(token, callerOf(request));
      if (isCookie) parts.grants.clear(reply);
      return reply.status(204).send(null);
    },
  );

  http.get(
    "/api/auth/me",
    { onRequest: access.guard({ role: "Viewer" }), schema: { tags, summary: "The signed-in user", security: [{ bearer: [] }], response: { 200: User } } },
    async (request) => {
      const user = await findUser(parts.db, access.principal(request).id);
      if (user === undefined) throw new HttpError("session_ended");
      return userAnswer(user);
    },
  );

  /** A token in the body goes before the cookie; where the cookie signs in, the request must come from our own pages. */
  function refreshTokenOf(request: FastifyRequest, body: z.infer<typeof OptionalRefreshBody>): { token: string | null; isCookie: boolean } {
    const inBody = body?.refresh_token;
    if (inBody !== undefined) return { token: inBody, isCookie: false };
    const inCookie = request.cookies[refreshCookie(parts.publicUrl(), request.headers.host).name];
    if (inCookie === undefined) return { token: null, isCookie: false };
    parts.grants.requireOwnOrigin(request);
    return { token: inCookie, isCookie: true };
  }
}

function callerOf(request: FastifyRequest): Caller {
  return { address: request.ip, requestId: request.id };
}
