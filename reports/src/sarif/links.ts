import type { Run } from "./run.ts";

/**
 * Gives runs and their external properties what the other has told. Returns how many references from runs to results
 * lead to nothing that the report holds.
 */
export function linkRuns(kept: readonly Run[]): number {
  const runs = kept.filter(({ isExternal }) => !isExternal);
  const externals = kept.filter(({ isExternal }) => isExternal);
  const held = new Set(externals.map(({ externalGuid }) => externalGuid));
  const pairs = externals.flatMap((external) => {
    const run = runs.find((one) => belongsTo(external, one)) ?? (runs.length === 1 ? runs[0] : undefined);
    return run === undefined ? [] : [{ external, run }];
  });
  for (const { external, run } of pairs) complete(run, external);
  for (const { external, run } of pairs) complete(external, run);
  let missing = 0;
  for (const { references } of runs) for (const [guid, isOfResults] of references) if (isOfResults && !held.has(guid)) missing++;
  return missing;
}

function belongsTo(external: Run, run: Run): boolean {
  const isNamed = external.guid !== null && external.guid === run.guid;
  return isNamed || (external.externalGuid !== null && run.references.has(external.externalGuid));
}

function complete(run: Run, other: Run): void {
  run.driver ??= other.driver;
  if (run.extensions.length === 0) run.extensions = other.extensions;
  if (run.taxonomies.length === 0) run.taxonomies = other.taxonomies;
  if (run.artifacts.length === 0) {
    run.artifacts = other.artifacts;
    run.artifactLength = other.artifactLength;
  }
  if (run.invocations.length === 0) run.invocations = other.invocations;
  if (run.bases.size === 0) {
    run.bases = other.bases;
    run.basesLength = other.basesLength;
  }
  run.places.clear();
}
