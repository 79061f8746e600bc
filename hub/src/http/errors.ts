import type { FieldProblem } from "@sentinal/contract";

/**
 * Every expected error, once: stable code → status, title, and what to do.
 * A bug is none of these: it is thrown as it is and answered 500 with the request id only.
 */
export const errorCatalogue = {
  bad_request: { status: 400, title: "The request cannot be read", fix: "Correct what `errors` names and send it again." },
  body_not_json: { status: 400, title: "The body is not JSON", fix: "Send one JSON object, encoded as UTF-8." },
  body_incomplete: { status: 400, title: "The body was cut off", fix: "Send the whole body; nothing of this one was kept." },
  field_invalid: { status: 400, title: "A field has a wrong value", fix: "Correct the fields that `errors` names." },
  token_in_url: {
    status: 400,
    title: "A token stood in the address",
    fix: "That token has been revoked, for addresses are written to logs. Make a new one and send it in the Authorization header.",
  },
  authorization_pending: { status: 400, title: "Nobody has decided yet", fix: "Ask again after the seconds of `interval`." },
  slow_down: { status: 400, title: "Asked too often", fix: "Wait 5 seconds longer than before between two questions." },
  expired: { status: 400, title: "The code is too old", fix: "Begin anew, with `sentinal login`." },
  denied: { status: 400, title: "The sign-in was denied", fix: "Begin anew, with `sentinal login`, and approve it in the browser." },
  not_signed_in: { status: 401, title: "Sign-in is needed", fix: "Sign in, or send `Authorization: Bearer …` with a token." },
  token_malformed: {
    status: 401,
    title: "The token is mistyped",
    fix: "Copy the token again: it starts with sent_, has 54 characters, and its last six do not match the rest.",
  },
  token_unknown: { status: 401, title: "The token is not known", fix: "Check that it was made on this hub, or make a new one." },
  token_expired: { status: 401, title: "The token has expired", fix: "Make a new one on the API tokens page or with `sentinal token create`." },
  token_revoked: { status: 401, title: "The token was revoked", fix: "Make a new one on the API tokens page or with `sentinal token create`." },
  token_replaced: { status: 401, title: "The token was replaced", fix: "Use its successor, which was shown when it was rotated, or make a new one." },
  session_ended: { status: 401, title: "The session has ended", fix: "Sign in again." },
  credentials_wrong: {
    status: 401,
    title: "User name or password is wrong",
    fix: "Check both; an administrator can reset the password with `sentinal user reset-password`.",
  },
  second_factor_required: {
    status: 401,
    title: "A second factor is needed",
    fix: "Send `challenge` with a code, a passkey or a recovery code to /api/auth/login/second-factor, within 5 minutes.",
  },
  second_factor_wrong: {
    status: 401,
    title: "The second factor is wrong",
    fix: "Type the code that the app shows now; each counts once. Or take a passkey, or a recovery code that was not used yet.",
  },
  passkey_wrong: {
    status: 401,
    title: "The passkey is not accepted",
    fix: "Take a passkey that is registered with your account here, or sign in with your password.",
  },
  challenge_over: { status: 401, title: "This sign-in is over", fix: "Begin it again: it lasts 5 minutes, 5 tries, and counts once." },
  setup_code_wrong: {
    status: 403,
    title: "The set-up code is wrong",
    fix: "The hub prints the code at its start, in its terminal or its log; copy it from there.",
  },
  registration_closed: { status: 403, title: "Registration is not open", fix: "Ask an administrator of this hub for an account." },
  invitation_unknown: { status: 403, title: "The invitation is not known", fix: "Copy the whole link again, with all that stands behind its #." },
  invitation_used: { status: 403, title: "The invitation has been used", fix: "Sign in, if you used it; else ask who invited you for another." },
  invitation_expired: { status: 403, title: "The invitation has expired", fix: "Ask who invited you for another." },
  invitation_revoked: { status: 403, title: "The invitation was revoked", fix: "Ask an administrator of this hub for another." },
  reset_unknown: { status: 403, title: "The link to set a password is not known", fix: "Copy the whole link again, with all that stands behind its #." },
  reset_used: { status: 403, title: "The link to set a password has been used", fix: "Sign in, if you used it; else ask an administrator for another." },
  reset_expired: { status: 403, title: "The link to set a password has expired", fix: "Ask an administrator of this hub for another." },
  reset_voided: {
    status: 403,
    title: "The link to set a password does not count any more",
    fix: "A newer link was made, or the password was changed since. Use the newest link, or ask an administrator.",
  },
  password_wrong: { status: 403, title: "The password is wrong", fix: "Type your present password; an administrator can make a link that sets a new one." },
  code_wrong: { status: 403, title: "The code is wrong", fix: "Type the code that the app shows now; each counts once." },
  passkey_refused: { status: 403, title: "The passkey is not accepted", fix: "Begin again, and take a passkey that the browser offers for this hub." },
  second_factor_missing: {
    status: 403,
    title: "The password alone is not enough",
    fix: "Your account has a second factor: send `password` with `code` or `recovery_code`, or a `passkey` alone.",
  },
  reauthentication_required: {
    status: 403,
    title: "This needs a sign-in of the last minutes",
    fix: "Send your password (with a code where you have a second factor) or a passkey to /api/auth/reauthenticate, then repeat the call.",
  },
  scope_missing: { status: 403, title: "The token lacks a scope", fix: "Make a token with the scope that `detail` names." },
  role_missing: { status: 403, title: "Your role does not allow this", fix: "Ask an administrator." },
  repository_not_allowed: { status: 403, title: "The token is bound to another repository", fix: "Leave `repository` out, or use a token of that repository." },
  run_not_allowed: {
    status: 403,
    title: "The token is bound to another run",
    fix: "Leave out what `errors` names: the token of a GitHub Actions job tells it. Or use an API token.",
  },
  oidc_refused: {
    status: 403,
    title: "The token is not exchanged",
    fix: "An administrator of this hub can tell why; give them the request id.",
  },
  origin_refused: {
    status: 403,
    title: "The request comes from another site",
    fix: "Open the hub under its own address; behind a proxy set SENTINAL_PUBLIC_URL.",
  },
  not_found: { status: 404, title: "Not found", fix: "Check the address; it may also be something that you may not see." },
  conflict: { status: 409, title: "It exists already", fix: "Choose another value for what `errors` names." },
  last_admin: { status: 409, title: "The hub would be left without an Admin", fix: "Make somebody else an Admin first." },
  passkeys_impossible: {
    status: 409,
    title: "Passkeys are not possible here",
    fix: "Browsers have them over https under a host name, and at localhost. Set SENTINAL_PUBLIC_URL to such an address.",
  },
  already_over: { status: 409, title: "It is over already", fix: "Look at its state; what `detail` names took its place, or begin anew." },
  body_too_large: { status: 413, title: "The body is too large", fix: "Send it in parts, or as a compressed file to /api/cicd/reports." },
  inflated_too_large: { status: 413, title: "The body inflates to too much", fix: "Send at most 1 GB inflated, at a ratio of at most 100." },
  format_unknown: { status: 415, title: "No reader knows this content", fix: "Send a report of a format that this hub reads; see /api-docs." },
  media_type_unknown: { status: 415, title: "The content type is not taken here", fix: "Send application/json." },
  encoding_unknown: { status: 415, title: "The content encoding is not taken here", fix: "Send it plain, or with gzip, br, zstd or deflate." },
  report_refused: { status: 422, title: "The report cannot be read", fix: "Send the file as the tool wrote it." },
  contradiction: { status: 422, title: "Two fields contradict each other", fix: "Correct the fields that `errors` names." },
  too_many_requests: { status: 429, title: "Too many requests", fix: "Wait for the seconds that Retry-After names." },
  internal: { status: 500, title: "The hub made a mistake", fix: "Report the request id to whoever runs the hub; its log holds the details." },
  not_ready: { status: 503, title: "The hub is not ready", fix: "Try again in a few seconds." },
} as const satisfies Record<string, { status: number; title: string; fix: string }>;

export type ErrorCode = keyof typeof errorCatalogue;

/**
 * An expected error, safe to show. `detail` says what happened here, in one sentence, without secrets;
 * `errors` name the fields. `headers` are sent along, e.g. Retry-After; `members` stand in the answer beside the rest.
 */
export class HttpError extends Error {
  readonly code: ErrorCode;
  readonly errors: readonly FieldProblem[];
  readonly headers: Readonly<Record<string, string>>;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    detail?: string,
    options: { errors?: readonly FieldProblem[]; headers?: Record<string, string>; members?: Record<string, unknown> } = {},
  ) {
    super(detail ?? errorCatalogue[code].title);
    this.code = code;
    this.errors = options.errors ?? [];
    this.headers = options.headers ?? {};
    this.members = options.members ?? {};
  }

  get status(): number {
    return errorCatalogue[this.code].status;
  }
}

/** A field that is wrong, as one error. */
export function fieldError(field: string, problem: string, fix: string): HttpError {
  return new HttpError("field_invalid", `${field}: ${problem}`, { errors: [{ field, problem, fix }] });
}
