import { invalid } from '../../domain/errors.ts';
import { NIL_ID, UUID_PATTERN } from '../../domain/ids.ts';
import { lowerCase } from '../../domain/normalize-text.ts';

/**
 * A position in a company's feed: all events up to this transaction and, within it, up to this event are before it.
 * Clients get the event's id only, because transaction ids are shared by all companies and would reveal how much other
 * companies write.
 */
export type FeedPosition = { transactionId: bigint; eventId: string };

/** A position as a client sends it; PostgreSQL looks up the event's transaction. */
export type NamedPosition = { transactionId: undefined; eventId: string };

/**
 * The position before the first event of a transaction, with an id that no event has.
 * @param transactionId 0: before all events
 */
export function beforeTransaction(transactionId: bigint): FeedPosition {
  return { transactionId, eventId: NIL_ID };
}

export function isBefore(position: FeedPosition, other: FeedPosition): boolean {
  if (position.transactionId !== other.transactionId) return position.transactionId < other.transactionId;
  return position.eventId < other.eventId;
}

/** @throws invalid for a text that doesn't have the form of a position */
export function parsePosition(text: string): FeedPosition | NamedPosition {
  const eventId = UUID_PATTERN.test(text) ? lowerCase(text) : formerEventId(text);
  if (eventId === undefined) throw invalid({ after: ['Must be the id of an event, a next_after, or latest.'] });
  return eventId === NIL_ID ? beforeTransaction(0n) : { transactionId: undefined, eventId };
}

const FORMER_BYTES = 24;
const FORMER_ID_AT = 8;

/**
 * The event id in the former format of positions: transaction id (8 bytes) ‖ event id (16 bytes), base64url. The
 * transaction id is ignored, because checking it would let a client find out an event's transaction id.
 */
function formerEventId(text: string): string | undefined {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== FORMER_BYTES || bytes.toString('base64url') !== text) return undefined;
  const hex = bytes.toString('hex', FORMER_ID_AT);
  const eventId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return eventId === NIL_ID ? undefined : eventId;
}
