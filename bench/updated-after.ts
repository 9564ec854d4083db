/**
 * Shows what `updated_after` costs in the biggest company, with the server's own statements: for a time before all
 * events, for later ones, and for a watermark. In a transaction that is rolled back, it writes an event for each message,
 * as years of use leave them, and changes a hundred messages. Dead rows stay behind, so run it last on a database.
 *
 *     DATABASE_URL=postgres://owner… tsx bench/updated-after.ts > bench/results/updated-after.md
 */
import { COLLECTIONS } from '../src/api/reference-data/definitions.ts';
import { listRows } from '../src/api/reference-data/list.ts';
import { listThreadNotes } from '../src/api/thread-notes/service.ts';
import { listMessages } from '../src/api/threads/list/list-messages.ts';
import { generateEncryptionKey, KeyRing, parseEncryptionKeys } from '../src/crypto/key-ring.ts';
import { type Connection, connect } from '../src/db/client.ts';
import type { Tx } from '../src/db/transaction.ts';
import { startIncrementalSync } from '../src/http/lists/updated-after.ts';
import { bestOfThree, blocksOf, executionMs, indexesOf } from './explained.ts';
import { heading, number, table } from './report.ts';
import { biggestCompany, type Subject } from './subjects.ts';

const CHANGED_MESSAGES = 100;
const DAY_MS = 86_400_000;

/** A thousand events for each transaction, in the order of the messages' times, in transactions older than any import. */
const ONE_EVENT_PER_MESSAGE = `
  INSERT INTO audit_events (company_id, id, transaction_id, actor_kind, action, subject_id)
  SELECT $1,
         (lpad(to_hex((extract(epoch FROM m."timestamp") * 1000)::bigint), 12, '0') || '7' || substr(md5(m.id::text), 1, 3)
          || '8' || substr(md5(m.id::text), 4, 15))::uuid,
         (3 + m.nth / 1000)::text::xid8, 'user', 'thread.updated', m.id
  FROM (SELECT id, "timestamp", row_number() OVER (ORDER BY "timestamp", id) AS nth
        FROM communication_threads
        WHERE company_id = $1) m`;

class RolledBack extends Error {}

const url = process.env.DATABASE_URL ?? '';
const db = connect({ url, poolSize: 2, onError: () => undefined, purpose: 'batch' });
const ring = new KeyRing(parseEncryptionKeys(generateEncryptionKey(1)), 1);
const subject = await biggestCompany(db);
const rows: string[][] = [];
await db
  .transaction((tx) => measure(tx, subject))
  .catch((error: unknown) => {
    if (!(error instanceof RolledBack)) throw error;
  });
process.stdout.write(
  `${await heading(db, 'What updated_after costs in the database', subject)}Audit events of the company: one per message, ${number(subject.messages)}.\n\n${table(
    ['updated_after', 'List', 'Time (ms)', 'Blocks', 'Indexes'],
    rows,
  )}`,
);
await db.close();

async function measure(tx: Tx, { companyId, customerId }: Subject): Promise<never> {
  await tx.query({ text: ONE_EVENT_PER_MESSAGE, values: [companyId] });
  await tx.query({ text: `UPDATE companies SET created_at = '1990-01-01Z' WHERE id = $1`, values: [companyId] });
  await tx.query({ text: 'ANALYZE audit_events' });
  for (const [what, given] of await startingPoints(tx, companyId)) {
    const query = { page: 1, updated_after: given };
    const lists: [string, (connection: Connection) => Promise<unknown>][] = [
      ['where it begins', (connection) => startIncrementalSync(ring, connection, companyId, given)],
      ...(['thread', 'message', 'emails'] as const).map(
        (of): [string, (connection: Connection) => Promise<unknown>] => [
          of,
          (connection) => listMessages(ring, connection, companyId, of, query),
        ],
      ),
      [
        'message, customer_id',
        (connection) => listMessages(ring, connection, companyId, 'message', { ...query, customer_id: customerId }),
      ],
      ['thread-notes', (connection) => listThreadNotes(ring, connection, companyId, query)],
      ['customers', (connection) => listRows(COLLECTIONS.customers, ring, connection, companyId, query)],
      ['invoices', (connection) => listRows(COLLECTIONS.invoices, ring, connection, companyId, query)],
    ];
    for (const [list, run] of lists) {
      const plans = await bestOfThree(tx, run);
      const facts = [executionMs(plans).toFixed(2), String(blocksOf(plans)), indexesOf(plans).join(', ')];
      rows.push([what, list, ...facts]);
    }
  }
  throw new RolledBack();
}

async function startingPoints(tx: Tx, companyId: string): Promise<[string, string][]> {
  const values = [companyId];
  const [times] = await tx.query<{ first: string; half: string; last: string }>({
    text: `SELECT min("timestamp") AS first, percentile_disc(0.5) WITHIN GROUP (ORDER BY "timestamp") AS half,
                  max("timestamp") AS last
           FROM communication_threads
           WHERE company_id = $1`,
    values,
  });
  if (!times) throw new Error('There are no messages.');
  const { watermark } = await startIncrementalSync(ring, tx, companyId, times.last);
  await tx.query({
    text: `UPDATE communication_threads SET is_resolved = NOT is_resolved
           WHERE company_id = $1
             AND id IN (SELECT id FROM communication_threads WHERE company_id = $1 ORDER BY id LIMIT ${CHANGED_MESSAGES})`,
    values,
  });
  return [
    ['a time before all events', new Date(Date.parse(times.first) - DAY_MS).toISOString()],
    ['a time with half of the events after it', times.half],
    ['the time of the last event', times.last],
    [`a watermark; ${CHANGED_MESSAGES} messages changed since`, watermark],
  ];
}
