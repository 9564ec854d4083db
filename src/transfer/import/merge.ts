import { decryptField } from '../../crypto/field-encryption.ts';
import { noteContentRef } from '../../crypto/field-refs.ts';
import type { KeyRing } from '../../crypto/key-ring.ts';
import { STEPS } from '../../domain/scheduled-steps.ts';
import { labelOf } from '../../domain/vocabulary.ts';
import { LINE_TYPES, type LineType } from '../line-schema.ts';
import type { ImportSession } from './session.ts';
import { RECORDS, type RecordType } from './staging-tables.ts';
import type { Tally } from './tally.ts';

/**
 * Merges the staging tables into the real ones, each type in two statements: new rows are inserted, stored ones are
 * updated if they differ.
 */

/** Everything except messages and what refers to them. */
const PARENTS = LINE_TYPES.filter((type) => !['thread', 'thread_note', 'promise'].includes(type));

export async function mergeParents(session: ImportSession, tally: Tally): Promise<void> {
  await markMessagesThatShow(session, tally);
  for (const type of PARENTS) await mergeRecords(session, tally, type);
}

/** Moves `updated_at` of messages whose shown step is about to change. A message in the file gets what its line says. */
async function markMessagesThatShow(session: ImportSession, tally: Tally): Promise<void> {
  for (const { kind, table, link, completedAt } of Object.values(STEPS)) {
    const { staging, key } = RECORDS[`scheduled_${kind}`];
    const shown = ['status', completedAt];
    if (tally.lines(`scheduled_${kind}`) === 0) continue;
    await session.execute(`
      UPDATE communication_threads t
      SET updated_at = now()
      FROM ${staging} s
      JOIN ${table} d ON ${sameKey('d', key)} AND (${list('d', shown)}) IS DISTINCT FROM (${list('s', shown)})
      WHERE t.company_id = s.company_id AND t.${link} = s.id`);
  }
}

const BATCH_SIZE = 2_000;

export async function mergeNotes(session: ImportSession, tally: Tally, ring: KeyRing): Promise<void> {
  await keepEqualContents(session, ring);
  await mergeRecords(session, tally, 'thread_note');
}

type NotePair = { line: number; company_id: string; id: string; staged: Buffer; stored: Buffer };

/** Replaces the staged ciphertext by the stored one when both have the same text, so that the row isn't written. */
async function keepEqualContents(session: ImportSession, ring: KeyRing): Promise<void> {
  for (let after = 0; ; ) {
    const pairs = await session.query<NotePair>({
      text: `
        SELECT s.line, s.company_id, s.id, s.content AS staged, d.content AS stored
        FROM import_thread_notes s
        JOIN thread_notes d ON d.company_id = s.company_id AND d.id = s.id
        WHERE s.line > $1
        ORDER BY s.line
        LIMIT ${BATCH_SIZE}`,
      values: [after],
    });
    const equal = pairs.filter(({ company_id: companyId, id, staged, stored }) => {
      const ref = noteContentRef(companyId, id);
      return decryptField(ring, ref, staged) === decryptField(ring, ref, stored);
    });
    await session.execute({
      text: `
        UPDATE import_thread_notes s
        SET content = d.content
        FROM thread_notes d
        WHERE s.line = ANY($1::int[]) AND d.company_id = s.company_id AND d.id = s.id`,
      values: [equal.map((pair) => pair.line)],
    });
    const last = pairs.at(-1);
    if (!last || pairs.length < BATCH_SIZE) return;
    after = last.line;
  }
}

export async function mergeRecords(session: ImportSession, tally: Tally, type: LineType): Promise<void> {
  const record: RecordType = RECORDS[type];
  if (tally.lines(type) === 0) return;
  tally.add(type, 'replaced', await countedByCompany(session, record, replaceChanged(record, type)));
  tally.add(type, 'created', await countedByCompany(session, record, insertMissing(record)));
}

type Counted = { company_id: string | null; rows: number };

/** Runs a write and counts its rows by company. @param write SQL of an INSERT or UPDATE of `d`, without RETURNING */
function countedByCompany(session: ImportSession, record: RecordType, write: string): Promise<Counted[]> {
  return session.query<Counted>(`
    WITH written AS (${write} RETURNING ${companyOf(record)} AS company_id)
    SELECT company_id, count(*) AS rows FROM written GROUP BY company_id`);
}

/** SQL of a row's company; NULL for users, which belong to none. */
function companyOf({ table, key, columns }: RecordType): string {
  if (table === 'companies') return 'd.id';
  return key.includes('company_id') || 'company_id' in columns ? 'd.company_id' : 'NULL::uuid';
}

function insertMissing({ table, staging, key, columns, stamps }: RecordType): string {
  const names = [...key, ...Object.keys(columns)];
  const given = stamps === 'both' ? ['created_at', 'updated_at'] : [];
  return `
    INSERT INTO ${table} AS d (${[...names, ...given].join(', ')})
    SELECT ${[...names.map((name) => staged(name, columns)), ...given.map((name) => `COALESCE(s.${name}, now())`)].join(', ')}
    FROM ${staging} s
    WHERE NOT EXISTS (SELECT FROM ${table} e WHERE ${sameKey('e', key)})
    ORDER BY s.line`;
}

function replaceChanged(record: RecordType, type: LineType): string {
  const { table, staging, key, columns, stamps } = record;
  const assignments = Object.keys(columns).map((name) => `${name} = ${staged(name, columns)}`);
  if (stamps === 'updated_at') assignments.push('updated_at = now()');
  if (stamps === 'both')
    assignments.push('created_at = COALESCE(s.created_at, d.created_at)', 'updated_at = COALESCE(s.updated_at, now())');
  const label = labelOf(table);
  if (label) assignments.push(`renamed_at = CASE WHEN d.${label} = s.${label} THEN d.renamed_at ELSE now() END`);
  if (type === 'user')
    for (const [column, value] of Object.entries({ renamed_at: 'now()', renamed_in: 'pg_current_xact_id()' }))
      assignments.push(`${column} = CASE WHEN ${nameSql('d')} = ${nameSql('s')} THEN d.${column} ELSE ${value} END`);
  // A step that isn't completed has no completing log. For a completed one, `linkCompletions` finds the log again.
  if (type === 'scheduled_action' || type === 'scheduled_touchpoint') {
    assignments.push("completed_by_thread_id = CASE WHEN s.status = 'completed' THEN d.completed_by_thread_id END");
  }
  return `
    UPDATE ${table} d
    SET ${assignments.join(', ')}
    FROM ${staging} s
    WHERE ${sameKey('d', key)} AND (${differs(record)})`;
}

/** SQL of the name that others see of a user. */
function nameSql(alias: string): string {
  return `COALESCE(NULLIF(${alias}.name, ''), ${alias}.username)`;
}

/** SQL condition: the stored row `d` differs from its line `s`. */
export function differs({ columns, stamps, hasInvoices }: RecordType): string {
  // Search words needn't be compared, because they are derived from the name.
  const names = Object.keys(columns).filter((name) => columns[name] !== 'tsvector');
  const stored = names.map((name) => `d.${name}${columns[name] === 'numeric' ? '::text' : ''}`).join(', ');
  return [
    `(${stored}) IS DISTINCT FROM (${list('s', names)})`,
    ...(stamps === 'both' ? ['s.created_at <> d.created_at', 's.updated_at <> d.updated_at'] : []),
    ...(hasInvoices ? [INVOICES_DIFFER] : []),
  ].join(' OR ');
}

/** SQL condition: the promise `d` has other invoices than its line `s`, or in another order. */
export const INVOICES_DIFFER = `s.invoice_ids IS DISTINCT FROM ARRAY(
  SELECT v.invoice_id
  FROM promise_invoices v
  WHERE v.company_id = d.company_id AND v.promise_id = d.id
  ORDER BY v.position)`;

function staged(name: string, columns: RecordType['columns']): string {
  return `s.${name}${columns[name] === 'numeric' ? '::numeric' : ''}`;
}

export function sameKey(alias: string, key: string[]): string {
  return key.map((name) => `${alias}.${name} = s.${name}`).join(' AND ');
}

function list(alias: string, names: string[]): string {
  return names.map((name) => `${alias}.${name}`).join(', ');
}
