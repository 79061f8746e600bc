import { limits } from "../limits.ts";
import { repositoryPath } from "../places/paths.ts";
import { noteProblem, type Problems } from "../problems.ts";
import type { FindingRecord, ReadOptions } from "../reader.ts";
import { cleanText } from "../text.ts";
import type { XmlEvent } from "../xml/events.ts";
import { readError } from "./entry.ts";

/** One report being read, element by element. */
export class CheckstyleReading {
  readonly problems: Problems = new Map();
  rootName: string | null = null;
  /** Of the format, as the root says it: it tells nothing of the tool. */
  version: string | null = null;
  readonly #options: ReadOptions;
  #path: string | null = null;

  constructor(options: ReadOptions) {
    this.#options = options;
  }

  /** The finding that an element is, or null. */
  take(event: XmlEvent): FindingRecord | null {
    if (event.type === "close" && event.name === "file") this.#path = null;
    if (event.type !== "open") return null;
    const { name, attributes } = event;
    if (this.rootName === null) {
      this.rootName = name;
      this.version = cleanText(attributes.get("version") ?? "", limits.word) || null;
    } else if (name === "file") {
      const path = attributes.get("name") ?? "";
      this.#path = path === "" ? null : repositoryPath(cleanText(path, limits.path), this.#options.workspace);
    } else if (name === "exception") {
      noteProblem(this.problems, "partial", "not_scanned", `The tool failed on ${this.#path ?? "a file"}`);
    } else if (name === "error") {
      return this.#read(attributes);
    }
    return null;
  }

  #read(attributes: ReadonlyMap<string, string>): FindingRecord | null {
    const finding = readError(attributes, this.#path);
    if (finding === null) noteProblem(this.problems, "partial", "entry_unreadable", `An error of ${this.#path ?? "no file"} has neither message nor source`);
    return finding;
  }
}
