import type { TestSuite } from "@sentinal/contract";

export type SuiteCounts = Omit<TestSuite, "path">;

/** A suite with what stands in it and below; suites that hold nothing but one other are one with it. */
export type SuiteNode = {
  /** Of the innermost of the suites that it stands for, outermost first. */
  path: readonly string[];
  /** The names that its row shows. */
  names: readonly string[];
  counts: SuiteCounts;
  children: SuiteNode[];
};

export type SuiteRow = { key: string; node: SuiteNode; depth: number; isOpen: boolean };

type Draft = { name: string; own: SuiteCounts | null; children: Map<string, Draft> };

/** The suites of a scan as a tree, those with failures first. */
export function suiteTree(suites: readonly TestSuite[]): SuiteNode[] {
  const root = newDraft("");
  for (const { path, ...counts } of suites) {
    let at = root;
    // Those without a suite stand at the top, as one without a name.
    for (const name of path.length === 0 ? [""] : path) {
      const child = at.children.get(name) ?? newDraft(name);
      at.children.set(name, child);
      at = child;
    }
    at.own = at.own === null ? counts : added(at.own, counts);
  }
  return sorted([...root.children.values()].map((draft) => nodeOf(draft, [], [])));
}

/** The rows that show, in order: what stands in a suite that is not open is left out. */
export function suiteRows(tree: readonly SuiteNode[], open: ReadonlySet<string>, depth = 0): SuiteRow[] {
  return tree.flatMap((node) => {
    const key = suiteKey(node.path);
    const isOpen = open.has(key) && node.children.length > 0;
    return [{ key, node, depth, isOpen }, ...(isOpen ? suiteRows(node.children, open, depth + 1) : [])];
  });
}

export function suiteKey(path: readonly string[]): string {
  return JSON.stringify(path);
}

function nodeOf(draft: Draft, path: readonly string[], namesAbove: readonly string[]): SuiteNode {
  const ownPath = draft.name === "" && path.length === 0 ? [] : [...path, draft.name];
  const names = [...namesAbove, draft.name];
  const [only, ...others] = draft.children.values();
  if (draft.own === null && only !== undefined && others.length === 0) return nodeOf(only, ownPath, names);
  const children = sorted([...draft.children.values()].map((child) => nodeOf(child, ownPath, [])));
  return { path: ownPath, names, counts: children.map((child) => child.counts).reduce(added, draft.own ?? noCounts), children };
}

function sorted(nodes: SuiteNode[]): SuiteNode[] {
  return nodes.toSorted(
    (a, b) => Number(badOf(b.counts) > 0) - Number(badOf(a.counts) > 0) || a.names.join("\0").localeCompare(b.names.join("\0"), "en", { numeric: true }),
  );
}

function badOf(counts: SuiteCounts): number {
  return counts.failed + counts.errors;
}

const noCounts: SuiteCounts = { failed: 0, errors: 0, passed: 0, skipped: 0, flaky: 0, total: 0, duration_ms: null };

function added(a: SuiteCounts, b: SuiteCounts): SuiteCounts {
  return {
    failed: a.failed + b.failed,
    errors: a.errors + b.errors,
    passed: a.passed + b.passed,
    skipped: a.skipped + b.skipped,
    flaky: a.flaky + b.flaky,
    total: a.total + b.total,
    duration_ms: a.duration_ms === null && b.duration_ms === null ? null : (a.duration_ms ?? 0) + (b.duration_ms ?? 0),
  };
}

function newDraft(name: string): Draft {
  return { name, own: null, children: new Map() };
}
