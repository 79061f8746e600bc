import type { AuditedActs } from "./act.ts";

export const auditActs: AuditedActs = {
  "POST /api/audit/search": {
    noEntry: "it reads: a POST only because the value must stand in no address, and an entry with its fingerprint would be found by the next search",
  },
  "POST /api/audit/verify": { noEntry: "it reads: the outcome is shown, and nothing else changes" },
};
