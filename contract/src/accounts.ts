import { z } from "zod";

export const roles = ["Viewer", "Member", "Admin"] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

export const User = z.object({
  id: z.number().int(),
  username: z.string(),
  email: z.string(),
  role: Role,
  created_at: z.iso.datetime({ offset: true }),
});
export type User = z.infer<typeof User>;

export const Username = z
  .string()
  .trim()
  .min(2)
  .max(64)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, "letters, digits, dots, dashes and underscores, starting with a letter or digit");
/** NIST SP 800-63B-4: length is what counts; no rules about kinds of characters. */
export const Password = z.string().min(12).max(1024);

export const RegisterBody = z.object({
  username: Username,
  email: z.email().max(320),
  password: Password,
  setup_code: z.string().max(200).optional(),
  /** What was behind the # of an invitation's link. */
  invitation: z.string().max(200).optional(),
});
export type RegisterBody = z.infer<typeof RegisterBody>;

export const LoginBody = z
  .object({
    username: z.string().min(1).max(320).optional(),
    email: z.string().min(1).max(320).optional(),
    password: z.string().min(1).max(1024),
    cookie: z.boolean().optional(),
  })
  .refine((body) => body.username !== undefined || body.email !== undefined, { path: ["username"], message: "username or email is needed" });
export type LoginBody = z.infer<typeof LoginBody>;

export const TokenPair = z.object({
  access_token: z.string(),
  /** Absent when the refresh token went into a cookie. */
  refresh_token: z.string().optional(),
  token_type: z.literal("bearer"),
  /** Seconds until the access token ends. */
  expires_in: z.number().int(),
});
export type TokenPair = z.infer<typeof TokenPair>;

export const RefreshBody = z.object({ refresh_token: z.string().max(500).optional() }).optional();

export const scopes = ["webhook:write", "webhook:read"] as const;
export const Scope = z.enum(scopes);
export type Scope = z.infer<typeof Scope>;

const TokenRepository = z
  .string()
  .trim()
  .max(300)
  .regex(/^[\w.-]+(\/[\w.-]+)?$/, "owner/name");

export const CreateApiTokenBody = z.object({
  name: z.string().trim().min(1).max(100),
  expires_in_days: z.number().int().min(1).max(3650).optional(),
  scopes: z.array(Scope).min(1).max(scopes.length),
  repository: TokenRepository.optional(),
});
export type CreateApiTokenBody = z.infer<typeof CreateApiTokenBody>;

/** `overlapping`: it has a successor and still works beside it; `replaced`: that time is over. */
export const apiTokenStates = ["valid", "expires_soon", "overlapping", "expired", "replaced", "revoked"] as const;
export const ApiTokenState = z.enum(apiTokenStates);
export type ApiTokenState = z.infer<typeof ApiTokenState>;

export const ApiToken = z.object({
  id: z.number().int(),
  name: z.string(),
  /** The first characters, to recognise it by. */
  prefix: z.string(),
  scopes: z.array(Scope),
  repository: z.string().nullable(),
  created_at: z.iso.datetime({ offset: true }),
  created_by: z.string().nullable(),
  expires_at: z.iso.datetime({ offset: true }).nullable(),
  last_used_at: z.iso.datetime({ offset: true }).nullable(),
  /** Where it was last used from. */
  last_used_address: z.string().nullable(),
  revoked_at: z.iso.datetime({ offset: true }).nullable(),
  /** Id of the token that took over when it was rotated. */
  replaced_by: z.number().int().nullable(),
  /** Until when it works beside its successor; then it is refused. */
  overlap_ends_at: z.iso.datetime({ offset: true }).nullable(),
  state: ApiTokenState,
  /** Whether it expires within 14 days and no successor stands ready. */
  expires_soon: z.boolean(),
  /** The smallest of 14, 7, 3 and 1 days that it expires within; null where it does not, or not in use. */
  expires_within_days: z.union([z.literal(14), z.literal(7), z.literal(3), z.literal(1)]).nullable(),
});
export type ApiToken = z.infer<typeof ApiToken>;

export const CreatedApiToken = ApiToken.extend({ token: z.string() });
export type CreatedApiToken = z.infer<typeof CreatedApiToken>;

/** Longest time that an old token works beside its successor: a week. */
export const mostOverlapHours = 168;
export const RotateApiTokenBody = z.object({ overlap_hours: z.number().int().min(0).max(mostOverlapHours).optional() }).optional();
export type RotateApiTokenBody = z.infer<typeof RotateApiTokenBody>;

/** Null: all repositories. */
export const BindApiTokenBody = z.object({ repository: TokenRepository.nullable() });
export type BindApiTokenBody = z.infer<typeof BindApiTokenBody>;

/** What an unauthenticated browser needs to know to show the right first page. */
export const SetupState = z.object({
  /** True until the first account exists. */
  setup_needed: z.boolean(),
  registration: z.enum(["closed", "invitation", "open"]),
  version: z.string(),
});
export type SetupState = z.infer<typeof SetupState>;
