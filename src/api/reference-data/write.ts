import { lockCompanyShared } from '../../conversations/append.ts';
import { nameWords, vectorText } from '../../conversations/search-words.ts';
import { lockCollection, lockCollectionShared } from '../../db/locks.ts';
import { settleAll } from '../../db/settle-all.ts';
import type { Tx } from '../../db/transaction.ts';
import { type FieldErrors, invalid } from '../../domain/errors.ts';
import { newId } from '../../domain/ids.ts';
import { labelOf } from '../../domain/vocabulary.ts';
import type { Actor } from '../../journal/audit.ts';
import { recordChange } from '../../journal/counters.ts';
import { addressKey } from '../../mail/address.ts';
import { type Collection, columnsOf, type Row, writtenFields } from './definitions.ts';
import { findParents, parentCollections, resolveParents } from './parents.ts';
import { rowsByKeySql } from './rows-by-key.ts';
import { type Given, normalised } from './values.ts';

/**
 * Creates or replaces rows of a collection, all or nothing, with the same number of statements for one row as for
 * hundreds.
 */

export type Outcome = 'created' | 'updated' | 'unchanged';
export type Written = { row: Row; outcome: Outcome };

/**
 * @param given rows that match the collection's schema
 * @param pathOf the prefix of a row's fields in error paths, such as `data[3].`
 * @param check called with the first stored row, or undefined when there is none; throws to refuse the change
 * @throws invalid with every error, unavailable during an import
 */
export async function setRows(
  tx: Tx,
  collection: Collection,
  companyId: string,
  actor: Actor,
  given: Given[],
  pathOf: (index: number) => string,
  check?: (stored: Row | undefined) => void,
): Promise<Written[]> {
  await lockCompanyShared(tx, companyId);
  // Serialises writers of the collection: two concurrent writers of one external id would otherwise both insert it.
  tx.send(lockCollection(companyId, collection.name));
  // Always from children to parents, so that two writers can't deadlock.
  for (const parent of parentCollections(collection)) tx.send(lockCollectionShared(companyId, parent));
  const [stored, parents] = await settleAll(
    findStored(tx, collection, companyId, given),
    findParents(tx, collection, companyId, given),
  );
  const errors: FieldErrors = {};
  const now = new Date().toISOString();
  const rows = matchStored(given, stored, pathOf, errors).map(({ entry, row }, index) => {
    const fault = (field: string, message: string) => {
      errors[`${pathOf(index)}${field}`] ??= [message];
    };
    const resolved = resolveParents(collection, entry, parents, row, fault);
    return { row, wanted: wantedRow(collection, companyId, normalised(collection, resolved, fault), row, now, fault) };
  });
  if (Object.keys(errors).length > 0) throw invalid(errors);
  check?.(rows[0]?.row);

  const written = rows.map(({ row, wanted }): Written => {
    if (!row) return { row: wanted, outcome: 'created' };
    return isEqual(collection, row, wanted) ? { row, outcome: 'unchanged' } : { row: wanted, outcome: 'updated' };
  });
  insertRows(tx, collection, written);
  updateRows(tx, collection, companyId, written);
  recordRows(tx, collection, companyId, actor, written);
  if (collection.name === 'customers') {
    const renamed = rows.filter(({ row, wanted }) => row && row.name !== wanted.name);
    touchPromises(
      tx,
      companyId,
      renamed.map(({ wanted }) => wanted.id),
    );
  }
  return written;
}

/** A promise shows its customer's name. Writing `customer_id` unchanged makes the promises match `updated_after`. */
function touchPromises(tx: Tx, companyId: string, customerIds: string[]): void {
  if (customerIds.length === 0) return;
  tx.send({
    name: 'touch_promises_of_renamed',
    text: 'UPDATE promises SET customer_id = customer_id WHERE company_id = $1 AND customer_id = ANY($2::uuid[])',
    values: [companyId, customerIds],
  });
}

function findStored(tx: Tx, collection: Collection, companyId: string, given: Given[]): Promise<Row[]> {
  return tx.query<Row>({
    name: `stored_${collection.name}`,
    text: rowsByKeySql(collection.table, columnsOf(collection), collection.completedAt ? LOCKED_AGAINST_LOGS : ''),
    values: [companyId, given.flatMap(({ id }) => id ?? []), given.flatMap((entry) => entry.external_id ?? [])],
  });
}

/** A manual log completes a step without the collection's lock. Nothing else writes rows of a collection without it. */
const LOCKED_AGAINST_LOGS = 'FOR NO KEY UPDATE';

type MatchedEntry = { entry: Given; row: Row | undefined };

/** Matches each entry to its stored row, by id or else by external id, and adds errors for ambiguous entries. */
function matchStored(
  given: Given[],
  stored: Row[],
  pathOf: (index: number) => string,
  errors: FieldErrors,
): MatchedEntry[] {
  const byId = new Map(stored.map((row) => [row.id, row]));
  const byExternalId = new Map(stored.map((row) => [row.external_id, row]));
  const keys = new Set<string>();
  return given.map((entry, index) => {
    const externalId = entry.external_id ?? undefined;
    const ofKey = externalId === undefined ? undefined : byExternalId.get(externalId);
    const row = entry.id ? byId.get(entry.id) : ofKey;
    const refuse = (field: string, message: string) => {
      errors[`${pathOf(index)}${field}`] = [message];
    };
    if (!entry.id && externalId === undefined) refuse('id', 'Give an id, an external_id or both.');
    if (ofKey && entry.id && ofKey.id !== entry.id) refuse('external_id', 'Another row already has this external id.');
    const id = row?.id ?? entry.id;
    for (const [field, key] of [
      ['id', id],
      ['external_id', externalId],
    ] as const) {
      if (key === undefined || key === null) continue;
      if (keys.has(`${field} ${key}`)) refuse(entry[field] ? field : 'external_id', 'Occurs twice in this request.');
      keys.add(`${field} ${key}`);
    }
    return { entry, row };
  });
}

/** The new state of the row. An omitted field gets its default, except `external_id`, which is kept. */
function wantedRow(
  collection: Collection,
  companyId: string,
  entry: Given,
  row: Row | undefined,
  now: string,
  fault: (field: string, message: string) => void,
): Row {
  const wanted: Row = {
    id: row?.id ?? entry.id ?? newId(),
    company_id: companyId,
    external_id: entry.external_id ?? row?.external_id ?? null,
    created_at: row?.created_at ?? now,
    updated_at: now,
  };
  for (const [field, { whenOmitted = null, isReadOnly }] of Object.entries(collection.fields))
    wanted[field] = isReadOnly ? (row?.[field] ?? null) : (entry[field] ?? whenOmitted);
  const { completedAt } = collection;
  if (completedAt) {
    // A completed step stays completed at the same time, so that a manual log and a later request don't complete it
    // twice.
    if (row?.status === 'completed') {
      wanted.status = 'completed';
      wanted[completedAt] = entry[completedAt] ?? row[completedAt] ?? null;
    } else if (wanted.status === 'completed') wanted[completedAt] ??= now;
    else if (wanted[completedAt]) fault(completedAt, 'Requires the status completed.');
  }
  return wanted;
}

function isEqual(collection: Collection, stored: Row, wanted: Row): boolean {
  return ['external_id', ...Object.keys(collection.fields)].every((field) => stored[field] === wanted[field]);
}

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

function insertRows(tx: Tx, collection: Collection, written: Written[]): void {
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

function updateRows(tx: Tx, collection: Collection, companyId: string, written: Written[]): void {
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
      WHERE t.company_id = $1 AND t.id = r.id`,
    values: [companyId, ...columns.map(([, , readValue]) => rows.map(readValue))],
  });
}

/** Records the changes in the audit trail, which is also the event feed, and updates the list version. */
function recordRows(tx: Tx, { event }: Collection, companyId: string, actor: Actor, written: Written[]): void {
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
