import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { underLock } from "./lock.ts";
import { sessionFile } from "./place.ts";
import { readSessions, type StoredSession, withoutSession, withSession, writeSessions } from "./store.ts";

const session: StoredSession = { username: "ada", refreshToken: "sentr_1", accessToken: "a.b.c", accessEndsAtMs: 1 };
async function temporaryFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "sentinal-session-"));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

const none = { current: null, hubs: {} };
const hub = "https://hub.example.org";

test("the file stands in XDG_CONFIG_HOME, else where the platform keeps settings", () => {
  expect(sessionFile({ XDG_CONFIG_HOME: "/x", HOME: "/home/ada" }, "linux")).toBe("/x/sentinal/sessions.json");
  expect(sessionFile({ XDG_CONFIG_HOME: "relative", HOME: "/home/ada" }, "linux")).toBe("/home/ada/.config/sentinal/sessions.json");
  expect(sessionFile({ HOME: "/Users/ada" }, "darwin")).toBe("/Users/ada/Library/Application Support/sentinal/sessions.json");
});

describe("the file of sessions", () => {
  test("gives back what was written, and is for its owner alone, as is its folder", async () => {
    const path = join(await temporaryFolder(), "config", "sentinal", "sessions.json");
    expect(await readSessions(path)).toEqual(none);
    const sessions = withSession(none, hub, session);
    await writeSessions(path, sessions);
    expect(await readSessions(path)).toEqual({ current: hub, hubs: { [hub]: session } });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(path, ".."))).mode & 0o777).toBe(0o700);
    expect(await readdir(join(path, ".."))).toEqual(["sessions.json"]);
    await writeSessions(path, withoutSession(sessions, hub));
    expect(await readSessions(path)).toEqual(none);
  });

  test.each([0o640, 0o604, 0o620, 0o602])("of mode %o is refused, with what to do", async (mode) => {
    const path = join(await temporaryFolder(), "sessions.json");
    await writeSessions(path, withSession(none, hub, session));
    await chmod(path, mode);
    await expect(readSessions(path)).rejects.toThrow(/by others.*\n.*chmod 600/);
  });

  test("behind a link is refused", async () => {
    const folder = await temporaryFolder();
    await writeSessions(join(folder, "real.json"), withSession(none, hub, session));
    await symlink(join(folder, "real.json"), join(folder, "sessions.json"));
    await expect(readSessions(join(folder, "sessions.json"))).rejects.toThrow("is a link");
  });

  test.each(["", "{", "[]", "null", '{"version":2,"hubs":{}}', '{"version":1,"hubs":{"https://hub":{"username":"ada"}}}', '{"version":1,"hubs":[]}'])(
    "that holds %j is refused, and not taken for an empty one",
    async (content) => {
      const path = join(await temporaryFolder(), "sessions.json");
      await writeFile(path, content, { mode: 0o600 });
      await expect(readSessions(path)).rejects.toThrow("does not hold what sentinal wrote");
    },
  );

  test("where a folder stands is refused", async () => {
    const path = join(await temporaryFolder(), "sessions.json");
    await mkdir(path, { mode: 0o700 });
    await expect(readSessions(path)).rejects.toThrow();
  });
});

describe("the lock", () => {
  test("lets one work at a time", async () => {
    const path = join(await temporaryFolder(), "lock");
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await readdir(join(path, ".."));
      inside--;
    };
    await Promise.all(Array.from({ length: 20 }, () => underLock(path, work)));
    expect(most).toBe(1);
    expect(await readdir(join(path, ".."))).toEqual([]);
  });

  test("that a crash left behind is taken away, by one of many", async () => {
    const path = join(await temporaryFolder(), "lock");
    // Above what Linux gives out.
    await writeFile(path, "4194305");
    let count = 0;
    await Promise.all(Array.from({ length: 10 }, () => underLock(path, async () => void count++)));
    expect(count).toBe(10);
  });

  test("is given back when the work fails", async () => {
    const path = join(await temporaryFolder(), "lock");
    await expect(underLock(path, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await underLock(path, async () => 7)).toBe(7);
  });
});
