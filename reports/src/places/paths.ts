/** Folders in which runners put a repository's files; what follows is the path in the repository. */
const workspaces: readonly RegExp[] = [
  // GitHub's runners, hosted or not, in a container or not: …/work/shop/shop/, D:/a/shop/shop/, /__w/shop/shop/
  /^(?:[a-z]:)?(?:\/[^/]+)*?\/(?:_?work|__w)\/([^/]+)\/\1\//i,
  /^[a-z]:\/a\/([^/]+)\/\1\//i,
  /^\/github\/workspace\//,
  // GitLab's, CircleCI's and Azure's
  /^\/builds\/[^/]+\/[^/]+\//,
  /^\/(?:home\/circleci|root)\/project\//,
  /^(?:[a-z]:)?(?:\/[^/]+)*?\/_?work\/\d+\/s\//i,
  /^[a-z]:\/a\/\d+\/s\//i,
];

/**
 * A path as the repository has it: `file:` addresses and backslashes become a plain path, what the runner put in front
 * is taken away (`workspace`, else the folders that the usual runners use), `.` and `..` are resolved. What stays
 * absolute or leads out of the repository is given as it is: the report may be of files elsewhere.
 */
export function repositoryPath(raw: string, workspace?: string): string {
  const path = plainPath(raw);
  const root = workspace === undefined ? "" : `${plainPath(workspace).replace(/\/+$/, "")}/`;
  if (root.length > 1 && path.toLowerCase().startsWith(root.toLowerCase())) return resolved(path.slice(root.length));
  for (const place of workspaces) {
    const found = place.exec(path);
    if (found !== null) return resolved(path.slice(found[0].length));
  }
  return resolved(path);
}

/** The name of the file at the end of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function plainPath(raw: string): string {
  const address = /^file:(?:\/\/[^/\\]*)?/i.exec(raw);
  const path = (address === null ? raw : decoded(raw.slice(address[0].length))).replaceAll("\\", "/");
  // file:///D:/a/shop is the address of D:/a/shop.
  return address !== null && /^\/[a-z]:\//i.test(path) ? path.slice(1) : path;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function resolved(path: string): string {
  if (!/(?:^|\/)(?:\.{0,2})(?:\/|$)/.test(path)) return path;
  const isAbsolute = path.startsWith("/");
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== ".." || !isAbsolute) parts.push(part);
  }
  return `${isAbsolute ? "/" : ""}${parts.join("/")}`;
}
