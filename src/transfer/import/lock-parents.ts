import type { LineType } from '../line-schema.ts';
import { REFERENCES } from './check-references.ts';
import type { ImportSession } from './session.ts';
import { RECORDS, type RecordType } from './staging-tables.ts';

/**
 * PostgreSQL proves each foreign key of each row by a query of its own, which is a fifth of what a message costs. All
 * the references of the new messages were checked as a whole before; here the rows that they lead to are held until
 * the transaction ends, as those queries would hold them, and found to be all there.
 */
export async function holdParents(session: ImportSession): Promise<void> {
  const needed = [
    ...REFERENCES.filter(({ from }) => from === 'thread').map(({ column, to }) => ({ to, from: `s.${column}` })),
    { to: 'invoice' as const, from: 'unnest(s.invoice_ids)' },
  ];
  for (const { to, from } of needed) await holdAll(session, to, from);
}

/** @param from SQL of the ids over a staged message `s` */
async function holdAll(session: ImportSession, to: LineType, from: string): Promise<void> {
  const parent: RecordType = RECORDS[to];
  const isOfCompany = parent.key.includes('company_id');
  const [row] = await session.query<{ needed: number; held: number }>(`
    WITH needed AS MATERIALIZED (
      SELECT DISTINCT ${isOfCompany ? 'company_id, id' : 'id'}
      FROM (SELECT s.company_id, ${from} AS id FROM ${RECORDS.thread.staging} s) referred
      WHERE id IS NOT NULL
    ), held AS (
      SELECT p.id
      FROM ${parent.table} p
      JOIN needed n ON ${isOfCompany ? 'p.company_id = n.company_id AND ' : ''}p.id = n.id
      FOR KEY SHARE OF p
    )
    SELECT (SELECT count(*) FROM needed)::int AS needed, (SELECT count(*) FROM held)::int AS held`);
  if (row?.needed !== row?.held) throw new Error(`${parent.table} were deleted while the file was being imported.`);
}

/**
 * Whether this role may tell PostgreSQL to leave the checks to it, and nothing else would be left out with them: the
 * owner of the embedded database may, another owner by `GRANT SET ON PARAMETER session_replication_role TO …`.
 */
export async function mayHoldParents(session: ImportSession): Promise<boolean> {
  const [row] = await session.query<{ may: boolean }>(`
    SELECT has_parameter_privilege('session_replication_role', 'SET')
           AND NOT EXISTS (SELECT
                           FROM pg_trigger
                           WHERE tgrelid = ANY(ARRAY['${FILLED.join("', '")}']::regclass[])
                             AND NOT tgisinternal AND tgtype & ${ON_INSERT} <> 0) AS may`);
  return row?.may === true;
}

/** Tables into which the messages' rows are copied. */
const FILLED = ['communication_threads', 'communication_thread_invoices', 'attachments'];
/** The bit of `pg_trigger.tgtype`. */
const ON_INSERT = 4;
