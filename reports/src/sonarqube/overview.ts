import { limits } from "../limits.ts";
import type { Problems } from "../problems.ts";
import { noteProblem } from "../problems.ts";
import type { ReportSummary } from "../reader.ts";
import { cleanText, identityPart } from "../text.ts";
import type { Answer } from "./answer.ts";
import { projectNameOf, projectOf, serverTotal, shapeOf } from "./answer.ts";

type Count = { held: number; total: number };

const mostProjects = 100;

/** What the answers of a report said of themselves, for its summary. */
export class Overview {
  /** A list without the answer around it. */
  isBare = false;
  readonly #projects = new Set<string>();
  readonly #lists = new Set<string>();
  readonly #counts = new Map<string, Count>();
  #name: string | null = null;
  #shape: string | null = null;
  #gates = 0;
  #issues = 0;
  #hotspots = 0;

  noteProject(key: string | null): void {
    if (key !== null && this.#projects.size < mostProjects) this.#projects.add(key);
  }

  noteAnswer(answer: Answer, hasGate: boolean): void {
    this.#issues += answer.issues;
    this.#hotspots += answer.hotspots;
    this.noteProject(projectOf(answer));
    this.#name ??= projectNameOf(answer);
    if (hasGate) this.#gates++;
    for (const list of answer.lists) this.#lists.add(list);
    const speaks = hasGate || answer.lists.has("issues") || answer.lists.has("hotspots");
    if (speaks) this.#shape ??= shapeOf(answer);
    const total = serverTotal(answer);
    if (total === null) return;
    const kind = [...answer.lists].filter((list) => list === "issues" || list === "hotspots").join(" and ");
    const count = this.#counts.get(kind) ?? { held: 0, total: 0 };
    this.#counts.set(kind, { held: count.held + answer.issues + answer.hotspots, total: Math.max(count.total, total) });
  }

  /** True when something was read that only SonarQube and its tools write. */
  get isSonar(): boolean {
    return this.isBare || this.#shape !== null;
  }

  /** True when there is no list that issues could stand in. */
  get isGateOnly(): boolean {
    return this.#gates > 0 && !this.#hasEntries("issues") && !this.#hasEntries("hotspots");
  }

  /** Tells where the server has more than the report holds; answers whether that is nowhere so. */
  noteTotals(problems: Problems): boolean {
    let isComplete = true;
    for (const [kind, { held, total }] of this.#counts) {
      if (total <= held) continue;
      isComplete = false;
      const message = `The server has ${total.toLocaleString("en")} ${kind}, the report holds ${held.toLocaleString("en")} of them`;
      noteProblem(problems, "warning", "total_above_held", message);
    }
    return isComplete;
  }

  summary(isComplete: boolean): ReportSummary {
    const [project] = this.#projects;
    const isOne = project !== undefined && this.#projects.size === 1;
    const name = isOne ? (this.#name ?? project) : (this.#name ?? [...this.#projects].slice(0, 3).join(", "));
    return {
      tool: "SonarQube",
      toolVersion: null,
      shape: this.isBare ? "bare-array" : (this.#shape ?? "issues"),
      artifact: name === "" ? null : cleanText(name, limits.summary),
      artifactScope: this.#scope(isOne ? project : null),
      isComplete,
      isGateOnly: this.isGateOnly,
    };
  }

  /**
   * The project's key; without the branch, which is another part of the scope. Hotspots come in an answer of their own,
   * and must not pass for the project's issues being fixed.
   */
  #scope(project: string | null): string {
    const holdsIssues = this.#issues > 0 || this.#lists.has("issues");
    const holdsHotspots = this.#hotspots > 0 || this.#lists.has("hotspots");
    const part = holdsHotspots && !holdsIssues ? "hotspots" : null;
    return identityPart([project, part].filter((word) => word !== null).join(" "), limits.summary) ?? "";
  }

  #hasEntries(list: string): boolean {
    return this.isBare || this.#lists.has(list);
  }
}
