import { compact } from "../detail.ts";
import type { JsonObject } from "../json/values.ts";
import { isObject, lineOf, listOf, member, memberAt, numberOf, textOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import { repositoryPath } from "../places/paths.ts";
import { messageOf } from "./messages.ts";
import type { RuleOfResult } from "./rules.ts";
import type { Address, Place, Run } from "./run.ts";
import { addressOf } from "./run.ts";

const nowhere: Place = { path: null, target: null };
/** Addresses that lead to no file. */
const otherAddress = /^(?!file:)[a-z][a-z0-9+.-]+:\/\/|^(?:sarif|pkg|urn|data|cid|mailto|about):/i;
const rooted = /^(?:file:|[\\/]|[a-z]:[\\/])/i;
/** Base addresses that are relative to each other. */
const mostBases = 10;
/** Places of addresses that are remembered, by base. */
const mostPlaces = 2_000;

/** The place of an `artifactLocation`: its own address, else that of the artifact at its index. */
export function placeOf(run: Run, location: unknown, workspace: string | undefined): Place {
  const own = addressOf(location);
  if (own === null || !isObject(location)) return nowhere;
  if (own.uri !== null) return resolved(run, own, workspace);
  const index = numberOf(member(location, "index"));
  const artifact = index === null ? undefined : run.artifacts[index];
  return artifact === undefined ? nowhere : resolved(run, artifact, workspace);
}

/** The place of a `location`. */
export function placeOfLocation(run: Run, location: JsonObject, workspace: string | undefined): Place {
  return placeOf(run, memberAt(location, "physicalLocation", "artifactLocation"), workspace);
}

export function regionOf(location: JsonObject): JsonObject | null {
  const region = memberAt(location, "physicalLocation", "region");
  return isObject(region) ? region : null;
}

/** A location as it is shown; null when it says nothing. */
export function shownLocation(run: Run, location: unknown, rule: RuleOfResult, workspace: string | undefined): Record<string, unknown> | null {
  if (!isObject(location)) return null;
  const { path, target } = placeOfLocation(run, location, workspace);
  const region = regionOf(location) ?? {};
  const shown = compact({
    path: path ?? target,
    line: lineOf(member(region, "startLine")),
    column: lineOf(member(region, "startColumn")),
    end_line: lineOf(member(region, "endLine")),
    end_column: lineOf(member(region, "endColumn")),
    logical: logicalNameOf(location),
    message: messageOf(member(location, "message"), rule),
  });
  return Object.keys(shown).length === 0 ? null : shown;
}

/** Named in the code, not in a file: `collections::list::add`. */
export function logicalNameOf(location: JsonObject): string | null {
  for (const logical of listOf(member(location, "logicalLocations"))) {
    const name = isObject(logical) ? (textOf(member(logical, "fullyQualifiedName"), limits.path) ?? textOf(member(logical, "name"), limits.path)) : null;
    if (name !== null) return name;
  }
  return null;
}

function resolved(run: Run, address: Address, workspace: string | undefined): Place {
  const { uri, baseId } = address;
  if (uri === null) return nowhere;
  const known = run.places.get(baseId)?.get(uri);
  if (known !== undefined) return known;
  const place = resolve(run, uri, baseId, workspace);
  const places = run.places.get(baseId) ?? new Map<string, Place>();
  if (places.size >= mostPlaces) places.clear();
  if (run.places.size >= mostBases) run.places.clear();
  run.places.set(baseId, places.set(uri, place));
  return place;
}

/**
 * A base leads to the repository or is not used: a folder that is no runner's is another one on the next machine, and
 * what tools write behind it is almost always the path in the repository.
 */
function resolve(run: Run, uri: string, baseId: string | null, workspace: string | undefined): Place {
  if (otherAddress.test(uri)) return { path: null, target: uri };
  let path = uri;
  let nextBase = baseId;
  for (let count = 0; !rooted.test(path) && nextBase !== null && count < mostBases; count++) {
    const base: Address | undefined = run.bases.get(nextBase);
    if (base === undefined || base.uri === null || base.uri === "") break;
    const isLast = rooted.test(base.uri);
    const joined = `${base.uri}${base.uri.endsWith("/") ? "" : "/"}${path}`;
    if (otherAddress.test(base.uri)) break;
    if (isLast) {
      const full = pathOf(joined, workspace);
      return rooted.test(full) ? { path: pathOf(path, workspace), target: null } : { path: full, target: null };
    }
    path = joined;
    nextBase = base.baseId;
  }
  const own = pathOf(path, workspace);
  return own === "" ? nowhere : { path: own, target: null };
}

/** `repositoryPath` decodes `file:` addresses; relative ones are addresses as well. */
function pathOf(uri: string, workspace: string | undefined): string {
  return textOf(repositoryPath(/^file:/i.test(uri) ? uri : decoded(uri), workspace), limits.path) ?? "";
}

function decoded(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
