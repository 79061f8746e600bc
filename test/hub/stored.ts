import type pg from "pg";

/** What the database holds after all, as far as tests of durability ask. Read past the hub, by SQL. */
export type Stored = {
  imports: ReadonlyMap<string, StoredImport>;
  runs: readonly StoredRun[];
  /** Imports of one run with the same bytes. */
  importsTwice: readonly unknown[];
  /** Findings of one scope with the same rule. */
  findingsTwice: readonly unknown[];
  /** Findings that were new more than once. */
  newTwice: readonly unknown[];
  branches: readonly { repository: string; open: string[]; newest: string[] }[];
};

type StoredImport = { id: string; run_id: number; scan_id: number | null; repository: string; github_run_id: number; sha256: string; rules: string[] };
type StoredRun = { repository: string; github_run_id: number; imports: number; scans: number; rules: string[] };

const rulesOfScans = `array(select f.rule from occurrences o join findings f on f.id = o.finding_id where o.change <> 'fixed' and o.scan_id`;

export async function readStored(client: pg.Client): Promise<Stored> {
  async function rows<Row>(text: string): Promise<Row[]> {
    return (await client.query<Row & pg.QueryResultRow>(text)).rows;
  }
  const imports = await rows<StoredImport>(`
    select i.id, i.run_id::int, i.scan_id::int, p.name as repository, r.github_run_id::int, encode(i.sha256, 'hex') as sha256, ${rulesOfScans} = i.scan_id order by f.rule) as rules
      from imports i join runs r on r.id = i.run_id join repositories p on p.id = r.repository_id`);
  return {
    imports: new Map(imports.map((one) => [one.id, one])),
    runs: await rows(`
      select p.name as repository, r.github_run_id::int, (select count(*)::int from imports i where i.run_id = r.id) as imports, (select count(*)::int from scans s where s.run_id = r.id) as scans,
             ${rulesOfScans} in (select s.id from scans s where s.run_id = r.id) order by f.rule) as rules
        from runs r join repositories p on p.id = r.repository_id`),
    importsTwice: await rows(`select run_id, sha256, count(*) from imports group by 1, 2 having count(*) > 1`),
    findingsTwice: await rows(`select scope_id, rule, count(*) from findings group by 1, 2 having count(*) > 1`),
    newTwice: await rows(`select finding_id, count(*) from occurrences where change = 'new' group by 1 having count(*) > 1`),
    branches: await rows(`
      select p.name as repository, array(select f.rule from finding_states s join findings f on f.id = s.finding_id where s.branch_scope_id = b.id and s.state = 'open' order by f.rule) as open,
             ${rulesOfScans} = b.newest_scan_id order by f.rule) as newest
        from branch_scopes b join finding_scopes c on c.id = b.scope_id join repositories p on p.id = c.repository_id order by p.name`),
  };
}
