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
import { doc } from '../schema.ts';

const EXAMPLE_WATERMARK = 'AQAAAAEEdY5ITkGU-Ak4R5VNv4JIElmSx2obDLcixlVQMqyU_nYLj97Wr3KAKPC2TF-lE_h1oXdyTLe_Ng';

/**
 * `updated_after`: incremental sync of the lists. Rows are selected by the transaction that changed them last and not by
 * a time, because a row whose transaction commits late would be missed for ever. The `watermark` of a response is the
 * oldest transaction that was open before the rows were read. Every change that the rows don't contain yet was made by
 * that transaction or a later one, so the next request finds it. A row may be returned twice; none is missed.
 */
export const UpdatedAfterQuery = {
  updated_after: Type.Optional(
    Type.String(
      doc(
        'Only rows that changed since: the `watermark` of an earlier response, or an RFC 3339 date-time for the first sync. ' +
          'The first page has the next `watermark`; store it, read the other pages by `cursor`, and send it with the next ' +
          'sync. A row may be returned twice; none is missed. Deletions are in the event feed only.',
        EXAMPLE_WATERMARK,
      ),
    ),
  ),
};

export const Watermark = Type.Optional(
  Type.String(
    doc(
      'Only with `updated_after`, on the first page: send it as `updated_after` with the next sync.',
      EXAMPLE_WATERMARK,
    ),
  ),
);

export type IncrementalSync = {
  /** The transaction id from which on changes are included; undefined: all rows. */
  since: bigint | undefined;
  /** About when that transaction began, for what changes with time alone; RFC 3339, never later. */
  sinceTime: string;
  /** Whether `renamedUsers` has any, which is rare. */
  hasRenamedUsers: boolean;
  watermark: string;
};

/** The parsed value of `updated_after`. */
type StartPoint = { watermark: Buffer } | { time: string };

/** What a watermark holds: the oldest transaction that was open at a time, and that time. */
type Watermark = { transactionId: bigint; milliseconds: number };

export function updatedAfterErrors({ updated_after: given }: { updated_after?: string }): FieldErrors {
  if (given === undefined || parseStartPoint(given)) return {};
  return { updated_after: ['Must be a watermark, or an RFC 3339 date-time such as 2026-05-12T14:30:00Z.'] };
}

/**
 * Reads the horizon of open transactions. Call it before the rows are read, on the same connection.
 * @param given the value of `updated_after`, without `updatedAfterErrors`
 * @throws invalid for a watermark of another company or database, or one encrypted under a key that has been retired
 */
export async function startIncrementalSync(
  ring: KeyRing,
  connection: Connection,
  companyId: string,
  given: string,
): Promise<IncrementalSync> {
  const start = parseStartPoint(given);
  if (!start) throw invalid(updatedAfterErrors({ updated_after: given }));
  return 'time' in start
    ? startAtTime(ring, connection, companyId, start.time)
    : startAtWatermark(ring, connection, companyId, decryptWatermark(ring, companyId, start.watermark));
}

/** The oldest open transaction. */
const HORIZON = 'pg_snapshot_xmin(pg_current_snapshot())::text AS horizon';

async function startAtWatermark(
  ring: KeyRing,
  connection: Connection,
  companyId: string,
  { transactionId: since, milliseconds }: Watermark,
): Promise<IncrementalSync> {
  const [row] = await connection.query<{ horizon: string; has_renamed: boolean; is_renumbered: boolean | null }>({
    name: 'start_at_watermark',
    text: `
      SELECT ${HORIZON},
             EXISTS (${renamedUsers('$3::xid8')}) AS has_renamed,
             (SELECT a.transaction_id < $3::xid8
              FROM audit_events a
              WHERE a.company_id = $1 AND a.id >= $2
              ORDER BY a.id
              LIMIT 1) AS is_renumbered`,
    values: [companyId, eventIdAt(milliseconds + LEEWAY_MS), since.toString()],
  });
  const horizon = BigInt(row?.horizon ?? 0);
  // All transactions before the watermark had ended at its time. If a later event has a smaller transaction id, the
  // database was restored into a server whose ids start again, and the watermark would hide the changes made there.
  if (since > horizon || row?.is_renumbered) throw foreignWatermark();
  const sinceTime = new Date(milliseconds - LEEWAY_MS).toISOString();
  const hasRenamedUsers = row?.has_renamed ?? false;
  return { since, sinceTime, hasRenamedUsers, watermark: encryptWatermark(ring, companyId, horizon) };
}

async function startAtTime(
  ring: KeyRing,
  connection: Connection,
  companyId: string,
  time: string,
): Promise<IncrementalSync> {
  const [row] = await connection.query<StartRow>({
    // Not prepared: the best index depends on how many events are younger than the time. The smallest transaction id and
    // not the first event's: a transaction that began earlier may write its event later.
    text: `
      SELECT ${HORIZON}, s.since::text AS since, EXISTS (${renamedUsers('s.since')}) AS has_renamed,
             COALESCE((SELECT c.created_at >= $3 FROM companies c WHERE c.id = $1), false) AS is_from_start
      FROM (SELECT LEAST(min(a.transaction_id), pg_snapshot_xmin(pg_current_snapshot())) AS since
            FROM audit_events a
            WHERE a.company_id = $1 AND a.id >= $2) s`,
    values: [companyId, eventIdAt(Date.parse(time) - LEEWAY_MS), time],
  });
  const watermark = encryptWatermark(ring, companyId, BigInt(row?.horizon ?? 0));
  const since = row?.is_from_start ? undefined : BigInt(row?.since ?? 0);
  return { since, sinceTime: time, hasRenamedUsers: row?.has_renamed ?? false, watermark };
}

type StartRow = { horizon: string; since: string; has_renamed: boolean; is_from_start: boolean };

/**
 * Adds the watermark to the first page only: one of a later page would skip changes made meanwhile to earlier pages'
 * rows.
 */
export function withWatermark<List extends object>(
  list: List,
  sync: IncrementalSync | undefined,
  paging: { after: unknown; offset: number },
): List & { watermark?: string } {
  return sync && !paging.after && paging.offset === 0 ? { ...list, watermark: sync.watermark } : list;
}

/** SQL of the ids of users whose shown name changed. A user belongs to no company; only an import renames users. */
export function renamedUsers(since: string): string {
  return `SELECT u.id FROM users u WHERE u.renamed_in >= ${since}`;
}

/** Few changes are read by the index of changes and sorted; with more of them, a list is read as a whole. */
export const FEW_CHANGES = 20_000;

/**
 * Whether few rows have changed; reads no more of them.
 * @param changed SQL of the changed rows
 */
export async function areFew(
  connection: Connection,
  { name, text: changed, values }: { name: string; text: string; values: unknown[] },
): Promise<boolean> {
  const [row] = await connection.query<{ changes: number }>({
    name,
    text: `SELECT count(*) AS changes FROM (SELECT FROM (${changed}) c LIMIT ${FEW_CHANGES + 1}) c`,
    values,
  });
  return (row?.changes ?? 0) <= FEW_CHANGES;
}

/**
 * Encrypts a transaction id for a client. Transaction ids are shared by all companies: a readable one would reveal how
 * much other companies write, and a forgeable one would let a client find out the transaction id of a row. The padding
 * to a fixed width hides the magnitude.
 */
function encryptWatermark(ring: KeyRing, companyId: string, transactionId: bigint): string {
  const text = transactionId.toString(16).padStart(TRANSACTION_DIGITS, '0') + hexOfTime(Date.now());
  return encryptField(ring, watermarkRef(companyId), text).toString('base64url');
}

const TRANSACTION_DIGITS = 16;
const TIME_DIGITS = 12;
const DIGITS = TRANSACTION_DIGITS + TIME_DIGITS;

function decryptWatermark(ring: KeyRing, companyId: string, watermark: Buffer): Watermark {
  try {
    const text = decryptField(ring, watermarkRef(companyId), watermark);
    return {
      transactionId: BigInt(`0x${text.slice(0, TRANSACTION_DIGITS)}`),
      milliseconds: Number.parseInt(text.slice(TRANSACTION_DIGITS), 16),
    };
  } catch (error) {
    throw error instanceof DecryptionError ? foreignWatermark() : error;
  }
}

function foreignWatermark() {
  return invalid({ updated_after: ['Not a watermark of this list. Begin again with a time.'] });
}

function parseStartPoint(given: string): StartPoint | undefined {
  const time = parseTimestamp(given);
  if (time) return { time };
  const watermark = Buffer.from(given, 'base64url');
  const isWatermark =
    watermark.length === CIPHERTEXT_OVERHEAD_BYTES + DIGITS && watermark.toString('base64url') === given;
  return isWatermark ? { watermark } : undefined;
}

/**
 * Longer than any request's transaction, so that events of transactions open at the given time are included, and than the
 * difference between servers' clocks, which `comms doctor` checks. An import runs longer, but writes its event at its end.
 */
const LEEWAY_MS = 60_000;

/**
 * The smallest id of an audit event written at this time. Every change writes an audit event, and event ids begin with
 * the Unix time in milliseconds (UUID version 7).
 */
function eventIdAt(milliseconds: number): string {
  const hex = hexOfTime(milliseconds);
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

function hexOfTime(milliseconds: number): string {
  return Math.min(Math.max(0, milliseconds), 2 ** 48 - 1)
    .toString(16)
    .padStart(TIME_DIGITS, '0');
}
