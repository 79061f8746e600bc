import { PasskeyAdded, PasskeyCreationOptions, PasskeyRequestOptions, SecondFactorAdded, SecondFactorRequired, TotpEnrolment } from "@sentinal/contract";
import { codeAt, SoftwareKey } from "../../hub/src/accounts/second-factors/fixture.ts";
import type { TestHub } from "../hub.ts";
import { answered, type AuditedActs, newAccount, send, type TestAccount } from "./act.ts";

const asks = { noEntry: "it gives a question to answer, and nobody anything; the answer has its entry" };
const waits = { noEntry: "the secret counts for nothing until a code of it was confirmed, which has its entry" };

/** Where the hub's passkeys are: a bare address has them at localhost. */
const originOf = (hub: TestHub) => hub.url.replace("127.0.0.1", "localhost");

async function beginTotp(hub: TestHub, account: TestAccount): Promise<string> {
  return TotpEnrolment.parse(await answered(send("POST", `${hub.url}/api/auth/second-factors/totp`, account.bearer))).secret;
}

/** An account with an authenticator app, whose codes of the next half minute are still good. */
async function withTotp(hub: TestHub): Promise<TestAccount & { code(): string }> {
  const account = await newAccount(hub);
  const secret = await beginTotp(hub, account);
  const confirm = send("POST", `${hub.url}/api/auth/second-factors/totp/confirm`, account.bearer, { code: codeAt(secret, Date.now()) });
  SecondFactorAdded.parse(await answered(confirm));
  return { ...account, code: () => codeAt(secret, Date.now() + 30_000) };
}

async function registerPasskey(hub: TestHub, account: TestAccount, key: SoftwareKey): Promise<Response> {
  const asked = PasskeyCreationOptions.parse(await answered(send("POST", `${hub.url}/api/auth/passkeys/register-options`, account.bearer)));
  const body = { challenge: asked.challenge, name: "laptop", passkey: key.create(asked, { origin: originOf(hub) }) };
  return send("POST", `${hub.url}/api/auth/passkeys/register`, account.bearer, body);
}

async function withPasskey(hub: TestHub): Promise<TestAccount & { key: SoftwareKey; passkeyId: number }> {
  const account = await newAccount(hub);
  const key = new SoftwareKey();
  const { passkey } = PasskeyAdded.parse(await answered(registerPasskey(hub, account, key)));
  return { ...account, key, passkeyId: passkey.id };
}

export const secondFactorActs: AuditedActs = {
  "POST /api/auth/second-factors/totp": waits,
  "POST /api/auth/second-factors/totp/confirm": {
    entries: ["totp.added", "recovery_codes.created"],
    async prepare(hub) {
      const account = await newAccount(hub);
      const secret = await beginTotp(hub, account);
      return () => send("POST", `${hub.url}/api/auth/second-factors/totp/confirm`, account.bearer, { code: codeAt(secret, Date.now()) });
    },
  },
  "POST /api/auth/second-factors/totp/remove": {
    entries: ["totp.removed"],
    async prepare(hub) {
      const account = await withTotp(hub);
      return () => send("POST", `${hub.url}/api/auth/second-factors/totp/remove`, account.bearer);
    },
  },
  "POST /api/auth/second-factors/recovery-codes": {
    entries: ["recovery_codes.created"],
    async prepare(hub) {
      const account = await withTotp(hub);
      return () => send("POST", `${hub.url}/api/auth/second-factors/recovery-codes`, account.bearer);
    },
  },
  "POST /api/auth/login/second-factor": {
    entries: ["session.opened"],
    async prepare(hub) {
      const { username, password, code } = await withTotp(hub);
      return async () => {
        // Right, and not enough: 401 with what the second step needs.
        const first = await send("POST", `${hub.url}/api/auth/login`, null, { username, password });
        const { challenge } = SecondFactorRequired.parse(await first.json());
        return send("POST", `${hub.url}/api/auth/login/second-factor`, null, { challenge, code: code() });
      };
    },
  },
  "POST /api/auth/passkeys/register-options": asks,
  "POST /api/auth/passkeys/register": {
    entries: ["passkey.added", "recovery_codes.created"],
    async prepare(hub) {
      const [account, key] = [await newAccount(hub), new SoftwareKey()];
      return () => registerPasskey(hub, account, key);
    },
  },
  "PUT /api/auth/passkeys/:id": {
    entries: ["passkey.renamed"],
    async prepare(hub) {
      const account = await withPasskey(hub);
      return () => send("PUT", `${hub.url}/api/auth/passkeys/${account.passkeyId}`, account.bearer, { name: "a key for the drawer" });
    },
  },
  "POST /api/auth/passkeys/:id/remove": {
    entries: ["passkey.removed"],
    async prepare(hub) {
      const account = await withPasskey(hub);
      return () => send("POST", `${hub.url}/api/auth/passkeys/${account.passkeyId}/remove`, account.bearer);
    },
  },
  "POST /api/auth/passkeys/options": asks,
  "POST /api/auth/passkeys/sign-in": {
    entries: ["session.opened"],
    async prepare(hub) {
      const { key } = await withPasskey(hub);
      return async () => {
        const asked = PasskeyRequestOptions.parse(await answered(send("POST", `${hub.url}/api/auth/passkeys/options`, null)));
        const body = { challenge: asked.challenge, passkey: key.get(asked, { origin: originOf(hub) }) };
        return send("POST", `${hub.url}/api/auth/passkeys/sign-in`, null, body);
      };
    },
  },
  "POST /api/auth/reauthenticate/passkey-options": asks,
  "POST /api/auth/users/:id/reset-second-factors": {
    entries: ["second_factors.reset"],
    async prepare(hub) {
      const [admin, other] = [await newAccount(hub, "Admin"), await withTotp(hub)];
      return () => send("POST", `${hub.url}/api/auth/users/${other.id}/reset-second-factors`, admin.bearer);
    },
  },
};
