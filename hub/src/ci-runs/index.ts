export { type Alongside, createRepositories, type FoundRun, findOrCreateRun, type Repositories } from "./find-or-create.ts";
export { runGateOf } from "./gate.ts";
export { registerGateRoutes } from "./gate-routes.ts";
export { broadcastChanges } from "./live.ts";
export { findRun, repositoryOfRun } from "./queries.ts";
export { registerRunRoutes } from "./routes.ts";
export { standingOf } from "./rules.ts";
export { settleAgain, settleRun } from "./settle.ts";
