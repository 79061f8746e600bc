import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ConfigProblem, defaultDataDir, readConfig, redactedConfig, settings } from "./config.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sentinal-config-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** The one message that names all that is wrong. */
function refusal(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigProblem) return error.message;
    throw error;
  }
  throw new Error("the settings were taken");
}

describe("without any setting", () => {
  test("the hub listens on loopback only, at port 8484, with the embedded database", () => {
    expect(readConfig({})).toMatchObject({
      host: "127.0.0.1",
      port: 8484,
      databaseUrl: null,
      keyFile: null,
      setupCode: null,
      registration: "invitation",
      publicUrl: null,
    });
    expect(readConfig({})).toMatchObject({
      trustedProxies: [],
      webhookRatePerMinute: 600,
      metricsToken: null,
      retentionDays: 400,
      githubUrl: "https://github.com",
      logLevel: "info",
    });
  });

  test("an empty variable is as good as none", () => {
    expect(readConfig(Object.fromEntries(Object.keys(settings).map((name) => [name, ""])))).toEqual(readConfig({}));
  });

  test("the data folder is the platform's, and a relative XDG_DATA_HOME is ignored as its specification asks", () => {
    if (process.platform !== "linux") return;
    expect(defaultDataDir({ XDG_DATA_HOME: "/data/home" })).toBe("/data/home/sentinal");
    expect(defaultDataDir({ XDG_DATA_HOME: "relative" })).toBe(defaultDataDir({}));
  });

  test("nothing of the answer can be changed afterwards", () => {
    const config = readConfig({ SENTINAL_TRUSTED_PROXIES: "10.0.0.1" });
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.trustedProxies)).toBe(true);
  });
});

describe("names", () => {
  test.each([
    ["SENTINAL_PROT", "SENTINAL_PORT"],
    ["SENTINAL_PUBLIC_ULR", "SENTINAL_PUBLIC_URL"],
    ["SENTINAL_KEYS", "SENTINAL_KEY"],
    ["SENTINAL_RETENTION", "SENTINAL_RETENTION_DAYS"],
    ["SENTINAL_API_TOKN", "SENTINAL_API_TOKEN"],
    ["SENTINAL_HOTS_FILE", "SENTINAL_HOST"],
  ])("%s is refused with the suggestion %s", (name, suggestion) => {
    expect(refusal({ [name]: "x" })).toContain(`${name} is no setting of Sentinal; did you mean ${suggestion}. `);
  });

  test("a name that is like none is refused without a suggestion", () => {
    for (const name of ["SENTINAL_XYZ", "SENTINAL_FLUX_CAPACITOR", "SENTINAL_"])
      expect(refusal({ [name]: "x" })).toMatch(new RegExp(`^${name} is no setting of Sentinal\\. `));
  });

  test("names of the command line, and of parts that this version has not, are let stand, also as files", () => {
    const names = ["SENTINAL_API_URL", "SENTINAL_API_TOKEN", "SENTINAL_GITHUB_API_URL", "SENTINAL_GITHUB_WEBHOOK_SECRET"];
    for (const name of names) expect(readConfig({ [name]: "x", [`${name}_FILE`]: "/nowhere" })).toEqual(readConfig({}));
  });

  test("names of other programs are nobody's business", () => {
    expect(readConfig({ PATH: "/bin", MY_SENTINAL_PORT: "1", sentinal_port: "2" })).toEqual(readConfig({}));
  });
});

describe("values from files", () => {
  test("each setting may come from the file that NAME_FILE names, without the line's end", () => {
    expect(readConfig({ SENTINAL_PORT_FILE: file("port", "9000\r\n") }).port).toBe(9000);
    expect(readConfig({ SENTINAL_SETUP_CODE_FILE: file("code", "eight letters\n") }).setupCode).toBe("eight letters");
    expect(readConfig({ SENTINAL_KEY_FILE_FILE: file("path", "/run/key\n") }).keyFile).toBe("/run/key");
  });

  test("blanks inside of a file's value are the value's own", () => {
    expect(readConfig({ SENTINAL_SETUP_CODE_FILE: file("blanks", " eight letters \n\n") }).setupCode).toBe(" eight letters \n");
  });

  test("a value and its file at once are refused, for one of them would silently not count", () => {
    expect(refusal({ SENTINAL_PORT: "1", SENTINAL_PORT_FILE: file("both", "2") })).toBe("SENTINAL_PORT and SENTINAL_PORT_FILE are both set; keep one of them.");
  });

  test("a file that cannot be read is named with the reason", () => {
    expect(refusal({ SENTINAL_PORT_FILE: join(folder, "missing") })).toContain("missing cannot be read (ENOENT)");
  });
});

describe("the hub's key", () => {
  const database = { DATABASE_URL: "postgres://db.example/sentinal" };

  test("may stand in the environment itself, also for a server of one's own", () => {
    expect(readConfig({ ...database, SENTINAL_KEY: "the key" })).toMatchObject({ key: "the key", keyFile: null });
  });

  test("is never read from its file here, for a rotation replaces that file", () => {
    expect(readConfig({ SENTINAL_KEY_FILE: file("hub-key", "the key\n") })).toMatchObject({ key: null, keyFile: join(folder, "hub-key") });
  });

  test.each(["SENTINAL_KEY_FILE", "SENTINAL_KEY_FILE_FILE"])("is refused from two places: SENTINAL_KEY and %s", (name) => {
    const message = refusal({ SENTINAL_KEY: "hunter2", [name]: file("key-path", "/run/key") });
    expect(message).toBe("SENTINAL_KEY and SENTINAL_KEY_FILE are both set; keep one of them.");
  });

  test("is shown nowhere", () => {
    expect(redactedConfig(readConfig({ SENTINAL_KEY: "hunter2" }))).toMatchObject({ key: "set" });
    expect(JSON.stringify(redactedConfig(readConfig({ SENTINAL_KEY: "hunter2" })))).not.toContain("hunter2");
  });
});

describe("wrong values", () => {
  test.each([
    ["SENTINAL_PORT", "abc"],
    ["SENTINAL_PORT", " "],
    ["SENTINAL_PORT", "0x50"],
    ["SENTINAL_PORT", "1e3"],
    ["SENTINAL_PORT", "65536"],
    ["SENTINAL_PORT", "-1"],
    ["SENTINAL_REGISTRATION", "everybody"],
    ["SENTINAL_PUBLIC_URL", "sentinal.example"],
    ["SENTINAL_PUBLIC_URL", "ftp://sentinal.example"],
    ["SENTINAL_TRUSTED_PROXIES", "10.0.0.1, proxy.example"],
    ["SENTINAL_TRUSTED_PROXIES", "10.0.0.0/33"],
    ["SENTINAL_TRUSTED_PROXIES", "0.0.0.0/0"],
    ["SENTINAL_WEBHOOK_RATE", "0"],
    ["SENTINAL_METRICS_TOKEN", "short"],
    ["SENTINAL_RETENTION_DAYS", "1.5"],
    ["SENTINAL_LOG_LEVEL", "verbose"],
    ["DATABASE_URL", "mysql://db.example/x"],
  ])("%s=%s is refused by its name", (name, value) => {
    expect(refusal({ [name]: value })).toContain(`${name}: `);
  });

  test("all of them are told in one message, each on its own line", () => {
    const message = refusal({ SENTINAL_PORT: "x", SENTINAL_LOG_LEVEL: "y", SENTINAL_TYPO: "z", SENTINAL_PUBLIC_URL: "w" });
    expect(message.split("\n")).toHaveLength(4);
    for (const name of ["SENTINAL_PORT", "SENTINAL_LOG_LEVEL", "SENTINAL_TYPO", "SENTINAL_PUBLIC_URL"]) expect(message).toContain(name);
  });

  test("a secret's value is not in the message, others are", () => {
    expect(refusal({ SENTINAL_METRICS_TOKEN: "hunter2" })).not.toContain("hunter2");
    expect(refusal({ DATABASE_URL: "mysql://user:hunter2@db/x" })).not.toContain("hunter2");
    expect(refusal({ SENTINAL_PORT: "eighty" })).toContain('"eighty"');
  });

  test("a server of one's own without a key is refused, and says how to make one", () => {
    expect(refusal({ DATABASE_URL: "postgres://db.example/sentinal" })).toContain("SENTINAL_KEY_FILE must be set too");
    expect(readConfig({ DATABASE_URL: "postgres://db.example/sentinal", SENTINAL_KEY_FILE: "/run/key" }).databaseUrl).toBe("postgres://db.example/sentinal");
  });
});

describe("right values", () => {
  test("trusted proxies are addresses and networks of both families, with blanks around them or not", () => {
    expect(readConfig({ SENTINAL_TRUSTED_PROXIES: " 10.0.0.1,10.0.0.0/8 ,, fd00::/8,::1, loopback " }).trustedProxies).toEqual([
      "10.0.0.1",
      "10.0.0.0/8",
      "fd00::/8",
      "::1",
      "loopback",
    ]);
  });

  test("addresses lose the slash at their end, so that paths can be put behind them", () => {
    expect(readConfig({ SENTINAL_PUBLIC_URL: "https://sentinal.example//", SENTINAL_GITHUB_URL: "https://github.example/" })).toMatchObject({
      publicUrl: "https://sentinal.example",
      githubUrl: "https://github.example",
    });
  });

  test("what is printed of them says of secrets only whether they are set", () => {
    const config = readConfig({ DATABASE_URL: "postgres://u:hunter2@db/x", SENTINAL_KEY_FILE: "/run/key", SENTINAL_SETUP_CODE: "hunter2hunter2" });
    expect(JSON.stringify(redactedConfig(config))).not.toContain("hunter2");
    expect(redactedConfig(config)).toMatchObject({ databaseUrl: "set", setupCode: "set", metricsToken: "not set", keyFile: "/run/key", port: 8484 });
  });

  test("every setting that is marked as a secret is hidden when the settings are printed", () => {
    const secrets = Object.entries(settings).filter(([, setting]) => "secret" in setting);
    const values = Object.fromEntries(secrets.map(([name]) => [name, name === "DATABASE_URL" ? "postgres://hunter2/x" : "hunter2hunter2hunter2"]));
    const printed = redactedConfig(readConfig(values));
    expect(JSON.stringify(printed)).not.toContain("hunter2");
    expect(Object.values(printed).filter((value) => value === "set")).toHaveLength(secrets.length);
  });
});
