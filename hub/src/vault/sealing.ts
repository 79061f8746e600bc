import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

export const nonceBytes = 12;
export const tagBytes = 16;

/** What was sealed cannot be opened: changed, cut short, under another key, or in another place. */
export class SealBroken extends Error {}

/**
 * AES-256-GCM under a random nonce; answers nonce, ciphertext and tag. `context` is bound to it but not kept in it: who
 * opens must name the same parts, in the same order.
 */
export function sealBytes(key: Buffer, context: readonly string[], plaintext: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: tagBytes }).setAAD(contextBytes(context));
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what `sealBytes` sealed. Throws SealBroken. */
export function openBytes(key: Buffer, context: readonly string[], sealed: Uint8Array): Buffer {
  if (sealed.length < nonceBytes + tagBytes) throw new SealBroken("it is too short");
  const tagStart = sealed.length - tagBytes;
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes })
    .setAAD(contextBytes(context))
    .setAuthTag(sealed.subarray(tagStart));
  const plaintext = decipher.update(sealed.subarray(nonceBytes, tagStart));
  try {
    return Buffer.concat([plaintext, decipher.final()]);
  } catch (error) {
    plaintext.fill(0);
    throw new SealBroken("it was changed, or belongs elsewhere", { cause: error });
  }
}

/** Each part after its length, so that no two lists of parts give the same bytes. */
export function contextBytes(parts: readonly string[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const bytes = Buffer.from(part, "utf8");
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}
