import type { ApiToken, CreateApiTokenBody, CreatedApiToken } from "@sentinal/contract";
import { queryOptions } from "@tanstack/react-query";
import { api, queryClient } from "../../runtime.ts";

/** A hub has tens of tokens; the list is read whole, up to this many pages of 200. */
const mostPages = 20;

export function tokensQuery() {
  return queryOptions({
    queryKey: ["api-tokens"],
    queryFn: async ({ signal }) => {
      const tokens: ApiToken[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < mostPages; page++) {
        const answer = await api.get<{ items: ApiToken[]; next_cursor: string | null }>("/api/auth/api-tokens", { limit: 200, cursor }, signal);
        tokens.push(...answer.items);
        if (answer.next_cursor === null) break;
        cursor = answer.next_cursor;
      }
      return tokens;
    },
  });
}

export async function createToken(body: CreateApiTokenBody): Promise<CreatedApiToken> {
  return changed(await api.post<CreatedApiToken>("/api/auth/api-tokens", body));
}

export async function rotateToken({ id, overlapHours }: { id: number; overlapHours: number }): Promise<CreatedApiToken> {
  return changed(await api.post<CreatedApiToken>(`/api/auth/api-tokens/${id}/rotate`, { overlap_hours: overlapHours }));
}

export async function bindToken({ id, repository }: { id: number; repository: string | null }): Promise<ApiToken> {
  return changed(await api.put<ApiToken>(`/api/auth/api-tokens/${id}/repository`, { repository }));
}

export async function revokeToken(id: number): Promise<ApiToken> {
  return changed(await api.post<ApiToken>(`/api/auth/api-tokens/${id}/revoke`));
}

function changed<Answer>(answer: Answer): Answer {
  void queryClient.invalidateQueries({ queryKey: ["api-tokens"] });
  void queryClient.invalidateQueries({ queryKey: ["board"] });
  return answer;
}
