import { ChangeRoleBody, CheckResetBody, page, PasswordResetLink, Person, ResetOffer, ResetPasswordBody, SessionsEnded } from "@sentinal/contract";
import { z } from "zod";
import type { Refusals } from "../../audit/index.ts";
import { type Access, type CallerRequest, createRateLimit, HttpError, type HttpServer } from "../../http/index.ts";
import { addressBlock } from "../rules.ts";
import { type Act, changeRole, deactivate, endSessionsOf, pageOfPeople, reactivate } from "./people.ts";
import { checkReset, createResetLink, type Parts, resetByLink } from "./resets.ts";

const bodyLimit = 16 * 1024;
const tags = ["People"];
const security = [{ bearer: [] }];
const params = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
/** A person sets a password once; each try may cost a hash. */
const resetsPerAddress = { perMinute: 20, burst: 20 };
const everywhere = "It counts at the next request on every hub, and the sockets of the account are closed.";

export function registerPeopleRoutes(http: HttpServer, access: Access, parts: Parts & { refusals: Refusals }): void {
  const onRequest = access.guard({ role: "Admin" });
  const fresh = access.guard({ role: "Admin", fresh: true });
  const resetLimit = createRateLimit({ ...resetsPerAddress, now: parts.now });

  function actOf(request: CallerRequest): Act {
    return { userId: access.principal(request).id, caller: { address: request.ip, requestId: request.id } };
  }

  http.get(
    "/api/auth/users",
    {
      onRequest,
      schema: {
        tags,
        security,
        summary: "List the accounts, the oldest first",
        querystring: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.string().max(500).optional() }),
        response: { 200: page(Person) },
      },
    },
    async (request) => pageOfPeople(parts.db, request.query),
  );

  http.put(
    "/api/auth/users/:id/role",
    {
      onRequest: fresh,
      bodyLimit,
      schema: {
        tags,
        security,
        summary: "Change the role of an account",
        description: `${everywhere} Who was Admin loses the invitations and links to set a password that they gave out. The last active Admin stays one. Needs a sign-in of the last minutes.`,
        params,
        body: ChangeRoleBody,
        response: { 200: Person },
      },
    },
    async (request) => changeRole(parts, request.params.id, request.body.role, actOf(request)),
  );

  http.post(
    "/api/auth/users/:id/deactivate",
    {
      onRequest: fresh,
      bodyLimit,
      schema: {
        tags,
        security,
        summary: "Deactivate an account",
        description: `All its sessions end and it can open none. ${everywhere} API tokens that it made go on. The last active Admin stays. Needs a sign-in of the last minutes.`,
        params,
        response: { 200: Person },
      },
    },
    async (request) => deactivate(parts, request.params.id, actOf(request)),
  );

  http.post(
    "/api/auth/users/:id/reactivate",
    {
      onRequest: fresh,
      bodyLimit,
      schema: {
        tags,
        security,
        summary: "Let a deactivated account sign in again",
        description: "With its password and role as they were. Needs a sign-in of the last minutes.",
        params,
        response: { 200: Person },
      },
    },
    async (request) => reactivate(parts, request.params.id, actOf(request)),
  );

  http.post(
    "/api/auth/users/:id/end-sessions",
    {
      onRequest: fresh,
      bodyLimit,
      schema: {
        tags,
        security,
        summary: "End all sessions of an account",
        description: `${everywhere} Needs a sign-in of the last minutes.`,
        params,
        response: { 200: SessionsEnded },
      },
    },
    async (request) => endSessionsOf(parts, request.params.id, actOf(request)),
  );

  http.post(
    "/api/auth/users/:id/password-reset",
    {
      onRequest: fresh,
      bodyLimit,
      schema: {
        tags,
        security,
        summary: "Make a link that sets a new password for an account",
        description:
          "The answer holds the link, this once: the hub keeps only the SHA-256 of its token. It counts once, within 24 hours; a newer one takes its place. Needs a sign-in of the last minutes.",
        params,
        response: { 201: PasswordResetLink },
      },
    },
    async (request, reply) => reply.status(201).send(await createResetLink(parts, request.params.id, actOf(request))),
  );

  http.post(
    "/api/auth/password/reset/check",
    {
      bodyLimit,
      schema: {
        tags: ["Sign-in"],
        summary: "Whose password a link sets",
        description: "For whoever holds the link. It is not used by this.",
        body: CheckResetBody,
        response: { 200: ResetOffer },
      },
    },
    async (request) => counted(request, () => checkReset(parts, request.body.token)),
  );

  http.post(
    "/api/auth/password/reset",
    {
      bodyLimit,
      schema: {
        tags: ["Sign-in"],
        summary: "Set a new password with a link",
        description: "All sessions of the account end.",
        body: ResetPasswordBody,
        response: { 204: z.null().describe("The password is set") },
      },
    },
    async (request, reply) => {
      const { token, password } = request.body;
      await counted(request, () => resetByLink(parts, token, password, { address: request.ip, requestId: request.id }));
      return reply.status(204).send(null);
    },
  );

  async function counted<T>(request: CallerRequest, work: () => Promise<T>): Promise<T> {
    try {
      resetLimit.take(addressBlock(request.ip));
      return await work();
    } catch (error) {
      if (error instanceof HttpError) parts.refusals.count({ action: "password_reset.refused", reason: error.code, address: request.ip });
      throw error;
    }
  }
}
