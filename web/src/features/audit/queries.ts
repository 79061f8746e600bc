import type { AuditChain, AuditEntry, AuditSearchResult } from "@sentinal/contract";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, queryClient } from "../../runtime.ts";
import type { AuditSearch } from "../../searches.ts";
import { filtersOf } from "./filters.ts";

type EntryPage = { items: AuditEntry[]; next_cursor: string | null };

const entriesPerPage = 100;
/** A check is asked about so often while it goes on. */
const verifyingEveryMs = 1_000;

export function entriesQuery(search: AuditSearch) {
  const filters = filtersOf(search);
  return infiniteQueryOptions({
    queryKey: ["audit", "entries", filters],
    queryFn: ({ pageParam, signal }) => api.get<EntryPage>("/api/audit", { ...filters, limit: entriesPerPage, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    // Others act meanwhile, and nothing tells this page of it.
    staleTime: 0,
  });
}

export function entryQuery(id: number) {
  return queryOptions({ queryKey: ["audit", "entry", id], queryFn: ({ signal }) => api.get<AuditEntry>(`/api/audit/entries/${id}`, {}, signal) });
}

export function chainQuery() {
  return queryOptions({
    queryKey: ["audit", "chain"],
    queryFn: ({ signal }) => api.get<AuditChain>("/api/audit/chain", {}, signal),
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.is_verifying === true ? verifyingEveryMs : false),
  });
}

export async function beginVerifying(): Promise<AuditChain> {
  const chain = await api.post<AuditChain>("/api/audit/verify");
  queryClient.setQueryData(["audit", "chain"], chain);
  return chain;
}

/** The value goes out in the body and is kept nowhere, in no cache either. */
export function searchValue(value: string): Promise<AuditSearchResult> {
  return api.post<AuditSearchResult>("/api/audit/search", { value });
}

export function exportLog(search: AuditSearch): Promise<Blob> {
  const { from, to } = filtersOf(search);
  return api.bytes("/api/audit/export", { from, to });
}

/** Reads list and chain anew. */
export function refresh(): void {
  void queryClient.invalidateQueries({ queryKey: ["audit"] });
}
