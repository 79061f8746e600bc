import type { HubKey } from "./key.ts";
import { openBytes, sealBytes } from "./sealing.ts";

const purpose = "vault data keys";

/** Wraps the data key of a record; bound to its id and to the key that wraps it. */
export function wrapDataKey(key: HubKey, id: string, dataKey: Uint8Array): Buffer {
  return sealBytes(key.derive(purpose), [purpose, id, key.id], dataKey);
}

/** Throws SealBroken when it is the data key of another record, or wrapped by another key. */
export function unwrapDataKey(key: HubKey, id: string, wrapped: Uint8Array): Buffer {
  return openBytes(key.derive(purpose), [purpose, id, key.id], wrapped);
}
