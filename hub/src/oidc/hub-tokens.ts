import { apiTokenPrefix, checkTokenShape, createApiToken, hashToken } from "@sentinal/tokens";

/**
 * The token of a job: `oidc_` and then a whole string of an API token's shape, so that whatever looks for API tokens in
 * logs and addresses finds these too, and a typo is told by the same checksum. It is stored as the hash of all of it.
 */
const jobTokenPrefix = "oidc_";

export function createJobToken(): { token: string; hash: string } {
  const token = jobTokenPrefix + createApiToken();
  return { token, hash: hashToken(token) };
}

export function isJobToken(bearer: string): boolean {
  return bearer.startsWith(jobTokenPrefix);
}

export function hasJobTokenShape(bearer: string): boolean {
  return isJobToken(bearer) && checkTokenShape(bearer.slice(jobTokenPrefix.length));
}

/** The hash of the job's token that a text of an API token's shape would be a part of; null for a text of another shape. */
export function hashByItsEnd(text: string): string | null {
  return text.startsWith(apiTokenPrefix) ? hashToken(jobTokenPrefix + text) : null;
}
