import { repositoryPath } from "./paths.ts";

/** A path as the repository has it. */
export type PathReader = (raw: string) => string;

/** `repositoryPath` for a report's paths, which mostly are those of the entry before. */
export function rememberedPaths(workspace?: string): PathReader {
  let last = "";
  let path = repositoryPath(last, workspace);
  return (raw) => {
    if (raw !== last) {
      path = repositoryPath(raw, workspace);
      last = raw;
    }
    return path;
  };
}
