export { type ExitCode, exitCodes } from "./problem.ts";
export { run } from "./program.ts";
export type { Surroundings } from "./terminal.ts";
