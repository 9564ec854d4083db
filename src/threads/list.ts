import type { KeyRing } from '../crypto/key-ring.ts';
import type { Connection } from '../db/client.ts';
import { startFollowing, withWatermark } from '../following.ts';
import { encodeCursor, type List, listOf, type Paging, type PagingInput, readPaging } from '../pagination.ts';
import { findChanges } from './changes.ts';
import { identityOf, type Rows, type ThreadFilter } from './filters.ts';
import { countStatement, pageStatement } from './pages.ts';
import { type SummaryRow, withOpenNotes } from './rows.ts';
import type { CommunicationThread } from './schema.ts';
import { type Found, searchMessages } from './search-pages.ts';
import { type Selection, selectionOf } from './selection.ts';

/**
 * The list behind `threads` and `emails`: rows and count in one round trip, but for a search.
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
    query.updated_after === undefined ? undefined : await startFollowing(connection, companyId, query.updated_after);
  const found =
    following?.since === undefined
      ? await findMessages(connection, selectionOf(companyId, rows, query, paging.after), paging, query.search)
      : await findChanges(connection, companyId, rows, query, following.since, paging);
  const threads = found.rows.slice(0, paging.pageSize + 1).map((row) => withOpenNotes(row, companyId, ring));
  const list = listOf(threads, found.count, paging, (last) =>
    encodeCursor(ring, identity, { time: last.timestamp, id: last.id }),
  );
  return withWatermark(list, following, paging);
}

async function findMessages(connection: Connection, selection: Selection, paging: Paging, search = ''): Promise<Found> {
  if (selection.way === 'search') return searchMessages(connection, selection, paging, search);
  const [rows, counted] = await Promise.all([
    connection.query<SummaryRow>(pageStatement(selection, paging)),
    paging.after ? undefined : connection.query<{ count: number }>(countStatement(selection)),
  ]);
  return { rows, count: counted?.[0]?.count };
}
