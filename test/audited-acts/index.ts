import { accountActs } from "./accounts.ts";
import type { AuditedActs } from "./act.ts";
import { apiTokenActs } from "./api-tokens.ts";
import { auditActs } from "./audit.ts";
import { deviceSignInActs } from "./device-sign-in.ts";
import { oidcActs } from "./oidc.ts";
import { scanActs } from "./scans.ts";
import { secondFactorActs } from "./second-factors.ts";
import { serviceTokenActs } from "./service-tokens.ts";

export type { AuditedAct } from "./act.ts";
export { startIssuer, useIssuer } from "./oidc.ts";

/** One entry a feature. */
export const auditedActs: readonly AuditedActs[] = [
  accountActs,
  secondFactorActs,
  deviceSignInActs,
  apiTokenActs,
  oidcActs,
  serviceTokenActs,
  scanActs,
  auditActs,
];
