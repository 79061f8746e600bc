import { limits } from "../limits.ts";
import { identityPart } from "../text.ts";

const address = /^([a-z][a-z\d+.-]*):\/\/([^/?#]*)/i;
const uuid = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/gi;
/** Hashes in the names of files, session ids and the like. */
const longHex = /(?<![\dA-Za-z])(?=[a-f]*\d)[\da-f]{12,}(?![\dA-Za-z])/gi;
const number = /(?<=\/)\d+(?=$|[/?#\s(])/g;
const defaultPorts: ReadonlyMap<string, string> = new Map([
  ["http", ":80"],
  ["https", ":443"],
]);

/** `https://shop.example` of `https://SHOP.example:443/cart`; a text that is no address stays as it is. */
export function originOf(uri: string): string {
  const found = address.exec(uri.trim());
  if (found === null) return uri.trim().replace(/\/+$/, "");
  const scheme = (found[1] ?? "").toLowerCase();
  const host = (found[2] ?? "").toLowerCase();
  const port = defaultPorts.get(scheme);
  return `${scheme}://${port !== undefined && host.endsWith(port) ? host.slice(0, -port.length) : host}`;
}

/** The host and port of a site, without its scheme. */
export function hostOf(origin: string): string {
  return origin.replace(address, "$2");
}

type Request = { method: string | null; uri: string | null; nodeName: string | null; parameter: string | null };

/**
 * What tells a request from others of the same alert, over runs: method, node and parameter. The node is ZAP's own, where
 * it tells one, else the path with the names of the query's parameters, as ZAP writes them. What differs from run to run
 * (numbers, uuids, hashes) is masked; evidence and attack are not looked at, for they hold random tokens.
 */
export function requestKey({ method, uri, nodeName, parameter }: Request): string {
  const node = nodeName ?? nodeOf(uri ?? "");
  const path = masked(node.replace(address, ""));
  const key = [method?.toUpperCase() ?? null, path === "" ? "/" : path, parameter].filter((part) => part !== null).join(" ");
  return identityPart(key, limits.word) ?? "";
}

function nodeOf(uri: string): string {
  const [address = ""] = uri.split("#", 1);
  const query = address.indexOf("?");
  if (query === -1) return address;
  const names = address
    .slice(query + 1)
    .split("&", limits.detailEntries * 2)
    .map((pair) => pair.split("=", 1)[0] ?? "");
  return `${address.slice(0, query)} (${[...new Set(names)].toSorted().join(",")})`;
}

function masked(path: string): string {
  if (!/\d/.test(path)) return path;
  const isLong = /[\da-f]{12}/i.test(path);
  const short = isLong ? path.replaceAll(uuid, "{uuid}").replaceAll(longHex, "{hex}") : path;
  return short.replaceAll(number, "{n}");
}
