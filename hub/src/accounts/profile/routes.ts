import {
  AccountNotice,
  ChangePasswordBody,
  ChangeProfileBody,
  ReauthenticateBody,
  Reauthenticated,
  SessionOfUser,
  SessionsEnded,
  User,
} from "@sentinal/contract";
import { z } from "zod";
import { type Access, type CallerRequest, type HttpServer } from "../../http/index.ts";
import { noticesOf, putAway } from "./notices.ts";
import { changeNames, changePassword, endAllSessions, endOtherSessions, endOwnSession, type Parts, sessionsOf } from "./profile.ts";
import { type Act, noteProof } from "./reauthentication.ts";

const bodyLimit = 16 * 1024;
const tags = ["Profile"];
const security = [{ bearer: [] }];

export function registerProfileRoutes(http: HttpServer, access: Access, parts: Parts & { now: () => number }): void {
  const onRequest = access.guard({ role: "Viewer" });
  const fresh = access.guard({ role: "Viewer", fresh: true });

  function actOf(request: CallerRequest): Act {
    const principal = access.principal(request);
    if (principal.kind !== "user") throw new Error("a route of a user's own was reached by something else");
    return { userId: principal.id, session: principal.session, caller: { address: request.ip, requestId: request.id } };
  }

  async function prove(body: ReauthenticateBody, act: Act): Promise<string> {
    if (body.password === undefined) return parts.secondFactors.proveByPasskey(body, act);
    await parts.provePassword(act.userId, body.password, "password", act.caller);
    return parts.secondFactors.proveBesidePassword(body, act);
  }

  http.get(
    "/api/auth/sessions",
    {
      onRequest,
      schema: {
        tags,
        security,
        summary: "Your sessions that run",
        description: "The one that asks first, then by last use; at most 200.",
        response: { 200: z.object({ items: z.array(SessionOfUser) }) },
      },
    },
    async (request) => {
      const act = actOf(request);
      return { items: await sessionsOf(parts.db, act.userId, act.session) };
    },
  );

  http.post(
    "/api/auth/sessions/:id/end",
    {
      onRequest,
      bodyLimit,
      schema: {
        tags,
        security,
        summary: "End one of your sessions",
        description: "It is dead at the next request on every hub, and its sockets are closed.",
        params: z.object({ id: z.uuid() }),
        response: { 204: z.null().describe("It is over") },
      },
    },
    async (request, reply) => {
      await endOwnSession(parts, request.params.id, actOf(request));
      return reply.status(204).send(null);
    },
  );

  http.post(
    "/api/auth/sessions/end-others",
    {
      onRequest: fresh,
      bodyLimit,
      schema: {
        tags,
        security,
        summary: "End all your sessions but this one",
        description: "Needs a sign-in of the last minutes.",
        response: { 200: SessionsEnded },
      },
    },
    async (request) => ({ sessions_ended: await endOtherSessions(parts, actOf(request)) }),
  );

  http.post(
    "/api/auth/sessions/end-all",
    {
      onRequest: fresh,
      bodyLimit,
      schema: {
        tags,
        security,
        summary: "End all your sessions, also this one",
        description: "Needs a sign-in of the last minutes.",
        response: { 200: SessionsEnded },
      },
    },
    async (request) => ({ sessions_ended: await endAllSessions(parts, actOf(request)) }),
  );

  http.post(
    "/api/auth/password",
    {
      onRequest,
      bodyLimit,
      schema: {
        tags,
        security,
        summary: "Change your password",
        description:
          "Ends your other sessions. A wrong `current_password` counts as a failed sign-in. Where you have a second factor it does not count as a proof for sensitive acts.",
        body: ChangePasswordBody,
        response: { 204: z.null().describe("The password is changed") },
      },
    },
    async (request, reply) => {
      await changePassword(parts, request.body, actOf(request));
      return reply.status(204).send(null);
    },
  );

  http.put(
    "/api/auth/profile",
    {
      onRequest: fresh,
      bodyLimit,
      schema: {
        tags,
        security,
        summary: "Change your name or address",
        description: "You sign in with the new one from then on. Needs a sign-in of the last minutes.",
        body: ChangeProfileBody,
        response: { 200: User },
      },
    },
    async (request) => changeNames(parts, request.body, actOf(request)),
  );

  http.post(
    "/api/auth/reauthenticate",
    {
      onRequest,
      bodyLimit,
      schema: {
        tags,
        security,
        summary: "Prove again who you are",
        description:
          "By what signs you in: `password`, where the account has a second factor with a `code` of its authenticator app or a `recovery_code`; or a `passkey` alone, with the `challenge` of /api/auth/reauthenticate/passkey-options. A right password alone is answered 403 `second_factor_missing` with the `methods` that the account has. Sensitive acts answer 403 `reauthentication_required` when the last proof in this session is older than 5 minutes.",
        body: ReauthenticateBody,
        response: { 200: Reauthenticated },
      },
    },
    async (request) => {
      const act = actOf(request);
      const by = await prove(request.body, act);
      return { fresh_until: (await noteProof(parts.db, act, by, parts.now())).toISOString() };
    },
  );

  http.get(
    "/api/auth/notices",
    {
      onRequest,
      schema: {
        tags,
        security,
        summary: "What happened to your account that you should know",
        description: "Until you put it away; the newest first.",
        response: { 200: z.object({ items: z.array(AccountNotice) }) },
      },
    },
    async (request) => {
      return { items: await noticesOf(parts.db, actOf(request).userId) };
    },
  );

  http.post(
    "/api/auth/notices/:id/dismiss",
    {
      onRequest,
      bodyLimit,
      schema: {
        tags,
        security,
        summary: "Put a notice away",
        params: z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }),
        response: { 204: z.null().describe("It is not shown any more") },
      },
    },
    async (request, reply) => {
      await putAway(parts.db, request.params.id, actOf(request));
      return reply.status(204).send(null);
    },
  );
}
