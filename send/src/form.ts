import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";

/** A report with its places as `multipart/form-data`; the report is read as the body is, and closed with it. */
export function reportForm(places: Buffer, report: Readable): { contentType: string; body: Readable } {
  // 128 bits by chance: no report holds it.
  const boundary = `sentinal-${randomBytes(16).toString("hex")}`;
  const head = (name: string, type: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`;

  async function* parts(): AsyncGenerator<Buffer> {
    yield Buffer.from(head("places", "application/json"));
    yield places;
    yield Buffer.from(`\r\n${head("report", "application/octet-stream")}`);
    yield* report;
    yield Buffer.from(`\r\n--${boundary}--\r\n`);
  }

  const body = Readable.from(parts(), { objectMode: false });
  body.on("close", () => report.destroy());
  return { contentType: `multipart/form-data; boundary=${boundary}`, body };
}
