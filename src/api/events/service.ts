import type { Db } from '../../db/client.ts';
import { latestPosition, readFeed } from './feed.ts';
import { beforeTransaction, type FeedPosition, type NamedPosition, parsePosition } from './position.ts';
import type { CommunicationEventList, EventsQuery } from './schema.ts';

const DEFAULT_LIMIT = 100;

/** Parses `after`. @returns undefined for `latest`. @throws invalid */
export function readPosition(after: string): FeedPosition | NamedPosition | undefined {
  return after === 'latest' ? undefined : parsePosition(after);
}

/**
 * A batch of the feed, oldest first; without `after` from the first event on.
 * @throws invalid for a position that isn't in this feed
 */
export async function listEvents(
  db: Db,
  companyId: string,
  { after, limit = DEFAULT_LIMIT }: EventsQuery,
): Promise<CommunicationEventList> {
  const position = after === undefined ? beforeTransaction(0n) : readPosition(after);
  if (position === undefined)
    return { data: [], next_after: (await latestPosition(db, companyId)).eventId, has_more: false };
  const batch = await readFeed(db, companyId, position, limit < DEFAULT_LIMIT ? 100 : 500);
  const shown = batch.events.slice(0, limit);
  const isCut = shown.length < batch.events.length;
  return {
    data: shown.map(({ event }) => event),
    next_after: shown.at(-1)?.event.id ?? position.eventId,
    has_more: isCut || !batch.isWhole,
  };
}
