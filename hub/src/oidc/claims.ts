import { z } from "zod";

const digits = z
  .string()
  .regex(/^[1-9]\d{0,15}$/)
  .transform(Number)
  .refine(Number.isSafeInteger);
const text = z.string().min(1).max(1_000);

/** What is read of an ID token of GitHub Actions. GitHub writes numbers as text; whatever has another form is as good as absent. */
const readers = {
  jti: z.string().min(1).max(200),
  sub: text,
  repository: text.regex(/^[\w.-]+\/[\w.-]+$/),
  repository_id: digits,
  repository_owner_id: digits,
  event_name: text,
  ref: text,
  workflow_ref: text,
  run_id: digits,
  run_attempt: digits.refine((attempt) => attempt <= 100_000),
  environment: text,
  sha: z.string().regex(/^[0-9a-f]{40,64}$/),
  iat: z.number(),
  exp: z.number(),
} as const;

/** All that a token may tell; of one that was not verified, unproven. */
export type ToldClaims = { readonly [Name in keyof typeof readers]?: z.output<(typeof readers)[Name]> };

/** Those of a token that was verified. */
export type JobClaims = Required<Omit<ToldClaims, "environment" | "sha">> & Pick<ToldClaims, "environment" | "sha">;

/** Checked to be there before anything is read. */
export const requiredClaims = [
  "exp",
  "iat",
  "nbf",
  "jti",
  "aud",
  "sub",
  "repository",
  "repository_id",
  "repository_owner_id",
  "event_name",
  "ref",
  "workflow_ref",
  "run_id",
  "run_attempt",
] as const;

export function readClaims(payload: Readonly<Record<string, unknown>>): ToldClaims {
  const told: Record<string, unknown> = {};
  for (const [name, reader] of Object.entries(readers)) {
    const parsed = reader.safeParse(payload[name]);
    if (parsed.success) told[name] = parsed.data;
  }
  return told;
}

/** The first of the claims that must be there and cannot be read; null when all can. */
export function unreadableClaim(told: ToldClaims): string | null {
  return isComplete(told) ? null : (Object.keys(readers).find((name) => !isOptional(name) && !(name in told)) ?? null);
}

export function isComplete(told: ToldClaims): told is JobClaims {
  return Object.keys(readers).every((name) => isOptional(name) || name in told);
}

function isOptional(name: string): boolean {
  return name === "environment" || name === "sha";
}
