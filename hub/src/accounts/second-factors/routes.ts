import {
  ConfirmTotpBody,
  Passkey,
  PasskeyAdded,
  PasskeyCreationOptions,
  PasskeyRequestOptions,
  RecoveryCodes,
  RegisterPasskeyBody,
  RenamePasskeyBody,
  SecondFactorAdded,
  SecondFactors,
  SecondFactorsReset,
  TotpEnrolment,
} from "@sentinal/contract";
import { z } from "zod";
import type { Access, CallerRequest, HttpServer } from "../../http/index.ts";
import {
  type Act,
  addPasskey,
  beginPasskey,
  beginTotp,
  confirmTotp,
  removePasskey,
  removeTotp,
  renamePasskey,
  renewRecoveryCodes,
  resetFactors,
  showFactors,
} from "./keeping.ts";
import type { Parts } from "./proofs.ts";
import { proofOptions } from "./reauthentication.ts";

/** A new passkey may come with its maker's certificates. */
const bodyLimit = 32 * 1024;
const tags = ["Second factors"];
const security = [{ bearer: [] }];
const params = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
const needsProof = "Needs a sign-in of the last minutes.";

export function registerFactorRoutes(http: HttpServer, access: Access, parts: Parts): void {
  const onRequest = access.guard({ role: "Viewer" });
  const fresh = access.guard({ role: "Viewer", fresh: true });

  function actOf(request: CallerRequest): Act {
    const principal = access.principal(request);
    if (principal.kind !== "user") throw new Error("a route of a user's own was reached by something else");
    return { userId: principal.id, session: principal.session, caller: { address: request.ip, requestId: request.id } };
  }

  http.get(
    "/api/auth/second-factors",
    { onRequest, schema: { tags, security, summary: "Your second factors, and where passkeys work", response: { 200: SecondFactors } } },
    async (request) => showFactors(parts, actOf(request).userId),
  );

  http.post(
    "/api/auth/second-factors/totp",
    {
      onRequest: fresh,
      bodyLimit,
      schema: {
        tags,
        security,
        summary: "Begin with an authenticator app",
        description: `The answer holds the app's secret, this once. It counts once /api/auth/second-factors/totp/confirm took a code of it. ${needsProof}`,
        response: { 201: TotpEnrolment },
      },
    },
    async (request, reply) => reply.status(201).send(await beginTotp(parts, actOf(request))),
  );

  http.post(
    "/api/auth/second-factors/totp/confirm",
    {
      onRequest: fresh,
      bodyLimit,
      schema: {
        tags,
        security,
        summary: "Confirm the authenticator app with a code of it",
        description: `With the first second factor come 10 recovery codes, shown this once. ${needsProof}`,
        body: ConfirmTotpBody,
        response: { 200: SecondFactorAdded },
      },
    },
    async (request) => confirmTotp(parts, request.body.code, actOf(request)),
  );

  http.post(
    "/api/auth/second-factors/totp/remove",
    {
      onRequest: fresh,
      bodyLimit,
      schema: { tags, security, summary: "Remove the authenticator app", description: needsProof, response: { 204: z.null().describe("It is removed") } },
    },
    async (request, reply) => {
      await removeTotp(parts, actOf(request));
      return reply.status(204).send(null);
    },
  );

  http.post(
    "/api/auth/second-factors/recovery-codes",
    {
      onRequest: fresh,
      bodyLimit,
      schema: {
        tags,
        security,
        summary: "Make new recovery codes",
        description: `Shown this once; those before count no more. ${needsProof}`,
        response: { 201: RecoveryCodes },
      },
    },
    async (request, reply) => reply.status(201).send({ recovery_codes: await renewRecoveryCodes(parts, actOf(request)) }),
  );

  http.post(
    "/api/auth/passkeys/register-options",
    {
      onRequest: fresh,
      bodyLimit,
      schema: {
        tags,
        security,
        summary: "Begin with a passkey",
        description: `\`options\` are for navigator.credentials.create; \`challenge\` goes back with its answer within 5 minutes. ${needsProof}`,
        response: { 200: PasskeyCreationOptions },
      },
    },
    async (request) => beginPasskey(parts, actOf(request)),
  );

  http.post(
    "/api/auth/passkeys/register",
    {
      onRequest: fresh,
      bodyLimit,
      schema: {
        tags,
        security,
        summary: "Register a passkey",
        description: `With the first second factor come 10 recovery codes, shown this once. ${needsProof}`,
        body: RegisterPasskeyBody,
        response: { 201: PasskeyAdded },
      },
    },
    async (request, reply) => reply.status(201).send(await addPasskey(parts, request.body, actOf(request))),
  );

  http.put(
    "/api/auth/passkeys/:id",
    { onRequest, bodyLimit, schema: { tags, security, summary: "Name a passkey", params, body: RenamePasskeyBody, response: { 200: Passkey } } },
    async (request) => renamePasskey(parts, request.params.id, request.body.name, actOf(request)),
  );

  http.post(
    "/api/auth/passkeys/:id/remove",
    {
      onRequest: fresh,
      bodyLimit,
      schema: { tags, security, summary: "Remove a passkey", description: needsProof, params, response: { 204: z.null().describe("It is removed") } },
    },
    async (request, reply) => {
      await removePasskey(parts, request.params.id, actOf(request));
      return reply.status(204).send(null);
    },
  );

  http.post(
    "/api/auth/reauthenticate/passkey-options",
    {
      onRequest,
      bodyLimit,
      schema: {
        tags: ["Profile"],
        security,
        summary: "What a browser asks a passkey to sign, to prove again who you are",
        description: "`options` are for navigator.credentials.get; `challenge` goes to /api/auth/reauthenticate with its answer.",
        response: { 200: PasskeyRequestOptions },
      },
    },
    async (request) => proofOptions(parts, actOf(request)),
  );

  http.post(
    "/api/auth/users/:id/reset-second-factors",
    {
      onRequest: access.guard({ role: "Admin", fresh: true }),
      bodyLimit,
      schema: {
        tags: ["People"],
        security,
        summary: "Remove all second factors of an account",
        description: `For somebody who lost theirs: the password alone signs in then. All sessions of the account end. ${needsProof}`,
        params,
        response: { 200: SecondFactorsReset },
      },
    },
    async (request) => {
      const { userId, caller } = actOf(request);
      return resetFactors(parts, { id: request.params.id }, { kind: "user", id: userId }, caller);
    },
  );
}
