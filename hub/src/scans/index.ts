export { createIntake } from "./intake.ts";
export { registerIntakeRoutes } from "./intake-routes.ts";
export { listImports } from "./imports.ts";
export { registerReadRoutes } from "./read-routes.ts";
export { registerImportTasks } from "./tasks.ts";
export { createScopes } from "./scopes.ts";
export { createWaiter } from "./waiter.ts";
