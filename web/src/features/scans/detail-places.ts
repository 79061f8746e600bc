import { isObject, listOf, numberOf, textOf } from "./detail-values.ts";

/** A place in the code that a tool names besides the finding's own. */
export type PlaceView = { path: string | null; line: number | null; endLine: number | null; message: string | null; logical: string | null };
/** A way that data takes through the code, from where it comes in to where it does harm. */
export type FlowView = { steps: PlaceView[]; total: number };

/** The ways of a SARIF result (its first one) or of a SonarQube issue. */
export function readFlows(detail: Readonly<Record<string, unknown>>): FlowView[] {
  const flow = readPlaces(detail["code_flow"]);
  const flows = flow.length === 0 ? [] : [{ steps: flow, total: Math.max(flow.length, numberOf(detail["code_flow_steps"]) ?? 0) }];
  for (const one of listOf(detail["flows"])) {
    const steps = readPlaces(one);
    if (steps.length > 0) flows.push({ steps, total: steps.length });
  }
  return flows;
}

/** Further places of the finding itself, and places that have to do with it. The first of the former is the finding's own. */
export function readOtherPlaces(detail: Readonly<Record<string, unknown>>): { places: PlaceView[]; more: number } {
  const own = readPlaces(detail["locations"]);
  const told = numberOf(detail["location_count"]) ?? own.length;
  return { places: [...own.slice(1), ...readPlaces(detail["related_locations"])], more: Math.max(0, told - Math.max(own.length, 1)) };
}

function readPlaces(value: unknown): PlaceView[] {
  return listOf(value).flatMap((one) => {
    if (!isObject(one)) return [];
    const place = {
      path: textOf(one["path"]),
      line: numberOf(one["line"]) ?? numberOf(one["start_line"]),
      endLine: numberOf(one["end_line"]),
      message: textOf(one["message"]),
      logical: textOf(one["logical"]),
    };
    return place.path === null && place.message === null && place.logical === null ? [] : [place];
  });
}

/** "src/app.ts:12" as editors write it; the name in the code where no file is known. */
export function placeWords({ path, line, logical }: Pick<PlaceView, "path" | "line" | "logical">): string {
  return path === null ? (logical ?? "") : `${path}${line === null ? "" : `:${line}`}`;
}
