import { sql } from "kysely";
import type pg from "pg";

/**
 * Marks a statement of a transaction whose answer nobody needs: on a hot connection (`OpenDatabase.hot`) the next ones go
 * out without waiting for it. When it fails, so does the next that is waited for, and the commit at the latest, with its error.
 */
export const unawaited = sql.raw("/* unawaited */");

/** Texts beyond this many run unprepared: a prepared statement takes memory on each connection until that closes. */
const mostStatements = 200;

type Client = { query(text: string, values: readonly unknown[]): Promise<pg.QueryResult>; release(destroy?: boolean): void };

/** What Kysely needs of a pool. */
type HotPool = { options: object; connect(): Promise<pg.PoolClient>; end(): Promise<void> };

/** Another pool's connections for statements that run again and again: each is prepared once a connection, and none waits for one that is marked. */
export function hotPool(pool: pg.Pool): HotPool {
  const names = new Map<string, string>();

  function nameOf(text: string): string | undefined {
    const known = names.get(text);
    if (known !== undefined || names.size >= mostStatements) return known;
    const name = `sentinal_${names.size}`;
    names.set(text, name);
    return name;
  }

  return {
    options: pool.options,
    async connect() {
      const client = await pool.connect();
      return Object.create(client, { query: { value: hotQuery(client, nameOf) } });
    },
    // The connections are the other pool's to close.
    end: async () => {},
  };
}

function hotQuery(client: pg.PoolClient, nameOf: (text: string) => string | undefined): Client["query"] {
  let failure: unknown = null;

  return async (text, values) => {
    const name = values.length === 0 ? undefined : nameOf(text);
    const answer = client.query({ text, values: [...values], ...(name !== undefined && { name }) });
    if (text === "begin" || text.includes("/* unawaited */")) {
      answer.catch((error: unknown) => (failure ??= error));
      return { command: "", rowCount: 0, oid: 0, fields: [], rows: [] };
    }
    try {
      const result = await answer;
      // The commit of a transaction that has failed is answered as a rollback.
      if (failure === null || text === "rollback") return result;
    } catch (error) {
      throw failure ?? error;
    }
    throw failure;
  };
}
