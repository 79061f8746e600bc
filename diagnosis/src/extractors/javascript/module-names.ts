import type { Category } from "../../categories.ts";

const missing =
  /(?:Cannot find (?:module|package)|Can't resolve|Could not resolve(?: import)?|Failed to resolve import|Failed to load url|Unable to resolve module|Cannot resolve (?:module|dependency)|rollup failed to resolve import|Could not locate module|Cannot find type definition file for|Failed to resolve) ['"`‘]?([^\s'"`’]{1,300})/i;

/** A package that is not there is another cause than a file of one's own. Undefined where the text names no missing module. */
export function missingModule(text: string): Category | undefined {
  const name = missing.exec(text)?.[1];
  return name === undefined ? undefined : categoryOfModule(name);
}

/** `lodash` and `@scope/x` are packages; `./x`, `/x`, `@/x`, `~/x`, `src/x` are files of one's own. */
export function categoryOfModule(name: string): Category {
  if (name.startsWith("node:")) return "config.toolchain";
  return /^(?:\.{0,2}[\\/]|\.{1,2}$|[A-Za-z]:\\|@\/|~|#|src\/|file:)/.test(name) ? "code.import_error" : "dependency.missing_module";
}
