import type { JsonObject } from "../json/values.ts";
import { isObject, member } from "../json/values.ts";
import { limits } from "../limits.ts";
import { cleanText, identityPart } from "../text.ts";
import { guidOf } from "./components.ts";

/** Names of what tells when or where a result was made, moves with the line, or changes with any edit of the file. */
const unstableName = /guid|commit|revision|author|e-?mail|date|time|column|(?:^|[^a-z])(?:run|scan|build)_?(?:id)?$|file_?hash/i;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Versions of UUID that are made of names, not of time or chance. */
const namedUuidVersions = "358";
/** `39fa2ee980eb94b0:1`, `sha256:9f86…`, `5c3fa1cf.8e6f4b6c`, `9f86…_0` */
const hexadecimalHash = /^(?:[a-z][a-z0-9-]{1,20}:)?[0-9a-f]{8,256}(?:[.:_/-][0-9a-z]{1,64}){0,32}$/i;
const base64Hash = /^(?=.*\d)[A-Za-z0-9+/_-]{27,200}={0,2}$/;
const shortestHash = 8;
const mostFingerprints = 100;

/**
 * The tool's own key of a result, from its fingerprints that are hashes; null where it has none. A `fingerprint` stands
 * for the result alone; a `partialFingerprint` such as the hash of a line only together with rule and path, for equal
 * lines stand in many files and two rules may meet in one line.
 */
export function toolKeyOf(result: JsonObject, rule: string, place: string | null, otherDriver: string | null): string | null {
  const whole = stablePairs(member(result, "fingerprints"));
  if (whole !== null) return keyOf([otherDriver, rule, whole]);
  const partial = stablePairs(member(result, "partialFingerprints"));
  if (partial !== null) return keyOf([otherDriver, rule, place, partial]);
  const correlation = guidOf(member(result, "correlationGuid"));
  return correlation === null ? null : keyOf([otherDriver, rule, `correlationGuid=${correlation}`]);
}

function keyOf(parts: readonly (string | null)[]): string | null {
  return identityPart(parts.filter((part) => part !== null).join("|"), limits.identityPart);
}

function stablePairs(value: unknown): string | null {
  if (!isObject(value)) return null;
  const pairs: string[] = [];
  const names = Object.keys(value);
  if (names.length > mostFingerprints) names.length = mostFingerprints;
  for (const name of names) {
    const fingerprint = value[name];
    if (typeof fingerprint === "string" && isStable(name, fingerprint.trim())) pairs.push(`${cleanText(name, limits.word)}=${fingerprint.trim()}`);
  }
  return pairs.length === 0 ? null : pairs.toSorted().join(";");
}

function isStable(name: string, fingerprint: string): boolean {
  if (fingerprint.length < shortestHash || unstableName.test(name)) return false;
  const version = uuid.exec(fingerprint)?.[1];
  if (version !== undefined) return namedUuidVersions.includes(version);
  const isOneDigit = /^(.)\1*$/.test(fingerprint);
  const isCount = /^\d+$/.test(fingerprint) && !/hash|fingerprint/i.test(name);
  return !isOneDigit && !isCount && (hexadecimalHash.test(fingerprint) || base64Hash.test(fingerprint));
}
