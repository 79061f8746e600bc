import type { Choose, JsonEvent } from "./events.ts";
import type { SlicerLimits } from "./slicer.ts";
import { JsonSlicer } from "./slicer.ts";

/**
 * Reads JSON as it comes and gives the values that `choose` asks for, one at a time.
 * `choose` is asked for a value only after every event before it has been taken, so it may decide by what was read.
 * Never throws for what the content holds: a `failure` is then the last event. The source's own errors are passed on.
 */
export async function* sliceJson(source: AsyncIterable<Uint8Array>, choose: Choose, limits?: SlicerLimits): AsyncGenerator<JsonEvent, void, undefined> {
  const slicer = new JsonSlicer(choose, limits);
  for await (const piece of source) {
    for (const event of slicer.write(piece)) yield event;
    if (slicer.finished) return;
  }
  for (const event of slicer.end()) yield event;
}
