import type { Board, Repository, Run, RunDetail } from "@sentinal/contract";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../../runtime.ts";
import type { AppSearch, BoardSearch } from "../../searches.ts";
import type { RunPage } from "./run-stream.ts";

export type RunFilters = Pick<AppSearch & BoardSearch, "repository" | "branch" | "workflow" | "status" | "q">;

export const runsPerPage = 50;
/** More than one chooses from by eye; the search finds the others. */
const mostRepositories = 200;

export function boardQuery(repository: string | undefined) {
  return queryOptions({ queryKey: ["board", { repository }], queryFn: ({ signal }) => api.get<Board>("/api/cicd/board", { repository }, signal) });
}

export function fetchRuns(filters: RunFilters, cursor: string | undefined, signal?: AbortSignal): Promise<RunPage> {
  return api.get<RunPage>("/api/cicd/runs", { ...filters, limit: runsPerPage, cursor }, signal);
}

/** The stream of runs; live updates are taken into it row by row, so it never turns stale by itself. */
export function runsQuery(filters: RunFilters) {
  return infiniteQueryOptions({
    queryKey: ["runs", filters],
    queryFn: ({ pageParam, signal }) => fetchRuns(filters, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function runQuery(id: number) {
  return queryOptions({ queryKey: ["run", id], queryFn: ({ signal }) => api.get<RunDetail>(`/api/cicd/runs/${id}`, {}, signal) });
}

export function repositoriesQuery() {
  return queryOptions({
    queryKey: ["repositories"],
    queryFn: async ({ signal }) => (await api.get<{ items: Repository[] }>("/api/cicd/repositories", { limit: mostRepositories }, signal)).items,
  });
}

/** Runs that a person may mean by these words, for the palette. */
export function foundRunsQuery(text: string) {
  return queryOptions({
    queryKey: ["found-runs", text],
    queryFn: async ({ signal }) => (await api.get<{ items: Run[] }>("/api/cicd/runs", { q: text, limit: 6 }, signal)).items,
    enabled: text.length >= 2,
  });
}
