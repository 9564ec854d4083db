import type { KeyRing } from '../../../crypto/key-ring.ts';
import type { Connection } from '../../../db/client.ts';
import {
  encodeCursor,
  type List,
  type ListIdentity,
  listOf,
  type Paging,
  type PagingInput,
  readPaging,
} from '../../../http/lists/pagination.ts';
import { startIncrementalSync, withWatermark } from '../../../http/lists/updated-after.ts';
import type { CommunicationThread } from '../schema.ts';
import { toThread } from '../to-thread.ts';
import { findChanges } from './changed-since.ts';
import { identityOf, type ListView, type ThreadFilter } from './filters.ts';
import { EMPTY_PAGE, type PageResult, pageStatement } from './page.ts';
import { searchMessages } from './search.ts';
import { countOnce } from './search-counts.ts';
import { type Selection, selectionOf } from './selection.ts';

/**
 * Reads a page of the lists `threads` and `emails`. Without a search, rows and count are one statement.
 * @param query without `queryErrors`
 * @throws invalidCursor
 */
export async function listMessages(
  ring: KeyRing,
  connection: Connection,
  companyId: string,
  view: ListView,
  query: ThreadFilter & PagingInput,
  counting: Counting = {},
): Promise<List<CommunicationThread>> {
  const identity = identityOf(companyId, view, query);
  const paging = readPaging(query, identity, ring);
  const sync =
    query.updated_after === undefined
      ? undefined
      : await startIncrementalSync(ring, connection, companyId, query.updated_after);
  const found =
    sync?.since === undefined
      ? await findMessages(connection, selectionOf(companyId, view, query, paging.after), paging, query.search, {
          ...counting,
          identity,
        })
      : await findChanges(connection, companyId, view, query, { ...sync, since: sync.since }, paging);
  const threads = found.rows.slice(0, paging.pageSize + 1).map((message) => toThread(message, companyId, ring));
  const list = listOf(threads, found.count, paging, (last) =>
    encodeCursor(ring, identity, { time: last.timestamp, id: last.id }),
  );
  return withWatermark(list, sync, paging);
}

/** How the rows of a search are counted. */
export type Counting = {
  /** Whether all rows are counted, if that takes at most a second. */
  isExact?: boolean;
  /** The caller, when authorised; equal searches in the same list version are counted once. */
  caller?: Promise<{ listVersion: string }>;
};

async function findMessages(
  connection: Connection,
  selection: Selection,
  paging: Paging,
  search: string | undefined,
  counting: Counting & { identity: ListIdentity },
): Promise<PageResult> {
  const isCounted = paging.after === undefined;
  if (search !== undefined) {
    if (selection.terms.length === 0) return { rows: [], count: isCounted ? 0 : undefined };
    const countAs = counting.isExact ? 'exact' : 'upToMany';
    const found = await searchMessages(connection, selection, paging, countAs);
    if (!isCounted) return { rows: found.rows, count: undefined };
    const version = (await counting.caller)?.listVersion;
    const countKey = `${countAs} ${JSON.stringify(counting.identity)}`;
    return { rows: found.rows, count: version ? await countOnce(countKey, version, found.count) : await found.count() };
  }
  const [page = EMPTY_PAGE] = await connection.query<PageResult>(pageStatement(selection, paging, { isCounted }));
  return page;
}
