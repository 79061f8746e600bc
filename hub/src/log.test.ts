import { describe, expect, test } from "vitest";
import { createLog } from "./log.ts";

/** What one line of the log holds. */
function written(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog("info", { write: (line: string) => void lines.push(line) }));
  expect(lines).toHaveLength(1);
  const [line = ""] = lines;
  // A redaction that breaks the line would hide it from whoever reads the log by machine.
  expect(() => JSON.parse(line)).not.toThrow();
  return line;
}

const apiToken = `sent_${"aB3".repeat(16)}x`;
const refreshToken = `sentr_${"Zz9".repeat(14)}`;
const accessToken = `eyJhbGciOiJIUzI1NiJ9.${"eyJzdWIiOiIxIn0".repeat(2)}.${"c2ln".repeat(10)}`;

describe("a line of the log", () => {
  test("is one JSON object with time, level and message", () => {
    expect(JSON.parse(written((log) => log.info({ run: 7 }, "hello")))).toMatchObject({
      level: "info",
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      run: 7,
      msg: "hello",
    });
  });

  test("is not written below the level", () => {
    const lines: string[] = [];
    createLog("warn", { write: (line: string) => void lines.push(line) }).info("hello");
    expect(lines).toEqual([]);
  });
});

describe("an error", () => {
  test("is told with its kind, code, message, stack and causes, and with nothing else that hangs on it", () => {
    const cause: Error & { cause?: unknown } = new TypeError("the reason");
    cause.cause = cause;
    const error = Object.assign(new Error("it broke", { cause }), { code: "57P01", detail: "why", client: { secretKey: 4711 } });
    const line = written((log) => log.warn({ err: error }, "m"));
    expect(JSON.parse(line).err).toMatchObject({
      type: "Error",
      code: "57P01",
      message: "it broke",
      detail: "why",
      cause: { type: "TypeError", message: "the reason" },
    });
    expect(JSON.parse(line).err.stack).toContain("log.test.ts");
    expect(line).not.toContain("4711");
  });
});

describe("secrets by their name", () => {
  test.each(["authorization", "cookie", "password", "token", "access_token", "refresh_token", "secret", "setup_code"])(
    "%s is taken out, at the top and two levels below",
    (name) => {
      const line = written((log) => log.info({ [name]: "hunter2", a: { [name]: "hunter2", b: { [name]: "hunter2" } } }, "m"));
      expect(line).not.toContain("hunter2");
      expect(line).toContain("[redacted]");
    },
  );

  test("headers of a request lose their credentials", () => {
    const line = written((log) => log.info({ req: { headers: { authorization: "Bearer hunter2", cookie: "a=hunter2", host: "hub" } } }, "m"));
    expect(line).not.toContain("hunter2");
    expect(line).toContain('"host":"hub"');
  });

  test("other fields stay", () => {
    expect(written((log) => log.info({ tokens: 3, user: "ada" }, "m"))).toContain('"tokens":3,"user":"ada"');
  });
});

describe("secrets by their shape", () => {
  test.each([
    ["an API token", apiToken],
    ["a refresh token", refreshToken],
    ["an access token", accessToken],
  ])("%s is taken out wherever it stands: in the message, in a field, in an error, behind any character", (_name, secret) => {
    for (const before of ["", " ", "=", "\n", "\t", "\u0000", "x", "_", '"', "\\", "é"]) {
      for (const write of [
        (log: ReturnType<typeof createLog>) => log.info(`${before}${secret} tail`),
        (log: ReturnType<typeof createLog>) => log.info({ deep: { in: { some: { list: [`${before}${secret}`] } } } }, "m"),
        (log: ReturnType<typeof createLog>) => log.info({ err: new Error(`${before}${secret}`) }, "m"),
      ]) {
        const line = written(write);
        expect(line, JSON.stringify(before)).not.toContain(secret.slice(-20));
      }
    }
  });

  test.each([
    ["postgres://ada:hunter2@db.example/x"],
    ["postgresql://ada:hunter2@db.example:5432/x"],
    ["postgresql://ada:hun@ter2@db.example/x"],
    ["postgresql://ada@db.example/x?password=hunter2&sslmode=require"],
    ["POSTGRES://ada:hunter2@db.example/x"],
  ])("the password of %s is taken out, its host stays", (url) => {
    for (const before of ["", "\n", "="]) {
      const line = written((log) => log.info({ err: new Error(`cannot reach ${before}${url}, sorry`) }, "m"));
      expect(line).not.toMatch(/hunter2|ter2@/);
      expect(line).toContain("db.example");
      expect(line).toContain("sorry");
    }
  });

  test("the visible beginning of a token may be told", () => {
    expect(written((log) => log.info({ prefix: apiToken.slice(0, 11) }, "m"))).toContain(apiToken.slice(0, 11));
  });
});
