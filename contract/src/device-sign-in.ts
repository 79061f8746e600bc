import { z } from "zod";

/** Of user codes: capital letters without vowels, so that no words come about, and without signs that look alike. */
export const userCodeAlphabet = "BCDFGHJKLMNPQRSTVWXZ";
export const userCodeLength = 8;

export const StartDeviceSignInBody = z.object({
  /** How the program calls itself, e.g. "sentinal CLI on laptop": shown to whoever is asked, and in the list of sessions. */
  client_name: z.string().trim().min(1).max(100),
});
export type StartDeviceSignInBody = z.infer<typeof StartDeviceSignInBody>;

export const StartedDeviceSignIn = z.object({
  /** Kept by the program; with it the tokens are fetched, once. */
  device_code: z.string(),
  /** Shown to the person, e.g. "BCDF-GHJK". */
  user_code: z.string(),
  /** Where the person types it. */
  verification_url: z.string(),
  /** The same page with the code in it, behind the #: it is sent to no server. */
  verification_url_complete: z.string(),
  /** Seconds until both codes are of no use any more. */
  expires_in: z.number().int(),
  /** Seconds between two questions at `/api/auth/device/token`. */
  interval: z.number().int(),
});
export type StartedDeviceSignIn = z.infer<typeof StartedDeviceSignIn>;

/** As people type it: any case, with blanks and dashes anywhere. */
export const UserCode = z
  .string()
  .max(40)
  .transform((text) => text.toUpperCase().replace(/[^A-Z0-9]/g, ""));

export const FindDeviceSignInBody = z.object({ user_code: UserCode });
export const DecideDeviceSignInBody = z.object({ user_code: UserCode, decision: z.enum(["approve", "deny"]) });
export type DecideDeviceSignInBody = z.infer<typeof DecideDeviceSignInBody>;

export const deviceSignInStates = ["pending", "approved", "denied", "redeemed"] as const;

/** What the person is shown who is asked to approve. */
export const DeviceSignIn = z.object({
  client_name: z.string(),
  address: z.string(),
  state: z.enum(deviceSignInStates),
  created_at: z.iso.datetime({ offset: true }),
  expires_at: z.iso.datetime({ offset: true }),
});
export type DeviceSignIn = z.infer<typeof DeviceSignIn>;

export const FetchDeviceTokenBody = z.object({ device_code: z.string().min(1).max(200) });
