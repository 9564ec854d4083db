import type { Db } from '../../db/client.ts';
import { findLatest, readFeed } from './feed.ts';
import { beforeTransaction, decodePosition, encodePosition, type FeedPosition } from './position.ts';
import type { CommunicationEventList, EventsQuery } from './schema.ts';

const DEFAULT_LIMIT = 100;

/** The place that `after` names; undefined for `latest`. @throws invalid */
export function readPlace(after: string): FeedPosition | undefined {
  return after === 'latest' ? undefined : decodePosition(after);
}

/**
 * A stretch of the feed, oldest first; without `after` from the first event there is.
 * @throws invalid for a place that isn't one of this feed
 */
export async function listEvents(
  db: Db,
  companyId: string,
  { after, limit = DEFAULT_LIMIT }: EventsQuery,
): Promise<CommunicationEventList> {
  const place = after === undefined ? beforeTransaction(0n) : readPlace(after);
  if (place === undefined) return { data: [], next_after: encodePosition(await findLatest(db)), has_more: false };
  const batch = await readFeed(db, companyId, place, limit < DEFAULT_LIMIT ? 100 : 500);
  const shown = batch.events.slice(0, limit);
  const isCut = shown.length < batch.events.length;
  const end = isCut ? (shown.at(-1)?.position ?? place) : batch.end;
  return {
    data: shown.map(({ event }) => event),
    next_after: encodePosition(end),
    has_more: isCut || !batch.isWhole,
  };
}
