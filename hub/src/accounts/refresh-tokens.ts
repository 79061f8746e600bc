import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { randomBase62 } from "@sentinal/tokens";

const prefix = "sentr_";
/** 256 bits. */
const bodyLength = 43;
const ivBytes = 12;
const tagBytes = 16;

export function createRefreshToken(): string {
  return prefix + randomBase62(bodyLength);
}

export function hashRefreshToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/** Seals the successor so that only who holds the predecessor can open it: initialisation vector, ciphertext, tag. */
export function sealSuccessor(predecessor: string, successor: string, successorJti: string): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", sealKey(predecessor), iv, { authTagLength: tagBytes }).setAAD(Buffer.from(successorJti));
  return Buffer.concat([iv, cipher.update(successor, "utf8"), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what `sealSuccessor` sealed; throws when any part is another. */
export function openSuccessor(predecessor: string, sealed: Buffer, successorJti: string): string {
  const decipher = createDecipheriv("aes-256-gcm", sealKey(predecessor), sealed.subarray(0, ivBytes), { authTagLength: tagBytes })
    .setAAD(Buffer.from(successorJti))
    .setAuthTag(sealed.subarray(sealed.length - tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(ivBytes, sealed.length - tagBytes)), decipher.final()]).toString("utf8");
}

function sealKey(predecessor: string): Buffer {
  return Buffer.from(hkdfSync("sha256", predecessor, "", "sentinal refresh successor", 32));
}
