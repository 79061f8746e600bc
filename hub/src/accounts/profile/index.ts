export { isFreshSession } from "./reauthentication.ts";
export { registerProfileRoutes } from "./routes.ts";
