import { messageWords, nameWords } from '../conversations/search-words.ts';
import { vectorText } from '../conversations/words-format.ts';
import type { Db } from '../db/client.ts';
import type { Tx } from '../db/transaction.ts';
import { LABELS } from '../domain/vocabulary.ts';
import { type SearchableRow, searchableOf } from './stored-messages.ts';

/**
 * Background task for messages stored by a former version, from the newest message of each company to the oldest: makes
 * their search words where they have none, and copies the timestamp to the words that lack it. Its position is committed
 * together with the words, so it continues after a restart, and several servers can share the work. A message that is
 * written meanwhile gets its words from its writer.
 */

type Database = Pick<Db, 'query' | 'transaction'>;

const BATCH_SIZE = 500;

/** Resolves when every stored row has its words. */
export async function makeSearchWords(db: Database): Promise<void> {
  for (const table of NAMED) while (await makeNameWords(db, table));
  while (await makeMessageWords(db));
}

/** Tables whose names and numbers a search of messages matches too. */
const NAMED = ['customers', 'invoices'] as const;

type NamedRow = { company_id: string; id: string; label: string };

async function makeNameWords(db: Database, table: (typeof NAMED)[number]): Promise<boolean> {
  const label = LABELS[table];
  const words = `${label}_words`;
  const rows = await db.query<NamedRow>({
    text: `SELECT company_id, id, ${label} AS label FROM ${table} WHERE ${words} IS NULL LIMIT ${BATCH_SIZE}`,
  });
  for (const companyId of new Set(rows.map((row) => row.company_id))) {
    const ofCompany = rows.filter((row) => row.company_id === companyId);
    await db.query({
      text: `
        UPDATE ${table} t
        SET ${words} = s.words
        FROM unnest($2::uuid[], $3::text[], $4::tsvector[]) AS s(id, label, words)
        WHERE t.company_id = $1 AND t.id = s.id AND t.${label} = s.label`,
      values: [
        companyId,
        ofCompany.map((row) => row.id),
        ofCompany.map((row) => row.label),
        ofCompany.map((row) => vectorText(nameWords(companyId, row.label))),
      ],
    });
  }
  return rows.length === BATCH_SIZE;
}

type StoredRow = SearchableRow & { id: string };
type Place = { id: string; timestamp: string };

/** @returns whether there may be more */
function makeMessageWords(db: Database): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [progress] = await tx.query<{ company_id: string; before_timestamp: string; before_id: string }>({
      text: 'SELECT company_id, before_timestamp, before_id FROM search_words_progress LIMIT 1 FOR UPDATE SKIP LOCKED',
    });
    if (!progress) return false;
    const companyId = progress.company_id;
    const rows = await tx.query<Place>({
      text: `
        SELECT t.id, t."timestamp"
        FROM communication_threads t
        WHERE t.company_id = $1 AND (t."timestamp", t.id) < ($2::timestamptz, $3::uuid)
        ORDER BY t."timestamp" DESC, t.id DESC
        LIMIT ${BATCH_SIZE}`,
      values: [companyId, progress.before_timestamp, progress.before_id],
    });
    copyTimestamps(tx, companyId, rows);
    await insertMissing(tx, companyId, rows);
    const last = rows.at(-1);
    tx.send(
      last && rows.length === BATCH_SIZE
        ? {
            text: 'UPDATE search_words_progress SET before_timestamp = $2, before_id = $3 WHERE company_id = $1',
            values: [companyId, last.timestamp, last.id],
          }
        : { text: 'DELETE FROM search_words_progress WHERE company_id = $1', values: [companyId] },
    );
    return true;
  });
}

/** A message that got another timestamp meanwhile has it beside its words already. */
function copyTimestamps(tx: Tx, companyId: string, rows: readonly Place[]): void {
  tx.send({
    text: `
      UPDATE communication_thread_words w
      SET "timestamp" = s."timestamp"
      FROM unnest($2::uuid[], $3::timestamptz[]) AS s(id, "timestamp")
      WHERE w.company_id = $1 AND w.thread_id = s.id AND w."timestamp" IS NULL`,
    values: [companyId, rows.map(({ id }) => id), rows.map(({ timestamp }) => timestamp)],
  });
}

async function insertMissing(tx: Tx, companyId: string, rows: readonly Place[]): Promise<void> {
  const missing = await tx.query<StoredRow>({
    text: `
      SELECT t.id, t.subject, t.preview, t.body, t.body_type, t.from_address, t.to_addresses, t.cc_addresses
      FROM communication_threads t
      WHERE t.company_id = $1 AND t.id = ANY($2::uuid[])
        AND NOT EXISTS (SELECT FROM communication_thread_words w WHERE w.company_id = $1 AND w.thread_id = t.id)`,
    values: [companyId, rows.map(({ id }) => id)],
  });
  if (missing.length === 0) return;
  tx.send({
    text: `
      INSERT INTO communication_thread_words (company_id, thread_id, words, "timestamp")
      SELECT $1, s.id, s.words, t."timestamp"
      FROM unnest($2::uuid[], $3::tsvector[]) AS s(id, words)
      JOIN communication_threads t ON t.company_id = $1 AND t.id = s.id
      ON CONFLICT (company_id, thread_id) DO NOTHING`,
    values: [
      companyId,
      missing.map((row) => row.id),
      missing.map((row) => vectorText(messageWords(companyId, searchableOf(row)))),
    ],
  });
}
