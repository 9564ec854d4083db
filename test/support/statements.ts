import type pg from 'pg';
import type { Db } from '../../src/db/client.ts';

/** A scan of a table with everything in its plan that chooses among its rows. */
export type Scan = { table: string; conditions: string[] };
/** A statement that was really sent, and how PostgreSQL would run it whatever its parameters are. */
export type SentStatement = { text: string; scans: Scan[] };

type PlanNode = Record<string, unknown> & { Plans?: PlanNode[] };

const EXPLAINABLE = /^\s*(WITH|SELECT|INSERT|UPDATE|DELETE|CREATE TEMP TABLE \w+ (ON COMMIT DROP )?AS)\b/i;
const CURSOR = /^\s*DECLARE\s+\w+\s+[\w\s]*?CURSOR\s+[\w\s]*?FOR\s+/i;
const CONDITIONS = ['Index Cond', 'Recheck Cond', 'Filter', 'Hash Cond', 'Merge Cond', 'Join Filter', 'TID Cond'];

/**
 * Notes every distinct statement that goes over the database's connections from now on, with its plan. PostgreSQL is
 * asked on the same connection right before, so that temporary tables are there.
 */
export function recordStatements(db: Db): { statements: Map<string, SentStatement>; other: Set<string> } {
  const statements = new Map<string, SentStatement>();
  const other = new Set<string>();
  const recorded = new WeakSet<object>();
  for (const pool of db.pools) pool.on('acquire', record);
  for (const client of clientsOf(db)) record(client);
  return { statements, other };

  function record(client: pg.PoolClient): void {
    if (recorded.has(client)) return;
    recorded.add(client);
    const send = client.query.bind(client) as (...given: unknown[]) => unknown;
    client.query = ((...given: unknown[]) => {
      const text = textOf(given[0]);
      const explainable = text.replace(CURSOR, '');
      if (!EXPLAINABLE.test(explainable)) other.add(text.trim());
      else if (!statements.has(text)) {
        const statement: SentStatement = { text, scans: [] };
        statements.set(text, statement);
        const asked = send(`EXPLAIN (GENERIC_PLAN, VERBOSE, FORMAT JSON) ${explainable}`) as Promise<pg.QueryResult>;
        asked.then(
          ({ rows }) => statement.scans.push(...scansIn(rows[0]['QUERY PLAN'][0].Plan)),
          (error: Error) => statement.scans.push({ table: `not explained: ${error.message}`, conditions: [] }),
        );
      }
      return send(...given);
    }) as typeof client.query;
  }
}

/** All connections that it has now. */
export function clientsOf(db: Db): pg.PoolClient[] {
  return db.pools.flatMap((pool) => (pool as unknown as { _clients: pg.PoolClient[] })._clients);
}

function textOf(query: unknown): string {
  return typeof query === 'string' ? query : String((query as { text?: string }).text ?? '');
}

function scansIn(root: PlanNode): Scan[] {
  const nodes = [...walk(root)];
  const conditions = nodes
    .flatMap((node) => CONDITIONS.map((name) => String(node[name] ?? '')))
    .filter((text) => text !== '');
  return nodes
    .filter((node) => String(node['Node Type']).endsWith('Scan') && node['Relation Name'] !== undefined)
    .map((node) => {
      const qualified = new RegExp(`(?<![\\w"])"?${node.Alias}"?\\.`);
      const own = CONDITIONS.map((name) => String(node[name] ?? '')).filter((text) => text !== '');
      return {
        table: String(node['Relation Name']),
        conditions: [...own, ...conditions.filter((text) => qualified.test(text))].map((text) =>
          text.replaceAll(new RegExp(qualified, 'g'), ''),
        ),
      };
    });
}

function* walk(node: PlanNode): Generator<PlanNode> {
  yield node;
  for (const child of node.Plans ?? []) yield* walk(child);
}
