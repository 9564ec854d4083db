import { nameWords } from '../../conversations/search-words.ts';
import { vectorText } from '../../conversations/words-format.ts';
import type { Tx } from '../../db/transaction.ts';
import { newId } from '../../domain/ids.ts';
import { labelOf } from '../../domain/vocabulary.ts';
import type { Actor } from '../../journal/audit.ts';
import { recordChange } from '../../journal/counters.ts';
import { addressKey } from '../../mail/address.ts';
import { type Collection, type Row, writtenFields } from './collection.ts';

/** Writes rows of a collection, each kind of write with one statement for all rows. */

export type WriteOutcome = 'created' | 'updated' | 'unchanged';
export type WrittenRow = { row: Row; outcome: WriteOutcome };

type StoredColumn = [name: string, type: string, readValue: (row: Row) => string | null];

/** Columns that are derived from the fields of a row. */
const DERIVED_COLUMNS: Partial<Record<Collection['name'], StoredColumn>> = {
  customers: ['name_words', 'tsvector', (row) => vectorText(nameWords(row.company_id ?? '', row.name ?? ''))],
  contacts: ['email_key', 'text', (row) => (row.email ? addressKey(row.email) : null)],
  invoices: ['number_words', 'tsvector', (row) => vectorText(nameWords(row.company_id ?? '', row.number ?? ''))],
};

/** The columns in the order of the parameters, each with its PostgreSQL type and its value. */
function storedColumns(collection: Collection): StoredColumn[] {
  const own = writtenFields(collection).map(
    ([field, { type }]): StoredColumn => [field, type, (row) => row[field] ?? null],
  );
  const derived = DERIVED_COLUMNS[collection.name];
  return [
    ['id', 'uuid', (row) => row.id],
    ['external_id', 'text', (row) => row.external_id],
    ...own,
    ...(derived ? [derived] : []),
    ['created_at', 'timestamptz', (row) => row.created_at ?? null],
    ['updated_at', 'timestamptz', (row) => row.updated_at ?? null],
  ];
}

export function insertRows(tx: Tx, collection: Collection, written: WrittenRow[]): void {
  const rows = written.filter(({ outcome }) => outcome === 'created').map(({ row }) => row);
  if (rows.length === 0) return;
  const columns = storedColumns(collection);
  const names = columns.map(([column]) => column).join(', ');
  tx.send({
    name: `insert_${collection.name}`,
    text: `
      INSERT INTO ${collection.table} (company_id, ${names})
      SELECT $1, ${names} FROM unnest(${columns.map(([, type], nth) => `$${nth + 2}::${type}[]`).join(', ')}) AS r(${names})`,
    values: [rows[0]?.company_id, ...columns.map(([, , readValue]) => rows.map(readValue))],
  });
}

/** The scalar subquery has the reason that `rowsByKeySql` gives. */
export function updateRows(tx: Tx, collection: Collection, companyId: string, written: WrittenRow[]): void {
  const rows = written.filter(({ outcome }) => outcome === 'updated').map(({ row }) => row);
  if (rows.length === 0) return;
  const columns = storedColumns(collection);
  const names = columns.map(([column]) => column).join(', ');
  const set = columns
    .filter(([column]) => column !== 'id' && column !== 'created_at')
    .map(([column]) => `${column} = r.${column}`);
  const label = labelOf(collection.table);
  if (label) set.push(`renamed_at = CASE WHEN t.${label} = r.${label} THEN t.renamed_at ELSE r.updated_at END`);
  tx.send({
    name: `update_${collection.name}`,
    text: `
      UPDATE ${collection.table} t
      SET ${set.join(', ')}
      FROM unnest(${columns.map(([, type], nth) => `$${nth + 2}::${type}[]`).join(', ')}) AS r(${names})
      WHERE t.company_id = (SELECT $1::uuid) AND t.id = r.id`,
    values: [companyId, ...columns.map(([, , readValue]) => rows.map(readValue))],
  });
}

/** Records the changes in the audit trail, which is also the event feed, and updates the list version. */
export function recordRows(
  tx: Tx,
  { event }: Collection,
  companyId: string,
  actor: Actor,
  written: WrittenRow[],
): void {
  const changed = written.filter(({ outcome }) => outcome !== 'unchanged');
  if (changed.length === 0) return;
  tx.send({
    name: 'audit_many',
    text: `
      INSERT INTO audit_events (company_id, id, actor_kind, user_id, token_id, address, request_id, action, subject_id)
      SELECT $1, e.id, $2, $3, $4, $5, $6, e.action, e.subject_id
      FROM unnest($7::uuid[], $8::text[], $9::uuid[]) AS e(id, action, subject_id)`,
    values: [
      companyId,
      actor.kind,
      actor.userId,
      actor.tokenId,
      actor.address,
      actor.requestId,
      changed.map(() => newId()),
      changed.map(({ outcome }) => `${event}.${outcome}`),
      changed.map(({ row }) => row.id),
    ],
  });
  recordChange(tx, companyId);
}
