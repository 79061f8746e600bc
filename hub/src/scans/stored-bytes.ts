import { promisify } from "node:util";
import { constants, zstdCompress, zstdCompressSync, zstdDecompress } from "node:zlib";
import { sql } from "kysely";
import { encodingOf, inflated } from "../reading/index.ts";
import type { Database, DatabaseTransaction } from "../database/index.ts";

const pieceBytes = 1024 * 1024;
/** A report of 130 KB becomes 12 KB in 0.2 ms; PostgreSQL's own compression would take ten times as long, in its process. */
const fastest = { params: { [constants.ZSTD_c_compressionLevel]: 1 }, chunkSize: 64 * 1024 };
/** So little is compressed in less time than the trips to another thread and back would take. */
const atOnceBytes = 256 * 1024;
const compressElsewhere = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** A row of `import_chunks`, ready to be written. */
export type StoredPiece = { import_id: string; ordinal: number; bytes: Buffer };

/** Cuts and compresses bytes that are in memory. Called before the transaction that writes them: it takes a moment. */
export async function piecesOf(importId: string, bytes: Buffer): Promise<StoredPiece[]> {
  const pieces: StoredPiece[] = [];
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    pieces.push({ import_id: importId, ordinal: pieces.length, bytes: await compress(bytes.subarray(start, start + pieceBytes)) });
  }
  return pieces;
}

/** Rows for bytes that are cut and compressed already. */
export function rowsOf(importId: string, pieces: readonly Uint8Array[]): StoredPiece[] {
  return pieces.map((piece, ordinal) => ({ import_id: importId, ordinal, bytes: Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength) }));
}

export async function storePiece(db: Database, importId: string, ordinal: number, piece: Buffer): Promise<void> {
  await db
    .insertInto("import_chunks")
    .values({ import_id: importId, ordinal, bytes: await compress(piece) })
    .execute();
}

async function compress(piece: Buffer): Promise<Buffer> {
  return piece.length <= atOnceBytes ? zstdCompressSync(piece, fastest) : compressElsewhere(piece, fastest);
}

/** Forgets the pieces of a report that turned out to be there already. */
export async function forgetBytes(trx: DatabaseTransaction, importId: string): Promise<void> {
  await trx.deleteFrom("import_chunks").where("import_id", "=", importId).execute();
}

/** The stored pieces of an import in order, as they are stored. */
export async function* storedPieces(db: Database, importId: string): AsyncGenerator<Buffer> {
  for (let ordinal = 0; ; ordinal++) {
    const row = await db.selectFrom("import_chunks").select("bytes").where("import_id", "=", importId).where("ordinal", "=", ordinal).executeTakeFirst();
    if (row === undefined) return;
    yield row.bytes;
  }
}

/** The bytes of an import as they were received, piece by piece. */
export async function* storedBytes(db: Database, importId: string): AsyncGenerator<Buffer> {
  for await (const piece of storedPieces(db, importId)) yield await decompress(piece);
}

/** The same without the sender's compression. */
export function inflatedBytes(db: Database, importId: string, encoding: string | null): AsyncGenerator<Uint8Array> {
  return inflated(storedBytes(db, importId), encodingOf(encoding));
}

/** Whether any bytes of the import are kept. */
export async function areBytesKept(db: Database, importId: string): Promise<boolean> {
  return (await db.selectFrom("import_chunks").select("ordinal").where("import_id", "=", importId).limit(1).executeTakeFirst()) !== undefined;
}

/**
 * Forgets pieces that never got an import (the sender broke off, or the hub ended), and the bytes of imports past their
 * time, so many pieces a statement: all at once may take longer than a statement may. Answers how many pieces.
 */
export async function sweepBytes(db: Database, retentionDays: number, mostPieces = 1_000): Promise<number> {
  const strays = sql`
    select c.import_id, c.ordinal from import_chunks c
     where c.received_at < now() - interval '2 hours' and not exists (select from imports i where i.id = c.import_id)`;
  const past = sql`
    select c.import_id, c.ordinal from imports i join import_chunks c on c.import_id = i.id
     where i.received_at < now() - make_interval(days => ${retentionDays}) and i.status not in ('queued', 'running')`;
  let forgotten = 0;
  for (const which of [strays, past]) {
    for (let deleted = mostPieces; deleted === mostPieces; forgotten += deleted) {
      const answer = await sql`delete from import_chunks where (import_id, ordinal) in (${which} limit ${mostPieces})`.execute(db);
      deleted = Number(answer.numAffectedRows ?? 0);
    }
  }
  return forgotten;
}

const mostOccurrencesASweep = 50_000;

/** Forgets sightings that changed nothing, of scans past their time; what was new, fixed or reopened is the finding's history and stays. Answers how many. */
export async function sweepOccurrences(db: Database, retentionDays: number): Promise<number> {
  const answer = await sql`
    delete from occurrences o using (
      select old.scan_id, old.finding_id from occurrences old join scans s on s.id = old.scan_id
       where s.created_at < now() - make_interval(days => ${retentionDays}) and old.change = 'unchanged'
       limit ${mostOccurrencesASweep}
    ) past where o.scan_id = past.scan_id and o.finding_id = past.finding_id`.execute(db);
  return Number(answer.numAffectedRows ?? 0);
}
