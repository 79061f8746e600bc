import { z } from "zod";
import { Problem } from "./problem.ts";

const moment = z.iso.datetime({ offset: true });

export const secondFactorMethods = ["totp", "passkey", "recovery_code"] as const;
export const SecondFactorMethod = z.enum(secondFactorMethods);
export type SecondFactorMethod = z.infer<typeof SecondFactorMethod>;

/** How the hub answers a right password where the account has a second factor (401 `second_factor_required`). */
export const SecondFactorRequired = Problem.extend({ challenge: z.string(), methods: z.array(SecondFactorMethod) });
export type SecondFactorRequired = z.infer<typeof SecondFactorRequired>;

/** Bytes as base64url, as browsers write them. */
const Bytes = z
  .string()
  .min(1)
  .max(12_000)
  .regex(/^[\w-]+$/, "base64url");
const CredentialId = Bytes.max(1_400);
const Transports = z.array(z.string().max(40)).max(20);
const PublicKey = z.literal("public-key");

const credential = {
  id: CredentialId,
  rawId: CredentialId,
  type: PublicKey,
  authenticatorAttachment: z.enum(["cross-platform", "platform"]).exactOptional(),
  clientExtensionResults: z.object({}),
};

/** What `navigator.credentials.get` answered, as JSON. */
export const PasskeyProof = z.object({
  ...credential,
  response: z.object({ clientDataJSON: Bytes, authenticatorData: Bytes, signature: Bytes, userHandle: Bytes.exactOptional() }),
});
export type PasskeyProof = z.infer<typeof PasskeyProof>;

/** What `navigator.credentials.create` answered, as JSON. */
export const NewPasskey = z.object({
  ...credential,
  response: z.object({ clientDataJSON: Bytes, attestationObject: Bytes, transports: Transports.exactOptional() }),
});
export type NewPasskey = z.infer<typeof NewPasskey>;

const KnownCredential = z.object({ id: z.string(), type: PublicKey, transports: z.array(z.string()) });

/** For `navigator.credentials.get`. Without `allowCredentials` the person chooses among all passkeys for this host. */
const PasskeyRequest = z.object({
  challenge: z.string(),
  rpId: z.string(),
  /** Milliseconds. */
  timeout: z.number().int(),
  userVerification: z.literal("required"),
  allowCredentials: z.array(KnownCredential),
});

/** For `navigator.credentials.create`. */
const PasskeyCreation = z.object({
  challenge: z.string(),
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.object({ alg: z.number().int(), type: PublicKey })),
  /** Milliseconds. */
  timeout: z.number().int(),
  excludeCredentials: z.array(KnownCredential),
  authenticatorSelection: z.object({ residentKey: z.literal("required"), requireResidentKey: z.literal(true), userVerification: z.literal("required") }),
  attestation: z.literal("none"),
});

/** `challenge` is sent back beside what the browser makes of `options`. */
export const PasskeyRequestOptions = z.object({ challenge: z.string(), options: PasskeyRequest });
export type PasskeyRequestOptions = z.infer<typeof PasskeyRequestOptions>;
export const PasskeyCreationOptions = z.object({ challenge: z.string(), options: PasskeyCreation });
export type PasskeyCreationOptions = z.infer<typeof PasskeyCreationOptions>;

const Challenge = z.string().min(1).max(200);
/** Digits, however they are grouped. */
export const TotpCode = z.string().min(1).max(20);
export const RecoveryCode = z.string().min(1).max(100);
const PasskeyName = z.string().trim().min(1).max(60);

/** With the challenge of a sign-in that waits for its second factor; without one to sign in by passkey alone. */
export const PasskeyOptionsBody = z.object({ challenge: Challenge.optional() }).nullable();
export type PasskeyOptionsBody = z.infer<typeof PasskeyOptionsBody>;

export const SecondFactorBody = z
  .object({
    challenge: Challenge,
    /** What the authenticator app shows. */
    code: TotpCode.optional(),
    passkey: PasskeyProof.optional(),
    recovery_code: RecoveryCode.optional(),
    cookie: z.boolean().optional(),
  })
  .refine((body) => [body.code, body.passkey, body.recovery_code].filter((proof) => proof !== undefined).length === 1, {
    path: ["code"],
    message: "one of code, passkey and recovery_code is needed, and no second",
  });
export type SecondFactorBody = z.infer<typeof SecondFactorBody>;

export const PasskeySignInBody = z.object({ challenge: Challenge, passkey: PasskeyProof, cookie: z.boolean().optional() });
export type PasskeySignInBody = z.infer<typeof PasskeySignInBody>;

export const Passkey = z.object({
  id: z.number().int(),
  name: z.string(),
  created_at: moment,
  last_used_at: moment.nullable(),
  /** Whether its maker keeps a copy, so that it outlives the device. */
  is_synced: z.boolean(),
  /** False where it was made while the hub had another host name. */
  is_usable: z.boolean(),
});
export type Passkey = z.infer<typeof Passkey>;

/** `origin`: where passkeys can be made and used; null with the reason why nowhere. */
export const PasskeyPlace = z.union([
  z.object({ origin: z.string(), reason: z.null() }),
  z.object({ origin: z.null(), reason: z.enum(["plain_http", "ip_address"]) }),
]);
export type PasskeyPlace = z.infer<typeof PasskeyPlace>;

export const SecondFactors = z.object({
  totp: z.object({ created_at: moment, last_used_at: moment.nullable() }).nullable(),
  passkeys: z.array(Passkey),
  /** Null while the account has no second factor. */
  recovery_codes: z.object({ left: z.number().int(), created_at: moment }).nullable(),
  passkey_place: PasskeyPlace,
});
export type SecondFactors = z.infer<typeof SecondFactors>;

/** Shown this once. */
export const TotpEnrolment = z.object({
  /** base32, for typing it in. */
  secret: z.string(),
  /** otpauth://, for the QR code. */
  uri: z.string(),
});
export type TotpEnrolment = z.infer<typeof TotpEnrolment>;

export const ConfirmTotpBody = z.object({ code: TotpCode });
export type ConfirmTotpBody = z.infer<typeof ConfirmTotpBody>;

/** Shown this once; each counts once. */
export const RecoveryCodes = z.object({ recovery_codes: z.array(z.string()) });
export type RecoveryCodes = z.infer<typeof RecoveryCodes>;

/** With the first second factor come recovery codes; null where the account has some. */
export const SecondFactorAdded = z.object({ recovery_codes: z.array(z.string()).nullable() });
export type SecondFactorAdded = z.infer<typeof SecondFactorAdded>;

export const RegisterPasskeyBody = z.object({ challenge: Challenge, name: PasskeyName, passkey: NewPasskey });
export type RegisterPasskeyBody = z.infer<typeof RegisterPasskeyBody>;
export const PasskeyAdded = SecondFactorAdded.extend({ passkey: Passkey });
export type PasskeyAdded = z.infer<typeof PasskeyAdded>;

export const RenamePasskeyBody = z.object({ name: PasskeyName });
export type RenamePasskeyBody = z.infer<typeof RenamePasskeyBody>;

/** What was taken from an account whose second factors an administrator removed. */
export const SecondFactorsReset = z.object({
  totp: z.boolean(),
  passkeys: z.number().int(),
  recovery_codes: z.number().int(),
  sessions_ended: z.number().int(),
});
export type SecondFactorsReset = z.infer<typeof SecondFactorsReset>;
