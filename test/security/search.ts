/** A secret that must stand nowhere; `kind` says which, for whoever reads a hit. */
export type Canary = { kind: string; value: string | Buffer };
export type Hit = { kind: string; spelling: string; place: string };
/** Looks for all canaries in one pass over the bytes; each kind and spelling is told once. */
export type Search = (place: string, bytes: Buffer) => Hit[];

type Needle = { kind: string; spelling: string; bytes: Buffer };

/** Shorter ones stand by chance in a database's files. */
const leastBytes = 8;
/** From here on a part of a value is looked for as well, for what is cut off or shown in part. It lies behind what is shown of a token. */
const longFrom = 40;
const partOf = (value: string) => value.slice(16, 40);

const slotBits = 20;

export function createSearch(canaries: readonly Canary[]): Search {
  const needles = canaries.flatMap(({ kind, value }) =>
    [...pieces(value)].flatMap(([piece, bytes]) => [...spellings(bytes)].map(([spelling, spelt]) => ({ kind, spelling: `${piece}${spelling}`, bytes: spelt }))),
  );
  const byBeginning = new Map<number, Needle[]>();
  const filled = new Uint8Array(1 << slotBits);
  for (const needle of needles) {
    if (needle.bytes.length < leastBytes) throw new Error(`a canary of ${needle.bytes.length} bytes is found by chance: ${needle.kind}`);
    const beginning = needle.bytes.readUInt32BE(0);
    byBeginning.set(beginning, [...(byBeginning.get(beginning) ?? []), needle]);
    filled[slotOf(beginning)] = 1;
  }

  return function search(place, bytes) {
    const hits = new Map<string, Hit>();
    let lastFour = 0;
    for (let index = 0; index < bytes.length; index++) {
      lastFour = (lastFour << 8) | (bytes[index] ?? 0);
      if (index < 3 || filled[slotOf(lastFour)] === 0) continue;
      for (const needle of byBeginning.get(lastFour >>> 0) ?? []) {
        const start = index - 3;
        if (bytes.subarray(start, start + needle.bytes.length).equals(needle.bytes))
          hits.set(`${needle.kind} ${needle.spelling}`, { kind: needle.kind, spelling: needle.spelling, place });
      }
    }
    return [...hits.values()];
  };
}

/** How the bytes of a value can stand somewhere, by name; what is spelt the same comes once. */
export function spellings(value: Buffer): Map<string, Buffer> {
  const text = value.toString("utf8");
  const isText = Buffer.from(text).equals(value);
  const hex = value.toString("hex");
  const found = new Map<string, Buffer>([
    ["raw", value],
    ["hex", Buffer.from(hex)],
    ["hex in capitals", Buffer.from(hex.toUpperCase())],
    ["percent-encoded", Buffer.from(hex.replace(/../g, "%$&"))],
    ["percent-encoded in capitals", Buffer.from(hex.toUpperCase().replace(/../g, "%$&"))],
  ]);
  for (const before of [0, 1, 2]) {
    const base64 = base64At(value, before);
    found.set(`base64 behind ${before} bytes`, Buffer.from(base64));
    found.set(`base64url behind ${before} bytes`, Buffer.from(base64.replaceAll("+", "-").replaceAll("/", "_")));
  }
  if (isText) {
    const json = JSON.stringify(text).slice(1, -1);
    found.set("URL-encoded", Buffer.from(encodeURIComponent(text)));
    found.set("form-encoded", Buffer.from(new URLSearchParams({ "": text }).toString().slice(1)));
    found.set("JSON-escaped", Buffer.from(json));
    found.set("JSON-escaped twice", Buffer.from(JSON.stringify(json).slice(1, -1)));
    found.set("JSON-escaped to ASCII", Buffer.from(json.replace(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`)));
    found.set("in HTML", Buffer.from(text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;")));
    found.set("UTF-16", Buffer.from(text, "utf16le"));
  }
  const seen = new Set<string>();
  for (const [name, bytes] of found) {
    const key = bytes.toString("latin1");
    if (seen.has(key)) found.delete(name);
    seen.add(key);
  }
  return found;
}

/** The characters that follow from the value alone where so many bytes stand before it in what is encoded, and any behind. */
function base64At(value: Buffer, bytesBefore: number): string {
  const text = Buffer.concat([Buffer.alloc(bytesBefore), value]).toString("base64");
  return text.slice(Math.ceil((bytesBefore * 8) / 6), Math.floor(((bytesBefore + value.length) * 8) / 6));
}

/** The whole, and of what is long a part. Of a JWT its signature: without that the rest lets nobody in. */
function* pieces(value: string | Buffer): Generator<[string, Buffer]> {
  const [, signature] = typeof value === "string" ? (/^eyJ[\w-]+\.[\w-]+\.([\w-]+)$/.exec(value) ?? []) : [];
  yield ["", Buffer.from(value)];
  if (signature !== undefined) yield ["signature alone, ", Buffer.from(partOf(signature))];
  else if (typeof value === "string" && value.length >= longFrom) yield ["in part, ", Buffer.from(partOf(value))];
}

function slotOf(fourBytes: number): number {
  return Math.imul(fourBytes, 0x9e3779b1) >>> (32 - slotBits);
}
