import type { Extractor } from "../extractor.ts";
import { javac } from "./jvm/javac.ts";
import { genericErrors } from "./platform/generic.ts";
import { githubActions } from "./platform/github-actions.ts";
import { pytest } from "./python/pytest.ts";

/** Every extractor. Their order decides nothing. */
export const extractors: readonly Extractor[] = [
  // The JVM
  javac,
  // Python, Ruby, PHP
  pytest,
  // JavaScript and TypeScript
  // Compiled languages
  // GitHub, other CI, operating systems
  githubActions,
  genericErrors,
];
