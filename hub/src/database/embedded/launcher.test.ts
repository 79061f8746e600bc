import { describe, expect, test } from "vitest";
import { nobody } from "./fixture.ts";
import type { LauncherProbes, LauncherSituation } from "./launcher.ts";
import { chooseLauncher, cleanEnvironment, launch } from "./launcher.ts";

const root = { uid: 0, gid: 0 };
const user = { uid: 1000, gid: 100 };
const other = { uid: 1001, gid: 100 };

function situation(changes: Partial<LauncherSituation>): LauncherSituation {
  return {
    dataDir: "/var/lib/sentinal",
    clusterDir: "/var/lib/sentinal/postgres",
    hub: root,
    hubHasName: true,
    clusterOwner: undefined,
    ...changes,
  };
}

/** What a machine allows: nothing, unless said. */
function machine(allows: { namespace?: boolean; account?: boolean; reaches?: boolean }): LauncherProbes {
  return {
    namespaceReaches: async () => allows.namespace ?? false,
    unprivilegedAccount: async () => (allows.account === true ? nobody : undefined),
    accountReaches: async () => allows.reaches ?? false,
  };
}

const nothing = machine({});
const everything = machine({ namespace: true, account: true, reaches: true });

describe("an ordinary user", () => {
  test("runs the programs as they are, and nothing is tried out", async () => {
    await expect(chooseLauncher(situation({ hub: user }), everything)).resolves.toEqual({ kind: "direct", owner: user });
  });

  test("without a name gets one in a user namespace", async () => {
    const nameless = situation({ hub: user, hubHasName: false });
    await expect(chooseLauncher(nameless, everything)).resolves.toEqual({ kind: "namespace", owner: user });
  });

  test("without a name and without namespaces is told so", async () => {
    await expect(chooseLauncher(situation({ hub: user, hubHasName: false }), nothing)).rejects.toMatchObject({
      code: "account_missing",
      message: expect.stringContaining("user id 1000, which has no entry in the user database"),
    });
  });

  test("without a name can open a cluster that is there", async () => {
    const later = situation({ hub: user, hubHasName: false, clusterOwner: user });
    await expect(chooseLauncher(later, nothing)).resolves.toEqual({ kind: "direct", owner: user });
  });

  test("may not open somebody else's cluster", async () => {
    await expect(chooseLauncher(situation({ hub: user, clusterOwner: other }), everything)).rejects.toMatchObject({
      code: "data_directory_other_owner",
    });
  });
});

describe("root", () => {
  test("takes a user namespace first", async () => {
    await expect(chooseLauncher(situation({}), everything)).resolves.toEqual({ kind: "namespace", owner: root });
  });

  test("takes the unprivileged account where namespaces are forbidden or cannot reach the data", async () => {
    const machineWithout = machine({ account: true, reaches: true });
    await expect(chooseLauncher(situation({}), machineWithout)).resolves.toEqual({ kind: "account", owner: nobody });
  });

  test("gives a cluster that was made in a namespace to the account where there are none any more", async () => {
    const moved = situation({ clusterOwner: root });
    const machineWithout = machine({ account: true, reaches: true });
    await expect(chooseLauncher(moved, machineWithout)).resolves.toEqual({ kind: "account", owner: nobody });
  });

  test("stays with the owner of the cluster, whatever else would work", async () => {
    await expect(chooseLauncher(situation({ clusterOwner: user }), everything)).resolves.toEqual({
      kind: "account",
      owner: user,
    });
    await expect(chooseLauncher(situation({ clusterOwner: root }), everything)).resolves.toEqual({
      kind: "namespace",
      owner: root,
    });
  });

  test.each([
    ["nothing works", situation({}), nothing],
    ["the account does not reach the data", situation({}), machine({ account: true })],
    ["there is no such account", situation({}), machine({ reaches: true })],
    ["the cluster's owner does not reach it", situation({ clusterOwner: user }), machine({ namespace: true })],
  ])("is told in one sentence what to do when %s", async (_when, here, probes) => {
    await expect(chooseLauncher(here, probes)).rejects.toMatchObject({
      code: "root_not_possible",
      message: expect.stringMatching(/^PostgreSQL refuses to run as root, .*\/var\/lib\/sentinal.*SENTINAL_DATA_DIR.*DATABASE_URL/),
    });
  });
});

describe("a launch", () => {
  const environment = { PATH: "/bin" };

  test("changes the user only for an account", () => {
    const args = ["-D", "/data"];
    expect(launch({ kind: "direct", owner: user }, "/bin/postgres", args, environment)).toEqual({
      program: "/bin/postgres",
      args,
      environment,
    });
    expect(launch({ kind: "namespace", owner: root }, "/bin/postgres", args, environment)).toEqual({
      program: "unshare",
      args: ["-U", "--", "/bin/postgres", ...args],
      environment,
    });
    expect(launch({ kind: "account", owner: nobody }, "/bin/postgres", args, environment)).toEqual({
      program: "/bin/postgres",
      args,
      environment,
      ...nobody,
    });
  });

  test("passes nothing of the hub's environment on but PATH", () => {
    expect(Object.keys(cleanEnvironment({ LD_LIBRARY_PATH: "/libraries" })).toSorted()).toEqual(["LC_ALL", "LD_LIBRARY_PATH", "PATH", "TZ"]);
    expect(cleanEnvironment()["LC_ALL"]).toBe("C");
  });
});
