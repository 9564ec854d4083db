/**
 * Measures the cost of each index of the messages for an insert: inserts rows into a copy of the table, with all
 * indexes and then without one of them at a time. Everything is rolled back.
 *
 *     DATABASE_URL=postgres://…  (the owner's) tsx bench/indexes.ts [--rows 20000] [--rounds 3] > bench/results/indexes.md
 */
import { parseArgs } from 'node:util';
import pg from 'pg';
import { connect } from '../src/db/client.ts';
import { heading, table } from './report.ts';
import { biggestCompany } from './subjects.ts';

const { values: options } = parseArgs({
  options: { rows: { type: 'string', default: '20000' }, rounds: { type: 'string', default: '3' } },
});
const rows = Number(options.rows);
const url = process.env.DATABASE_URL ?? '';
const db = connect({ url, poolSize: 1, onError: () => undefined, purpose: 'batch' });
const subject = await biggestCompany(db);
const client = new pg.Client({ connectionString: url });
await client.connect();

await client.query('BEGIN');
await client.query('CREATE TABLE copied_messages (LIKE communication_threads INCLUDING ALL)');
const indexes = await indexesOf('copied_messages');
const columns = await insertableColumns();
await insertFrom(0, rows * 5);
/** Microseconds per row with all indexes, and how many fewer without each index, compared within the same round. */
const whole: number[] = [];
const savings = new Map<string, number[]>();
for (let round = 0; round < Number(options.rounds); round += 1) {
  for (const name of indexes.keys()) {
    const withAll = await insertAndUndo();
    whole.push(withAll);
    savings.set(name, [...(savings.get(name) ?? []), withAll - (await insertAndUndo(name))]);
  }
}
await client.query('ROLLBACK');

const all = median(whole);
const shown = [...indexes].map(([name, what]) => ({ what, cost: median(savings.get(name) ?? []) }));
shown.sort((one, other) => other.cost - one.cost);
process.stdout.write(
  `${await heading(db, 'What each index costs an insert', subject)}With all of them a row takes ${all.toFixed(0)} µs.\n\n${table(
    ['Index', 'µs a row', 'of all'],
    shown.map(({ what, cost }) => [what, cost.toFixed(1), `${((cost / all) * 100).toFixed(0)} %`]),
  )}`,
);
await client.end();
await db.close();

/** Names of the copy's indexes, by the name of the original index. */
async function indexesOf(copy: string): Promise<Map<string, string>> {
  const found = await client.query<{ name: string; original: string }>(
    `SELECT c.indexname AS name, o.indexname AS original
     FROM pg_indexes c
     JOIN pg_indexes o ON o.tablename = 'communication_threads'
      AND regexp_replace(o.indexdef, '^.* USING ', '') = regexp_replace(c.indexdef, '^.* USING ', '')
     WHERE c.tablename = $1`,
    [copy],
  );
  return new Map(found.rows.map(({ name, original }) => [name, original]));
}

async function insertableColumns(): Promise<string> {
  const found = await client.query<{ columns: string }>(
    `SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS columns
     FROM pg_attribute
     WHERE attrelid = 'communication_threads'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
  );
  return found.rows[0]?.columns ?? '';
}

async function drop(name: string): Promise<void> {
  const isKey = indexes.get(name)?.endsWith('_pk');
  const index = pg.escapeIdentifier(name);
  await client.query(isKey ? `ALTER TABLE copied_messages DROP CONSTRAINT ${index}` : `DROP INDEX ${index}`);
}

async function insertAndUndo(without?: string): Promise<number> {
  await client.query('SAVEPOINT before');
  if (without !== undefined) await drop(without);
  const microseconds = await insertFrom(rows * 5, rows);
  await client.query('ROLLBACK TO SAVEPOINT before');
  return microseconds;
}

/** Inserts rows in the order of time, and merges the pending list of the index of words. */
async function insertFrom(offset: number, limit: number): Promise<number> {
  const began = performance.now();
  await client.query(
    `INSERT INTO copied_messages (${columns})
     SELECT ${columns} FROM communication_threads WHERE company_id = $1 ORDER BY "timestamp", id OFFSET $2 LIMIT $3`,
    [subject.companyId, offset, limit],
  );
  const [words] = [...indexes].find(([, original]) => original === 'ct_search') ?? [];
  await client.query("SELECT gin_clean_pending_list(oid) FROM pg_class WHERE relname = $1 AND relkind = 'i'", [
    words ?? '',
  ]);
  return ((performance.now() - began) * 1_000) / limit;
}

function median(values: number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
