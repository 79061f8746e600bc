import type { JsonObject } from "../json/values.ts";
import { isObject, member, textOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import { repositoryPath } from "../places/paths.ts";
import { cleanText } from "../text.ts";
import type { Lookup } from "./lookup.ts";

/** The key of a component or project, which some answers give as an object. */
export function keyOf(value: unknown): string | null {
  return textOf(isObject(value) ? member(value, "key") : value, limits.path);
}

/**
 * The file that an issue is in, as the repository has it; null for an issue of a whole project. The component's key is
 * the project's, a colon and the path: `acme:shop:src/a.ts`; the list of components, where there is one, knows it best.
 */
export function fileOf(value: unknown, project: string | null, lookup: Lookup, workspace?: string): string | null {
  const component = keyOf(value);
  if (component === null || component === project) return null;
  if (isObject(value)) return repositoryPath(textOf(member(value, "path"), limits.path) ?? pathInKey(component, project), workspace);
  return lookup.files.of(`${project ?? ""}\n${component}`, () => {
    const listed = lookup.pathOf(component);
    return { path: listed === null ? null : cleanText(repositoryPath(listed ?? pathInKey(component, project), workspace), limits.path) };
  }).path;
}

function pathInKey(component: string, project: string | null): string {
  if (project !== null && component.startsWith(`${project}:`)) return component.slice(project.length + 1);
  return component.slice(component.lastIndexOf(":") + 1);
}

/** A place in a file; lines from 1, columns from 0 as the server counts them. */
export function rangeOf(entry: JsonObject): { start: unknown; end: unknown; startColumn: unknown; endColumn: unknown } {
  const range = member(entry, "textRange");
  const of = (name: string) => (isObject(range) ? member(range, name) : undefined);
  return { start: of("startLine"), end: of("endLine"), startColumn: of("startOffset"), endColumn: of("endOffset") };
}
