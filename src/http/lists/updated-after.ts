import { Type } from '@sinclair/typebox';
import type { Connection } from '../../db/client.ts';
import { type FieldErrors, invalid } from '../../domain/errors.ts';
import { parseTimestamp } from '../../domain/timestamps.ts';

/**
 * `updated_after` on the lists, for programs that follow along. A row is compared by the transaction that changed it
 * last, never by a time: what commits late would slip past any time, for ever. Each answer gives a `watermark`, the
 * oldest transaction that was still open before its rows were read: every change that they don't show yet is at or
 * behind it, so the next call with it shows it. A row may come twice; none is missed.
 */
export const FollowingQuery = {
  updated_after: Type.Optional(
    Type.String({
      description:
        'Only rows that changed since: the `watermark` of an earlier answer, or an RFC 3339 date-time to begin with. The ' +
        'first page then carries the next `watermark`; keep it, walk the pages by `cursor`, and ask with it next time. A ' +
        'row may come again; none is missed. What is deleted, and a person whom an import renames, the event feed tells.',
      examples: ['AQAAAAAAAAfa'],
    }),
  ),
};

export const Watermark = Type.Optional(
  Type.String({
    description: 'Only with `updated_after`, on the first page: pass it as `updated_after` next time.',
    examples: ['AQAAAAAAAAfa'],
  }),
);

export type Following = {
  /** Rows changed by this transaction or a younger one; undefined: all there are. */
  since: bigint | undefined;
  watermark: string;
};

type Mark = { transactionId: bigint } | { time: string };

export function followingErrors({ updated_after: given }: { updated_after?: string }): FieldErrors {
  if (given === undefined || readMark(given)) return {};
  return { updated_after: ['Must be a watermark, or an RFC 3339 date-time such as 2026-05-12T14:30:00Z.'] };
}

/**
 * Call it before the rows are read, on the same connection.
 * @param given free of `followingErrors`
 * @throws invalid for a watermark of another database
 */
export async function startFollowing(connection: Connection, companyId: string, given: string): Promise<Following> {
  const mark = readMark(given);
  if (!mark) throw invalid(followingErrors({ updated_after: given }));
  const [row] = await connection.query<{ horizon: string; first: string | null; is_from_start: boolean }>({
    name: 'start_following',
    text: `
      SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS horizon,
             (SELECT min(a.transaction_id)::text FROM audit_events a WHERE a.company_id = $1 AND a.id >= $2) AS first,
             COALESCE((SELECT c.created_at >= $3 FROM companies c WHERE c.id = $1), false) AS is_from_start`,
    values: [companyId, 'time' in mark ? eventIdAt(mark.time) : null, 'time' in mark ? mark.time : null],
  });
  const horizon = BigInt(row?.horizon ?? 0);
  const watermark = encodeWatermark(horizon);
  if ('transactionId' in mark) {
    if (mark.transactionId > horizon) throw invalid({ updated_after: ['Not a watermark of this database.'] });
    return { since: mark.transactionId, watermark };
  }
  if (row?.is_from_start) return { since: undefined, watermark };
  // The first event by time isn't the oldest transaction: one that began long before may have written its event last.
  const first = row?.first == null ? horizon : BigInt(row.first);
  return { since: first < horizon ? first : horizon, watermark };
}

/** Only the first page: a later one would skip what changed on those before it in the meantime. */
export function withWatermark<List extends object>(
  list: List,
  following: Following | undefined,
  paging: { after: unknown; offset: number },
): List & { watermark?: string } {
  return following && !paging.after && paging.offset === 0 ? { ...list, watermark: following.watermark } : list;
}

const VERSION = 1;
const WATERMARK_BYTES = 9;

function encodeWatermark(transactionId: bigint): string {
  const bytes = Buffer.alloc(WATERMARK_BYTES);
  bytes.writeUInt8(VERSION);
  bytes.writeBigUInt64BE(transactionId, 1);
  return bytes.toString('base64url');
}

function readMark(given: string): Mark | undefined {
  const time = parseTimestamp(given);
  if (time) return { time };
  const bytes = Buffer.from(given, 'base64url');
  const isWatermark = bytes.length === WATERMARK_BYTES && bytes[0] === VERSION && bytes.toString('base64url') === given;
  return isWatermark ? { transactionId: bytes.readBigUInt64BE(1) } : undefined;
}

/** Long before any request's transaction that was open at a time; an import is found by its event, written at its end. */
const LEEWAY_MS = 60_000;

/**
 * The smallest id that an event of the audit trail written at a time can have: every change leaves one, and their ids
 * begin with the milliseconds (UUID version 7).
 */
function eventIdAt(time: string): string {
  const milliseconds = Math.max(0, Date.parse(time) - LEEWAY_MS);
  const hex = Math.min(milliseconds, 2 ** 48 - 1)
    .toString(16)
    .padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
