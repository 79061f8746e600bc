import { randomBytes } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkServiceTokenShape, createApiToken, createServiceToken, isPlaceholder, judgeSecret } from "./index.ts";

const spellings = [
  "changeme",
  "CHANGEME",
  "ChangeMe",
  "change_me",
  "CHANGE_ME",
  "change-me",
  "change me",
  "change.me",
  "ch4ng3m3",
  "CH@NGEME",
  "changeme123",
  "changeme!",
  "changeme-changeme-changeme-changeme-changeme-changeme",
  "change-me-please",
  "change-me-in-production",
  "please-change-me",
  "CHANGE_THIS_TO_A_LONG_RANDOM_STRING_OF_64_CHARACTERS_OR_MORE",
  "changeit",
  "changethis",
  "replace-me",
  "replace_with_a_real_token",
  "REPLACE_WITH_OUTPUT_OF_openssl_rand_hex_32_0000000000000000000000000",
  "to-be-replaced",
  "your-token-here",
  "YOUR_TOKEN_HERE",
  "yourtokenhere",
  "your-internal-service-token",
  "your_secret_key",
  "put-your-token-here",
  "insert your token",
  "<token>",
  "<INTERNAL_SERVICE_TOKEN>",
  "<your token, at least 43 characters, made with openssl rand -base64 48>",
  "${TOKEN}",
  "${INTERNAL_SERVICE_TOKEN:-changeme}",
  "$INTERNAL_SERVICE_TOKEN",
  "$(openssl rand -hex 32)",
  "{{ token }}",
  "{{ .Values.internalServiceToken }}",
  "<%= token %>",
  "%TOKEN%",
  "[token]",
  "{token}",
  "__TOKEN__",
  "@token@",
  "xxx",
  "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
  "xxxx-xxxx-xxxx-xxxx-xxxx-xxxx-xxxx-xxxx-xxxx-xxxx-xxxx",
  "****************************************************************",
  "________________________________________________",
  "................................................",
  "0000000000000000000000000000000000000000000000000000000000000000",
  "1111111111111111111111111111111111111111111111111",
  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
  "token",
  "secret",
  "s3cr3t",
  "password",
  "p4ssw0rd",
  "test",
  "test-token",
  "dummy",
  "example",
  "example-token-do-not-use-in-production-0123456789",
  "placeholder",
  "internal-service-token",
  "INTERNAL_SERVICE_TOKEN",
  "super-secret-internal-service-token-value-for-development",
  "this-is-a-very-long-secret-token-for-the-internal-service",
  "default-internal-service-token-please-replace-before-production",
  "TODO",
  "todo: set this",
  "FIXME",
  "null",
  "undefined",
  "none",
  "foobar",
  '"changeme"',
  "'change-me'",
  " changeme ",
  "ｃｈａｎｇｅｍｅ",
  "sk_live_...",
  "abc…xyz",
];

const predictable = [
  ["the alphabet", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"],
  ["the alphabet and the digits", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKL"],
  ["the digits over and over", "0123456789012345678901234567890123456789012345678901234567890123"],
  ["hexadecimal digits in order", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"],
  ["rows of a keyboard", "qwertyuiopasdfghjklzxcvbnm1234567890QWERTYUIOPASDFGHJKL"],
  ["backwards", "zyxwvutsrqponmlkjihgfedcba9876543210ZYXWVUTSRQPONMLKJIHG"],
  ["a piece, again and again", "k7Qp2ZrT9xk7Qp2ZrT9xk7Qp2ZrT9xk7Qp2ZrT9xk7Qp2ZrT9x"],
  ["a piece twice", "k7Qp2ZrT9xW4mN8vB3cJ6hLs".repeat(2)],
  ["a piece in two cases", ["k7qp2zrt9xw4mn8vb3cj6hls", "K7QP2ZRT9XW4MN8VB3CJ6HLS"].join("")],
  ["a piece and its number", "kQzW1kQzW2kQzW3kQzW4kQzW5kQzW6kQzW7kQzW8kQzW9kQzW0"],
  ["two characters", "abbabaabbbaabababbaabbbabaababbabaabbabaababbaabbabaabba"],
  ["one character that is another once", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"],
] as const;

describe("a placeholder", () => {
  test.each(spellings.map((text) => [text]))("is known in the spelling %j", (text) => {
    expect(isPlaceholder(text)).toBe(true);
    expect(judgeSecret(text)?.fault).toBe("placeholder");
  });

  test("is known however cases and separators are mixed", () => {
    const word = fc.constantFrom("changeme", "replaceme", "yourtokenhere", "placeholder");
    const separators = fc.array(fc.constantFrom("", "-", "_", " ", ".", "--"), { minLength: 20, maxLength: 20 });
    const cases = fc.array(fc.boolean(), { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(word, separators, cases, fc.string({ unit: fc.constantFrom(..."0123456789"), maxLength: 60 }), (letters, between, isUpper, digits) => {
        const text = [...letters].map((letter, index) => (isUpper[index] ? letter.toUpperCase() : letter) + (between[index] ?? "")).join("");
        return isPlaceholder(text) && isPlaceholder(`x${text}${digits}`);
      }),
    );
  });
});

describe("a value that is no secret is told why", () => {
  test.each([[null], [undefined], [""], [" "], ["\n"]])("when it is not set: %j", (value) => {
    expect(judgeSecret(value)).toEqual({ fault: "unset", problem: "is not set" });
  });

  test.each(predictable)("when it can be guessed: %s", (_what, value) => {
    expect(value.length).toBeGreaterThanOrEqual(43);
    expect(["predictable", "placeholder"]).toContain(judgeSecret(value)?.fault);
  });

  test("when it is too short, with both lengths", () => {
    expect(judgeSecret("k7Qp2ZrT9xW4mN8vB3cJ6hLsD5fGyYtRe1UaIoPq0z")).toEqual({ fault: "too_short", problem: "has 42 characters; at least 43 are needed" });
    expect(judgeSecret("k7Qp2ZrT9xW4mN8vB3cJ6hLsD5fGyYtRe1UaIoPq0zX")).toBeNull();
  });

  test.each([
    ["a space", "k7Qp2ZrT9xW4mN8vB3cJ6hLs D5fGyYtRe1UaIoPq0zX9"],
    ["a line's end", "k7Qp2ZrT9xW4mN8vB3cJ6hLsD5fGyYtRe1UaIoPq0zX\n"],
    ["a letter beyond ASCII", "k7Qp2ZrT9xW4mN8vB3cJ6hLsD5fGyYtRe1UaIoPq0zü"],
  ])("when it has %s", (_what, value) => {
    expect(judgeSecret(value)?.fault).toBe("characters");
  });

  test("when it stands elsewhere too, with where", () => {
    const token = createServiceToken();
    expect(judgeSecret(token, { ".env.example": token })).toEqual({ fault: "reused", problem: "has the same value as .env.example" });
    expect(judgeSecret(token, { SENTINAL_METRICS_TOKEN: ` ${token}\n`, other: null })?.problem).toContain("SENTINAL_METRICS_TOKEN");
    expect(judgeSecret(token, { other: createServiceToken(), third: undefined })).toBeNull();
  });

  test("and is never told itself", () => {
    for (const value of [...spellings, ...predictable.map(([, text]) => text)]) {
      if (value.length >= 12) expect(judgeSecret(value)?.problem).not.toContain(value);
    }
  });
});

describe("a random value passes", () => {
  const runs = { numRuns: 3_000 };

  test("made here, in every length from 43 up", () => {
    fc.assert(
      fc.property(fc.integer({ min: 43, max: 200 }), (length) => {
        const token = createServiceToken(length);
        return token.length === length && /^[0-9A-Za-z]+$/.test(token) && judgeSecret(token) === null && checkServiceTokenShape(token);
      }),
      runs,
    );
  });

  test.each([
    ["openssl rand -base64 48", () => randomBytes(48).toString("base64")],
    ["openssl rand -base64 32", () => randomBytes(32).toString("base64")],
    ["openssl rand -hex 32", () => randomBytes(32).toString("hex")],
    ["openssl rand -hex 22", () => randomBytes(22).toString("hex")],
    ["base64 for addresses", () => randomBytes(48).toString("base64url")],
    ["API tokens, which have a prefix", () => createApiToken()],
  ])("made with %s", (_how, make) => {
    for (let count = 0; count < 3_000; count++) {
      const value = make();
      if (judgeSecret(value) !== null) throw new Error(`${value} was refused: ${judgeSecret(value)?.problem}`);
    }
  });
});

describe("the shape of a service token", () => {
  test("is refused with any one character changed, and for what is none", () => {
    fc.assert(
      fc.property(fc.integer({ min: 43, max: 100 }), fc.nat(), fc.constantFrom(..."09AZaz-_é"), (length, at, character) => {
        const token = createServiceToken(length);
        const place = at % length;
        const changed = token.slice(0, place) + character + token.slice(place + 1);
        return checkServiceTokenShape(changed) === (changed === token);
      }),
    );
    for (const text of ["", "changeme", "x".repeat(43), "0".repeat(5_000)]) expect(checkServiceTokenShape(text)).toBe(false);
  });

  test("has no length below 43", () => {
    expect(() => createServiceToken(42)).toThrow(RangeError);
    expect(createServiceToken()).toHaveLength(64);
  });
});
