export { type Batch, batchesOf, countBatch, countTest, noSeverityCounts, noTestCounts } from "./batches.ts";
export { encodingOf, inflated, type Piece } from "./pieces.ts";
export { mostPlacesBytes } from "./places.ts";
export { createReadingPool, type ReadingPool, type StoredReport } from "./pool.ts";
export type { Reading } from "./read-events.ts";
export { type Sighting, sightingOf } from "./sightings.ts";
export type { TestSighting } from "./test-sightings.ts";
