export * from "./changes.ts";
export * from "./sockets.ts";
