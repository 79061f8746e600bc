export * from "./accounts.ts";
export * from "./intake.ts";
export * from "./live.ts";
export * from "./problem.ts";
export * from "./runs.ts";
export * from "./severity.ts";
export * from "./tests.ts";
export * from "./gates.ts";
