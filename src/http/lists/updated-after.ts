import { Type } from '@sinclair/typebox';
import {
  CIPHERTEXT_OVERHEAD_BYTES,
  DecryptionError,
  decryptField,
  encryptField,
} from '../../crypto/field-encryption.ts';
import { watermarkRef } from '../../crypto/field-refs.ts';
import type { KeyRing } from '../../crypto/key-ring.ts';
import type { Connection } from '../../db/client.ts';
import { type FieldErrors, invalid } from '../../domain/errors.ts';
import { parseTimestamp } from '../../domain/timestamps.ts';

const EXAMPLE_WATERMARK = 'AQAAAAH1X4Jk5PVt5TJtKBmZp9ldrVxkiQLfRGWIIjgDXH7fuXCsoLeapDJGbFZVvg';

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
      examples: [EXAMPLE_WATERMARK],
    }),
  ),
};

export const Watermark = Type.Optional(
  Type.String({
    description: 'Only with `updated_after`, on the first page: pass it as `updated_after` next time.',
    examples: [EXAMPLE_WATERMARK],
  }),
);

export type Following = {
  /** Rows changed by this transaction or a younger one; undefined: all there are. */
  since: bigint | undefined;
  watermark: string;
};

type Mark = { watermark: Buffer } | { time: string };

export function followingErrors({ updated_after: given }: { updated_after?: string }): FieldErrors {
  if (given === undefined || readMark(given)) return {};
  return { updated_after: ['Must be a watermark, or an RFC 3339 date-time such as 2026-05-12T14:30:00Z.'] };
}

/**
 * Call it before the rows are read, on the same connection.
 * @param given free of `followingErrors`
 * @throws invalid for a watermark of another company or database, or under a key that has been retired
 */
export async function startFollowing(
  ring: KeyRing,
  connection: Connection,
  companyId: string,
  given: string,
): Promise<Following> {
  const mark = readMark(given);
  if (!mark) throw invalid(followingErrors({ updated_after: given }));
  const marked = 'watermark' in mark ? openWatermark(ring, companyId, mark.watermark) : undefined;
  const [row] = await connection.query<{ horizon: string; first: string | null; is_from_start: boolean }>({
    name: 'start_following',
    text: `
      SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS horizon,
             (SELECT min(a.transaction_id)::text FROM audit_events a WHERE a.company_id = $1 AND a.id >= $2) AS first,
             COALESCE((SELECT c.created_at >= $3 FROM companies c WHERE c.id = $1), false) AS is_from_start`,
    values: [companyId, 'time' in mark ? eventIdAt(mark.time) : null, 'time' in mark ? mark.time : null],
  });
  const horizon = BigInt(row?.horizon ?? 0);
  const watermark = sealWatermark(ring, companyId, horizon);
  if (marked !== undefined) {
    if (marked > horizon) throw notOurs();
    return { since: marked, watermark };
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

/**
 * Transactions are numbered over all companies: a number that could be read would count what others write, and one that
 * could be made up would tell which number a row of one's own has. Hexadecimal, so that its length says nothing.
 */
function sealWatermark(ring: KeyRing, companyId: string, transactionId: bigint): string {
  const text = transactionId.toString(16).padStart(DIGITS, '0');
  return encryptField(ring, watermarkRef(companyId), text).toString('base64url');
}

const DIGITS = 16;

function openWatermark(ring: KeyRing, companyId: string, watermark: Buffer): bigint {
  try {
    return BigInt(`0x${decryptField(ring, watermarkRef(companyId), watermark)}`);
  } catch (error) {
    throw error instanceof DecryptionError ? notOurs() : error;
  }
}

function notOurs() {
  return invalid({ updated_after: ['Not a watermark of this list. Begin again with a time.'] });
}

function readMark(given: string): Mark | undefined {
  const time = parseTimestamp(given);
  if (time) return { time };
  const watermark = Buffer.from(given, 'base64url');
  const isOurs = watermark.length === CIPHERTEXT_OVERHEAD_BYTES + DIGITS && watermark.toString('base64url') === given;
  return isOurs ? { watermark } : undefined;
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
