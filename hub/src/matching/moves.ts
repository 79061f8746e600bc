import { baseName } from "@sentinal/reports";
import type { Evidence } from "./evidence.ts";
import { pairInFile } from "./in-file.ts";
import { isOtherCode, type KeyOf } from "./sides.ts";

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
/** Of a file of the same name, so much of the findings of the larger one must be the same. */
const leastShare = 0.2;
/** So many files of the same name are looked at for each, those whose folders are most alike, and so many that share some code. */
const mostCandidates = 16;
/** What an equal name, and folders that are all the same, weigh against findings that are all the same. */
const nameWeight = 0.5;
const folderWeight = 0.5;

/** How often each key stands in a file. */
type Counts = Map<string, number>;

type File = { path: string; name: string; folders: string[]; items: Evidence[]; indexes: number[]; contents: Counts; messages: Counts };

type Candidate = { score: number; arrived: File; left: File };

const contentKey: KeyOf = ({ place }) => (place === null || place.content === null ? null : `${place.content} ${place.message}`);
const messageKey: KeyOf = ({ place }) => place?.message ?? null;
const ruleAndMessage: KeyOf = ({ place }) => (place === null ? null : `${place.ruleName} ${place.message}`);
const ruleKey: KeyOf = ({ place }) => place?.ruleName ?? null;
const nothing: KeyOf = () => null;

/**
 * Pairs the findings of files that have moved: a path that nothing is reported of any more with one that nothing was known
 * of, when the base name is the same and findings of the same message stand in both, or when enough of the source is the
 * same. Answers, by index of `fresh`, the index of its partner in `gone`, or -1.
 */
export function pairMoved<Before extends Evidence>({ fresh, gone, isReported, wasKnown }: Leftovers<Before>): number[] {
  const partners = fresh.map(() => -1);
  const arrived = filesOf(fresh, (path) => !wasKnown(path));
  const left = filesOf(gone, (path) => !isReported(path));
  const done = new Set<File>();
  for (const { arrived: file, left: other } of candidatesOf(arrived, left)) {
    if (done.has(file) || done.has(other)) continue;
    done.add(file);
    done.add(other);
    const isSameName = file.name === other.name;
    const found = pairInFile(file.items, other.items, {
      keys: [contentKey, isSameName ? ruleAndMessage : messageKey],
      rule: isSameName ? ruleKey : nothing,
      isOther: isOtherCode,
    });
    for (const [position, index] of file.indexes.entries()) partners[index] = other.indexes[found[position] ?? -1] ?? -1;
  }
  return partners;
}

/** Which file may have been which, the likeliest first. */
function candidatesOf(arrived: readonly File[], left: readonly File[]): Candidate[] {
  const nearPath = nearestByPath(left);
  const nearContent = nearestByContent(left);
  const candidates: Candidate[] = [];
  for (const file of arrived) {
    for (const other of new Set([...nearPath(file), ...nearContent(file)])) {
      const score = likeness(file, other);
      if (score !== null) candidates.push({ score, arrived: file, left: other });
    }
  }
  return candidates.toSorted(
    (one, other) => other.score - one.score || compare(one.arrived.path, other.arrived.path) || compare(one.left.path, other.left.path),
  );
}

/** How much speaks for it that a file is another one moved; null when it is too little. */
function likeness(file: File, other: File): number | null {
  const contents = common(file.contents, other.contents);
  const messages = common(file.messages, other.messages);
  const larger = Math.max(file.items.length, other.items.length);
  const isSameName = file.name === other.name;
  const isMoved = isSameName ? Math.max(contents, messages) >= larger * leastShare : contents >= Math.max(leastContents, other.items.length / 2);
  if (!isMoved) return null;
  const hasContents = file.contents.size > 0 && other.contents.size > 0;
  const share = hasContents ? (contents + messages) / (2 * larger) : messages / larger;
  return share + (isSameName ? nameWeight : 0) + folderWeight * likenessOfFolders(file.folders, other.folders);
}

/** How many keys stand in both, each as often as it does. */
function common(some: Counts, others: Counts): number {
  if (some.size > others.size) return common(others, some);
  let sum = 0;
  for (const [key, count] of some) sum += Math.min(count, others.get(key) ?? 0);
  return sum;
}

/** The share of folders that two paths have in common at their starts and at their ends. */
function likenessOfFolders(folders: readonly string[], others: readonly string[]): number {
  const [shorter, longer] = folders.length < others.length ? [folders, others] : [others, folders];
  if (longer.length === 0) return 1;
  let head = 0;
  while (head < shorter.length && shorter[head] === longer[head]) head++;
  let tail = 0;
  while (head + tail < shorter.length && shorter.at(-tail - 1) === longer.at(-tail - 1)) tail++;
  return (head + tail) / longer.length;
}

/** Files of the same name, those nearest in the order of paths, and of paths read from their ends: they share most folders. */
function nearestByPath(left: readonly File[]): (file: File) => File[] {
  const orders = [(file: File) => `${file.name}/${file.path}`, (file: File) => [file.name, ...file.folders.toReversed()].join("/")].map((nameOf) => ({
    nameOf,
    sorted: left.map((file) => ({ file, name: nameOf(file) })).toSorted((one, other) => compare(one.name, other.name)),
  }));
  return (file) =>
    orders.flatMap(({ nameOf, sorted }) => {
      const name = nameOf(file);
      let low = 0;
      let high = sorted.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (compare(sorted[middle]?.name ?? "", name) < 0) low = middle + 1;
        else high = middle;
      }
      const near = sorted.slice(Math.max(0, low - mostCandidates / 2), low + mostCandidates / 2);
      return near.flatMap((other) => (other.file.name === file.name ? [other.file] : []));
    });
}

/** Files that have code of this file, but for code that stands in many. */
function nearestByContent(left: readonly File[]): (file: File) => File[] {
  const files = new Map<string, File[]>();
  for (const file of left) {
    for (const key of file.contents.keys()) {
      const list = files.get(key);
      if (list === undefined) files.set(key, [file]);
      else if (list.length <= mostCandidates) list.push(file);
    }
  }
  return (file) => {
    const votes = new Map<File, number>();
    for (const key of file.contents.keys()) {
      const found = files.get(key) ?? [];
      if (found.length <= mostCandidates) for (const other of found) votes.set(other, (votes.get(other) ?? 0) + 1);
    }
    const likeliest = [...votes].toSorted(([one, count], [other, otherCount]) => otherCount - count || compare(one.path, other.path));
    return likeliest.slice(0, mostCandidates).map(([other]) => other);
  };
}

function filesOf(list: readonly Evidence[], isWanted: (path: string) => boolean): File[] {
  const files = new Map<string, File>();
  for (const [index, evidence] of list.entries()) {
    const path = evidence.place?.path;
    if (path === undefined || !isWanted(path)) continue;
    let file = files.get(path);
    if (file === undefined) {
      file = { path, name: baseName(path), folders: path.split("/").slice(0, -1), items: [], indexes: [], contents: new Map(), messages: new Map() };
      files.set(path, file);
    }
    file.items.push(evidence);
    file.indexes.push(index);
    count(file.contents, contentKey(evidence));
    count(file.messages, messageKey(evidence));
  }
  return [...files.values()];
}

function count(counts: Counts, key: string | null): void {
  if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
