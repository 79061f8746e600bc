import type { Choose, JsonEvent } from "./events.ts";
import type { SlicerLimits } from "./slicer.ts";
import { JsonSlicer } from "./slicer.ts";

/**
 * Reads JSON as it comes and gives the values that `choose` asks for, one at a time: a list of events for each piece
 * of the source, to be run to its end before the next is asked for. The lists are made as they are run through, so
 * `choose` is asked for a value only after every event before it was taken, and may decide by what was read.
 * Never throws for what the content holds: a `failure` is then the last event. The source's own errors are passed on.
 */
export async function* sliceJson(
  source: AsyncIterable<Uint8Array>,
  choose: Choose,
  limits?: SlicerLimits,
): AsyncGenerator<Iterable<JsonEvent>, void, undefined> {
  const slicer = new JsonSlicer(choose, limits);
  for await (const piece of source) {
    yield slicer.write(piece);
    if (slicer.finished) return;
  }
  yield slicer.end();
}
