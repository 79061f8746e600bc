export * from "./record.ts";
export * from "./refusals.ts";
export { startSealing, type Sealing } from "./seal.ts";
export * from "./verify.ts";
