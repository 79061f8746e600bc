import { z } from "zod";
import { Password, Role, User, Username } from "./accounts.ts";
import { PasskeyProof, RecoveryCode, TotpCode } from "./second-factors.ts";

const moment = z.iso.datetime({ offset: true });
/** Of an account, as it is made and changed. */
export const Email = z.email().max(320);

/** Longest life of an invitation; without a word it lives a week. */
export const mostInvitationDays = 90;
export const usualInvitationDays = 7;

export const CreateInvitationBody = z.object({
  /** For whom it is: the account can then be made with this address alone. */
  email: Email.optional(),
  role: Role,
  expires_in_days: z.number().int().min(1).max(mostInvitationDays).optional(),
});
export type CreateInvitationBody = z.infer<typeof CreateInvitationBody>;

export const invitationStates = ["open", "used", "expired", "revoked"] as const;
export const InvitationState = z.enum(invitationStates);
export type InvitationState = z.infer<typeof InvitationState>;

export const Invitation = z.object({
  id: z.number().int(),
  email: z.string().nullable(),
  role: Role,
  created_at: moment,
  /** Null when that account is gone. */
  created_by: z.string().nullable(),
  expires_at: moment,
  used_at: moment.nullable(),
  /** The account that was made with it. */
  used_by: z.string().nullable(),
  revoked_at: moment.nullable(),
  state: InvitationState,
});
export type Invitation = z.infer<typeof Invitation>;

/** The link holds the token behind its #, where no server and no log sees it. It is shown this once. */
export const CreatedInvitation = Invitation.extend({ url: z.string() });
export type CreatedInvitation = z.infer<typeof CreatedInvitation>;

/** What was behind the # of a link. */
const LinkToken = z.string().min(1).max(200);

export const CheckInvitationBody = z.object({ invitation: LinkToken });
export type CheckInvitationBody = z.infer<typeof CheckInvitationBody>;
/** What somebody is told who holds an invitation that can still be used. */
export const InvitationOffer = z.object({ invited_by: z.string().nullable(), email: z.string().nullable(), role: Role, expires_at: moment });
export type InvitationOffer = z.infer<typeof InvitationOffer>;

/** An account as administrators see it. */
export const Person = User.extend({
  /** Null while the account is active. */
  deactivated_at: moment.nullable(),
  /** Of the session that was used last, to about ten minutes; null when there was none in the last months. */
  last_seen_at: moment.nullable(),
  /** Sessions that run. */
  sessions: z.number().int(),
  /** What the account has besides its password: a confirmed authenticator app, and how many passkeys. */
  second_factors: z.object({ totp: z.boolean(), passkeys: z.number().int() }),
});
export type Person = z.infer<typeof Person>;

export const ChangeRoleBody = z.object({ role: Role });
export type ChangeRoleBody = z.infer<typeof ChangeRoleBody>;

export const SessionsEnded = z.object({ sessions_ended: z.number().int() });
export type SessionsEnded = z.infer<typeof SessionsEnded>;

/** The link holds the token behind its #, where no server and no log sees it. It is shown this once. */
export const PasswordResetLink = z.object({ url: z.string(), expires_at: moment });
export type PasswordResetLink = z.infer<typeof PasswordResetLink>;

export const CheckResetBody = z.object({ token: LinkToken });
export type CheckResetBody = z.infer<typeof CheckResetBody>;
/** What somebody is told who holds a link that can still be used. */
export const ResetOffer = z.object({ username: z.string(), expires_at: moment });
export type ResetOffer = z.infer<typeof ResetOffer>;

export const ResetPasswordBody = z.object({ token: LinkToken, password: Password });
export type ResetPasswordBody = z.infer<typeof ResetPasswordBody>;

export const SessionOfUser = z.object({
  id: z.uuid(),
  /** In words, as far as the browser or program told: `Firefox on Linux`. */
  device: z.string(),
  /** From where it was opened. */
  address: z.string().nullable(),
  created_at: moment,
  /** To about ten minutes. */
  last_seen_at: moment,
  expires_at: moment,
  /** Whether it is the one that asks. */
  is_current: z.boolean(),
});
export type SessionOfUser = z.infer<typeof SessionOfUser>;

const GivenPassword = z.string().min(1).max(1024);
export const ChangePasswordBody = z.object({ current_password: GivenPassword, new_password: Password });
export type ChangePasswordBody = z.infer<typeof ChangePasswordBody>;

export const ChangeProfileBody = z
  .object({ username: Username.optional(), email: Email.optional() })
  .refine((body) => body.username !== undefined || body.email !== undefined, { path: ["username"], message: "username or email is needed" });
export type ChangeProfileBody = z.infer<typeof ChangeProfileBody>;

/**
 * What signs the account in: its password, with a code of the authenticator app or a recovery code where it has a second
 * factor; or a passkey with its challenge, alone.
 */
export const ReauthenticateBody = z
  .object({
    password: GivenPassword.optional(),
    code: TotpCode.optional(),
    recovery_code: RecoveryCode.optional(),
    challenge: z.string().max(200).optional(),
    passkey: PasskeyProof.optional(),
  })
  .refine((body) => (body.password === undefined) !== (body.passkey === undefined), {
    path: ["password"],
    message: "the password is needed, or a passkey alone",
  })
  .refine((body) => body.passkey === undefined || (body.code === undefined && body.recovery_code === undefined), {
    path: ["passkey"],
    message: "needs no code beside it",
  })
  .refine((body) => body.code === undefined || body.recovery_code === undefined, {
    path: ["code"],
    message: "goes without a recovery_code, or that without it",
  })
  .refine((body) => (body.passkey === undefined) === (body.challenge === undefined), { path: ["challenge"], message: "goes with a passkey" });
export type ReauthenticateBody = z.infer<typeof ReauthenticateBody>;
/** Until when sensitive acts are allowed without asking again. */
export const Reauthenticated = z.object({ fresh_until: moment });
export type Reauthenticated = z.infer<typeof Reauthenticated>;

export const AccountNotice = z.object({
  id: z.number().int(),
  /** `refresh_token_reused`: a copy of a session was used, so the session was ended. */
  kind: z.enum(["refresh_token_reused"]),
  created_at: moment,
  /** Of the session that was ended. */
  device: z.string(),
  /** From where the copy was used. */
  address: z.string().nullable(),
});
export type AccountNotice = z.infer<typeof AccountNotice>;
