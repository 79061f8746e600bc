export * from "./api-token.ts";
export { randomBase62 } from "./base62.ts";
export { isPlaceholder, judgeSecret, type SecretFault, type SecretJudgement } from "./placeholder.ts";
export { checkServiceTokenShape, createServiceToken, leastServiceTokenLength, usualServiceTokenLength } from "./service-token.ts";
