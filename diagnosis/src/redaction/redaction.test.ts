import { describe, expect, test } from "vitest";
import { secretKinds } from "./kinds.ts";
import { replacementOf } from "./replacement.ts";
import { pemLines, placeMakers, seededRandom, text, tokenMakers } from "./fixture.ts";
import { redactor, redactText } from "./stream.ts";

const stamp = "2026-01-02T03:04:05.6789012Z ";

/** Ways in which a secret is written so that it does not stand there as it is. */
const disguises: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => `value ${secret} end`,
  "a time stamp in front": (secret) => `${stamp}${secret}`,
  "in quotes": (secret) => `"${secret}",`,
  "behind an escaped line end": (secret) => `first\\n${secret}\\nlast`,
  "colours in the middle": (secret) => `use ${secret.slice(0, 3)}\u001b[0m\u001b[1;31m${secret.slice(3, 9)}\u001b[0m${secret.slice(9)} now`,
  "in a terminal's link": (secret) => `\u001b]8;;${secret}\u001b\\name\u001b]8;;\u001b\\`,
  "base64, first place": (secret) => Buffer.from(secret).toString("base64"),
  "base64, second place": (secret) => `data: ${Buffer.from(` ${secret} `).toString("base64")}`,
  "base64, third place": (secret) => `data=${Buffer.from(`: ${secret} tail`).toString("base64")}`,
  "base64 for addresses": (secret) => Buffer.from(`>>>${secret}`).toString("base64url"),
  hexadecimal: (secret) => Buffer.from(` ${secret} `).toString("hex"),
  "hexadecimal in capitals": (secret) => Buffer.from(secret).toString("hex").toUpperCase(),
  "for an address": (secret) => `q=${encodeURIComponent(` ${secret} `)}`,
  "for an address, each character": (secret) => [...secret].map((character) => `%${character.charCodeAt(0).toString(16)}`).join(""),
  "in a string of JSON": (secret) => JSON.stringify({ message: JSON.stringify({ token: secret }) }),
  "as JSON's escapes": (secret) => [...secret].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`).join(""),
};

/** What of a secret must be in no line any more: no twelve characters in a row of its random end, in no writing. */
function leaks(result: string, disguise: string, secret: string): boolean {
  const disguised = disguises[disguise]?.(secret) ?? "";
  const tail = secret.slice(-16);
  return (
    result.includes(disguised) ||
    result.includes(tail) ||
    Buffer.from(result.replace(/[^A-Za-z0-9+/_-]/g, ""), "base64")
      .toString("latin1")
      .includes(tail)
  );
}

describe("Each kind of token is found", () => {
  for (const disguise of Object.keys(disguises)) {
    test(`written so: ${disguise}`, () => {
      const random = seededRandom(7);
      const missed = tokenMakers.flatMap(([kind, make]) => {
        const secret = make(random);
        const line = disguises[disguise]?.(secret) ?? "";
        const result = redactText(`before\n${line}\nafter\n`);
        const isRight = !leaks(result, disguise, secret) && result.includes("[redacted ") && result.startsWith("before\n") && result.endsWith("\nafter\n");
        return isRight ? [] : [`${kind}: ${JSON.stringify(line.slice(0, 120))} -> ${JSON.stringify(result.slice(0, 160))}`];
      });
      expect(missed).toEqual([]);
    });
  }

  test("and named by its kind, with what stands around it kept", () => {
    const random = seededRandom(11);
    for (const [kind, make] of tokenMakers) {
      const stage = redactor();
      const result = Buffer.concat([stage.write(Buffer.from(`a ${make(random)} b`)), stage.end()]).toString();
      expect(result).toMatch(/^a \S*\[redacted [a-z0-9-]+\] b$/);
      expect([...stage.kinds]).toEqual([[kind, 1]]);
      expect(stage.count).toBe(1);
    }
  });
});

describe("Values that only their place tells", () => {
  test("are replaced, and all else of the line stays", () => {
    const random = seededRandom(13);
    for (const [kind, make] of placeMakers) {
      const { text: line, parts } = make(random);
      let expected = line;
      for (const part of parts) expected = expected.replace(part, replacementOf(kind));
      expect(redactText(`${stamp}${line}\n`).replace(/\](?:%3D|==)/, (end) => end)).toSatisfy(
        (result: string) =>
          parts.every((part) => !result.includes(part)) && result.replace(/\](?:%3D|==?)/g, "]") === `${stamp}${expected}\n`.replace(/\](?:%3D|==?)/g, "]"),
        expected,
      );
    }
  });

  test("are found in base64, in JSON within JSON, and with colours in between", () => {
    const random = seededRandom(17);
    for (const [, make] of placeMakers.filter(([kind]) => kind !== "netrc-password" && kind !== "url-signature")) {
      const { text: line, parts } = make(random);
      for (const written of [JSON.stringify({ env: JSON.stringify(line) }), line.replace(/[:=] ?/, (sign) => `\u001b[36m${sign}\u001b[0m`)]) {
        const result = redactText(written);
        expect(
          parts.filter((part) => result.includes(part)),
          written,
        ).toEqual([]);
      }
    }
    for (const line of ["password=", "export DB_PASSWORD=", '{"token": "', "postgres://ci:"]) {
      for (const shift of ["", " ", "  "]) {
        const secret = `${text(random, 30)}7a`;
        const encoded = Buffer.from(`${shift}${line}${secret}${line.endsWith(":") ? "@db.example.org" : ""}"`).toString("base64");
        expect(redactText(encoded), line).toContain("[redacted ");
      }
    }
  });
});

describe("A private key over several lines", () => {
  const random = seededRandom(19);
  const forms: Readonly<Record<string, (line: string) => string>> = {
    "as it is": (line) => line,
    indented: (line) => `    ${line}`,
    "with a time stamp on each line": (line) => stamp + line,
    "with line ends of Windows": (line) => `${line}\r`,
    "as strings that are joined": (line) => `  "${line}\\n" +`,
    "in colour": (line) => `\u001b[32m${line}\u001b[0m`,
  };
  for (const [name, form] of Object.entries(forms)) {
    test(`is replaced line for line, ${name}`, () => {
      for (const type of ["RSA PRIVATE KEY", "PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "PGP PRIVATE KEY BLOCK"]) {
        const key = pemLines(random, type);
        const log = ["before", ...key.map(form), "after all is well", ""].join("\n");
        const stage = redactor();
        const result = Buffer.concat([stage.write(Buffer.from(log)), stage.end()]).toString();
        expect(result.split("\n")).toHaveLength(log.split("\n").length);
        for (const line of key.slice(1, -1)) expect(result).not.toContain(line.slice(0, 20));
        expect(result.startsWith("before\n")).toBe(true);
        expect(result.endsWith(`${form(key.at(-1) ?? "")}\nafter all is well\n`)).toBe(true);
        expect([...stage.kinds]).toEqual([["private-key", 1]]);
      }
    });
  }

  test("is replaced with its headers in between, and in one line with escaped line ends", () => {
    const key = pemLines(random);
    const lines = [key[0], "Proc-Type: 4,ENCRYPTED", "DEK-Info: AES-128-CBC,0123456789ABCDEF0123456789ABCDEF", "", ...key.slice(1)];
    const result = redactText(lines.join("\n"));
    for (const line of key.slice(1, -1)) expect(result).not.toContain(line);
    for (const joint of ["\\n", "\\\\n", " ", "%0A"]) {
      const inline = redactText(`{"private_key": "${key.join(joint)}\\n", "client_id": "7"}`);
      for (const line of key.slice(1, -1)) expect(inline).not.toContain(line);
      expect(inline).toContain('"client_id": "7"');
    }
  });

  test("is replaced in base64, in one line or wrapped", () => {
    const encoded = Buffer.from(pemLines(random).join("\n")).toString("base64");
    expect(redactText(`KEY: ${encoded}\nnext`)).not.toContain(encoded.slice(100, 140));
    const wrapped = encoded.replace(/.{76}/g, "$&\n");
    const result = redactText(`${wrapped}\nnext line\n`);
    for (const line of wrapped.split("\n").slice(2)) expect(result).not.toContain(line);
    expect(result.endsWith("\nnext line\n")).toBe(true);
  });

  test("leaves certificates and public keys, and prose about keys, as they are", () => {
    for (const type of ["CERTIFICATE", "PUBLIC KEY", "RSA PUBLIC KEY", "PGP PUBLIC KEY BLOCK", "CERTIFICATE REQUEST"])
      unchanged(pemLines(random, type).join("\n"));
    unchanged(Buffer.from(pemLines(random, "CERTIFICATE").join("\n")).toString("base64"));
    unchanged("error: expected -----BEGIN RSA PRIVATE KEY----- but found nothing\nat line 3\n");
    unchanged("it starts with -----BEGIN PRIVATE KEY-----\nRun npm test\nall tests passed\n");
    unchanged(`ssh-ed25519 AAAAC3NzaC1lZDI1NTE5${text(random, 48)} user@host`);
  });
});

function unchanged(log: string): void {
  expect(redactText(log)).toBe(log);
}

describe("What is no secret stays", () => {
  const random = seededRandom(23);
  const sha = text(random, 40, "0123456789abcdef");
  const digest = text(random, 64, "0123456789abcdef");
  const kept = [
    `HEAD is now at ${sha} Merge abc into def`,
    `Digest: sha256:${digest}`,
    `"integrity": "sha512-${text(random, 86)}=="`,
    `--hash=sha256:${digest}`,
    `cache key: Linux-node-modules-${digest}`,
    `key: Linux-build-${sha}`,
    "run 12345678901, job 987654321, attempt 2, id 5f0c2a4e-93b6-4a52-8a36-0f6f6f2f7a11",
    "request_token: 5f0c2a4e-93b6-4a52-8a36-0f6f6f2f7a11 is pending",
    "node v24.21.0, npm 12.1.3-beta.4+build.77",
    "  token: ***",
    "Authorization: basic ***",
    "env: GITHUB_TOKEN=***",
    "token: ${{ secrets.GITHUB_TOKEN }}",
    "password: $DB_PASSWORD",
    "API_KEY=${API_KEY}",
    "token=<your-token-here>",
    "password=changeme",
    "password: xxxxxxxxxxxx",
    "secret: your-secret-key",
    "api_key = 'YOUR_API_KEY'",
    "https://user:***@example.org/a",
    "https://user:password@example.org/a",
    "SyntaxError: Unexpected token: punc (}) in file.js:12",
    "max_tokens: 4096, eos_token: </s>",
    "token_type: bearer, expires_in: 3600",
    "password_file: /run/secrets/db-password-2024",
    "secretName: my-app-tls-2024",
    "secret: kubernetes.io/service-account-token",
    "const token = await getToken(request, 1234567890);",
    "Downloading https://repo.maven.apache.org/maven2/org/apache/maven/plugins/maven-plugins/23/maven-plugins-23.pom",
    "npm http fetch GET 200 https://registry.npmjs.org/@babel%2fcore 152ms",
    "git@github.com:owner/repository.git",
    "ssh://git@github.com:22/owner/repository.git",
    "https://example.org:8443/path/@scope/package@1.2.3",
    `//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify({ version: 3, sources: ["src/index.ts"], mappings: "AAAA,SAAS" })).toString("base64")}`,
    `data:image/png;base64,${Buffer.from(text(random, 3_000, "\0\u0001\u007fÿabcXYZ")).toString("base64")}`,
    "ghp_ is how classic tokens begin; ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx is an example",
    ["AKIAIOSFODNN7", "EXAMPLE"].join(""),
    "src/main/java/org/example/security/PasswordTokenSecretService.java:120",
    "  password: [MASKED]",
    "[redacted password] token=[redacted secret-value]",
  ];
  test.each(kept)("%s", (line) => {
    unchanged(`${stamp}${line}\n`);
  });
});

test("every kind is told once, with a title and a shape", () => {
  for (const { name, title, shape } of secretKinds) {
    expect(name).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
    expect(title).not.toBe("");
    expect(shape).toContain("…");
  }
  const titles = secretKinds.map((kind) => kind.title);
  expect(new Set(titles).size).toBe(titles.length);
});
