import type { AccountNotice, ChangePasswordBody, ChangeProfileBody, SessionOfUser, SessionsEnded, SetupState, User } from "@sentinal/contract";
import { queryOptions } from "@tanstack/react-query";
import { api, queryClient, session } from "../../runtime.ts";

export function meQuery() {
  return queryOptions({ queryKey: ["me"], queryFn: ({ signal }) => api.get<User>("/api/auth/me", {}, signal), staleTime: 10 * 60_000 });
}

export function setupQuery() {
  return queryOptions({ queryKey: ["setup"], queryFn: ({ signal }) => api.get<SetupState>("/api/setup", {}, signal), staleTime: 0 });
}

export function sessionsQuery() {
  return queryOptions({
    queryKey: ["sessions"],
    queryFn: async ({ signal }) => (await api.get<{ items: SessionOfUser[] }>("/api/auth/sessions", {}, signal)).items,
    staleTime: 0,
  });
}

export function noticesQuery() {
  return queryOptions({
    queryKey: ["notices"],
    queryFn: async ({ signal }) => (await api.get<{ items: AccountNotice[] }>("/api/auth/notices", {}, signal)).items,
    staleTime: 10 * 60_000,
  });
}

export async function endSession(id: string): Promise<void> {
  await api.act(`/api/auth/sessions/${id}/end`);
  await queryClient.invalidateQueries({ queryKey: ["sessions"] });
}

/** Answers how many there were. */
export async function endOtherSessions(): Promise<number> {
  const answer = await api.post<SessionsEnded>("/api/auth/sessions/end-others");
  await queryClient.invalidateQueries({ queryKey: ["sessions"] });
  return answer.sessions_ended;
}

/** Ends this session too; the page then leads to the sign-in. */
export async function endAllSessions(): Promise<void> {
  await api.post<SessionsEnded>("/api/auth/sessions/end-all");
  await session.signOut();
}

export async function changePassword(body: ChangePasswordBody): Promise<void> {
  await api.act("/api/auth/password", body);
  await queryClient.invalidateQueries({ queryKey: ["sessions"] });
}

export async function changeNames(body: ChangeProfileBody): Promise<User> {
  const user = await api.put<User>("/api/auth/profile", body);
  queryClient.setQueryData(meQuery().queryKey, user);
  return user;
}

export async function dismissNotice(id: number): Promise<void> {
  await api.act(`/api/auth/notices/${id}/dismiss`);
  await queryClient.invalidateQueries({ queryKey: ["notices"] });
}
