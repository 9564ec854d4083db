import type { Connection } from '../../db/client.ts';
import { invalid } from '../../domain/errors.ts';
import { EVENT_TYPES, type EventType } from '../../domain/vocabulary.ts';
import { beforeTransaction, type FeedPosition, isBefore, type NamedPosition } from './position.ts';
import type { CommunicationEvent } from './schema.ts';

/**
 * Reads a company's event feed: the actions of the audit trail in `EVENT_TYPES`, in the order of their transactions.
 */

export type FeedEvent = { position: FeedPosition; event: CommunicationEvent };

/**
 * `start`: the position after which the read began. `end`: the position up to which all events were read, after which the
 * next read begins. `isWhole`: there were fewer events than the limit.
 */
export type FeedBatch = { events: FeedEvent[]; start: FeedPosition; end: FeedPosition; isWhole: boolean };

type FeedRow = {
  horizon: string;
  /** Null when the company has no event with the given id. */
  start: string | null;
  id: string | null;
  transaction_id: string;
  type: EventType;
  subject_id: string | null;
  user_id: string | null;
  occurred_at: string;
  noted_thread_id: string | null;
  thread_group_id: string | null;
};

const BATCH_LIMITS = [100, 500] as const;
export type BatchLimit = (typeof BATCH_LIMITS)[number];

const IS_SHOWN = `a.action IN (${EVENT_TYPES.map((type) => `'${type}'`).join(', ')})`;

/**
 * Reads only events of transactions older than the oldest open one (the horizon): an event that commits late would
 * otherwise appear before a position that a client has already passed. Horizon and rows come from one snapshot.
 */
const feedSql = (limit: BatchLimit) => `
  WITH snapshot AS MATERIALIZED (
    SELECT pg_snapshot_xmin(pg_current_snapshot()) AS horizon,
           COALESCE($2::xid8, (SELECT p.transaction_id FROM audit_events p WHERE p.company_id = $1 AND p.id = $3)) AS start
  )
  SELECT s.horizon::text, s.start::text, e.id, e.transaction_id::text, e.type, e.subject_id, e.user_id, e.occurred_at,
         e.noted_thread_id, t.thread_group_id
  FROM snapshot s
  LEFT JOIN LATERAL (
    SELECT a.id, a.transaction_id, a.action AS type, a.subject_id, a.user_id, a.occurred_at,
           (a.details ->> 'thread_id')::uuid AS noted_thread_id
    FROM audit_events a
    WHERE a.company_id = $1
      AND (a.transaction_id, a.id) > ((SELECT b.start FROM snapshot b), $3::uuid)
      AND a.transaction_id < s.horizon
      AND ${IS_SHOWN}
    ORDER BY a.transaction_id, a.id
    LIMIT ${limit}) e ON true
  LEFT JOIN communication_threads t ON t.company_id = $1 AND t.id = COALESCE(e.noted_thread_id, e.subject_id)
  ORDER BY e.transaction_id, e.id`;

/** @throws invalid when the company has no such event */
export async function readFeed(
  connection: Connection,
  companyId: string,
  after: FeedPosition | NamedPosition,
  limit: BatchLimit,
): Promise<FeedBatch> {
  const rows = await connection.query<FeedRow>({
    name: `read_feed_${limit}`,
    text: feedSql(limit),
    values: [companyId, after.transactionId?.toString() ?? null, after.eventId],
  });
  const [first] = rows;
  if (first?.start == null) throw invalid({ after: ['Not a position in this feed. Start again without it.'] });
  const horizon = beforeTransaction(BigInt(first.horizon));
  const start = { transactionId: BigInt(first.start), eventId: after.eventId };
  const events = rows.flatMap((row) => (row.id === null ? [] : [toFeedEvent(row, row.id)]));
  const isWhole = events.length < limit;
  const last = events.at(-1)?.position ?? start;
  return { events, start, end: isWhole && isBefore(last, horizon) ? horizon : last, isWhole };
}

/** The position of the latest readable event; before all events when there is none. */
export async function latestPosition(connection: Connection, companyId: string): Promise<FeedPosition> {
  const [row] = await connection.query<{ id: string; transaction_id: string }>({
    name: 'latest_event',
    text: `
      SELECT a.id, a.transaction_id::text
      FROM audit_events a
      WHERE a.company_id = $1
        AND a.transaction_id < pg_snapshot_xmin(pg_current_snapshot())
        AND ${IS_SHOWN}
      ORDER BY a.transaction_id DESC, a.id DESC
      LIMIT 1`,
    values: [companyId],
  });
  return row ? { transactionId: BigInt(row.transaction_id), eventId: row.id } : beforeTransaction(0n);
}

function toFeedEvent(row: FeedRow, id: string): FeedEvent {
  const position = { transactionId: BigInt(row.transaction_id), eventId: id };
  const isOfNote = row.type.startsWith('note.');
  const isOfPromise = row.type.startsWith('promise.');
  const isOfThread = row.type.startsWith('thread.');
  return {
    position,
    event: {
      id,
      type: row.type,
      thread_id: isOfNote || isOfPromise ? row.noted_thread_id : isOfThread ? row.subject_id : null,
      thread_group_id: row.thread_group_id,
      subject_id: isOfNote || isOfThread || row.type === 'import.completed' ? null : row.subject_id,
      note_id: isOfNote ? row.subject_id : null,
      promise_id: isOfPromise ? row.subject_id : null,
      user_id: row.user_id,
      occurred_at: row.occurred_at,
    },
  };
}
