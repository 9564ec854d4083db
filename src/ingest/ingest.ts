import type { Db } from '../db/client.ts';
import { isDatabaseUnavailable, sqlStateOf } from '../db/errors.ts';
import { settleAll } from '../db/settle-all.ts';
import type { Tx } from '../db/transaction.ts';
import { ApiError } from '../domain/errors.ts';
import type { IngestState } from '../domain/vocabulary.ts';
import { applyVonageEvent, JwtIdReusedError } from './apply-call.ts';
import { applyNylasEvent } from './apply-mail.ts';
import {
  type DeliveredEvent,
  listOpenEvents,
  type Outcome,
  recordDelivery,
  recordFetched,
  recordUnapplied,
  type StoredEvent,
  settleEvent,
  takeEvent,
} from './event-ledger.ts';
import { findOwner } from './known-calls.ts';
import { findMailbox } from './mailboxes.ts';
import { type NylasDelivery, readNylasEvent } from './nylas/event.ts';
import { callKey } from './vonage/call.ts';
import { readVonageEvent } from './vonage/event.ts';
import type { VonageClaims } from './vonage/signature.ts';

/** From a delivery whose signature was checked to a row of the ledger and what it says, in one transaction. */

/**
 * Waits until a delivery of this queue may use the database. The deliveries of a company wait for the same locks: one of
 * them at a time, or a burst would hold the connections of all others.
 */
export type TakeTurn = <T>(queue: string, work: () => Promise<T>) => Promise<T>;

/** Where a failure is told: ids and codes only. */
export type FailureLog = { warn(facts: object, message: string): void };

/** @throws a database error when not even the ledger can be written; then the provider must come again */
export async function recordNylasWebhook(
  db: Db,
  log: FailureLog,
  delivery: NylasDelivery & { bytes: Buffer },
  takeTurn: TakeTurn,
): Promise<Outcome> {
  const reading = await readNylasEvent(delivery);
  const event: DeliveredEvent = {
    provider: 'nylas',
    eventId: reading.eventId,
    type: reading.type,
    payload: delivery.bytes,
    contentEncoding: delivery.contentEncoding,
  };
  const known = await db.withLookUps((connection) => findMailbox(connection, reading));
  return takeTurn(`nylas/${known?.companyId ?? reading.grantId ?? ''}`, () =>
    orUnapplied(db, log, event, async (tx) => {
      const [id, mailbox] = await settleAll(recordDelivery(tx, event), findMailbox(tx, reading));
      return id === undefined ? REPLAY : settled(tx, id, event, await applyNylasEvent(tx, reading, mailbox));
    }),
  );
}

/**
 * Vonage gives an event no id: its bytes stand for it. The token's id counts once, except for the very same bytes,
 * which is the provider coming again.
 * @throws JwtIdReusedError, or a database error when not even the ledger can be written
 */
export async function recordVonageWebhook(
  db: Db,
  log: FailureLog,
  bytes: Buffer,
  claims: VonageClaims,
  takeTurn: TakeTurn,
): Promise<Outcome> {
  const reading = readVonageEvent(bytes);
  const event: DeliveredEvent = {
    provider: 'vonage',
    eventId: `sha256:${reading.digest}`,
    type: reading.kind === 'event' ? (reading.status ?? (reading.recording ? 'record' : '')) : '',
    payload: bytes,
    contentEncoding: undefined,
  };
  const isReadable = reading.kind === 'event';
  const owner = isReadable ? await db.withLookUps((connection) => findOwner(connection, reading)) : undefined;
  // Without a number that is known, an event waits only for its own call.
  const call = isReadable ? callKey(reading) : '';
  return takeTurn(`vonage/${owner ?? call}`, () =>
    orUnapplied(db, log, event, async (tx) => {
      const id = await recordDelivery(tx, event);
      return id === undefined ? REPLAY : settled(tx, id, event, await applyVonageEvent(tx, reading, claims));
    }),
  );
}

/**
 * A message that was fetched from the API: as if a webhook had brought it, except that one which was left out before is
 * judged anew, since a contact may have been added.
 */
export async function recordBackfilledMail(db: Db, log: FailureLog, eventId: string, object: object): Promise<Outcome> {
  const type = 'message.created';
  const payload = Buffer.from(JSON.stringify({ id: eventId, type, data: { object } }));
  const event: DeliveredEvent = { provider: 'nylas', eventId, type, payload, contentEncoding: undefined };
  const reading = await readNylasEvent({ bytes: payload });
  return orUnapplied(db, log, event, async (tx) => {
    const [{ id, state }, mailbox] = await settleAll(recordFetched(tx, event), findMailbox(tx, reading));
    const outcome = await applyNylasEvent(tx, reading, mailbox);
    if (outcome.state !== 'duplicate' || state !== 'applied') settleEvent(tx, id, event, outcome);
    return outcome;
  });
}

const REPLAY: Outcome = { state: 'duplicate' };

function settled(tx: Tx, id: string, event: DeliveredEvent, outcome: Outcome): Outcome {
  settleEvent(tx, id, event, outcome);
  return outcome;
}

/** What can't be applied is in the ledger nevertheless. */
async function orUnapplied(
  db: Db,
  log: FailureLog,
  event: DeliveredEvent,
  work: (tx: Tx) => Promise<Outcome>,
): Promise<Outcome> {
  try {
    return await db.transaction(work);
  } catch (error) {
    if (error instanceof JwtIdReusedError) throw error;
    const outcome = outcomeOfFailure(error);
    await recordUnapplied(db, event, outcome);
    logFailure(log, event.eventId, outcome, error);
    return outcome;
  }
}

/** What will pass by itself waits for the next turn; anything else for the operator. */
function outcomeOfFailure(error: unknown): Outcome {
  if (error instanceof ApiError && error.code === 'unavailable') return { state: 'received', reason: 'company_busy' };
  if (isDatabaseUnavailable(error)) return { state: 'received', reason: 'database_busy' };
  const sqlState = sqlStateOf(error);
  if (sqlState) return { state: 'failed', reason: `database_error_${sqlState}` };
  return { state: 'failed', reason: `error_${error instanceof Error ? error.name : 'unknown'}` };
}

function logFailure(log: FailureLog, eventId: string, outcome: Outcome, error: unknown): void {
  const stack = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  log.warn({ eventId, reason: outcome.reason, stack: stack.slice(0, 10) }, 'webhook event not applied');
}

/** Applies a stored event again. @returns undefined when somebody else has it or there is nothing left to apply */
export async function retryEvent(db: Db, log: FailureLog, id: string): Promise<Outcome | undefined> {
  try {
    return await db.transaction(async (tx) => {
      const event = await takeEvent(tx, id);
      if (!event) return undefined;
      return settled(tx, id, event, await applyStored(tx, event));
    });
  } catch (error) {
    const outcome = outcomeOfFailure(error);
    await db.query({
      text: `UPDATE webhook_events SET state = $2, reason = $3, attempts = attempts + 1, updated_at = now() WHERE id = $1`,
      values: [id, outcome.state, outcome.reason],
    });
    logFailure(log, id, outcome, error);
    return outcome;
  }
}

async function applyStored(tx: Tx, event: StoredEvent): Promise<Outcome> {
  const receivedAt = new Date(event.receivedAt);
  if (event.provider === 'vonage') return applyVonageEvent(tx, readVonageEvent(event.payload, receivedAt));
  const { payload: bytes, contentEncoding } = event;
  const reading = await readNylasEvent({ bytes, contentEncoding, receivedAt });
  return applyNylasEvent(tx, reading, await findMailbox(tx, reading));
}

const FIRST_ID = '00000000-0000-0000-0000-000000000000';
const RETRY_PAGE = 100;

/**
 * Applies open events again, oldest first, each in a transaction of its own.
 * @param states `received` for what only had to wait, `failed` too for what an operator has put right
 */
export async function retryEvents(
  db: Db,
  log: FailureLog,
  states: readonly IngestState[],
  onOutcome: (outcome: Outcome) => void = () => undefined,
): Promise<void> {
  let after = FIRST_ID;
  for (;;) {
    const ids = await listOpenEvents(db, states, after, RETRY_PAGE);
    for (const id of ids) {
      const outcome = await retryEvent(db, log, id);
      if (outcome) onOutcome(outcome);
    }
    const last = ids.at(-1);
    if (last === undefined || ids.length < RETRY_PAGE) return;
    after = last;
  }
}
