import type { Connection, Db } from '../db/client.ts';
import type { webhookEvents } from '../db/schema.ts';
import type { StoredRow } from '../db/table-columns.ts';
import type { Tx } from '../db/transaction.ts';
import { newId } from '../domain/ids.ts';
import type { IngestState, Provider } from '../domain/vocabulary.ts';
import { recordWaiting } from './waiting-deliveries.ts';

/** The ledger of provider events: one row for each, whatever its outcome. */

export type DeliveredEvent = {
  provider: Provider;
  eventId: string;
  type: string;
  payload: Buffer;
  contentEncoding: string | undefined;
  /** The `X-Request-Id` of the request that delivered it; undefined for a mail that the server fetched. */
  requestId: string | undefined;
};

/** Why an event was skipped or could not be applied, in fixed words: a mail's content must never get here. */
export type Reason = string;

/** The result of processing one event. */
export type IngestOutcome = {
  state: IngestState;
  reason?: Reason;
  companyId?: string;
  threadId?: string;
  callUuid?: string;
  /** Keeps the payload of a skipped event, because its call may turn out to belong to a company. */
  mayStillApply?: boolean;
  /** Message-IDs: the skipped event is applied again when a mail with one of them, or an answer to one, is stored. */
  waitsFor?: readonly string[];
  /** Rows of the ledger: skipped events that waited for this one. */
  broughtBack?: readonly string[];
  /** Keeps the payload of a mail that was recognised as a copy, because an operator may separate it. */
  mayBeSeparated?: boolean;
};

const MAX_TYPE_LENGTH = 200;

/**
 * Inserts a delivery's row. A concurrent delivery of the same event waits here until the transaction of the first one
 * ends. The row's state is the one that most events end in: this transaction records the outcome before anybody sees
 * the row, and a state that doesn't change leaves the indexes alone.
 * @param id of the new row
 * @returns whether the event is new; a replay gets no row, and only raises `deliveries`
 */
export async function recordDelivery(tx: Tx, id: string, event: DeliveredEvent): Promise<boolean> {
  const [row] = await tx.query<{ is_new: boolean }>({
    name: 'record_delivery',
    text: `
      INSERT INTO webhook_events AS e (id, provider, event_id, type, request_id, state, attempts)
      VALUES ($1, $2, $3, $4, $5, 'applied', 1)
      ON CONFLICT (provider, event_id) DO UPDATE SET deliveries = e.deliveries + 1, updated_at = now()
      RETURNING deliveries = 1 AS is_new`,
    values: [id, event.provider, event.eventId, event.type.slice(0, MAX_TYPE_LENGTH), event.requestId ?? null],
  });
  return row?.is_new === true;
}

/**
 * Inserts the row of a mail that a back-fill fetched, or finds the row of an earlier back-fill: the caller may then
 * apply the mail again.
 */
export async function recordFetched(tx: Tx, event: DeliveredEvent): Promise<{ id: string; state: IngestState }> {
  const [row] = await tx.query<{ id: string; state: IngestState }>({
    name: 'record_fetched',
    text: `
      INSERT INTO webhook_events AS e (id, provider, event_id, type, state, attempts)
      VALUES ($1, $2, $3, $4, 'received', 1)
      ON CONFLICT (provider, event_id) DO UPDATE SET attempts = e.attempts + 1, updated_at = now()
      RETURNING id, state`,
    values: [newId(), event.provider, event.eventId, event.type],
  });
  return row as { id: string; state: IngestState };
}

/** Records the outcome of an event. The payload stays only while the event may still be applied. */
export function recordEventOutcome(tx: Tx, id: string, event: DeliveredEvent, outcome: IngestOutcome): void {
  tx.send({
    name: 'record_event_outcome',
    text: `
      UPDATE webhook_events
      SET state = $2, reason = $3, company_id = $4, thread_id = $5, call_uuid = $6, payload = $7, content_encoding = $8,
          updated_at = now()
      WHERE id = $1`,
    values: [
      id,
      outcome.state,
      outcome.reason ?? null,
      outcome.companyId ?? null,
      outcome.threadId ?? null,
      outcome.callUuid ?? null,
      ...keptPayload(event, outcome),
    ],
  });
  const { companyId, waitsFor = [] } = outcome;
  if (companyId !== undefined && waitsFor.length > 0) recordWaiting(tx, companyId, id, waitsFor);
}

/**
 * Records an event that could not be applied, after the transaction that tried was rolled back. When the event has a
 * row by now, that row keeps its outcome unless it is `skipped`, as after an earlier back-fill.
 */
export async function recordUnapplied(db: Db, event: DeliveredEvent, outcome: IngestOutcome): Promise<void> {
  await db.query({
    name: 'record_unapplied',
    text: `
      INSERT INTO webhook_events AS e
        (id, provider, event_id, type, request_id, state, reason, attempts, payload, content_encoding)
      VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9)
      ON CONFLICT (provider, event_id) DO UPDATE
      SET deliveries = e.deliveries + 1,
          state = CASE WHEN e.state = 'skipped' THEN excluded.state ELSE e.state END,
          reason = CASE WHEN e.state = 'skipped' THEN excluded.reason ELSE e.reason END,
          payload = CASE WHEN e.state = 'skipped' THEN excluded.payload ELSE e.payload END,
          content_encoding = CASE WHEN e.state = 'skipped' THEN excluded.content_encoding ELSE e.content_encoding END,
          updated_at = now()`,
    values: [
      newId(),
      event.provider,
      event.eventId,
      event.type.slice(0, MAX_TYPE_LENGTH),
      event.requestId ?? null,
      outcome.state,
      outcome.reason ?? null,
      ...keptPayload(event, outcome),
    ],
  });
}

function keptPayload(
  { payload, contentEncoding }: DeliveredEvent,
  outcome: IngestOutcome,
): [Buffer | null, string | null] {
  const isOpen = outcome.state === 'received' || outcome.state === 'failed';
  const isWaiting = (outcome.waitsFor ?? []).length > 0;
  const isKept = isOpen || outcome.mayStillApply === true || outcome.mayBeSeparated === true || isWaiting;
  return isKept ? [payload, contentEncoding ?? null] : [null, null];
}

export type StoredEvent = DeliveredEvent & { id: string; receivedAt: string };

export type EventRow = StoredRow<
  typeof webhookEvents,
  'id' | 'provider' | 'eventId' | 'type' | 'contentEncoding' | 'requestId' | 'receivedAt'
> & { payload: Buffer };

/** Locks an open event for another attempt; undefined when another process has it locked or it is no longer open. */
export async function claimEvent(tx: Tx, id: string): Promise<StoredEvent | undefined> {
  const [row] = await tx.query<EventRow>({
    name: 'claim_event',
    text: `
      UPDATE webhook_events
      SET attempts = attempts + 1, updated_at = now()
      WHERE id = (SELECT e.id FROM webhook_events e WHERE e.id = $1 AND e.payload IS NOT NULL FOR UPDATE SKIP LOCKED)
      RETURNING id, provider, event_id, type, payload, content_encoding, request_id, received_at`,
    values: [id],
  });
  return row && toEvent(row);
}

/** Locks the events of a call that arrived before its company was known. */
export async function claimEventsOfCall(tx: Tx, callKeys: readonly string[]): Promise<StoredEvent[]> {
  const rows = await tx.query<EventRow>({
    name: 'claim_events_of_call',
    text: `
      UPDATE webhook_events
      SET attempts = attempts + 1, updated_at = now()
      WHERE id IN (SELECT e.id FROM webhook_events e
                   WHERE e.call_uuid = ANY($1::text[]) AND e.payload IS NOT NULL AND e.provider = 'vonage'
                   FOR UPDATE SKIP LOCKED)
      RETURNING id, provider, event_id, type, payload, content_encoding, request_id, received_at`,
    values: [callKeys],
  });
  return rows.map(toEvent);
}

export function toEvent(row: EventRow): StoredEvent {
  return {
    id: row.id,
    provider: row.provider,
    eventId: row.event_id,
    type: row.type,
    payload: row.payload,
    contentEncoding: row.content_encoding ?? undefined,
    requestId: row.request_id ?? undefined,
    receivedAt: row.received_at,
  };
}

/** Ids of open events in the order of their arrival, `limit` at a time. @param after the last id of the page before */
export async function listOpenEvents(
  connection: Connection,
  states: readonly IngestState[],
  after: string,
  limit: number,
): Promise<string[]> {
  const rows = await connection.query<{ id: string }>({
    text: `
      SELECT id FROM webhook_events
      WHERE state = ANY($1::text[]) AND state IN ('received', 'failed') AND id > $2
      ORDER BY id LIMIT ${Math.trunc(limit)}`,
    values: [states, after],
  });
  return rows.map(({ id }) => id);
}

/** `events` counts distinct events, `deliveries` every delivery of them; the difference is the number of replays. */
export type LedgerLine = {
  provider: Provider;
  state: IngestState;
  reason: string | null;
  events: number;
  deliveries: number;
};

/** Counts events and deliveries by provider, state and reason. */
export async function countOutcomes(connection: Connection): Promise<LedgerLine[]> {
  return connection.query<LedgerLine>({
    text: `
      SELECT provider, state, reason, count(*) AS events, sum(deliveries)::bigint AS deliveries
      FROM webhook_events
      GROUP BY provider, state, reason
      ORDER BY provider, state, reason`,
  });
}
