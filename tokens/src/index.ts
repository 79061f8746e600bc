export * from "./api-token.ts";
export { randomBase62 } from "./base62.ts";
