import { invalid } from '../../domain/errors.ts';

/**
 * A place in a company's feed: everything up to this transaction and, inside it, this event has been shown. Written as
 * 64-bit transaction id ‖ event id (16), base64url.
 */
export type FeedPosition = { transactionId: bigint; eventId: string };

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';
const BYTES = 24;

/** Before the first event of a transaction. @param transactionId 0: before everything */
export function beforeTransaction(transactionId: bigint): FeedPosition {
  return { transactionId, eventId: BEFORE_ALL };
}

export function isBehind(position: FeedPosition, other: FeedPosition): boolean {
  if (position.transactionId !== other.transactionId) return position.transactionId < other.transactionId;
  return position.eventId < other.eventId;
}

export function encodePosition({ transactionId, eventId }: FeedPosition): string {
  const bytes = Buffer.alloc(BYTES);
  bytes.writeBigUInt64BE(transactionId);
  bytes.write(eventId.replaceAll('-', ''), 8, 'hex');
  return bytes.toString('base64url');
}

/** @throws invalid for what was never a place in a feed */
export function decodePosition(text: string): FeedPosition {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== BYTES || bytes.toString('base64url') !== text)
    throw invalid({ after: ['Must be the id of an event, a next_after, or latest.'] });
  const hex = bytes.toString('hex', 8);
  return {
    transactionId: bytes.readBigUInt64BE(),
    eventId: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  };
}
