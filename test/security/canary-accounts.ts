import { randomBytes } from "node:crypto";
import { randomBase62 } from "@sentinal/tokens";
import { codeAt } from "../../hub/src/accounts/second-factors/fixture.ts";
import type { Answer, CanarySender } from "./canary-sender.ts";

export type Admin = { username: string; email: string; password: string };

const reveals = { reveals: true } as const;
const navigation = { accept: "text/html" };

/** The first account, by the set-up code; the passwords that are typed wrong besides. */
export async function setUp(sender: CanarySender, setupCode: string): Promise<Admin> {
  const { send, invent } = sender;
  const admin = { username: "canary-admin", email: "admin@example.org", password: invent("password of the first account") };
  await send("POST", "/api/auth/register", { status: 403, body: { ...admin, setup_code: invent("wrong set-up code") } });
  await send("POST", "/api/auth/register", {
    status: 400,
    body: { ...admin, password: sender.plant("password that is too short", "Kurz+7&gut"), setup_code: setupCode },
  });
  await send("POST", "/api/auth/register", { status: 201, body: { ...admin, setup_code: setupCode } });
  await send("POST", "/api/auth/register", { status: 403, body: { ...admin, password: invent("password of a second first account"), setup_code: setupCode } });
  return admin;
}

/** Signs in; the tokens that come of it are secrets of their kinds. */
export async function signIn(sender: CanarySender, { username, password }: Pick<Admin, "username" | "password">): Promise<{ access: string; refresh: string }> {
  return tokensIn(sender, await sender.send("POST", "/api/auth/login", { status: 200, ...reveals, body: { username, password } }));
}

function tokensIn(sender: CanarySender, answer: Answer): { access: string; refresh: string } {
  return { access: sender.plant("access token", answer.text("access_token")), refresh: sender.plant("refresh token", answer.text("refresh_token")) };
}

/** Passwords, typed right and wrong and where they do not belong. */
export async function usePasswords(sender: CanarySender, admin: Admin): Promise<void> {
  const { send, invent } = sender;
  const wrong = invent("wrong password");
  await send("POST", "/api/auth/login", { status: 401, body: { username: admin.username, password: wrong } });
  await send("POST", "/api/auth/login", { status: 401, body: { username: invent("password typed as the name"), password: wrong } });
  await send("POST", "/api/auth/login", { status: 401, body: { email: `${randomBytes(12).toString("hex")}@example.org`, password: wrong } });
  await send("POST", "/api/auth/login", { status: 401, body: { email: invent("password typed as the e-mail address"), password: wrong } });
  const { access } = await signIn(sender, admin);
  await send("PUT", "/api/auth/profile", {
    status: 400,
    bearer: access,
    body: { username: invent("password typed as a new name"), email: invent("password typed as a new address") },
  });
  await send("POST", "/api/auth/reauthenticate", { status: 403, bearer: access, body: { password: wrong } });
  await send("POST", "/api/auth/reauthenticate", { status: 200, bearer: access, body: { password: admin.password } });
  await send("POST", "/api/auth/password", {
    status: 403,
    bearer: access,
    body: { current_password: wrong, new_password: invent("new password that was refused") },
  });
  const changed = invent("changed password");
  await send("POST", "/api/auth/password", { bearer: access, body: { current_password: admin.password, new_password: changed } });
  admin.password = changed;
  await signIn(sender, admin);
}

/** Links that are handed to people, used, used again, and sent to the hub where nobody should. */
export async function useLinks(sender: CanarySender, admin: Admin): Promise<void> {
  const { send, invent, plant } = sender;
  const bearer = (await signIn(sender, admin)).access;
  const invite = async () => plant("invitation", afterHash(await send("POST", "/api/auth/invitations", { bearer, body: { role: "Member" }, ...reveals })));
  const invitation = await invite();
  await send("POST", "/api/auth/invitations/check", { status: 200, body: { invitation } });
  const member = { username: "canary-member", email: "member@example.org", password: invent("password of an invited account"), invitation };
  const { body } = await send("POST", "/api/auth/register", { status: 201, body: member });
  const id = typeof body === "object" && body !== null && "id" in body ? Number(body.id) : 0;
  await send("POST", "/api/auth/register", { status: 403, body: { ...member, username: "canary-other" } });
  for (const address of [`/invite/${await invite()}`, `/invite?token=${await invite()}`, `/invite?x=%73${(await invite()).slice(1)}`])
    await send("GET", address, { status: 400, headers: navigation });

  const reset = async () => plant("link for a password", afterHash(await send("POST", `/api/auth/users/${id}/password-reset`, { bearer, ...reveals })));
  const voided = await reset();
  const link = await reset();
  await send("POST", "/api/auth/password/reset/check", { status: 200, body: { token: link } });
  await send("POST", "/api/auth/password/reset/check", { status: 403, body: { token: voided } });
  await send("POST", "/api/auth/password/reset", { body: { token: link, password: invent("password set by a link") } });
  await send("POST", "/api/auth/password/reset", { status: 403, body: { token: link, password: invent("password of a used link") } });
  await send("GET", `/reset/${await reset()}`, { status: 400, headers: navigation });
  await send("POST", "/api/auth/password/reset/check", { status: 403, body: { token: plant("unknown link for a password", `srst_${randomBase62(43)}`) } });
}

/** Sessions: exchanged, exchanged again, in cookies, in addresses, ended. */
export async function useSessions(sender: CanarySender, admin: Admin): Promise<void> {
  const { send, plant } = sender;
  const refresh = (refresh_token: string, status: number) =>
    send("POST", "/api/auth/refresh", { status, body: { refresh_token }, ...(status === 200 && reveals) });
  const first = await signIn(sender, admin);
  const second = tokensIn(sender, await refresh(first.refresh, 200));
  await refresh(first.refresh, 200);
  tokensIn(sender, await refresh(second.refresh, 200));
  await refresh(first.refresh, 401);
  await refresh(plant("unknown refresh token", `sentr_${randomBase62(43)}`), 401);
  const { access, refresh: leaked } = await signIn(sender, admin);
  await send("GET", `/api/auth/me?access_token=${access}`, { bearer: access });
  await send("GET", `/api/auth/me/${access}`, { status: 404 });
  await send("GET", `/api/auth/sessions?cursor=${leaked}`, { status: 400, bearer: access });
  await refresh(leaked, 401);

  const origin = sender.url;
  const signedIn = await send("POST", "/api/auth/login", {
    status: 200,
    headers: { origin },
    body: { username: admin.username, password: admin.password, cookie: true },
    ...reveals,
  });
  const cookie = cookieOf(signedIn);
  plant("refresh token in a cookie", cookie.split("=")[1] ?? "");
  plant("access token", signedIn.text("access_token"));
  await send("POST", "/api/auth/refresh", { status: 403, headers: { cookie, origin: "https://elsewhere.example.org" } });
  const refreshed = await send("POST", "/api/auth/refresh", { status: 200, headers: { cookie, origin }, ...reveals });
  plant("refresh token in a cookie", cookieOf(refreshed).split("=")[1] ?? "");
  plant("access token", refreshed.text("access_token"));
  await send("POST", "/api/auth/logout", { status: 204, headers: { cookie: cookieOf(refreshed), origin } });
}

/** An authenticator app and the codes for when it is lost. */
export async function useSecondFactors(sender: CanarySender, username: string, password: string): Promise<void> {
  const { send, plant } = sender;
  const { access: bearer } = await signIn(sender, { username, password });
  const enrolment = await send("POST", "/api/auth/second-factors/totp", { status: 201, bearer, ...reveals });
  const secret = plant("TOTP secret", enrolment.text("secret"));
  plant("TOTP secret", fromBase32(secret));
  // A code alone is six digits, which stand anywhere: as it was typed and in quotation marks it is one.
  const typed = (code: string) => {
    plant("TOTP code", `"${code}"`);
    return plant("TOTP code as it was typed", [...code].join(" -"));
  };
  const now = Date.now();
  await send("POST", "/api/auth/second-factors/totp/confirm", { status: 403, bearer, body: { code: plant("wrong TOTP code", "7- 7 -7- 7x") } });
  const confirmed = await send("POST", "/api/auth/second-factors/totp/confirm", {
    status: 200,
    bearer,
    body: { code: typed(codeAt(secret, now)) },
    ...reveals,
  });
  const codes = recoveryCodesIn(sender, confirmed);

  const challenge = async () =>
    plant("challenge of a sign-in", (await send("POST", "/api/auth/login", { status: 401, body: { username, password }, ...reveals })).text("challenge"));
  const second = async (proof: object, status: number) =>
    send("POST", "/api/auth/login/second-factor", { status, body: { challenge: await challenge(), ...proof }, ...(status === 200 && reveals) });
  await second({ recovery_code: plant("wrong recovery code", randomBase62(24)) }, 401);
  tokensIn(sender, await second({ code: typed(codeAt(secret, now + 30_000)) }, 200));
  const signedIn = tokensIn(sender, await second({ recovery_code: codes[0] }, 200));
  await second({ recovery_code: codes[0] }, 401);
  recoveryCodesIn(sender, await send("POST", "/api/auth/second-factors/recovery-codes", { status: 201, bearer: signedIn.access, ...reveals }));

  const asked = await send("POST", "/api/auth/passkeys/options", { status: 200, body: {}, ...reveals });
  const passkey = {
    id: "AAAA",
    rawId: "AAAA",
    type: "public-key",
    clientExtensionResults: {},
    response: { clientDataJSON: "AAAA", authenticatorData: "AAAA", signature: "AAAA" },
  };
  await send("POST", "/api/auth/passkeys/sign-in", { status: 401, body: { challenge: plant("challenge of a passkey", asked.text("challenge")), passkey } });
}

function recoveryCodesIn(sender: CanarySender, { body }: Answer): string[] {
  const codes: unknown = typeof body === "object" && body !== null && "recovery_codes" in body ? body.recovery_codes : null;
  if (!Array.isArray(codes)) throw new Error("an answer has no recovery codes");
  for (const code of codes.map(String)) {
    sender.plant("recovery code", code);
    sender.plant("recovery code", code.replaceAll("-", ""));
  }
  return codes.map(String);
}

/** A program that is let in by a code in the browser, and one that is not. */
export async function useDevices(sender: CanarySender, admin: Admin): Promise<void> {
  const { send, plant } = sender;
  const bearer = (await signIn(sender, admin)).access;
  for (const decision of ["approve", "deny"]) {
    const started = await send("POST", "/api/auth/device/start", { status: 200, body: { client_name: "a program" }, ...reveals });
    const device_code = plant("device code", started.text("device_code"));
    const user_code = plant("user code", started.text("user_code"));
    plant("user code", user_code.replaceAll("-", ""));
    await send("POST", "/api/auth/device/find", { status: 200, bearer, body: { user_code } });
    await send("GET", `/device?code=${user_code}`, { headers: navigation });
    await send("POST", "/api/auth/device/decide", { status: 200, bearer, body: { user_code, decision } });
    const fetched = await send("POST", "/api/auth/device/token", {
      status: decision === "approve" ? 200 : 400,
      body: { device_code },
      ...(decision === "approve" && reveals),
    });
    if (decision === "approve") tokensIn(sender, fetched);
    await send("POST", "/api/auth/device/token", { status: 400, body: { device_code } });
  }
  await send("POST", "/api/auth/device/token", { status: 400, body: { device_code: plant("unknown device code", `sentd_${randomBase62(43)}`) } });
  await send("POST", "/api/auth/device/find", { status: 404, bearer, body: { user_code: plant("unknown user code", "QQQQ-QQQQ") } });
}

function afterHash(answer: Answer): string {
  return new URL(answer.text("url")).hash.slice(1);
}

function cookieOf({ cookies }: Answer): string {
  return (cookies[0] ?? "").split(";")[0] ?? "";
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((sign) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(sign).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/[01]{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
