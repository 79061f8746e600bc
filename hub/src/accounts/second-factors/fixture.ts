import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import {
  type NewPasskey,
  type PasskeyAdded,
  PasskeyAdded as PasskeyAddedShape,
  PasskeyCreationOptions,
  type PasskeyProof,
  PasskeyRequestOptions,
  SecondFactorAdded,
  SecondFactorRequired,
  TotpEnrolment,
} from "@sentinal/contract";
import { Secret, TOTP } from "otpauth";
import { password, type TestAnswer, type TestHub } from "../fixture.ts";

/** The hub of the tests stands at http://127.0.0.1:8484, so that its passkeys are of localhost. */
export const origin = "http://localhost:8484";
const rpId = "localhost";

/** What may be wrong with an authenticator, or with the page that asks it. */
type Faults = { origin?: string; rpId?: string; isUserVerified?: boolean; counter?: number; challenge?: string; userHandle?: string | null; type?: string };

/** A passkey in software, as a telephone or a security key has it: ECDSA on P-256, discoverable, verifies its user. */
export class SoftwareKey {
  readonly credentialId = randomBytes(32).toString("base64url");
  /** 0 for ever where the authenticator does not count. */
  counter: number;
  private readonly privateKey: KeyObject;
  private readonly publicKey: KeyObject;
  private userHandle: string | null = null;
  private readonly doesCount: boolean;

  constructor(options: { doesCount: boolean } = { doesCount: true }) {
    const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
    this.privateKey = pair.privateKey;
    this.publicKey = pair.publicKey;
    this.doesCount = options.doesCount;
    this.counter = 0;
  }

  create({ options }: PasskeyCreationOptions, faults: Faults = {}): NewPasskey {
    this.userHandle = options.user.id;
    const id = Buffer.from(this.credentialId, "base64url");
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, this.coseKey()]);
    const authenticatorData = this.authenticatorData(0x40, faults, attested);
    const attestationObject = Buffer.concat([
      Buffer.from([0xa3]),
      cborText("fmt"),
      cborText("none"),
      cborText("attStmt"),
      Buffer.from([0xa0]),
      cborText("authData"),
      cborBytes(authenticatorData),
    ]);
    return {
      ...this.envelope(),
      response: {
        clientDataJSON: clientData(faults.type ?? "webauthn.create", options.challenge, faults).toString("base64url"),
        attestationObject: attestationObject.toString("base64url"),
        transports: ["internal"],
      },
    };
  }

  get({ options }: PasskeyRequestOptions, faults: Faults = {}): PasskeyProof {
    const authenticatorData = this.authenticatorData(0, faults);
    const client = clientData(faults.type ?? "webauthn.get", options.challenge, faults);
    const signed = Buffer.concat([authenticatorData, createHash("sha256").update(client).digest()]);
    const handle = faults.userHandle === undefined ? this.userHandle : faults.userHandle;
    return {
      ...this.envelope(),
      response: {
        clientDataJSON: client.toString("base64url"),
        authenticatorData: authenticatorData.toString("base64url"),
        signature: sign("sha256", signed, this.privateKey).toString("base64url"),
        ...(handle !== null && { userHandle: handle }),
      },
    };
  }

  private envelope() {
    return { id: this.credentialId, rawId: this.credentialId, type: "public-key" as const, clientExtensionResults: {} };
  }

  private authenticatorData(flags: number, faults: Faults, attested = Buffer.alloc(0)): Buffer {
    if (this.doesCount) this.counter++;
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(faults.counter ?? this.counter);
    const present = 0x01 | (faults.isUserVerified === false ? 0 : 0x04);
    return Buffer.concat([
      createHash("sha256")
        .update(faults.rpId ?? rpId)
        .digest(),
      Buffer.from([flags | present]),
      counter,
      attested,
    ]);
  }

  /** COSE: { 1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y } as CBOR. */
  private coseKey(): Buffer {
    const { x = "", y = "" } = this.publicKey.export({ format: "jwk" });
    return Buffer.concat([
      Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
      cborBytes(Buffer.from(x, "base64url")),
      Buffer.from([0x22]),
      cborBytes(Buffer.from(y, "base64url")),
    ]);
  }
}

export type Account = { id: number; name: string; accessToken: string };

/** What an authenticator app shows at a time. */
export function codeAt(secret: string, atMs: number): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: atMs });
}

export async function signUp(hub: TestHub, name: string, role: "Viewer" | "Member" | "Admin" = "Viewer"): Promise<Account> {
  return { ...(await hub.signUp(name, role)), name };
}

/** An authenticator app for the account, confirmed by the code of `atMs`. */
export async function addTotp(hub: TestHub, account: Account, atMs: number): Promise<{ secret: string; recoveryCodes: string[] }> {
  const { secret } = TotpEnrolment.parse((await hub.call("POST", "/api/auth/second-factors/totp", { bearer: account.accessToken })).body);
  const confirmed = await hub.call("POST", "/api/auth/second-factors/totp/confirm", { bearer: account.accessToken, body: { code: codeAt(secret, atMs) } });
  return { secret, recoveryCodes: SecondFactorAdded.parse(confirmed.body).recovery_codes ?? [] };
}

export async function addPasskey(hub: TestHub, account: Account, key = new SoftwareKey()): Promise<PasskeyAdded & { key: SoftwareKey }> {
  const asked = PasskeyCreationOptions.parse((await hub.call("POST", "/api/auth/passkeys/register-options", { bearer: account.accessToken })).body);
  const body = { challenge: asked.challenge, name: "laptop", passkey: key.create(asked) };
  return { ...PasskeyAddedShape.parse((await hub.call("POST", "/api/auth/passkeys/register", { bearer: account.accessToken, body })).body), key };
}

/** The first step: the challenge that a right password is answered with. */
export async function beginSignIn(hub: TestHub, account: Account): Promise<SecondFactorRequired> {
  return SecondFactorRequired.parse((await hub.call("POST", "/api/auth/login", { body: { username: account.name, password } })).body);
}

export function secondStep(
  hub: TestHub,
  body: Record<string, unknown>,
  request: { address?: string; headers?: Record<string, string> } = {},
): Promise<TestAnswer> {
  return hub.call("POST", "/api/auth/login/second-factor", { body, ...request });
}

/** What a browser is asked to have signed; with the challenge of a first step for its second. */
export async function passkeyOptions(hub: TestHub, challenge?: string): Promise<PasskeyRequestOptions> {
  const body = challenge === undefined ? {} : { body: { challenge } };
  return PasskeyRequestOptions.parse((await hub.call("POST", "/api/auth/passkeys/options", body)).body);
}

export function signInByPasskey(hub: TestHub, body: Record<string, unknown>): Promise<TestAnswer> {
  return hub.call("POST", "/api/auth/passkeys/sign-in", { body });
}

function clientData(type: string, challenge: string, faults: Faults): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge: faults.challenge ?? challenge, origin: faults.origin ?? origin, crossOrigin: false }));
}

function cborText(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 | text.length]), Buffer.from(text)]);
}

/** Of 24 to 65,535 bytes. */
function cborBytes(bytes: Buffer): Buffer {
  return Buffer.concat([bytes.length < 256 ? Buffer.from([0x58, bytes.length]) : Buffer.from([0x59, bytes.length >> 8, bytes.length & 0xff]), bytes]);
}
