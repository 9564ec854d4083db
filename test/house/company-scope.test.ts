import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../src/db/client.ts';
import { purgeExpired } from '../../src/server/purge-expired.ts';
import { exportCompany } from '../../src/transfer/export/export.ts';
import { importLines } from '../../src/transfer/import/import.ts';
import { openFile } from '../../src/transfer/import/source.ts';
import { PATIENT, startTestApp, type TestApp } from '../support/app.ts';
import { CALLS, createWorld } from '../support/every-operation.ts';
import { createTenant } from '../support/factories.ts';
import { recordStatements, type SentStatement } from '../support/statements.ts';

/** No row of a company can point into another one, and no statement looks at more than one company's rows. */

/** Looked up before the company is known, or no company's at all; reference tables on a cluster that spreads by company. */
const EXEMPT_TABLES: Record<string, string> = {
  companies: 'is the company',
  users: 'a person may belong to several companies, and logs in before one is chosen',
  tokens: 'name the caller before the company is looked at',
  login_failures: 'count attempts of whoever it was',
  encryption_keys: 'one key ring for the whole server',
  key_holders: 'which running server holds which keys',
  security_events: 'logins and tokens, which are no single company’s',
  mailboxes: 'the grant in a webhook says which company it is about',
  phones: 'the number in a webhook says which company it is about',
  webhook_events: 'a delivery is stored before it is read',
  used_jwt_ids: 'a signature is checked before the event is read',
};

/** Statements that look at a company's rows across companies, each for its reason. */
const ACROSS_COMPANIES: [RegExp, string][] = [
  [
    /from "?memberships"?( m)?\s+(inner )?join "?companies"? .*\bwhere \S*user_id"? = \$1/is,
    'the companies that the caller who logs in may choose from',
  ],
  [/SELECT DISTINCT company_id FROM thread_count_deltas/, 'the background finds the companies with counts to fold'],
  [/FROM \(SELECT DISTINCT company_id FROM phones\) p/, 'a later event of a call names the call and no number of ours'],
  [
    /UPDATE webhook_endpoints AS e\s+SET lease_id = \$1/,
    'the background finds the endpoints that have something to be sent, whatever their company',
  ],
  [
    /FROM mailboxes b\s+WHERE b\.grant_id = \$1/,
    'the grant says whose it is, and what is known of that mailbox’s folders',
  ],
  [/FROM communication_threads\s+WITH NO DATA/, 'columns alone, no row'],
];

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

describe('the keys', () => {
  type Key = {
    table_name: string;
    name: string;
    kind: string;
    columns: string[];
    target: string | null;
    target_columns: string[] | null;
  };
  let keys: Key[];
  beforeAll(async () => {
    const client = new pg.Client({ connectionString: t.database.ownerUrl });
    await client.connect();
    keys = (await client.query<Key>(KEYS)).rows;
    await client.end();
  });

  it('begin with company_id in every table that is not exempt', () => {
    const wrong = keys.filter(
      ({ kind, table_name, columns }) => kind !== 'f' && !(table_name in EXEMPT_TABLES) && columns[0] !== 'company_id',
    );

    expect(wrong).toEqual([]);
  });

  it('point with the company into the same company, or at a table that is exempt', () => {
    const wrong = keys.filter(({ kind, columns, target, target_columns }) => {
      if (kind !== 'f' || target === null || target in EXEMPT_TABLES) return false;
      return columns[0] !== 'company_id' || target_columns?.[0] !== 'company_id';
    });

    expect(wrong).toEqual([]);
  });

  it('are exempt for no table that is gone', () => {
    const tables = new Set(keys.map(({ table_name }) => table_name));

    expect(Object.keys(EXEMPT_TABLES).filter((table) => !tables.has(table))).toEqual([]);
    expect(tables.size).toBeGreaterThan(20);
  });
});

/** Primary keys and unique indexes, and foreign keys with where they point. */
const KEYS = `
  SELECT t.relname AS table_name, i.relname AS name, CASE WHEN x.indisprimary THEN 'p' ELSE 'u' END AS kind,
         (SELECT array_agg(a.attname::text ORDER BY k.nth)
          FROM unnest(x.indkey::int2[]) WITH ORDINALITY AS k(number, nth)
          JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number) AS columns,
         NULL::text AS target, NULL::text[] AS target_columns
  FROM pg_index x
  JOIN pg_class t ON t.oid = x.indrelid
  JOIN pg_class i ON i.oid = x.indexrelid
  WHERE t.relnamespace = 'public'::regnamespace AND x.indisunique
  UNION ALL
  SELECT t.relname, c.conname, 'f',
         (SELECT array_agg(a.attname::text ORDER BY k.nth)
          FROM unnest(c.conkey) WITH ORDINALITY AS k(number, nth)
          JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number),
         f.relname::text,
         (SELECT array_agg(a.attname::text ORDER BY k.nth)
          FROM unnest(c.confkey) WITH ORDINALITY AS k(number, nth)
          JOIN pg_attribute a ON a.attrelid = f.oid AND a.attnum = k.number)
  FROM pg_constraint c
  JOIN pg_class t ON t.oid = c.conrelid
  JOIN pg_class f ON f.oid = c.confrelid
  WHERE c.contype = 'f' AND t.relnamespace = 'public'::regnamespace`;

/** `company_id = $1`, in PostgreSQL's own reading of the statement: what it can't derive is not there. */
const BOUND = /\bcompany_id = (\(?\$\d+|ANY|'|\(InitPlan)|(\$\d+\)?(::uuid)?|\)) = company_id\b/;
/** An import goes through its own lines, so its statements are bound to them. */
const JOINED = /\bcompany_id = |= company_id\b/;

function unbound(statements: Iterable<SentStatement>, bound: RegExp): string[] {
  return [...statements]
    .filter(({ text }) => !ACROSS_COMPANIES.some(([known]) => known.test(text)))
    .flatMap(({ text, scans }) =>
      scans
        .filter(({ table }) => !(table in EXEMPT_TABLES) && !/^(import_|pg_|__drizzle_migrations)/.test(table))
        .filter(({ conditions }) => !conditions.some((condition) => bound.test(condition)))
        .map(({ table, conditions }) => `${table} [${conditions.join('; ')}] in ${text}`),
    );
}

describe('every statement', () => {
  it('that the API sends looks at the rows of one company', async () => {
    const { statements } = recordStatements(t.db);
    const world = await createWorld(t);
    statements.clear();
    for (const operationId of Object.keys(CALLS)) {
      for (const request of (await CALLS[operationId]?.(world)) ?? []) {
        const headers = { authorization: `Token ${world.token}`, ...request.headers };
        const response = await t.app.inject({ ...request, headers });
        if (operationId === 'createThreadNote') world.noteId = response.json().id;
      }
      await t.fold();
    }
    await purgeExpired(t.db);

    expect(statements.size).toBeGreaterThan(60);
    expect([...statements.values()].flatMap(({ scans }) => scans).map(({ table }) => table)).toEqual(
      expect.arrayContaining(['communication_threads', 'thread_notes', 'thread_counts', 'customers', 'memberships']),
    );
    expect(unbound(statements.values(), BOUND)).toEqual([]);
  });

  it('that an import or an export sends looks at the rows of the companies in its hand', async () => {
    const db = connect({ url: t.database.serverUrl, poolSize: 1, onError: () => undefined, purpose: 'batch' });
    const { statements, other } = recordStatements(db);
    const companyId = '019dab30-df00-7d92-b24c-8e65d5d3495f';

    const demo = await openFile('demo/demo.ndjson');
    for (const _ of ['new', 'again']) await importLines(db, t.ring, demo);
    await demo.close();
    const lines: string[] = [];
    await exportCompany(db, t.ring, companyId, { write: async (chunk) => void lines.push(chunk) });
    await db.close();

    expect(lines.join('').split('\n').length).toBe(readFileSync('demo/demo.ndjson', 'utf8').split('\n').length);
    expect(statements.size).toBeGreaterThan(30);
    expect(unbound(statements.values(), JOINED)).toEqual([]);
    const copies = [...other].filter((text) => text.startsWith('COPY'));
    expect(copies.filter((text) => !/^COPY import_|\("?company_id\b/.test(text))).toEqual([]);
  });

  it('is caught when it is not', async () => {
    // A busy machine may take longer to connect than a request waits.
    const db = connect({ url: t.database.serverUrl, poolSize: 1, onError: () => undefined, limits: PATIENT });
    const { statements } = recordStatements(db);
    const { companyId } = await createTenant(t.db);

    const scoped =
      'SELECT t.id FROM communication_threads t JOIN customers c ON c.company_id = t.company_id AND c.id = t.customer_id WHERE t.company_id = $1';
    const byId = 'SELECT subject FROM communication_threads WHERE id = $1';
    const loose =
      'SELECT t.id FROM communication_threads t LEFT JOIN customers c ON c.id = t.customer_id WHERE t.company_id = $1';
    for (const text of [scoped, byId, loose]) await db.query({ text, values: [companyId] });
    await db.close();

    expect(unbound(statements.values(), BOUND).map((breach) => breach.split(' ')[0])).toEqual([
      'communication_threads',
      'customers',
    ]);
  });
});
