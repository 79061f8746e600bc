import { pipeline } from "node:stream/promises";
import { constants, createZstdCompress } from "node:zlib";
import type { FastifyRequest } from "fastify";
import type { Database } from "../database/index.ts";
import { errorCatalogue, fieldError, HttpError } from "../http/index.ts";
import { mostPlacesBytes, type ReadingPool } from "../reading/index.ts";
import { type ReceivedBody, receiveBody } from "./body.ts";
import { inlineBytes } from "./intake.ts";
import { isForm, receiveForm, shown } from "./multipart.ts";
import { storePiece } from "./stored-bytes.ts";

/** A report file, inflated. */
export const reportBytes = 1024 * 1024 * 1024;
/** Boundaries and headers around the parts of a form. */
const aroundParts = 64 * 1024;
/** `places` and `report`; a third one is told by its name, and what comes behind it is not looked at. */
const mostParts = 3;

/** `places` as it is stored: a Zstandard frame of JSON; null when the sender told none. */
export type Upload = { body: ReceivedBody; places: Buffer | null };

export type UploadDependencies = { db: Database; reading: Pick<ReadingPool, "checkPlaces"> };

/**
 * Receives a report: the file is the body, or the part `report` of a form, whose part `places` tells hashes of the
 * source at the places that the report names. Throws HttpError, and leaves no pieces then.
 */
export async function receiveReport(dependencies: UploadDependencies, request: FastifyRequest, importId: string): Promise<Upload> {
  try {
    const contentType = request.headers["content-type"];
    return contentType !== undefined && isForm(contentType)
      ? await receiveParts(dependencies, request, contentType, importId)
      : { body: await receiveFile(dependencies.db, bodyOf(request), importId, request.headers["content-encoding"]), places: null };
  } catch (error) {
    await forgetPieces(dependencies.db, importId);
    throw error;
  }
}

/** Pieces of a report that did not become an import. */
export async function forgetPieces(db: Database, importId: string): Promise<void> {
  await db
    .deleteFrom("import_chunks")
    .where("import_id", "=", importId)
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom("imports").select("id").where("id", "=", importId))))
    .execute();
}

/** The body as it comes. Whoever stops reading leaves it open: to destroy it would cut the connection before the answer. */
export function bodyOf(request: FastifyRequest): AsyncIterable<Uint8Array> {
  return request.raw.iterator({ destroyOnReturn: false });
}

async function receiveParts(dependencies: UploadDependencies, request: FastifyRequest, contentType: string, importId: string): Promise<Upload> {
  const encoding = request.headers["content-encoding"] ?? "identity";
  if (!/^\s*(?:identity)?\s*$/i.test(encoding))
    throw new HttpError("encoding_unknown", "A form is not compressed as a whole; its part `report` may be a gzip file.");
  const received: { body: ReceivedBody | null; places: Buffer | null } = { body: null, places: null };
  const limits = { parts: mostParts, wireBytes: reportBytes + mostPlacesBytes + aroundParts };
  await receiveForm(bodyOf(request), { contentType, limits }, async ({ name, content }) => {
    if (name === "places" && received.places === null) received.places = await receivePlaces(dependencies, content);
    else if (name === "report" && received.body === null) received.body = await receiveFile(dependencies.db, content, importId, undefined).catch(ofReport);
    else if (name === "places" || name === "report") throw fieldError(name, "stands in the form more than once", "Send it once.");
    else throw fieldError(shown(name), "is no part of this form", "Send the file as `report`; what is known of the run stands in the query.");
  });
  if (received.body === null) throw fieldError("report", "is missing in the form", "Send the file as the part `report`.");
  return { body: received.body, places: received.places };
}

function receiveFile(db: Database, wire: AsyncIterable<Uint8Array>, importId: string, contentEncoding: string | undefined): Promise<ReceivedBody> {
  return receiveBody(wire, {
    contentEncoding,
    limits: { inflatedBytes: reportBytes, keepBytes: inlineBytes },
    store: (ordinal, piece) => storePiece(db, importId, ordinal, piece),
  });
}

/** Compressed as they come: many of them at once must not fill the memory. */
async function receivePlaces({ reading }: UploadDependencies, content: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  async function* limited(): AsyncGenerator<Buffer> {
    let bytes = 0;
    for await (const piece of content) {
      bytes += piece.length;
      if (bytes > mostPlacesBytes) throw partError("places", new HttpError("body_too_large", `places: is larger than ${mostPlacesBytes / (1024 * 1024)} MB`));
      yield piece;
    }
  }
  await pipeline(limited(), createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 1 } }), async (compressed: AsyncIterable<Buffer>) => {
    for await (const piece of compressed) pieces.push(piece);
  });
  const stored = Buffer.concat(pieces);
  const problem = await reading.checkPlaces(stored);
  if (problem !== null) throw fieldError("places", problem, "Leave the part out when no hashes are known.");
  return stored;
}

function ofReport(error: unknown): never {
  throw error instanceof HttpError ? partError("report", error) : error;
}

/** The same error, which says in which part of the form it is. */
function partError(part: string, error: HttpError): HttpError {
  return new HttpError(error.code, error.message, { errors: [{ field: part, problem: error.message, fix: errorCatalogue[error.code].fix }] });
}
