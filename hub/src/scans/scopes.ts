import type { ScanType } from "@sentinal/contract";
import type { Database } from "../database/index.ts";

/** What findings are matched within, all branches together: one tool's view of one target of one repository. */
export type ScopeKey = { repositoryId: number; scanType: ScanType; tool: string; target: string };

/** Finds or makes scopes, and remembers their ids: they never change, and every report asks for one. */
export type Scopes = { idOf(key: ScopeKey): Promise<number> };

const mostCached = 50_000;

export function createScopes(db: Database): Scopes {
  const ids = new Map<string, number>();
  return {
    async idOf(key) {
      const name = JSON.stringify([key.repositoryId, key.scanType, key.tool, key.target]);
      const cached = ids.get(name);
      if (cached !== undefined) return cached;
      const values = { repository_id: key.repositoryId, scan_type: key.scanType, tool: key.tool, target: key.target.slice(0, 1_000) };
      await db
        .insertInto("finding_scopes")
        .values(values)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const row = await db
        .selectFrom("finding_scopes")
        .select("id")
        .where("repository_id", "=", values.repository_id)
        .where("scan_type", "=", values.scan_type)
        .where("tool", "=", values.tool)
        .where("target", "=", values.target)
        .executeTakeFirstOrThrow();
      if (ids.size >= mostCached) ids.clear();
      ids.set(name, row.id);
      return row.id;
    },
  };
}
