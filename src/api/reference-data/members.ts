import type { KeyRing } from '../../crypto/key-ring.ts';
import type { Connection } from '../../db/client.ts';
import { settleAll } from '../../db/settle-all.ts';
import { decodeKeyset, encodeKeyset } from '../../http/lists/keyset-cursor.ts';
import { type List, listOf, type PagingInput, readPaging } from '../../http/lists/pagination.ts';
import type { Row } from './collection.ts';

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
