import type { TrustBinding, TrustTrial } from "@sentinal/contract";
import { queryOptions } from "@tanstack/react-query";
import { api, queryClient } from "../../runtime.ts";

/** A hub has tens of bindings; the list is read whole, up to this many pages of 200. */
const mostPages = 20;

export function bindingsQuery() {
  return queryOptions({
    queryKey: ["trust-bindings"],
    queryFn: async ({ signal }) => {
      const bindings: TrustBinding[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < mostPages; page++) {
        const answer = await api.get<{ items: TrustBinding[]; next_cursor: string | null }>("/api/auth/trust-bindings", { limit: 200, cursor }, signal);
        bindings.push(...answer.items);
        if (answer.next_cursor === null) break;
        cursor = answer.next_cursor;
      }
      return bindings;
    },
  });
}

export async function createBinding(body: object): Promise<TrustBinding> {
  const made = await api.post<TrustBinding>("/api/auth/trust-bindings", body);
  void queryClient.invalidateQueries({ queryKey: ["trust-bindings"] });
  return made;
}

export async function revokeBinding(id: number): Promise<TrustBinding> {
  const revoked = await api.post<TrustBinding>(`/api/auth/trust-bindings/${id}/revoke`);
  void queryClient.invalidateQueries({ queryKey: ["trust-bindings"] });
  return revoked;
}

export async function tryToken(token: string): Promise<TrustTrial> {
  return api.post<TrustTrial>("/api/auth/oidc/try", { token });
}
