import { CreatedInvitation, PasswordResetLink } from "@sentinal/contract";
import { adminAccount, type TestHub } from "../hub.ts";
import { answered, type AuditedAct, type AuditedActs, newAccount, send, signIn, uniqueName } from "./act.ts";

const newPassword = "another long enough password";
const looks = { noEntry: "it reads: a POST only because what it holds must stand in no address" };

/** An act of an administrator on somebody else's account. */
function onAccount(entry: string, method: string, path: string, body?: unknown): AuditedAct {
  return {
    entries: [entry],
    async prepare(hub) {
      const [admin, other] = [await newAccount(hub, "Admin"), await newAccount(hub)];
      return () => send(method, `${hub.url}/api/auth/users/${other.id}/${path}`, admin.bearer, body);
    },
  };
}

/** An act of somebody on their own account, of which there are two sessions. */
function onOwn(entry: string, method: string, path: string, body?: unknown): AuditedAct {
  return {
    entries: [entry],
    async prepare(hub) {
      const own = await newAccount(hub);
      await signIn(hub, own.username);
      return () => send(method, `${hub.url}/api/auth/${path}`, own.bearer, body);
    },
  };
}

async function newInvitation(hub: TestHub): Promise<CreatedInvitation> {
  const admin = await newAccount(hub, "Admin");
  return CreatedInvitation.parse(await answered(send("POST", `${hub.url}/api/auth/invitations`, admin.bearer, { role: "Member" })));
}

export const accountActs: AuditedActs = {
  "POST /api/auth/register": {
    entries: ["user.created"],
    prepare: async (hub) => {
      const username = uniqueName("new");
      return () => send("POST", `${hub.url}/api/auth/register`, null, { username, email: `${username}@example.org`, password: newPassword });
    },
  },
  "POST /api/auth/login": {
    entries: ["session.opened"],
    prepare: async (hub) => () => send("POST", `${hub.url}/api/auth/login`, null, { username: adminAccount.username, password: adminAccount.password }),
  },
  "POST /api/auth/refresh": { noEntry: "a rotation changes nobody's rights, and stands in refresh_tokens; a reuse that ends the session has its entry" },
  "POST /api/auth/logout": {
    entries: ["session.revoked"],
    async prepare(hub) {
      const { refreshToken } = await newAccount(hub);
      return () => send("POST", `${hub.url}/api/auth/logout`, null, { refresh_token: refreshToken });
    },
  },

  "POST /api/auth/sessions/:id/end": {
    entries: ["session.revoked"],
    async prepare(hub) {
      const own = await newAccount(hub);
      await signIn(hub, own.username);
      const session = await hub.database.db
        .selectFrom("sessions")
        .select("family")
        .where("user_id", "=", own.id)
        .orderBy("created_at", "desc")
        .executeTakeFirstOrThrow();
      return () => send("POST", `${hub.url}/api/auth/sessions/${session.family}/end`, own.bearer);
    },
  },
  "POST /api/auth/sessions/end-others": onOwn("user.sessions_ended", "POST", "sessions/end-others"),
  "POST /api/auth/sessions/end-all": onOwn("user.sessions_ended", "POST", "sessions/end-all"),
  "POST /api/auth/password": onOwn("user.password_changed", "POST", "password", { current_password: adminAccount.password, new_password: newPassword }),
  "PUT /api/auth/profile": {
    entries: ["user.renamed"],
    async prepare(hub) {
      const own = await newAccount(hub);
      return () => send("PUT", `${hub.url}/api/auth/profile`, own.bearer, { email: `${uniqueName("mail")}@example.org` });
    },
  },
  "POST /api/auth/reauthenticate": onOwn("session.reauthenticated", "POST", "reauthenticate", { password: adminAccount.password }),
  "POST /api/auth/notices/:id/dismiss": {
    entries: ["notice.dismissed"],
    async prepare(hub) {
      const own = await newAccount(hub);
      // A token that was exchanged before and comes again after its successor was used ends the session, with a notice.
      const copy = await signIn(hub, own.username);
      const refresh = (token: string) => send("POST", `${hub.url}/api/auth/refresh`, null, { refresh_token: token });
      const pair = await answered(refresh(copy.refreshToken));
      if (typeof pair === "object" && pair !== null && "refresh_token" in pair) await refresh(String(pair.refresh_token));
      await refresh(copy.refreshToken);
      const notice = await answered(send("GET", `${hub.url}/api/auth/notices`, own.bearer));
      const [{ id }] = (notice as { items: [{ id: number }] }).items;
      return () => send("POST", `${hub.url}/api/auth/notices/${id}/dismiss`, own.bearer);
    },
  },

  "PUT /api/auth/users/:id/role": onAccount("user.role_changed", "PUT", "role", { role: "Member" }),
  "POST /api/auth/users/:id/deactivate": onAccount("user.deactivated", "POST", "deactivate"),
  "POST /api/auth/users/:id/reactivate": {
    entries: ["user.reactivated"],
    async prepare(hub) {
      const [admin, other] = [await newAccount(hub, "Admin"), await newAccount(hub)];
      await answered(send("POST", `${hub.url}/api/auth/users/${other.id}/deactivate`, admin.bearer));
      return () => send("POST", `${hub.url}/api/auth/users/${other.id}/reactivate`, admin.bearer);
    },
  },
  "POST /api/auth/users/:id/end-sessions": onAccount("user.sessions_ended", "POST", "end-sessions"),
  "POST /api/auth/users/:id/password-reset": onAccount("password_reset.created", "POST", "password-reset"),
  "POST /api/auth/password/reset/check": looks,
  "POST /api/auth/password/reset": {
    entries: ["user.password_reset"],
    async prepare(hub) {
      const [admin, other] = [await newAccount(hub, "Admin"), await newAccount(hub)];
      const { url } = PasswordResetLink.parse(await answered(send("POST", `${hub.url}/api/auth/users/${other.id}/password-reset`, admin.bearer)));
      return () => send("POST", `${hub.url}/api/auth/password/reset`, null, { token: new URL(url).hash.slice(1), password: newPassword });
    },
  },

  "POST /api/auth/invitations": {
    entries: ["invitation.created"],
    async prepare(hub) {
      const admin = await newAccount(hub, "Admin");
      return () => send("POST", `${hub.url}/api/auth/invitations`, admin.bearer, { role: "Member" });
    },
  },
  "POST /api/auth/invitations/:id/revoke": {
    entries: ["invitation.revoked"],
    async prepare(hub) {
      const { id } = await newInvitation(hub);
      return () => send("POST", `${hub.url}/api/auth/invitations/${id}/revoke`, hub.admin);
    },
  },
  "POST /api/auth/invitations/check": looks,
};
