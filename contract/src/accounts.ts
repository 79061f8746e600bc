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

export const CreateApiTokenBody = z.object({
  name: z.string().trim().min(1).max(100),
  expires_in_days: z.number().int().min(1).max(3650).optional(),
  scopes: z.array(Scope).min(1).max(scopes.length),
  repository: z
    .string()
    .trim()
    .max(300)
    .regex(/^[\w.-]+(\/[\w.-]+)?$/, "owner/name")
    .optional(),
});
export type CreateApiTokenBody = z.infer<typeof CreateApiTokenBody>;

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
  revoked_at: z.iso.datetime({ offset: true }).nullable(),
});
export type ApiToken = z.infer<typeof ApiToken>;

export const CreatedApiToken = ApiToken.extend({ token: z.string() });
export type CreatedApiToken = z.infer<typeof CreatedApiToken>;

/** What an unauthenticated browser needs to know to show the right first page. */
export const SetupState = z.object({
  /** True until the first account exists. */
  setup_needed: z.boolean(),
  registration: z.enum(["closed", "invitation", "open"]),
  version: z.string(),
});
export type SetupState = z.infer<typeof SetupState>;
