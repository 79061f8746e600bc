import type { AuditedActs } from "./act.ts";

export const serviceTokenActs: AuditedActs = {
  "POST /internal/tokens/verify": { noEntry: "it reads: whether a token is good; refused calls are counted as refusals" },
  "ALL /internal": { noEntry: "there is nothing: it answers who has no token as every other path does" },
  "ALL /internal/*": { noEntry: "there is nothing: it answers who has no token as every other path does" },
};
