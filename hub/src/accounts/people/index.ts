export { voidResetByHash, voidResetsOf } from "./reset-queries.ts";
export { registerPeopleRoutes } from "./routes.ts";
