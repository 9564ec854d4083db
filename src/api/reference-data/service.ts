import { lockCompanyShared } from '../../conversations/append.ts';
import type { KeyRing } from '../../crypto/key-ring.ts';
import type { Connection } from '../../db/client.ts';
import { lockCollection } from '../../db/locks.ts';
import { settleAll } from '../../db/settle-all.ts';
import type { Tx } from '../../db/transaction.ts';
import { inUse, notFound } from '../../domain/errors.ts';
import { decodeKeyset, encodeKeyset } from '../../http/lists/keyset-cursor.ts';
import { type List, listOf, type PagingInput, readPaging } from '../../http/lists/pagination.ts';
import { type Actor, recordAudit } from '../../journal/audit.ts';
import { recordChange } from '../../journal/counters.ts';
import { withCommunications } from './communications.ts';
import { type Collection, columnsOf, type Row } from './definitions.ts';
import { type Given, trimmedRow } from './values.ts';
import { type Outcome, setRows } from './write.ts';

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
 * @param check is shown the row as it stands, before it is changed; throws to refuse
 * @throws invalid, unavailable during an import
 */
export async function putRow(
  tx: Tx,
  collection: Collection,
  companyId: string,
  actor: Actor,
  id: string,
  given: Given,
  check?: (current: Row | undefined) => void,
): Promise<{ row: Row; outcome: Outcome }> {
  const current = check ? await withStored(tx, collection, companyId, id) : undefined;
  const [written] = await setRows(
    tx,
    collection,
    companyId,
    actor,
    [{ ...trimmedRow(given), id }],
    () => '',
    () => check?.(current),
  );
  return { row: await getRow(collection, tx, companyId, id), outcome: written?.outcome ?? 'unchanged' };
}

async function withStored(tx: Tx, collection: Collection, companyId: string, id: string): Promise<Row | undefined> {
  await lockCompanyShared(tx, companyId);
  // Before the row is read: nothing changes it between the precondition and the write.
  await tx.query(lockCollection(companyId, collection.name));
  return findRow(collection, tx, companyId, id);
}

/** @throws invalid naming each fault by its place, unavailable during an import */
export async function batchRows(
  tx: Tx,
  collection: Collection,
  companyId: string,
  actor: Actor,
  given: Given[],
): Promise<{ data: { id: string; external_id: string | null; outcome: Outcome }[] }> {
  if (given.length === 0) return { data: [] };
  const written = await setRows(tx, collection, companyId, actor, given.map(trimmedRow), (nth) => `data[${nth}].`);
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
  // Locked, so that no other transaction begins to refer to it.
  const [found] = await tx.query<{ id: string }>({
    name: `lock_${collection.event}`,
    text: `SELECT t.id FROM ${collection.table} t WHERE t.company_id = $1 AND t.id = $2 FOR UPDATE`,
    values: [companyId, id],
  });
  if (!found) throw notFound();
  check?.(await getRow(collection, tx, companyId, id));
  const uses = collection.usedBy.map(
    ({ what, table, column }) =>
      `SELECT '${what}' AS what WHERE EXISTS (SELECT FROM ${table} u WHERE u.company_id = $1 AND u.${column} = $2)`,
  );
  const used = await tx.query<{ what: string }>({
    name: `uses_of_${collection.event}`,
    text: uses.join(' UNION ALL '),
    values: [companyId, id],
  });
  if (used.length > 0) throw inUse(used.map(({ what }) => what));
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

export type MembersQuery = PagingInput & { role?: string };
type MemberRow = Row & { user_id: string; order_key: string };

/** The company's members by name. */
export async function listMembers(
  ring: KeyRing,
  connection: Connection,
  companyId: string,
  { cursor, ...query }: MembersQuery,
): Promise<List<Row>> {
  const identity = [companyId, 'members', query.role ?? null];
  const after = cursor === undefined ? undefined : decodeKeyset(ring, identity, cursor);
  const paging = { ...readPaging(query, identity, ring), ...(after ? { page: undefined } : {}) };
  const values = [companyId, query.role ?? null];
  const [rows, counted] = await settleAll(
    connection.query<MemberRow>({
      text: `
        SELECT m.company_id, m.user_id, u.username, ${MEMBER_NAME} AS name, u.email, m.role, ${MEMBER_KEY} AS order_key
        FROM memberships m
        JOIN users u ON u.id = m.user_id
        WHERE ${OF_ROLE} ${after ? `AND (${MEMBER_KEY}, u.id) > ($3, $4::uuid)` : ''}
        ORDER BY ${MEMBER_KEY}, u.id
        LIMIT ${paging.fetchLimit} OFFSET ${paging.offset}`,
      values: [...values, ...(after ?? [])],
    }),
    after
      ? Promise.resolve([])
      : connection.query<{ count: number }>({
          text: `SELECT count(*) AS count FROM memberships m WHERE ${OF_ROLE}`,
          values,
        }),
  );
  const list = listOf(rows, after ? undefined : counted[0]?.count, paging, (last) =>
    encodeKeyset(ring, identity, [last.order_key, last.user_id]),
  );
  return { ...list, data: list.data.map(({ order_key: _key, ...row }) => row as Row) };
}

const MEMBER_NAME = `COALESCE(NULLIF(u.name, ''), u.username)`;
const MEMBER_KEY = `list_sort_key(${MEMBER_NAME}) COLLATE "C"`;
const OF_ROLE = 'm.company_id = $1 AND ($2::text IS NULL OR m.role = $2)';
