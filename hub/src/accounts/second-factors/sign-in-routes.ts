import { PasskeyOptionsBody, PasskeyRequestOptions, PasskeySignInBody, SecondFactorBody, TokenPair } from "@sentinal/contract";
import type { FastifyRequest } from "fastify";
import type { HttpServer } from "../../http/index.ts";
import type { GrantAnswers } from "../grant-answers.ts";
import type { Caller } from "../rules.ts";
import type { Parts } from "./proofs.ts";
import { passkeyOptions, signInWithPasskey, signInWithSecondFactor } from "./sign-in.ts";

/** A passkey's answer holds a certificate at the most. */
const bodyLimit = 32 * 1024;
const tags = ["Sign-in"];

export function registerSecondStepRoutes(http: HttpServer, parts: Parts & { grants: GrantAnswers }): void {
  http.post(
    "/api/auth/login/second-factor",
    {
      bodyLimit,
      schema: {
        tags,
        summary: "Sign in: the second step",
        description:
          "With the `challenge` of a right password and one of `code` (authenticator app), `passkey` (by the options of /api/auth/passkeys/options) and `recovery_code`. A challenge lasts 5 minutes and takes 5 tries.",
        body: SecondFactorBody,
        response: { 200: TokenPair },
      },
    },
    async (request, reply) => {
      const wantsCookie = request.body.cookie === true;
      parts.grants.admitSignIn(request, wantsCookie);
      const grant = await signInWithSecondFactor(parts, request.body, callerOf(request), request.headers["user-agent"] ?? null);
      return parts.grants.answer(reply, grant, wantsCookie);
    },
  );

  http.post(
    "/api/auth/passkeys/options",
    {
      bodyLimit,
      schema: {
        tags,
        summary: "What a browser asks a passkey to sign, for a sign-in",
        description:
          "Without a body to sign in by passkey alone, with the `challenge` of a right password for its second step. `options` are for navigator.credentials.get; `challenge` goes back with its answer.",
        body: PasskeyOptionsBody,
        response: { 200: PasskeyRequestOptions },
      },
    },
    async (request) => passkeyOptions(parts, request.body?.challenge, callerOf(request)),
  );

  http.post(
    "/api/auth/passkeys/sign-in",
    {
      bodyLimit,
      schema: {
        tags,
        summary: "Sign in by passkey alone",
        description: "The passkey verifies its user (fingerprint, face or PIN), so that nothing else is asked.",
        body: PasskeySignInBody,
        response: { 200: TokenPair },
      },
    },
    async (request, reply) => {
      const wantsCookie = request.body.cookie === true;
      parts.grants.admitSignIn(request, wantsCookie);
      const grant = await signInWithPasskey(parts, request.body, callerOf(request), request.headers["user-agent"] ?? null);
      return parts.grants.answer(reply, grant, wantsCookie);
    },
  );
}

function callerOf(request: FastifyRequest): Caller {
  return { address: request.ip, requestId: request.id };
}
