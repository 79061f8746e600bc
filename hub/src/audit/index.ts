export * from "./record.ts";
export * from "./refusals.ts";
export { startSealing } from "./seal.ts";
export * from "./verify.ts";
