import { randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { fieldError, HttpError } from "../http/index.ts";
import { isCommonPassword } from "./common-passwords.ts";

/** argon2id; OWASP's smallest recommended setting, about 25 ms a check. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Each takes 19 MiB and a thread. */
const atOnce = 4;
const commonPassword = {
  problem: "is one that many people use, or is made of such",
  fix: "Choose another; some words that do not belong together are strong and easy to remember.",
};
/** Some three seconds of work; who comes later is better told to wait. */
const waitingAtMost = 400;

export type Passwords = {
  /** Of a new one, which came in `field`. Throws HttpError `field_invalid` for one that many others use. */
  hash(password: string, field?: string): Promise<string>;
  /** With null, for an account that does not exist, it costs the same and is false. Throws HttpError 429 when too many wait. */
  verify(passwordHash: string | null, password: string): Promise<boolean>;
};

export function createPasswords(): Passwords {
  const inTurn = createTurns(atOnce, waitingAtMost);
  return {
    async hash(password, field = "password") {
      if (await isCommonPassword(password)) throw fieldError(field, commonPassword.problem, commonPassword.fix);
      return inTurn(() => hash(spelled(password), cost));
    },
    async verify(passwordHash, password) {
      const isRight = await inTurn(() => verify(passwordHash ?? nobodysHash, spelled(password)));
      return isRight && passwordHash !== null;
    },
  };
}

/** Keyboards differ in how they compose `é`; one password must be one string. */
function spelled(password: string): string {
  return password.normalize("NFKC");
}

/** A hash of the same cost that no password is known for. */
const nobodysHash = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$${unpadded(randomBytes(16))}$${unpadded(randomBytes(32))}`;

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}

/** Lets so many run at once; the others wait in order. */
export function createTurns(concurrency: number, maxWaiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;

  return async function inTurn(work) {
    if (running >= concurrency) {
      if (waiting.length >= maxWaiting) throw new HttpError("too_many_requests", "Too many sign-ins wait at this moment.", { headers: { "retry-after": "3" } });
      // Who is woken takes over the place of the one who left.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running++;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
