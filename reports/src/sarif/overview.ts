import type { ReportSummary } from "../reader.ts";
import { limits } from "../limits.ts";
import { isImageId, withoutTag } from "../trivy/target.ts";
import { identityPart } from "../text.ts";
import type { Component } from "./components.ts";
import { versionOf } from "./components.ts";
import { scanTypeOfDriver } from "./drivers.ts";
import type { Run } from "./run.ts";

/** What the runs of a report said of themselves; of many only the first are kept. */
export type Overview = {
  /** The name of the tool, and the component that tells it while its run is read. */
  driver: string | null;
  component: Component | null;
  version: string | null;
  categories: Set<string>;
  images: Set<string>;
  stableImages: Set<string>;
  automationIds: Set<string>;
  isComplete: boolean;
};

const mostNames = 100;

export function emptyOverview(): Overview {
  return {
    driver: null,
    component: null,
    version: null,
    categories: new Set(),
    images: new Set(),
    stableImages: new Set(),
    automationIds: new Set(),
    isComplete: true,
  };
}

/** Takes in a run that has ended, or as much of it as was read. */
export function noteRun(overview: Overview, run: Run): void {
  noteDriver(overview, run);
  add(overview.automationIds, run.automationId);
  add(overview.categories, run.automationId === null ? null : categoryOf(run.automationId));
  if (run.imageName === null) return;
  add(overview.images, run.imageName);
  const name = isImageId(run.imageName) ? (run.imageTag ?? run.imageName) : run.imageName;
  add(overview.stableImages, withoutTag(name));
}

/** The tool is the driver of the first run that names one. */
export function noteDriver(overview: Overview, { driver }: Run): void {
  if (driver === null || driver.name === null) return;
  overview.driver ??= driver.name;
  overview.component ??= driver;
  if (overview.component === driver) overview.version = versionOf(driver);
}

export function summaryOf(overview: Overview, shape: string): ReportSummary {
  return {
    scanType: overview.driver === null ? "lint" : scanTypeOfDriver(overview.driver),
    isComplete: overview.isComplete,
    tool: overview.driver ?? "unknown",
    toolVersion: overview.version,
    shape,
    artifact: joined(overview.images) ?? joined(overview.automationIds),
    artifactScope: joined(new Set([...overview.categories, ...overview.stableImages])) ?? "",
  };
}

/** What stands before the last slash; behind it stands the id of one run. Without a slash all of it is such an id. */
function categoryOf(automationId: string): string | null {
  const category = automationId.slice(0, Math.max(0, automationId.lastIndexOf("/")));
  return category === "" ? null : category;
}

function add(names: Set<string>, name: string | null): void {
  if (name !== null && names.size < mostNames) names.add(name);
}

function joined(names: Set<string>): string | null {
  return names.size === 0 ? null : identityPart([...names].toSorted().join(", "), limits.summary);
}
