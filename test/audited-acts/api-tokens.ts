import { type AuditedActs, send } from "./act.ts";

export const apiTokenActs: AuditedActs = {
  "POST /api/auth/api-tokens": {
    entries: ["api_token.created"],
    prepare: async (hub) => () => send("POST", `${hub.url}/api/auth/api-tokens`, hub.admin, { name: "CI", scopes: ["webhook:write"] }),
  },
  "POST /api/auth/api-tokens/:id/revoke": {
    entries: ["api_token.revoked"],
    async prepare(hub) {
      const { id } = await hub.createToken();
      return () => send("POST", `${hub.url}/api/auth/api-tokens/${id}/revoke`, hub.admin);
    },
  },
  "POST /api/auth/api-tokens/:id/rotate": {
    entries: ["api_token.rotated"],
    async prepare(hub) {
      const { id } = await hub.createToken();
      return () => send("POST", `${hub.url}/api/auth/api-tokens/${id}/rotate`, hub.admin, { overlap_hours: 1 });
    },
  },
  "PUT /api/auth/api-tokens/:id/repository": {
    entries: ["api_token.bound"],
    async prepare(hub) {
      const { id } = await hub.createToken();
      return () => send("PUT", `${hub.url}/api/auth/api-tokens/${id}/repository`, hub.admin, { repository: "acme/shop" });
    },
  },
};
