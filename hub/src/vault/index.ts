import { randomBytes, randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { Refusals } from "../audit/index.ts";
import type { Database, DatabaseTransaction } from "../database/index.ts";
import { createKeyRing, keyIdName, type KeyRing } from "./key-ring.ts";
import type { HubKey } from "./key.ts";
import { unwrapDataKey, wrapDataKey } from "./data-key.ts";
import { joinRecord, type RecordPlace, splitRecord, VaultProblem } from "./record.ts";
import { openBytes, SealBroken, sealBytes } from "./sealing.ts";

export { hubKey, type HubKey, KeyProblem, loadHubKey, ownKeyFile, readHubKey } from "./key.ts";
export { createKeyRing, followRotations, keyChannel, type KeyRing, openKeyRing } from "./key-ring.ts";
export { type KeyReport, reportKeys, rotateKey, type RotateOptions, type RotateReport } from "./rotate.ts";
export { type RecordPlace, VaultProblem } from "./record.ts";

/**
 * Keeps values that must be read again, such as other people's tokens: each under a data key of its own (AES-256-GCM),
 * which is wrapped by the hub's key. A sealed value opens only in the place for which it was sealed.
 */
export type Vault = {
  /**
   * Seals a value for the column of a row, in the transaction that writes it there. The answer goes into a `bytea` column
   * whose table has the trigger `forget_data_key`, so that the data key goes with the row, in whatever way it is deleted.
   */
  seal(trx: DatabaseTransaction, place: RecordPlace, plaintext: string | Uint8Array): Promise<Buffer>;
  /** Opens what `seal` answered. Throws VaultProblem, which names the place and never the value; each is counted as a refusal. */
  open(connection: Database | DatabaseTransaction, place: RecordPlace, sealed: Uint8Array): Promise<Buffer>;
  /** Destroys the data key of a sealed value, in the transaction that removes or replaces it: it can never be opened again. */
  forget(trx: DatabaseTransaction, sealed: Uint8Array): Promise<void>;
};

const dataKeyBytes = 32;

/** `keys` is the ring of a hub; without it the vault has the one key and learns of rotations as it meets them. */
export function createVault(options: { db: Database; key: HubKey; keys?: KeyRing; refusals?: Pick<Refusals, "count">; log?: Logger }): Vault {
  const keys = options.keys ?? createKeyRing(options);

  async function openRecord(connection: Database | DatabaseTransaction, place: RecordPlace, sealed: Uint8Array): Promise<Buffer> {
    const record = splitRecord(place, sealed);
    const row = await connection.selectFrom("vault_data_keys").select(["key_id", "wrapped"]).where("id", "=", record.dataKeyId).executeTakeFirst();
    if (row === undefined) throw new VaultProblem("vault_data_key_missing", place);
    const key = await keys.find(connection, row.key_id);
    if (key === null) throw new VaultProblem("vault_key_unknown", place, `its data key is wrapped by the key ${row.key_id}, which this hub does not have`);
    try {
      return openBytes(unwrapDataKey(key, record.dataKeyId, row.wrapped), record.context, record.body);
    } catch (error) {
      if (error instanceof SealBroken) throw new VaultProblem("vault_seal_broken", place);
      throw error;
    }
  }

  return {
    async seal(trx, place, plaintext) {
      const key = await sealingKey(trx, place);
      const id = randomUUID();
      const dataKey = randomBytes(dataKeyBytes);
      await trx
        .insertInto("vault_data_keys")
        .values({ id, key_id: key.id, wrapped: wrapDataKey(key, id, dataKey) })
        .execute();
      return joinRecord(place, id, (context) => sealBytes(dataKey, context, typeof plaintext === "string" ? Buffer.from(plaintext, "utf8") : plaintext));
    },
    async open(connection, place, sealed) {
      try {
        return await openRecord(connection, place, sealed);
      } catch (error) {
        if (error instanceof VaultProblem) {
          options.refusals?.count({
            action: "vault.refused",
            reason: error.code,
            address: null,
            subject: { kind: `${place.table}.${place.column}`, id: place.row },
          });
          options.log?.error({ code: error.code, place }, error.message);
        }
        throw error;
      }
    },
    async forget(trx, sealed) {
      const record = splitRecord({ table: "", row: "", column: "" }, sealed);
      await trx.deleteFrom("vault_data_keys").where("id", "=", record.dataKeyId).execute();
    },
  };

  /** Shared until the transaction ends: a rotation that begins waits for it, and re-wraps what it sealed. */
  async function sealingKey(trx: DatabaseTransaction, place: RecordPlace): Promise<HubKey> {
    const row = await trx.selectFrom("hub_state").select("value").where("name", "=", keyIdName).forShare().executeTakeFirst();
    if (row === undefined) return options.key;
    const key = await keys.find(trx, String(row.value));
    if (key === null) throw new VaultProblem("vault_key_unknown", place, `the hub's key is ${String(row.value)} now, which this hub does not have`);
    return key;
  }
}
