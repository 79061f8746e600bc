import { z } from "zod";
import { RunStatus } from "./runs.ts";

/** Names of Socket.IO events; the default path, sign-in by cookie or `auth: {token}`. */
export const clientEvents = ["subscribe_dashboard", "unsubscribe_dashboard", "subscribe_scan", "unsubscribe_scan"] as const;
export const serverEvents = ["connected", "dashboard_update", "scan_update"] as const;

export const SubscribeScan = z.object({ run_id: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
export type SubscribeScan = z.infer<typeof SubscribeScan>;

/** The answer to a subscription. */
export type Acknowledgement = { ok: true } | { ok: false; code: string; message: string };

export type Connected = { server_time: string; version: string };

/** `resync`: events may have been missed; what is on the screen is to be fetched again. */
export const DashboardUpdate = z.object({
  type: z.enum(["new_run", "run_updated", "scan_completed", "resync"]),
  data: z
    .object({
      id: z.number().int(),
      repository: z.string(),
      commit_hash: z.string(),
      branch: z.string(),
      status: RunStatus,
      critical_vulnerabilities: z.number().int(),
      scan_id: z.number().int().nullable(),
      updated_at: z.string(),
    })
    .nullable(),
});
export type DashboardUpdate = z.infer<typeof DashboardUpdate>;

export type ScanUpdate = {
  type: "progress" | "completed" | "failed";
  run_id: number;
  data: Record<string, unknown>;
};
