import { baseName } from "@sentinal/reports";
import type { Evidence } from "./evidence.ts";
import { type Pass, pairInFile } from "./in-file.ts";

/** What a report is made up of after its findings were paired where they were before. */
export type Leftovers<Before extends Evidence> = {
  /** Came, and have no partner. */
  fresh: readonly Evidence[];
  /** Are there on the branch, and did not come. */
  gone: readonly Before[];
  /** Whether the report tells of the path, and whether the branch had any finding there before. */
  isReported(path: string): boolean;
  wasKnown(path: string): boolean;
};

/** Of a file that is named otherwise now, so many places must be the same: one may be by chance. */
const leastContents = 2;
/** So much of the findings of a file must be the same in both, of the larger one; one may be by chance. */
const leastShare = 0.2;
/** So many files of the same name are looked at for each, those whose folders are most alike, and so many that share some code. */
const mostCandidates = 32;
/** What one folder that two paths end in weighs against the share of equal findings; from a few on more of them say nothing. */
const folderWeight = 0.25;
const mostFolders = 4;

type File = { path: string; items: number[]; reversed: string };

type Candidate = { score: number; arrived: File; left: File };

const content: Pass["keyOf"] = ({ place }) => (place === null || place.content === null ? null : `${place.content} ${place.message}`);
const sameName: Pass["keyOf"] = ({ place }) => (place === null ? null : `${place.ruleName} ${place.message}`);
const message: Pass["keyOf"] = ({ place }) => place?.message ?? null;

/**
 * Pairs the findings of files that have moved: a path that nothing is reported of any more with one that nothing was known
 * of, when the base name is the same and findings of the same rule and message stand in both, or when enough of the
 * source is the same. Answers, by index of `fresh`, the index of its partner in `gone`, or -1.
 */
export function pairMoved<Before extends Evidence>({ fresh, gone, isReported, wasKnown }: Leftovers<Before>): number[] {
  const partners = fresh.map(() => -1);
  const arrived = filesOf(fresh).filter(({ path }) => !wasKnown(path));
  const left = filesOf(gone).filter(({ path }) => !isReported(path));
  const done = new Set<File>();
  for (const { arrived: file, left: other } of candidatesOf(arrived, left, fresh, gone)) {
    if (done.has(file) || done.has(other)) continue;
    done.add(file);
    done.add(other);
    const found = pairInFile(
      file.items.flatMap((index) => fresh[index] ?? []),
      other.items.flatMap((index) => gone[index] ?? []),
      [{ keyOf: content }, { keyOf: isSameName(file, other) ? sameName : message }],
    );
    for (const [position, index] of file.items.entries()) partners[index] = other.items[found[position] ?? -1] ?? -1;
  }
  return partners;
}

/** Which file may have been which, the likeliest first. */
function candidatesOf(arrived: readonly File[], left: readonly File[], fresh: readonly Evidence[], gone: readonly Evidence[]): Candidate[] {
  const likePathOf = nearestByPath(left);
  const likeContentOf = nearestByContent(left, gone);
  const candidates = arrived.flatMap((file) => {
    const evidence = file.items.flatMap((index) => fresh[index] ?? []);
    return [...new Set([...likePathOf(file), ...likeContentOf(evidence)])].flatMap((other) => {
      const score = likeness(
        file,
        evidence,
        other,
        other.items.flatMap((index) => gone[index] ?? []),
      );
      return score === null ? [] : [{ score, arrived: file, left: other }];
    });
  });
  return candidates.toSorted(
    (one, other) => other.score - one.score || compare(one.arrived.path, other.arrived.path) || compare(one.left.path, other.left.path),
  );
}

/** How much speaks for it that a file is another one moved; null when it is too little. */
function likeness(file: File, arrived: readonly Evidence[], other: File, left: readonly Evidence[]): number | null {
  const contents = common(arrived, left, content);
  const messages = common(arrived, left, isSameName(file, other) ? sameName : message);
  const larger = Math.max(arrived.length, left.length);
  const hasContents = arrived.some(({ place }) => place?.content != null) && left.some(({ place }) => place?.content != null);
  const isMoved = isSameName(file, other) ? Math.max(contents, messages) >= larger * leastShare : contents >= Math.max(leastContents, left.length / 2);
  if (!isMoved) return null;
  const share = hasContents ? (contents + messages) / (2 * larger) : messages / larger;
  return share + folderWeight * Math.min(commonFolders(file.reversed, other.reversed), mostFolders);
}

/** How many keys are the same, each counted as often as it stands in both. */
function common(some: readonly Evidence[], others: readonly Evidence[], keyOf: Pass["keyOf"]): number {
  const counts = new Map<string, number>();
  for (const evidence of others) {
    const key = keyOf(evidence);
    if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  let count = 0;
  for (const evidence of some) {
    const key = keyOf(evidence);
    const available = key === null ? 0 : (counts.get(key) ?? 0);
    if (key === null || available === 0) continue;
    counts.set(key, available - 1);
    count++;
  }
  return count;
}

/** Files of the same base name stand together when sorted by their paths from the end; those that share most folders, nearest. */
function nearestByPath(left: readonly File[]): (file: File) => File[] {
  const sorted = left.toSorted((one, other) => compare(one.reversed, other.reversed));
  return (file) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(sorted[middle]?.reversed ?? "", file.reversed) < 0) low = middle + 1;
      else high = middle;
    }
    return sorted.slice(Math.max(0, low - mostCandidates / 2), low + mostCandidates / 2).filter((other) => isSameName(file, other));
  };
}

/** Files that have code of this file, but for code that stands in many. */
function nearestByContent(left: readonly File[], gone: readonly Evidence[]): (evidence: readonly Evidence[]) => File[] {
  const files = new Map<string, Set<File>>();
  for (const file of left) {
    for (const index of file.items) {
      const evidence = gone[index];
      const key = evidence === undefined ? null : content(evidence);
      if (key === null) continue;
      const set = files.get(key);
      if (set === undefined) files.set(key, new Set([file]));
      else set.add(file);
    }
  }
  return (list) => {
    const votes = new Map<File, number>();
    for (const evidence of list) {
      const found = files.get(content(evidence) ?? "");
      if (found === undefined || found.size > mostCandidates) continue;
      for (const file of found) votes.set(file, (votes.get(file) ?? 0) + 1);
    }
    const likeliest = [...votes].toSorted(([one, count], [other, otherCount]) => otherCount - count || compare(one.path, other.path));
    return likeliest.slice(0, mostCandidates).map(([file]) => file);
  };
}

function filesOf(list: readonly Evidence[]): File[] {
  const files = new Map<string, File>();
  for (const [index, { place }] of list.entries()) {
    if (place === null) continue;
    const file = files.get(place.path);
    if (file === undefined) files.set(place.path, { path: place.path, items: [index], reversed: place.path.split("/").toReversed().join("/") });
    else file.items.push(index);
  }
  return [...files.values()];
}

function isSameName(one: File, other: File): boolean {
  return baseName(one.path) === baseName(other.path);
}

/** Folders that two paths, written from the end, begin with behind their base names. */
function commonFolders(one: string, other: string): number {
  const [parts, others] = [one.split("/"), other.split("/")];
  const first = parts.findIndex((part, index) => part !== others[index]);
  return Math.max(0, (first === -1 ? parts.length : first) - 1);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
