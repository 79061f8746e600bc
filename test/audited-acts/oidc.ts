import { TrustBinding } from "@sentinal/contract";
import { shopBinding, startIssuer, type TestIssuer } from "../oidc.ts";
import { answered, type AuditedActs, newAccount, send } from "./act.ts";

/** What signs jobs in, for the hub of the test. */
export { startIssuer };
let issuer: TestIssuer | null = null;
export function useIssuer(started: TestIssuer): void {
  issuer = started;
}

export const oidcActs: AuditedActs = {
  "POST /api/auth/trust-bindings": {
    entries: ["trust_binding.created"],
    async prepare(hub) {
      const admin = await newAccount(hub, "Admin");
      return () => send("POST", `${hub.url}/api/auth/trust-bindings`, admin.bearer, shopBinding);
    },
  },
  "POST /api/auth/trust-bindings/:id/revoke": {
    entries: ["trust_binding.revoked"],
    async prepare(hub) {
      const admin = await newAccount(hub, "Admin");
      const { id } = TrustBinding.parse(await answered(send("POST", `${hub.url}/api/auth/trust-bindings`, admin.bearer, shopBinding)));
      return () => send("POST", `${hub.url}/api/auth/trust-bindings/${id}/revoke`, admin.bearer);
    },
  },
  "POST /api/auth/oidc/exchange": {
    entries: ["oidc_token.created"],
    async prepare(hub) {
      const admin = await newAccount(hub, "Admin");
      await answered(send("POST", `${hub.url}/api/auth/trust-bindings`, admin.bearer, shopBinding));
      const token = (await issuer?.idToken({ aud: hub.url })) ?? "";
      return () => send("POST", `${hub.url}/api/auth/oidc/exchange`, null, { token });
    },
  },
  "POST /api/auth/oidc/try": { noEntry: "it reads: it explains what an exchange would come to, and gives nothing" },
};
