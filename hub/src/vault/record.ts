import { nonceBytes, tagBytes } from "./sealing.ts";

/** Where a sealed value lies. The row is its primary key as text. */
export type RecordPlace = { table: string; row: string; column: string };

const sentences = {
  vault_record_malformed: "what lies there is no sealed value of this version, or was cut short",
  vault_data_key_missing: "its data key is gone: the value was forgotten, or the table vault_data_keys was not restored with it",
  vault_key_unknown: "its data key is wrapped by a key that this hub does not have",
  vault_seal_broken: "it was changed, or was sealed for another place",
} as const;

/** A sealed value that does not open. The message names the place and what to think of it, never a value. */
export class VaultProblem extends Error {
  readonly code: keyof typeof sentences;
  constructor(code: keyof typeof sentences, place: RecordPlace, detail: string = sentences[code]) {
    super(`The sealed value in ${place.table}.${place.column} of row ${place.row} cannot be opened: ${detail}.`);
    this.code = code;
  }
}

/** Version 1: this byte, the id of the data key (16 bytes), then nonce, ciphertext and tag of AES-256-GCM. */
const version = 1;
const idStart = 1;
const bodyStart = idStart + 16;

/** What the value is bound to besides its data key. */
type Context = readonly string[];

export function joinRecord(place: RecordPlace, dataKeyId: string, seal: (context: Context) => Buffer): Buffer {
  const id = Buffer.from(dataKeyId.replaceAll("-", ""), "hex");
  return Buffer.concat([Buffer.from([version]), id, seal(contextOf(place, dataKeyId))]);
}

/** Takes a sealed value apart, without opening it. Throws VaultProblem `vault_record_malformed`. */
export function splitRecord(place: RecordPlace, sealed: Uint8Array): { dataKeyId: string; context: Context; body: Uint8Array } {
  if (sealed[0] !== version || sealed.length < bodyStart + nonceBytes + tagBytes) throw new VaultProblem("vault_record_malformed", place);
  const digits = Buffer.from(sealed.subarray(idStart, bodyStart)).toString("hex");
  const dataKeyId = digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return { dataKeyId, context: contextOf(place, dataKeyId), body: sealed.subarray(bodyStart) };
}

function contextOf(place: RecordPlace, dataKeyId: string): Context {
  return [`sentinal record ${version}`, dataKeyId, place.table, place.row, place.column];
}
