import type { Connection, Db } from '../db/client.ts';
import type { Tx } from '../db/transaction.ts';
import { newId } from '../domain/ids.ts';
import type { IngestState, Provider } from '../domain/vocabulary.ts';

/** The ledger of provider events: one row each, whatever became of it. */

export type DeliveredEvent = {
  provider: Provider;
  eventId: string;
  type: string;
  payload: Buffer;
  contentEncoding: string | undefined;
};

/** Why an event was left out or not applied. Fixed words: nothing of a mail's content may get here. */
export type Reason = string;

/** What became of an event. */
export type Outcome = {
  state: IngestState;
  reason?: Reason;
  companyId?: string;
  threadId?: string;
  callUuid?: string;
  /** Keeps the bytes although the event was skipped: its call may turn out to be a company's. */
  mayStillApply?: boolean;
  /** Keeps the bytes of a mail that was found to be the same as a stored one: an operator may know better. */
  mayBeSeparated?: boolean;
};

const MAX_TYPE = 200;

/**
 * Enters a delivery. A concurrent delivery of the same event waits here until the first one's transaction ends.
 * @returns the row's id when the event is new; undefined for a replay, which is only counted
 */
export async function recordDelivery(tx: Tx, event: DeliveredEvent): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string; is_new: boolean }>({
    name: 'record_delivery',
    text: `
      INSERT INTO webhook_events AS e (id, provider, event_id, type, state, attempts)
      VALUES ($1, $2, $3, $4, 'received', 1)
      ON CONFLICT (provider, event_id) DO UPDATE SET deliveries = e.deliveries + 1, updated_at = now()
      RETURNING id, deliveries = 1 AS is_new`,
    values: [newId(), event.provider, event.eventId, event.type.slice(0, MAX_TYPE)],
  });
  return row?.is_new ? row.id : undefined;
}

/** Enters a mail that was fetched, or finds the row that it left the last time: then it may be judged anew. */
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

/** Writes what became of an event; the bytes stay only while it may yet be applied. */
export function settleEvent(tx: Tx, id: string, event: DeliveredEvent, outcome: Outcome): void {
  tx.send({
    name: 'settle_event',
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
}

/**
 * Enters an event that could not be applied, after the transaction that tried was rolled back. Where the event has a row
 * meanwhile, that counts; one that left it out before (a back-fill looks again) gives way.
 */
export async function recordUnapplied(db: Db, event: DeliveredEvent, outcome: Outcome): Promise<void> {
  await db.query({
    name: 'record_unapplied',
    text: `
      INSERT INTO webhook_events AS e (id, provider, event_id, type, state, reason, attempts, payload, content_encoding)
      VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8)
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
      event.type.slice(0, MAX_TYPE),
      outcome.state,
      outcome.reason ?? null,
      ...keptPayload(event, outcome),
    ],
  });
}

function keptPayload({ payload, contentEncoding }: DeliveredEvent, outcome: Outcome): [Buffer | null, string | null] {
  const isOpen = outcome.state === 'received' || outcome.state === 'failed';
  const isKept = isOpen || outcome.mayStillApply === true || outcome.mayBeSeparated === true;
  return isKept ? [payload, contentEncoding ?? null] : [null, null];
}

export type StoredEvent = DeliveredEvent & { id: string; receivedAt: string };

type EventRow = {
  id: string;
  provider: Provider;
  event_id: string;
  type: string;
  payload: Buffer;
  content_encoding: string | null;
  received_at: string;
};

/** Takes an open event for another attempt; undefined when somebody else has it or it is not open any more. */
export async function takeEvent(tx: Tx, id: string): Promise<StoredEvent | undefined> {
  const [row] = await tx.query<EventRow>({
    name: 'take_event',
    text: `
      UPDATE webhook_events
      SET attempts = attempts + 1, updated_at = now()
      WHERE id = (SELECT e.id FROM webhook_events e WHERE e.id = $1 AND e.payload IS NOT NULL FOR UPDATE SKIP LOCKED)
      RETURNING id, provider, event_id, type, payload, content_encoding, received_at`,
    values: [id],
  });
  return row && toEvent(row);
}

/** Events of a call that came before it was known whose call it is. */
export async function takeEventsOfCall(tx: Tx, callKeys: readonly string[]): Promise<StoredEvent[]> {
  const rows = await tx.query<EventRow>({
    name: 'take_events_of_call',
    text: `
      UPDATE webhook_events
      SET attempts = attempts + 1, updated_at = now()
      WHERE id IN (SELECT e.id FROM webhook_events e
                   WHERE e.call_uuid = ANY($1::text[]) AND e.payload IS NOT NULL AND e.provider = 'vonage'
                   FOR UPDATE SKIP LOCKED)
      RETURNING id, provider, event_id, type, payload, content_encoding, received_at`,
    values: [callKeys],
  });
  return rows.map(toEvent);
}

function toEvent(row: EventRow): StoredEvent {
  return {
    id: row.id,
    provider: row.provider,
    eventId: row.event_id,
    type: row.type,
    payload: row.payload,
    contentEncoding: row.content_encoding ?? undefined,
    receivedAt: row.received_at,
  };
}

/** Ids of open events in the order in which they came; a page at a time. */
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

/** `deliveries` counts what the provider sent, `events` what it was about; the difference are replays. */
export type LedgerLine = {
  provider: Provider;
  state: IngestState;
  reason: string | null;
  events: number;
  deliveries: number;
};

/** What became of every event, counted. */
export async function countOutcomes(connection: Connection): Promise<LedgerLine[]> {
  return connection.query<LedgerLine>({
    text: `
      SELECT provider, state, reason, count(*) AS events, sum(deliveries)::bigint AS deliveries
      FROM webhook_events
      GROUP BY provider, state, reason
      ORDER BY provider, state, reason`,
  });
}
