import { lockCompanyShared } from '../../conversations/append.ts';
import type { Connection } from '../../db/client.ts';
import { lockCollection } from '../../db/locks.ts';
import type { Tx } from '../../db/transaction.ts';
import { inUse, notFound } from '../../domain/errors.ts';
import { type Actor, recordAudit } from '../../journal/audit.ts';
import { recordChange } from '../../journal/counters.ts';
import { type Collection, columnsOf, type Row } from './collection.ts';
import { withCommunications } from './communications.ts';
import type { WriteOutcome } from './store-rows.ts';
import { type RowInput, trimmedRow } from './values.ts';
import { setRows } from './write.ts';

/** @throws notFound */
export async function getRow(
  collection: Collection,
  connection: Connection,
  companyId: string,
  id: string,
): Promise<Row> {
  const row = await findRow(collection, connection, companyId, id);
  if (!row) throw notFound();
  return row;
}

async function findRow(
  collection: Collection,
  connection: Connection,
  companyId: string,
  id: string,
): Promise<Row | undefined> {
  const rows = await connection.query<Row>({
    name: `get_${collection.event}`,
    text: `SELECT ${columnsOf(collection)} FROM ${collection.table} t WHERE t.company_id = $1 AND t.id = $2`,
    values: [companyId, id],
  });
  const [row] = await withCommunications(collection, connection, companyId, rows);
  return row;
}

/**
 * @param check called with the stored row before it is changed; throws to refuse the change
 * @throws invalid, unavailable during an import
 */
export async function putRow(
  tx: Tx,
  collection: Collection,
  companyId: string,
  actor: Actor,
  id: string,
  input: RowInput,
  check?: (current: Row | undefined) => void,
): Promise<{ row: Row; outcome: WriteOutcome }> {
  const current = check ? await lockAndFind(tx, collection, companyId, id) : undefined;
  const [written] = await setRows(
    tx,
    collection,
    companyId,
    actor,
    [{ ...trimmedRow(input), id }],
    () => '',
    () => check?.(current),
  );
  return { row: await getRow(collection, tx, companyId, id), outcome: written?.outcome ?? 'unchanged' };
}

async function lockAndFind(tx: Tx, collection: Collection, companyId: string, id: string): Promise<Row | undefined> {
  await lockCompanyShared(tx, companyId);
  // Taken before the row is read, so that nothing changes it between the precondition and the write.
  await tx.query(lockCollection(companyId, collection.name));
  return findRow(collection, tx, companyId, id);
}

/** @throws invalid with every error by its path, such as `data[3].name`; unavailable during an import */
export async function batchRows(
  tx: Tx,
  collection: Collection,
  companyId: string,
  actor: Actor,
  inputs: RowInput[],
): Promise<{ data: { id: string; external_id: string | null; outcome: WriteOutcome }[] }> {
  if (inputs.length === 0) return { data: [] };
  const written = await setRows(tx, collection, companyId, actor, inputs.map(trimmedRow), (nth) => `data[${nth}].`);
  return { data: written.map(({ row, outcome }) => ({ id: row.id, external_id: row.external_id, outcome })) };
}

/** @throws notFound, inUse naming what refers to it, unavailable during an import */
export async function deleteRow(
  tx: Tx,
  collection: Collection,
  companyId: string,
  actor: Actor,
  id: string,
  check?: (current: Row) => void,
): Promise<void> {
  await lockCompanyShared(tx, companyId);
  await tx.query(lockCollection(companyId, collection.name));
  // Locked, so that no other transaction adds a reference to it.
  const [found] = await tx.query<{ id: string }>({
    name: `lock_${collection.event}`,
    text: `SELECT t.id FROM ${collection.table} t WHERE t.company_id = $1 AND t.id = $2 FOR UPDATE`,
    values: [companyId, id],
  });
  if (!found) throw notFound();
  check?.(await getRow(collection, tx, companyId, id));
  await refuseIfUsed(tx, collection, companyId, id);
  tx.send({
    name: `delete_${collection.event}`,
    text: `DELETE FROM ${collection.table} WHERE company_id = $1 AND id = $2`,
    values: [companyId, id],
  });
  tx.send({
    name: 'delete_departures',
    text: 'DELETE FROM message_departures WHERE company_id = $1 AND subject_id = $2',
    values: [companyId, id],
  });
  recordAudit(tx, companyId, actor, { action: `${collection.event}.deleted`, subjectId: id });
  recordChange(tx, companyId);
}

/** @throws inUse naming what refers to the row */
async function refuseIfUsed(tx: Tx, { event, usedBy }: Collection, companyId: string, id: string): Promise<void> {
  const uses = usedBy.map(
    ({ what, table, column }) =>
      `SELECT '${what}' AS what WHERE EXISTS (SELECT FROM ${table} u WHERE u.company_id = $1 AND u.${column} = $2)`,
  );
  const used = await tx.query<{ what: string }>({
    name: `uses_of_${event}`,
    text: uses.join(' UNION ALL '),
    values: [companyId, id],
  });
  if (used.length > 0) throw inUse(used.map(({ what }) => what));
}
