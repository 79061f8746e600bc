import { homedir } from "node:os";
import { join } from "node:path";
import type { Environment } from "@sentinal/send";

/** The file with the sessions of this person on this machine: in XDG_CONFIG_HOME, else where the platform keeps settings. */
export function sessionFile(environment: Environment, platform: NodeJS.Platform = process.platform): string {
  return join(configFolder(environment, platform), "sentinal", "sessions.json");
}

function configFolder(environment: Environment, platform: NodeJS.Platform): string {
  const xdg = environment["XDG_CONFIG_HOME"] ?? "";
  // The specification of XDG: a relative one is to be passed over.
  if (xdg.startsWith("/")) return xdg;
  const home = environment["HOME"] ?? homedir();
  if (platform === "darwin") return join(home, "Library", "Application Support");
  if (platform === "win32") return environment["APPDATA"] ?? join(home, "AppData", "Roaming");
  return join(home, ".config");
}
