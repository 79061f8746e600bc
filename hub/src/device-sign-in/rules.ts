import { createHash, createHmac, randomInt } from "node:crypto";
import { type DeviceSignIn, userCodeAlphabet, userCodeLength } from "@sentinal/contract";
import { randomBase62 } from "@sentinal/tokens";
import type { ErrorCode } from "../http/index.ts";

/** A person has so long to find the browser, sign in and type eight letters. */
export const lifetimeSeconds = 600;
/** Between two questions of a program. */
export const intervalSeconds = 1;

/** A program that asks on the second sees its question arrive a little early or late. */
const toleratedSeconds = 0.3;

export function createDeviceCode(): string {
  // 256 bits.
  return `sentd_${randomBase62(43)}`;
}

export function hashDeviceCode(code: string): Buffer {
  return createHash("sha256").update(code).digest();
}

/** 34 bits: enough for ten minutes in which guesses are counted. */
export function createUserCode(): string {
  return Array.from({ length: userCodeLength }, () => userCodeAlphabet[randomInt(userCodeAlphabet.length)]).join("");
}

/** As people read it. */
export function shownUserCode(code: string): string {
  return `${code.slice(0, userCodeLength / 2)}-${code.slice(userCodeLength / 2)}`;
}

/** Keyed, for whoever reads the database could try out all codes otherwise. */
export function hashUserCode(key: Buffer, code: string): Buffer {
  return createHmac("sha256", key).update(code).digest();
}

export type DeviceSignInRow = { client_name: string; address: string; state: string; created_at: Date; expires_at: Date };

/** What a program is told that asks for its tokens; `grant`: now. */
export function judgePoll(request: {
  state: DeviceSignIn["state"];
  isExpired: boolean;
  secondsSincePoll: number | null;
}): Extract<ErrorCode, "authorization_pending" | "slow_down" | "expired" | "denied"> | "grant" {
  if (request.state === "denied") return "denied";
  // Fetched before, or too old: there is nothing to be had for this code any more.
  if (request.isExpired || request.state === "redeemed") return "expired";
  if (request.secondsSincePoll !== null && request.secondsSincePoll < intervalSeconds - toleratedSeconds) return "slow_down";
  return request.state === "approved" ? "grant" : "authorization_pending";
}

export function deviceSignInAnswer(row: DeviceSignInRow): DeviceSignIn {
  return {
    client_name: row.client_name,
    address: row.address,
    state: asState(row.state),
    created_at: row.created_at.toISOString(),
    expires_at: row.expires_at.toISOString(),
  };
}

/** The column is checked by the database. */
export function asState(text: string): DeviceSignIn["state"] {
  if (text === "pending" || text === "approved" || text === "denied" || text === "redeemed") return text;
  throw new Error(`no state of a device's sign-in is called ${text}`);
}
