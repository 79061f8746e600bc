/**
 * The highest of some version texts, compared part by part: numbers as numbers, text as text, so that 1.10 comes
 * after 1.9. Package managers differ in detail (epochs, tildes); for "raise it to" this order is near enough, and
 * the versions shown are always ones that the tool named.
 */
export function highestVersion(versions: readonly string[]): string {
  return versions.reduce((highest, version) => (compareVersions(version, highest) > 0 ? version : highest), "");
}

export function compareVersions(left: string, right: string): number {
  const a = partsOf(left);
  const b = partsOf(right);
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = compareParts(a[index], b[index]);
    if (difference !== 0) return difference;
  }
  return 0;
}

function partsOf(version: string): string[] {
  return version.match(/\d+|[a-z]+/gi) ?? [];
}

/** A missing part is less than a number and more than a word: 1.0-rc comes before 1.0, and 1.0 before 1.0.1. */
function compareParts(left: string | undefined, right: string | undefined): number {
  const rankOf = (part: string | undefined) => (part === undefined ? 1 : /^\d/.test(part) ? 2 : 0);
  const rank = rankOf(left) - rankOf(right);
  if (rank !== 0 || left === undefined || right === undefined) return rank;
  if (rankOf(left) === 0) return left < right ? -1 : left > right ? 1 : 0;
  const difference = BigInt(left) - BigInt(right);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
