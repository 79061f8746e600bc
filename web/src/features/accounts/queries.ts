import type { SetupState, User } from "@sentinal/contract";
import { queryOptions } from "@tanstack/react-query";
import { api } from "../../runtime.ts";

export function meQuery() {
  return queryOptions({ queryKey: ["me"], queryFn: ({ signal }) => api.get<User>("/api/auth/me", {}, signal), staleTime: 10 * 60_000 });
}

export function setupQuery() {
  return queryOptions({ queryKey: ["setup"], queryFn: ({ signal }) => api.get<SetupState>("/api/setup", {}, signal), staleTime: 0 });
}
