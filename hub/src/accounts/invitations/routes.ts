import { CheckInvitationBody, CreatedInvitation, CreateInvitationBody, Invitation, InvitationOffer, page } from "@sentinal/contract";
import { z } from "zod";
import type { Refusals } from "../../audit/index.ts";
import { type Access, type CallerRequest, createRateLimit, HttpError, type HttpServer } from "../../http/index.ts";
import { addressBlock, type Caller } from "../rules.ts";
import { checkInvitation, createInvitation, pageOfInvitations, type Parts, revokeInvitationById } from "./invitations.ts";

const bodyLimit = 16 * 1024;
const tags = ["People"];
const security = [{ bearer: [] }];
const id = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
/** A page asks once. */
const checksPerAddress = { perMinute: 60, burst: 60 };

export function registerInvitationRoutes(http: HttpServer, access: Access, parts: Parts & { refusals: Refusals }): void {
  const onRequest = access.guard({ role: "Admin" });
  const checkLimit = createRateLimit({ ...checksPerAddress, now: parts.now });

  function actOf(request: CallerRequest): { userId: number; caller: Caller } {
    return { userId: access.principal(request).id, caller: { address: request.ip, requestId: request.id } };
  }

  http.post(
    "/api/auth/invitations",
    {
      onRequest: access.guard({ role: "Admin", fresh: true }),
      bodyLimit,
      schema: {
        tags,
        security,
        summary: "Invite somebody",
        description:
          "The answer holds the link, this once: the hub keeps only the SHA-256 of its token. It makes one account of the role; with `email` that account must have this address. Needs a sign-in of the last minutes.",
        body: CreateInvitationBody,
        response: { 201: CreatedInvitation },
      },
    },
    async (request, reply) => reply.status(201).send(await createInvitation(parts, request.body, actOf(request))),
  );

  http.get(
    "/api/auth/invitations",
    {
      onRequest,
      schema: {
        tags,
        security,
        summary: "List the invitations, the newest first",
        querystring: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.string().max(500).optional() }),
        response: { 200: page(Invitation) },
      },
    },
    async (request) => pageOfInvitations(parts, request.query),
  );

  http.post(
    "/api/auth/invitations/:id/revoke",
    {
      onRequest,
      bodyLimit,
      schema: { tags, security, summary: "Revoke an invitation", params: z.object({ id }), response: { 200: Invitation } },
    },
    async (request) => revokeInvitationById(parts, request.params.id, actOf(request)),
  );

  http.post(
    "/api/auth/invitations/check",
    {
      bodyLimit,
      schema: {
        tags,
        summary: "What an invitation offers",
        description: "For whoever holds it, before they make the account. The invitation is not used by this.",
        body: CheckInvitationBody,
        response: { 200: InvitationOffer },
      },
    },
    async (request) => {
      try {
        checkLimit.take(addressBlock(request.ip));
        return await checkInvitation(parts, request.body.invitation);
      } catch (error) {
        if (error instanceof HttpError) parts.refusals.count({ action: "invitation.refused", reason: error.code, address: request.ip });
        throw error;
      }
    },
  );
}
