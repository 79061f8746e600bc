import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { zstdDecompressSync } from "node:zlib";
import pg from "pg";
import type { ConnectionSettings } from "../../hub/src/database/index.ts";
import { processesOf, processesOfGroup } from "../hub-process.ts";

/** Something that is searched. */
export type Place = { name: string; bytes: Buffer };

/** All rows of all tables as a dump would hold them: text as it stands, and as JSON; bytes as they are, and those of reports unpacked. */
export async function tablesOf(connection: ConnectionSettings): Promise<Place[]> {
  // As the server writes them, without a look at their types.
  const client = new pg.Client({ ...connection, types: { getTypeParser: () => String } });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')
       union all select 'pg_catalog.pg_stat_activity' union all select 'pg_catalog.pg_authid' union all select 'pg_catalog.pg_stats' order by 1`,
    );
    const places: Place[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await client.query<(string | null)[]>({ text: `select * from ${name}`, rowMode: "array" });
      const values = rows.flat().filter((value) => value !== null);
      const bytes = values.filter((value) => /^\\x(?:[0-9a-f]{2})*$/.test(value)).map((value) => Buffer.from(value.slice(2), "hex"));
      places.push({
        name: `table ${name}`,
        bytes: joined([...values.flatMap((value) => [value, JSON.stringify(value)]).map((value) => Buffer.from(value)), ...bytes]),
      });
      const unpacked = bytes.filter(isZstandard).map((packed) => zstdDecompressSync(packed));
      if (unpacked.length > 0) places.push({ name: `table ${name}, unpacked`, bytes: joined(unpacked) });
    }
    // So that the files hold all of it, beside the log of changes.
    await client.query("checkpoint");
    return places;
  } finally {
    await client.end();
  }
}

/** Command line and environment of the hub, of its PostgreSQL and of all that works for them. Linux only. */
export async function processPlaces(hub: number, dataDir: string): Promise<Place[]> {
  const processes = [...(await processesOfGroup(hub)), ...(await processesOf(dataDir))];
  const pids = [...new Set(processes.map(({ pid }) => pid))];
  const places = await Promise.all(
    pids.map(async (pid) => {
      const [program, commandLine, environment] = await Promise.all(["comm", "cmdline", "environ"].map((file) => procFile(pid, file)));
      return [
        { name: `command line of ${program?.toString().trim()}`, bytes: commandLine ?? Buffer.alloc(0) },
        { name: `environment of ${program?.toString().trim()}`, bytes: environment ?? Buffer.alloc(0) },
      ];
    }),
  );
  return places.flat().filter(({ bytes }) => bytes.length > 0);
}

/** Empty when the process has ended meanwhile, as a worker of PostgreSQL may. */
function procFile(pid: number, file: string): Promise<Buffer> {
  return readFile(`/proc/${pid}/${file}`).catch(() => Buffer.alloc(0));
}

/** The files of a folder and of those in it, one at a time: their names, too. */
export async function* filesOf(folder: string, name: string): AsyncGenerator<Place> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    const shown = `${name}: ${relative(folder, path)}`;
    yield { name: `${name}: names`, bytes: Buffer.from(path) };
    if (entry.isFile()) yield { name: shown, bytes: await readFile(path) };
  }
}

/** Apart, so that nothing is found across two of them. */
function joined(parts: readonly Buffer[]): Buffer {
  return Buffer.concat(parts.flatMap((part) => [part, Buffer.from("\n")]));
}

function isZstandard(bytes: Buffer): boolean {
  return bytes.length > 4 && bytes.readUInt32LE(0) === 0xfd2fb528;
}
