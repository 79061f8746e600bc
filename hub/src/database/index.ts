export * from "./connect.ts";
export * from "./cursor.ts";
export { unawaited } from "./hot-pool.ts";
export * from "./hub-state.ts";
export * from "./listen.ts";
export * from "./migrate.ts";
export * from "./open.ts";
export * from "./revocations.ts";
export * from "./transaction.ts";
