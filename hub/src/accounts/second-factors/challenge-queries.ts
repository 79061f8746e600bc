import { sql } from "kysely";
import type { Database, DatabaseTransaction } from "../../database/index.ts";

type Connection = Database | DatabaseTransaction;
type Asked = { hash: Buffer; purpose: string; mostTries: number };

const challengeColumns = ["id", "user_id as userId", "session", "password_mark as passwordMark", "nonce"] as const;
const sweptAtOnce = 200;

export async function insertChallenge(
  db: Connection,
  challenge: {
    tokenHash: Buffer;
    purpose: string;
    userId: number | null;
    session: string | null;
    passwordMark: Buffer | null;
    nonce: Buffer;
    lifetimeSeconds: number;
  },
): Promise<void> {
  await db
    .insertInto("proof_challenges")
    .values({
      token_hash: challenge.tokenHash,
      purpose: challenge.purpose,
      user_id: challenge.userId,
      session: challenge.session,
      password_mark: challenge.passwordMark,
      nonce: challenge.nonce,
      expires_at: sql<Date>`clock_timestamp() + make_interval(secs => ${challenge.lifetimeSeconds})`,
    })
    .execute();
}

export async function findChallenge(db: Connection, asked: Asked) {
  return db
    .selectFrom("proof_challenges")
    .select(challengeColumns)
    .where("token_hash", "=", asked.hash)
    .where("purpose", "=", asked.purpose)
    .where("used_at", "is", null)
    .where("tries", "<", asked.mostTries)
    .where(sql<boolean>`expires_at > clock_timestamp()`)
    .executeTakeFirst();
}

export async function takeChallengeTry(db: Connection, asked: Asked) {
  return db
    .updateTable("proof_challenges")
    .set({ tries: sql<number>`tries + 1` })
    .where("token_hash", "=", asked.hash)
    .where("purpose", "=", asked.purpose)
    .where("used_at", "is", null)
    .where("tries", "<", asked.mostTries)
    .where(sql<boolean>`expires_at > clock_timestamp()`)
    .returning(challengeColumns)
    .executeTakeFirst();
}

/** True for the one that uses it up. */
export async function useChallenge(trx: DatabaseTransaction, id: number): Promise<boolean> {
  const result = await trx
    .updateTable("proof_challenges")
    .set({ used_at: sql<Date>`clock_timestamp()` })
    .where("id", "=", id)
    .where("used_at", "is", null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function deleteChallengesOf(trx: DatabaseTransaction, userId: number): Promise<void> {
  await trx.deleteFrom("proof_challenges").where("user_id", "=", userId).execute();
}

/** Each new challenge takes some old ones away, so that there never are many more than are asked for in a while. */
export async function deleteExpiredChallenges(db: Connection): Promise<void> {
  await db
    .deleteFrom("proof_challenges")
    .where("id", "in", (query) =>
      query
        .selectFrom("proof_challenges")
        .select("id")
        .where(sql<boolean>`expires_at < clock_timestamp()`)
        .limit(sweptAtOnce)
        .forUpdate()
        .skipLocked(),
    )
    .execute();
}
