import type { CreatedInvitation, CreateInvitationBody, Invitation, PasswordResetLink, Person, Role, SessionsEnded } from "@sentinal/contract";
import { queryOptions } from "@tanstack/react-query";
import { api, queryClient } from "../../runtime.ts";

/** A hub has tens of people; a list is read whole, up to this many pages of 200. */
const mostPages = 20;

async function readAll<Item>(path: string, signal: AbortSignal): Promise<Item[]> {
  const all: Item[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const answer = await api.get<{ items: Item[]; next_cursor: string | null }>(path, { limit: 200, cursor }, signal);
    all.push(...answer.items);
    if (answer.next_cursor === null) break;
    cursor = answer.next_cursor;
  }
  return all;
}

export function peopleQuery() {
  return queryOptions({ queryKey: ["people"], queryFn: ({ signal }) => readAll<Person>("/api/auth/users", signal), staleTime: 0 });
}

export function invitationsQuery() {
  return queryOptions({ queryKey: ["invitations"], queryFn: ({ signal }) => readAll<Invitation>("/api/auth/invitations", signal), staleTime: 0 });
}

/** What changes a person may take their invitations back, and one's own account may be the one. */
async function forget(): Promise<void> {
  await Promise.all(["people", "invitations", "me"].map((key) => queryClient.invalidateQueries({ queryKey: [key] })));
}

export async function invite(body: CreateInvitationBody): Promise<CreatedInvitation> {
  const made = await api.post<CreatedInvitation>("/api/auth/invitations", body);
  void queryClient.invalidateQueries({ queryKey: ["invitations"] });
  return made;
}

export async function revokeInvitation(id: number): Promise<Invitation> {
  const revoked = await api.post<Invitation>(`/api/auth/invitations/${id}/revoke`);
  await queryClient.invalidateQueries({ queryKey: ["invitations"] });
  return revoked;
}

export async function changeRole({ id, role }: { id: number; role: Role }): Promise<Person> {
  const person = await api.put<Person>(`/api/auth/users/${id}/role`, { role });
  await forget();
  return person;
}

export async function setActive({ id, isActive }: { id: number; isActive: boolean }): Promise<Person> {
  const person = await api.post<Person>(`/api/auth/users/${id}/${isActive ? "reactivate" : "deactivate"}`);
  await forget();
  return person;
}

export async function endSessionsOf(id: number): Promise<number> {
  const answer = await api.post<SessionsEnded>(`/api/auth/users/${id}/end-sessions`);
  await forget();
  return answer.sessions_ended;
}

export async function makeResetLink(id: number): Promise<PasswordResetLink> {
  return api.post<PasswordResetLink>(`/api/auth/users/${id}/password-reset`);
}
