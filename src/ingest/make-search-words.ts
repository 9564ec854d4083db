import { messageWords, nameWords, vectorText } from '../conversations/search-words.ts';
import type { Db } from '../db/client.ts';
import type { Tx } from '../db/transaction.ts';
import { LABELS } from '../domain/vocabulary.ts';
import { type SearchableRow, searchableOf } from './stored-messages.ts';

/**
 * Background task that makes the search words of messages stored by a version without them, from the newest message of
 * each company to the oldest. Its position is committed together with the words, so it continues after a restart, and
 * several servers can share the work. A message that is written meanwhile gets its words from its writer.
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

type StoredRow = SearchableRow & { id: string; timestamp: string };

/** @returns whether there may be more */
function makeMessageWords(db: Database): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [progress] = await tx.query<{ company_id: string; before_timestamp: string; before_id: string }>({
      text: 'SELECT company_id, before_timestamp, before_id FROM search_words_progress LIMIT 1 FOR UPDATE SKIP LOCKED',
    });
    if (!progress) return false;
    const companyId = progress.company_id;
    const rows = await tx.query<StoredRow>({
      text: `
        SELECT t.id, t."timestamp", t.subject, t.preview, t.body, t.body_type, t.from_address, t.to_addresses, t.cc_addresses
        FROM communication_threads t
        WHERE t.company_id = $1 AND (t."timestamp", t.id) < ($2::timestamptz, $3::uuid)
        ORDER BY t."timestamp" DESC, t.id DESC
        LIMIT ${BATCH_SIZE}`,
      values: [companyId, progress.before_timestamp, progress.before_id],
    });
    insertMissing(tx, companyId, rows);
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

function insertMissing(tx: Tx, companyId: string, rows: readonly StoredRow[]): void {
  tx.send({
    text: `
      INSERT INTO communication_thread_words (company_id, thread_id, words)
      SELECT $1, s.id, s.words FROM unnest($2::uuid[], $3::tsvector[]) AS s(id, words)
      ON CONFLICT (company_id, thread_id) DO NOTHING`,
    values: [
      companyId,
      rows.map((row) => row.id),
      rows.map((row) => vectorText(messageWords(companyId, searchableOf(row)))),
    ],
  });
}
