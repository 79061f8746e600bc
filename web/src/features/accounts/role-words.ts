import type { Role } from "@sentinal/contract";

/** What each role may do. */
export const roleWords: Readonly<Record<Role, string>> = {
  Viewer: "Reads all repositories.",
  Member: "Reads all repositories, triages, labels causes and re-runs.",
  Admin: "May do everything, also invite others and make tokens.",
};
