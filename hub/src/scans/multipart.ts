import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Busboy, type BusboyFileStream, type BusboyInstance } from "@fastify/busboy";
import { HttpError, fieldError } from "../http/index.ts";

export type FormPart = { name: string; content: AsyncIterable<Buffer> };

export type FormLimits = {
  /** Parts of the form; one more is refused. */
  parts: number;
  /** The whole form as it comes, with all that stands around the parts; beyond: 413. */
  wireBytes: number;
};

/** Headers of one part; what is longer is left out, and the part with it. */
const partHeaderBytes = 8 * 1024;
const partHeaders = 20;

export function isForm(contentType: string | undefined): boolean {
  return /^\s*multipart\/form-data\s*(?:;|$)/i.test(contentType ?? "");
}

/**
 * Reads a `multipart/form-data` body as it comes, and gives each part to `take`, one after the other: no more is
 * read than it takes. Every part is a stream, with a file's name or without.
 * Throws what `take` throws, and HttpError 400 for what is no form or was cut off, 413 beyond the limits.
 */
export async function receiveForm(
  wire: AsyncIterable<Uint8Array>,
  options: { contentType: string; limits: FormLimits },
  take: (part: FormPart) => Promise<void>,
): Promise<void> {
  const { limits } = options;
  const form = openForm(options.contentType, limits);
  let taking: Promise<void> = Promise.resolve();
  let wireBytes = 0;
  // Parts that nobody has read to their end; they never end by themselves once the form is broken.
  const open = new Set<Readable>();

  form.on("file", (name: string | undefined, content: BusboyFileStream, _fileName: string, encoding: string) => {
    open.add(content);
    content.on("error", ignore);
    content.on("close", () => open.delete(content));
    taking = taking.then(async () => {
      if (!/^(?:7bit|8bit|binary)$/.test(encoding))
        throw fieldError(shown(name), `comes with content-transfer-encoding ${encoding.slice(0, 50)}`, "Send its bytes as they are.");
      await take({ name: name ?? "", content: content.iterator({ destroyOnReturn: false }) });
      // What was not read, such as bytes behind the end of a gzip stream: the form waits for it.
      content.resume();
    });
    taking.catch((error: Error) => form.destroy(error));
  });
  form.on("error", ignore);
  form.on("partsLimit", () => form.destroy(new HttpError("bad_request", `The form has more than ${limits.parts} parts.`)));

  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of wire) {
      wireBytes += chunk.length;
      if (wireBytes > limits.wireBytes) throw new HttpError("body_too_large", `The form is larger than ${Math.floor(limits.wireBytes / (1024 * 1024))} MB.`);
      yield chunk;
    }
  }

  try {
    await pipeline(counted(), form);
  } catch (error) {
    const problem = formError(error);
    for (const content of open) content.destroy(problem);
    // What is still being stored is stored before the caller cleans up.
    await taking.catch(() => {});
    throw problem;
  }
  await taking;
}

/** Errors are heard by whoever reads; one that nobody listens to would end the process. */
function ignore(): void {}

/** A part's name as errors show it. */
export function shown(name: string | undefined): string {
  return name === undefined || name === "" ? "(a part without a name)" : name.slice(0, 50);
}

function openForm(contentType: string, limits: FormLimits): BusboyInstance {
  try {
    return new Busboy({
      headers: { "content-type": contentType },
      isPartAFile: () => true,
      limits: { parts: limits.parts, headerPairs: partHeaders, headerSize: partHeaderBytes },
    });
  } catch {
    throw new HttpError("bad_request", "The content type names no boundary for the form's parts, or one that cannot be.");
  }
}

function formError(error: unknown): Error {
  if (error instanceof HttpError) return error;
  if (!(error instanceof Error)) return new Error(String(error));
  const code = "code" in error ? String(error.code) : "";
  const isCutOff = code === "ECONNRESET" || code === "ERR_STREAM_PREMATURE_CLOSE" || /unexpected end of multipart data/i.test(error.message);
  return isCutOff ? new HttpError("body_incomplete", "The form has no end: its last boundary is missing.") : error;
}
