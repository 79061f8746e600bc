import type { ReauthenticateBody, SecondFactorsReset } from "@sentinal/contract";
import type { Actor } from "../../audit/index.ts";
import type { Access, HttpError, HttpServer } from "../../http/index.ts";
import type { GrantAnswers } from "../grant-answers.ts";
import { type Act, resetFactors } from "./keeping.ts";
import type { Parts } from "./proofs.ts";
import { type PasswordProof, proveBesidePassword, proveByPasskey } from "./reauthentication.ts";
import { registerFactorRoutes } from "./routes.ts";
import { registerSecondStepRoutes } from "./sign-in-routes.ts";
import { demandSecondFactor } from "./sign-in.ts";

export { needsSecondFactor } from "./reauthentication.ts";

/** Authenticator apps, passkeys and recovery codes. */
export type SecondFactors = {
  registerRoutes(http: HttpServer, access: Access, grants: GrantAnswers): void;
  /** The error that a right password is answered with where the account has a second factor; null where it is enough. */
  demand(user: { id: number; passwordHash: string }): Promise<HttpError | null>;
  /** Checks a passkey of somebody who is signed in. Throws HttpError `passkey_refused` or `too_many_requests`. */
  proveByPasskey(body: ReauthenticateBody, act: Act): Promise<"passkey">;
  /** Checks what stands beside a right password. Throws HttpError `second_factor_missing`, `code_wrong` or `too_many_requests`. */
  proveBesidePassword(body: ReauthenticateBody, act: Act): Promise<PasswordProof>;
  /** For the operator: takes all second factors of an account away and ends its sessions. Throws HttpError `not_found`. */
  reset(username: string, actor: Actor): Promise<SecondFactorsReset>;
};

export function createSecondFactors(parts: Parts): SecondFactors {
  return {
    registerRoutes(http, access, grants) {
      registerSecondStepRoutes(http, { ...parts, grants });
      registerFactorRoutes(http, access, parts);
    },
    demand: (user) => demandSecondFactor(parts, user),
    proveByPasskey: (body, act) => proveByPasskey(parts, body, act),
    proveBesidePassword: (body, act) => proveBesidePassword(parts, body, act),
    reset: (username, actor) => resetFactors(parts, { username }, actor),
  };
}
