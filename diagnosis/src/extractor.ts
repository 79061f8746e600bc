import type { Category, Transient } from "./categories.ts";
import type { View } from "./reading/line-reader.ts";

/**
 * Reads what one tool prints when it fails. One module a tool, in `extractors/`, registered in `extractors/registry.ts`;
 * `docs/guides/add-an-extractor.md` tells how to write one.
 */
export type Extractor = {
  /** Unique, kebab-case: `maven-compiler`. */
  readonly name: string;
  /** As people call the tool: `Maven`. */
  readonly title: string;
  /**
   * Lines are handed over only when they hold one of these (letters of both cases alike, colours ignored, at least three characters).
   * Choose what the tool's failures hold and other lines seldom do: each further line costs time.
   */
  readonly keywords: readonly string[];
  /** Begins a log. What is returned is called with each line that holds a keyword, in order, and may keep what it saw. */
  open(): ReadLine;
};

export type ReadLine = (view: View) => Sighting | readonly Sighting[] | undefined;

/** A line that may be the cause. */
export type Sighting = {
  readonly category: Category;
  readonly strength: Strength;
  /** Why, for people: `javac names an error in a file`. */
  readonly reason: string;
  /** Lines below the one that was handed over (above, if negative) where the cause stands. Default 0. */
  readonly offset?: number;
  /** The failed test's full name, where this tells one. */
  readonly test?: string;
  /** Only where the evidence says more than the category (`usualTransience`) does. */
  readonly transient?: Transient;
  /**
   * The text that tells this cause from others, if it is not the cause line's own: a compiler's message without the place.
   * Numbers, hex, paths and times are masked later.
   */
  readonly key?: string;
};

/**
 * How well a line of this form tells the cause, if the step that printed it failed.
 * - `cause`: the tool prints this only when it fails, and it names what is wrong: a compiler's error, a failed test's heading, a linter's finding.
 * - `likely`: mostly so, but seen in passing jobs too, or a bit away from what is wrong.
 * - `summary`: that something failed, with a name: `Failed to execute goal …`, `1 failing`, `Task :x FAILED`.
 * - `hint`: words of an error in a form that says little: `error: …`, the last line of a traceback.
 * - `symptom`: only that it failed: `exit code 1`.
 */
export type Strength = "cause" | "likely" | "summary" | "hint" | "symptom";

/** An extractor that looks at each line by itself. */
export function stateless(read: ReadLine): () => ReadLine {
  return () => read;
}
