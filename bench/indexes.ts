/**
 * What each index of the messages costs an insert: rows of the database go into a copy of the table, with all indexes
 * and then without one of them at a time. Nothing is kept.
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

type Cost = { microseconds: number; walBytes: number };

await client.query('BEGIN');
await client.query('CREATE TABLE copied_messages (LIKE communication_threads INCLUDING ALL)');
const indexes = await indexesOf('copied_messages');
const columns = await insertableColumns();
await insertFrom(0, rows * 5);
const costs = new Map<string, Cost[]>();
for (let round = 0; round < Number(options.rounds); round += 1) {
  for (const name of ['', ...indexes.keys()]) {
    await client.query('SAVEPOINT without_one');
    if (name !== '') await drop(name);
    costs.set(name, [...(costs.get(name) ?? []), await insertFrom(rows * 5, rows)]);
    await client.query('ROLLBACK TO SAVEPOINT without_one');
  }
}
await client.query('ROLLBACK');

const all = median(costs.get('') ?? []);
const shown = [...indexes].map(([name, what]) => ({ what, cost: median(costs.get(name) ?? []) }));
shown.sort((one, other) => one.cost.walBytes - other.cost.walBytes);
process.stdout.write(
  `${await heading(db, 'What each index costs an insert', subject)}With all of them a row takes ${all.microseconds.toFixed(0)} µs and ${all.walBytes.toFixed(0)} bytes of WAL.\n\n${table(
    ['Index', 'µs a row', 'of all', 'WAL bytes a row', 'of all'],
    shown.map(({ what, cost }) => [
      what,
      (all.microseconds - cost.microseconds).toFixed(1),
      share(all.microseconds, cost.microseconds),
      (all.walBytes - cost.walBytes).toFixed(0),
      share(all.walBytes, cost.walBytes),
    ]),
  )}`,
);
await client.end();
await db.close();

/** The copy's names by what the original is called. */
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

/** As they came, by time; what the index of words only notes down is worked in as well. */
async function insertFrom(offset: number, limit: number): Promise<Cost> {
  const from = await client.query<{ at: string }>('SELECT pg_current_wal_insert_lsn() AS at');
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
  const microseconds = ((performance.now() - began) * 1_000) / limit;
  const wal = await client.query<{ bytes: string }>('SELECT pg_current_wal_insert_lsn() - $1::pg_lsn AS bytes', [
    from.rows[0]?.at,
  ]);
  return { microseconds, walBytes: Number(wal.rows[0]?.bytes) / limit };
}

function median(costs: Cost[]): Cost {
  const sorted = costs.toSorted((one, other) => one.microseconds - other.microseconds);
  return sorted[Math.floor(sorted.length / 2)] ?? { microseconds: Number.NaN, walBytes: Number.NaN };
}

function share(whole: number, without: number): string {
  return `${(((whole - without) / whole) * 100).toFixed(0)} %`;
}
