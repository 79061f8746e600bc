import { chmod, stat } from "node:fs/promises";
import { userInfo } from "node:os";
import type { DataFolder } from "./data-folder.ts";
import { ownerOf } from "./data-folder.ts";
import { accountMissing, dataDirectoryOtherOwner, rootNotPossible } from "./problems.ts";
import type { ProgramCall } from "./program.ts";
import { runProgram } from "./program.ts";

/** A user and its first group, as numbers of the operating system. */
export type Account = { uid: number; gid: number };

/**
 * How PostgreSQL's programs are started, since they refuse user id 0.
 * - `direct`: as they are, the hub being an ordinary user.
 * - `namespace`: in a new user namespace without a mapping (`unshare -U`). Inside the process sees itself as user
 *   65534; outside, its files and its process stay the hub's own.
 * - `account`: as another user. Only root can do that.
 *
 * `owner` is who owns the server's files and process, seen from outside.
 */
export type Launcher = { kind: "direct" | "namespace" | "account"; owner: Account };

export type LauncherSituation = {
  dataDir: string;
  clusterDir: string;
  hub: Account;
  /** Whether the user database knows the hub's user: initdb looks its name up. */
  hubHasName: boolean;
  /** Undefined while there is no cluster yet. */
  clusterOwner: Account | undefined;
};

export type LauncherProbes = {
  /** Whether a process in a user namespace has a name, is not root, and can write to the data folder. */
  namespaceReaches(): Promise<boolean>;
  /** The unprivileged account of this system, or undefined when it has none. */
  unprivilegedAccount(): Promise<Account | undefined>;
  /** Whether a process of that account can get to what lies in the data folder. */
  accountReaches(account: Account): Promise<boolean>;
};

/**
 * Decides how to start PostgreSQL. The owner of an existing cluster comes first, so that the answer stays the same
 * over restarts; a cluster that root owns was made in a user namespace.
 * @throws EmbeddedPostgresProblem when no way works
 */
export async function chooseLauncher(situation: LauncherSituation, probes: LauncherProbes): Promise<Launcher> {
  const { hub, clusterOwner } = situation;
  if (hub.uid === 0) return await chooseForRoot(situation, probes);

  if (clusterOwner !== undefined && clusterOwner.uid !== hub.uid) {
    throw dataDirectoryOtherOwner(situation.clusterDir, clusterOwner.uid, hub.uid);
  }
  if (situation.hubHasName || clusterOwner !== undefined) return { kind: "direct", owner: hub };
  if (await probes.namespaceReaches()) return { kind: "namespace", owner: hub };
  throw accountMissing(hub.uid);
}

async function chooseForRoot(situation: LauncherSituation, probes: LauncherProbes): Promise<Launcher> {
  const { hub, clusterOwner } = situation;
  if (clusterOwner !== undefined && clusterOwner.uid !== 0) {
    if (await probes.accountReaches(clusterOwner)) return { kind: "account", owner: clusterOwner };
    throw rootNotPossible(situation.dataDir);
  }
  if (await probes.namespaceReaches()) return { kind: "namespace", owner: hub };
  const account = await probes.unprivilegedAccount();
  if (account !== undefined && (await probes.accountReaches(account))) return { kind: "account", owner: account };
  throw rootNotPossible(situation.dataDir);
}

/** What the hub finds on this machine, as `chooseLauncher` takes it. */
export async function launcherSituation(folder: DataFolder): Promise<LauncherSituation> {
  const hub = { uid: process.getuid?.() ?? -1, gid: process.getgid?.() ?? -1 };
  const clusterOwner = await ownerOf(folder.clusterDir);
  return { dataDir: folder.path, clusterDir: folder.clusterDir, hub, hubHasName: hasName(), clusterOwner };
}

function hasName(): boolean {
  try {
    userInfo();
    return true;
  } catch {
    return false;
  }
}

const probeTimeoutMs = 5_000;

/** The probes for this machine. Each runs one short program. */
export function launcherProbes(dataDir: string): LauncherProbes {
  return {
    async namespaceReaches() {
      const script = 'test "$(id -u)" -ne 0 && id -un && cd "$1" && test -w .';
      return await succeeds({
        program: "unshare",
        args: ["-U", "--", "/bin/sh", "-c", script, "sh", dataDir],
        environment: cleanEnvironment(),
      });
    },
    async unprivilegedAccount() {
      const uid = await numberFromId("-u");
      const gid = await numberFromId("-g");
      return uid === undefined || gid === undefined ? undefined : { uid, gid };
    },
    async accountReaches(account) {
      await letOthersPass(dataDir);
      return await succeeds({
        program: "/bin/sh",
        args: ["-c", 'cd "$1"', "sh", dataDir],
        environment: cleanEnvironment(),
        ...account,
      });
    },
  };
}

/** Others may then open what they know the name of and have the right to, but cannot list or add anything. */
async function letOthersPass(dataDir: string): Promise<void> {
  const { mode } = await stat(dataDir);
  if ((mode & 0o001) === 0) await chmod(dataDir, (mode & 0o7777) | 0o011);
}

async function succeeds(call: ProgramCall): Promise<boolean> {
  return (await runProgram(call, probeTimeoutMs)).succeeded;
}

async function numberFromId(option: "-u" | "-g"): Promise<number | undefined> {
  const call = { program: "id", args: [option, "nobody"], environment: cleanEnvironment() };
  const result = await runProgram(call, probeTimeoutMs);
  // macOS prints 4294967294 for the id that Node knows as -2.
  return result.succeeded ? Number(result.output) | 0 : undefined;
}

/**
 * The whole environment of PostgreSQL's programs. Nothing of the hub's comes along but PATH: no LANG or LC_ALL that
 * names a locale this system lacks, no PGOPTIONS, no secret.
 */
export function cleanEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { PATH: process.env["PATH"] ?? "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C", TZ: "UTC", ...extra };
}

/** The call that starts a program in the launcher's way. In a namespace the process id stays that of the program. */
export function launch(launcher: Launcher, program: string, args: readonly string[], environment: Readonly<Record<string, string>>): ProgramCall {
  if (launcher.kind === "namespace") return { program: "unshare", args: ["-U", "--", program, ...args], environment };
  if (launcher.kind === "account") return { program, args, environment, ...launcher.owner };
  return { program, args, environment };
}
