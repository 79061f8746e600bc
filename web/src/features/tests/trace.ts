export type TracePlace = { path: string; line: number };
/** A piece of a line; `place` where it names a line of a file of the repository. */
export type TracePart = { text: string; place: TracePlace | null };

/** Folders in which runners put a repository's files; what follows is the path in the repository. */
const workspaces: readonly RegExp[] = [/^(?:[a-z]:)?(?:\/[^/]+)*?\/(?:_?work|__w)\/([^/]+)\/\1\//i, /^[a-z]:\/a\/([^/]+)\/\1\//i, /^\/github\/workspace\//];
const foreign = /(?:^|\/)(?:node_modules|site-packages|dist-packages|\.cargo|\.rustup|\.gradle|\.m2|gems|internal)\//;

/**
 * `path.ext:12`, `path.ext:line 12` (.NET) and `"path.ext", line 12` (Python). Begins where a word begins and is bounded,
 * so that no line takes long.
 */
const placePattern =
  /(?<![^\s("'[<=,@])(?:(?:file:\/\/)?((?:[A-Za-z]:)?[^\s()"'<>:,;=[\]{}|*?]{1,300}\.[A-Za-z]\w{0,9}):(?:line )?(\d{1,7})(?::\d{1,6})?|"([^"\n]{1,300}\.[A-Za-z]\w{0,9})", line (\d{1,7}))/g;

/**
 * The lines of a trace, with the places that are of the repository. `file`: the test's own, relative to the repository;
 * where a path of the trace ends in it, what stands before is the folder that the repository was in.
 */
export function traceLines(trace: string, file: string | null): TracePart[][] {
  const lines = trace.split("\n");
  const found = lines.map((line) => [...line.matchAll(placePattern)]);
  const root = rootOf(
    found.flat().map((match) => plainPath(match[1] ?? match[3] ?? "")),
    file,
  );
  return lines.map((line, index) => {
    const parts: TracePart[] = [];
    let end = 0;
    for (const match of found[index] ?? []) {
      const path = pathInRepository(plainPath(match[1] ?? match[3] ?? ""), file, root);
      if (path === null) continue;
      if (match.index > end) parts.push({ text: line.slice(end, match.index), place: null });
      parts.push({ text: match[0], place: { path, line: Number(match[2] ?? match[4]) } });
      end = match.index + match[0].length;
    }
    if (end < line.length) parts.push({ text: line.slice(end), place: null });
    return parts;
  });
}

function plainPath(raw: string): string {
  return raw.replaceAll("\\", "/");
}

/** The folder before the test's own file in the first path that ends in it; null where none does. */
function rootOf(paths: readonly string[], file: string | null): string | null {
  if (file === null || file === "") return null;
  const path = paths.find((one) => isAbsolute(one) && one.endsWith(`/${file}`));
  return path === undefined ? null : path.slice(0, -file.length);
}

function pathInRepository(path: string, file: string | null, root: string | null): string | null {
  if (foreign.test(path)) return null;
  const place = workspaces.map((workspace) => workspace.exec(path)?.[0]).find((prefix) => prefix !== undefined) ?? root;
  const inner = (place !== null && path.startsWith(place) ? path.slice(place.length) : path).replace(/^(?:\.\/)+/, "");
  if (isAbsolute(inner) || inner.split("/").some((part) => part === "" || part === "." || part === "..")) return null;
  if (inner.includes("/") || place !== null) return inner;
  // A bare name may be of any folder, but for that of the test's own file.
  return file !== null && (file === inner || file.endsWith(`/${inner}`)) ? file : null;
}

function isAbsolute(path: string): boolean {
  return path.startsWith("/") || /^[A-Za-z]:/.test(path);
}
