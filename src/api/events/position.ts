import { invalid } from '../../domain/errors.ts';
import { UUID_PATTERN } from '../../domain/ids.ts';
import { lowerCase } from '../../domain/normalize-text.ts';

/**
 * A position in a company's feed: everything up to this transaction and, inside it, this event has been shown. Clients are
 * given the event's id alone: transactions are numbered over all companies, and who sees their numbers counts what others
 * write.
 */
export type FeedPosition = { transactionId: bigint; eventId: string };

/** A position as a client names it; PostgreSQL finds the transaction of the event. */
export type NamedPosition = { transactionId: undefined; eventId: string };

/** The id of no event; to a client the position before the first one. */
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** Before the first event of a transaction. @param transactionId 0: before everything */
export function beforeTransaction(transactionId: bigint): FeedPosition {
  return { transactionId, eventId: BEFORE_ALL };
}

export function isBehind(position: FeedPosition, other: FeedPosition): boolean {
  if (position.transactionId !== other.transactionId) return position.transactionId < other.transactionId;
  return position.eventId < other.eventId;
}

/** @throws invalid for what was never a position in a feed */
export function parsePosition(text: string): FeedPosition | NamedPosition {
  const eventId = UUID_PATTERN.test(text) ? lowerCase(text) : formerEventId(text);
  if (eventId === undefined) throw invalid({ after: ['Must be the id of an event, a next_after, or latest.'] });
  return eventId === BEFORE_ALL ? beforeTransaction(0n) : { transactionId: undefined, eventId };
}

const FORMER_BYTES = 24;
const FORMER_ID_AT = 8;

/**
 * Of the form that positions once had: transaction (8) ‖ event (16), base64url. The number is not looked at, or trying
 * numbers would tell which one an event has.
 */
function formerEventId(text: string): string | undefined {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== FORMER_BYTES || bytes.toString('base64url') !== text) return undefined;
  const hex = bytes.toString('hex', FORMER_ID_AT);
  const eventId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return eventId === BEFORE_ALL ? undefined : eventId;
}
