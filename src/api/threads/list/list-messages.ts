import type { KeyRing } from '../../../crypto/key-ring.ts';
import type { Connection } from '../../../db/client.ts';
import {
  encodeCursor,
  type List,
  listOf,
  type Paging,
  type PagingInput,
  readPaging,
} from '../../../http/lists/pagination.ts';
import { startFollowing, withWatermark } from '../../../http/lists/updated-after.ts';
import { toThread } from '../rows.ts';
import type { CommunicationThread } from '../schema.ts';
import { findChanges } from './changed-since.ts';
import { identityOf, type Rows, type ThreadFilter } from './filters.ts';
import { NOTHING, type Page, pageStatement } from './page.ts';
import { searchMessages } from './search.ts';
import { type Selection, selectionOf } from './selection.ts';

/**
 * The list behind `threads` and `emails`: rows and count in one statement, but for a search.
 * @param query free of `queryErrors`
 * @throws invalidCursor
 */
export async function listMessages(
  ring: KeyRing,
  connection: Connection,
  companyId: string,
  rows: Rows,
  query: ThreadFilter & PagingInput,
): Promise<List<CommunicationThread>> {
  const identity = identityOf(companyId, rows, query);
  const paging = readPaging(query, identity, ring);
  const following =
    query.updated_after === undefined
      ? undefined
      : await startFollowing(ring, connection, companyId, query.updated_after);
  const found =
    following?.since === undefined
      ? await findMessages(connection, selectionOf(companyId, rows, query, paging.after), paging, query.search)
      : await findChanges(connection, companyId, rows, query, following.since, paging);
  const threads = found.rows.slice(0, paging.pageSize + 1).map((message) => toThread(message, companyId, ring));
  const list = listOf(threads, found.count, paging, (last) =>
    encodeCursor(ring, identity, { time: last.timestamp, id: last.id }),
  );
  return withWatermark(list, following, paging);
}

async function findMessages(connection: Connection, selection: Selection, paging: Paging, search = ''): Promise<Page> {
  if (selection.way === 'search') return searchMessages(connection, selection, paging, search);
  const statement = pageStatement(selection, paging, { isCounted: paging.after === undefined });
  const [page = NOTHING] = await connection.query<Page>(statement);
  return page;
}
