import { shareCompany } from '../../conversations/append.ts';
import { nameWords, vectorText } from '../../conversations/search-words.ts';
import { lockCollection } from '../../db/locks.ts';
import { settleAll } from '../../db/settle-all.ts';
import type { Tx } from '../../db/transaction.ts';
import { type FieldErrors, invalid } from '../../domain/errors.ts';
import { newId } from '../../domain/ids.ts';
import { labelOf } from '../../domain/vocabulary.ts';
import type { Actor } from '../../journal/audit.ts';
import { recordChange } from '../../journal/counters.ts';
import { addressKey } from '../../mail/address.ts';
import { type Collection, columnsOf, type Row, writtenFields } from './definitions.ts';
import { findParents, resolveParents } from './parents.ts';
import { type Given, normalised } from './values.ts';

/** Setting rows of a collection, one or hundreds: a constant number of statements, all or nothing. */

export type Outcome = 'created' | 'updated' | 'unchanged';
export type Written = { row: Row; outcome: Outcome };

/**
 * @param given checked by the collection's schema; each has an `id`, an `external_id` or both
 * @param place the path of a row's fields in the request, such as `data[3].`
 * @param check is shown the stored row, or undefined where there is none; throws to refuse
 * @throws invalid naming every fault, unavailable during an import
 */
export async function setRows(
  tx: Tx,
  collection: Collection,
  companyId: string,
  actor: Actor,
  given: Given[],
  place: (nth: number) => string,
  check?: (stored: Row | undefined) => void,
): Promise<Written[]> {
  await shareCompany(tx, companyId);
  // Two writers of one key would otherwise both find it free. Nothing but these rows waits for it.
  tx.send(lockCollection(companyId, collection.name));
  const [stored, parents] = await settleAll(
    findStored(tx, collection, companyId, given),
    findParents(tx, collection, companyId, given),
  );
  const errors: FieldErrors = {};
  const now = new Date().toISOString();
  const rows = matched(given, stored, place, errors).map(({ entry, row }, nth) => {
    const fault = (field: string, message: string) => {
      errors[`${place(nth)}${field}`] ??= [message];
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
    markPromises(
      tx,
      companyId,
      renamed.map(({ wanted }) => wanted.id),
    );
  }
  return written;
}

/** A promise shows its customer's name. Writing `customer_id` again is what tells `updated_after` of it. */
function markPromises(tx: Tx, companyId: string, customerIds: string[]): void {
  if (customerIds.length === 0) return;
  tx.send({
    name: 'mark_promises_of_renamed',
    text: 'UPDATE promises SET customer_id = customer_id WHERE company_id = $1 AND customer_id = ANY($2::uuid[])',
    values: [companyId, customerIds],
  });
}

function findStored(tx: Tx, collection: Collection, companyId: string, given: Given[]): Promise<Row[]> {
  return tx.query<Row>({
    name: `stored_${collection.name}`,
    text: `
      SELECT ${columnsOf(collection)}
      FROM ${collection.table} t
      WHERE t.company_id = $1
        AND (t.id = ANY($2::uuid[]) OR (t.external_id IS NOT NULL AND t.external_id = ANY($3::text[])))
      ORDER BY t.id
      FOR NO KEY UPDATE`,
    values: [companyId, given.flatMap(({ id }) => id ?? []), given.flatMap((entry) => entry.external_id ?? [])],
  });
}

type Matched = { entry: Given; row: Row | undefined };

/** Which stored row each entry means: by its id, or without one by its external id. */
function matched(given: Given[], stored: Row[], place: (nth: number) => string, errors: FieldErrors): Matched[] {
  const byId = new Map(stored.map((row) => [row.id, row]));
  const byExternalId = new Map(stored.map((row) => [row.external_id, row]));
  const seen = new Set<string>();
  return given.map((entry, nth) => {
    const externalId = entry.external_id ?? undefined;
    const ofKey = externalId === undefined ? undefined : byExternalId.get(externalId);
    const row = entry.id ? byId.get(entry.id) : ofKey;
    const refuse = (field: string, message: string) => {
      errors[`${place(nth)}${field}`] = [message];
    };
    if (!entry.id && externalId === undefined) refuse('id', 'Give an id, an external_id or both.');
    if (ofKey && entry.id && ofKey.id !== entry.id) refuse('external_id', 'Another row has it already.');
    const id = row?.id ?? entry.id;
    for (const [field, key] of [
      ['id', id],
      ['external_id', externalId],
    ] as const) {
      if (key === undefined || key === null) continue;
      if (seen.has(`${field} ${key}`)) refuse(entry[field] ? field : 'external_id', 'Stands in this request twice.');
      seen.add(`${field} ${key}`);
    }
    return { entry, row };
  });
}

/** The row as it is to be. What is left out becomes its default, except `external_id`, which stays. */
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
    // Completed it stays, and when: who logged the call and who tells of it later complete it once.
    if (row?.status === 'completed') {
      wanted.status = 'completed';
      wanted[completedAt] = entry[completedAt] ?? row[completedAt] ?? null;
    } else if (wanted.status === 'completed') wanted[completedAt] ??= now;
    else if (wanted[completedAt]) fault(completedAt, 'Goes with the status completed only.');
  }
  return wanted;
}

function isEqual(collection: Collection, stored: Row, wanted: Row): boolean {
  return ['external_id', ...Object.keys(collection.fields)].every((field) => stored[field] === wanted[field]);
}

type StoredColumn = [name: string, type: string, cellOf: (row: Row) => string | null];

/** What follows from the fields of a row. */
const DERIVED_COLUMNS: Partial<Record<Collection['name'], StoredColumn>> = {
  customers: ['name_words', 'tsvector', (row) => vectorText(nameWords(row.company_id ?? '', row.name ?? ''))],
  contacts: ['email_key', 'text', (row) => (row.email ? addressKey(row.email) : null)],
  invoices: ['number_words', 'tsvector', (row) => vectorText(nameWords(row.company_id ?? '', row.number ?? ''))],
};

/** Columns in the order of the parameters, each with PostgreSQL's type and what of a row stands in it. */
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
    values: [rows[0]?.company_id, ...columns.map(([, , cellOf]) => rows.map(cellOf))],
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
    values: [companyId, ...columns.map(([, , cellOf]) => rows.map(cellOf))],
  });
}

/** The audit trail, which is the event feed too, and the lists' version. */
function recordRows(tx: Tx, { event }: Collection, companyId: string, actor: Actor, written: Written[]): void {
  const changed = written.filter(({ outcome }) => outcome !== 'unchanged');
  if (changed.length === 0) return;
  tx.send({
    name: 'audit_many',
    text: `
      INSERT INTO audit_events (company_id, id, actor_kind, user_id, token_id, address, action, subject_id)
      SELECT $1, e.id, $2, $3, $4, $5, e.action, e.subject_id
      FROM unnest($6::uuid[], $7::text[], $8::uuid[]) AS e(id, action, subject_id)`,
    values: [
      companyId,
      actor.kind,
      actor.userId,
      actor.tokenId,
      actor.address,
      changed.map(() => newId()),
      changed.map(({ outcome }) => `${event}.${outcome}`),
      changed.map(({ row }) => row.id),
    ],
  });
  recordChange(tx, companyId);
}
