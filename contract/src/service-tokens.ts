import { z } from "zod";

/** The name of a service, as a call proves it. `shared` is what all have that use the token of INTERNAL_SERVICE_TOKEN. */
export const sharedServiceName = "shared";

export const ServiceName = z
  .string()
  .trim()
  .regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, "lower-case letters, digits, dots, dashes and underscores, at most 63, starting with a letter or digit")
  .refine((name) => name !== sharedServiceName, `"${sharedServiceName}" stands for INTERNAL_SERVICE_TOKEN; choose another name`);

/** `overlapping`: it has a successor and still works beside it. */
export const ServiceTokenState = z.enum(["valid", "overlapping", "expired", "revoked"]);

export const ServiceToken = z.object({
  id: z.number().int(),
  service: z.string(),
  prefix: z.string(),
  state: ServiceTokenState,
  created_at: z.iso.datetime({ offset: true }),
  expires_at: z.iso.datetime({ offset: true }).nullable(),
  revoked_at: z.iso.datetime({ offset: true }).nullable(),
  /** When a call last came with it, to about a minute, or it was last asked about and found good; null for never. */
  last_used_at: z.iso.datetime({ offset: true }).nullable(),
  last_used_address: z.string().nullable(),
});
export type ServiceToken = z.infer<typeof ServiceToken>;
/** The only answer that ever holds the token itself. */
export type CreatedServiceToken = ServiceToken & { token: string };

export const CreateServiceToken = z.object({
  service: ServiceName,
  length: z.number().int().min(43).max(200).default(64),
  expires_in_days: z.number().int().min(1).max(3650).optional(),
});
export type CreateServiceToken = z.input<typeof CreateServiceToken>;

export const VerifyServiceTokenBody = z.object({ token: z.string().min(1).max(1000) });
export const VerifiedServiceToken = z.object({
  active: z.boolean(),
  /** Null when it is not active: of a token that is refused nothing is told. */
  service: z.string().nullable(),
  /** Null: no end is set. */
  expires_at: z.iso.datetime({ offset: true }).nullable(),
});
export type VerifiedServiceToken = z.infer<typeof VerifiedServiceToken>;
