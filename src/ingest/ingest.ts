import type { Db } from '../db/client.ts';
import { isDatabaseUnavailable, sqlStateOf } from '../db/errors.ts';
import { settleAll } from '../db/settle-all.ts';
import type { Tx } from '../db/transaction.ts';
import { ApiError } from '../domain/errors.ts';
import { NIL_ID, newId } from '../domain/ids.ts';
import type { IngestState } from '../domain/vocabulary.ts';
import { PROVIDER, providerOf } from '../journal/audit.ts';
import { applyVonageEvent, JwtIdReusedError } from './apply-call.ts';
import { applyNylasEvent } from './apply-mail.ts';
import {
  claimEvent,
  type DeliveredEvent,
  type IngestOutcome,
  listOpenEvents,
  recordDelivery,
  recordEventOutcome,
  recordFetched,
  recordUnapplied,
  type StoredEvent,
} from './event-ledger.ts';
import { findCompanyOfNumbers } from './known-calls.ts';
import { lookUpEarly } from './mail-look-ups.ts';
import { assumeCompany, findMailbox, rememberCompany } from './mailboxes.ts';
import { readNylasDelivery } from './nylas/delivery.ts';
import type { NylasDelivery } from './nylas/event.ts';
import { callKey } from './vonage/call.ts';
import { readVonageEvent } from './vonage/event.ts';
import type { VonageClaims } from './vonage/signature.ts';

/** Records a verified delivery in the ledger and applies it, in one transaction. */

/**
 * Runs `work` when it is this queue's turn to use the database. The deliveries of one company wait for the same locks,
 * so one of them runs at a time: in a burst they would otherwise occupy the connections that other companies need.
 */
export type RunInQueue = <T>(queue: string, work: () => Promise<T>) => Promise<T>;

/** Receives failures, as ids and codes only. */
export type FailureLog = { warn(facts: object, message: string): void };

/**
 * Records and applies one delivery of Nylas.
 * @throws a database error when not even the ledger can be written; then the provider has to deliver again
 */
export async function recordNylasWebhook(
  db: Db,
  log: FailureLog,
  delivery: NylasDelivery & { bytes: Buffer; requestId: string },
  runInQueue: RunInQueue,
): Promise<IngestOutcome> {
  const reading = await readNylasDelivery(delivery);
  const event: DeliveredEvent = {
    provider: 'nylas',
    eventId: reading.eventId,
    type: reading.type,
    payload: delivery.bytes,
    contentEncoding: delivery.contentEncoding,
    requestId: delivery.requestId,
  };
  const companyId = await assumeCompany(db, reading);
  return runInQueue(`nylas/${companyId ?? reading.grantId ?? ''}`, async () => {
    const outcome = await recordFailure(db, log, event, async (tx) => {
      const id = newId();
      const [isNew, mailbox, early] = await settleAll(
        recordDelivery(tx, id, event),
        findMailbox(tx, reading),
        lookUpEarly(tx, companyId, reading, id),
      );
      rememberCompany(mailbox, reading);
      if (!isNew) return REPLAY;
      return recorded(tx, id, event, await applyNylasEvent(tx, providerOf(event.requestId), reading, mailbox, early));
    });
    await applyBroughtBack(db, log, outcome);
    return outcome;
  });
}

/** Applies the skipped events that waited for an event, after its transaction, so that their failure can't undo it. */
async function applyBroughtBack(db: Db, log: FailureLog, { broughtBack = [] }: IngestOutcome): Promise<void> {
  for (const id of broughtBack) await retryEvent(db, log, id);
}

/**
 * Records and applies one delivery of Vonage. Vonage gives an event no id, so the digest of its bytes is the id. A
 * token's `jti` is accepted once, except with the very same bytes: that is a repeated delivery.
 * @throws JwtIdReusedError, or a database error when not even the ledger can be written
 */
export async function recordVonageWebhook(
  db: Db,
  log: FailureLog,
  { bytes, requestId }: { bytes: Buffer; requestId: string },
  claims: VonageClaims,
  runInQueue: RunInQueue,
): Promise<IngestOutcome> {
  const reading = readVonageEvent(bytes);
  const event: DeliveredEvent = {
    provider: 'vonage',
    eventId: `sha256:${reading.digest}`,
    type: reading.kind === 'event' ? (reading.status ?? (reading.recording ? 'record' : '')) : '',
    payload: bytes,
    contentEncoding: undefined,
    requestId,
  };
  const isReadable = reading.kind === 'event';
  const owner = isReadable
    ? await db.withLookUps((connection) => findCompanyOfNumbers(connection, reading))
    : undefined;
  // Without a known number, an event waits for events of its own call only.
  const call = isReadable ? callKey(reading) : '';
  return runInQueue(`vonage/${owner ?? call}`, () =>
    recordFailure(db, log, event, async (tx) => {
      const id = newId();
      if (!(await recordDelivery(tx, id, event))) return REPLAY;
      return recorded(tx, id, event, await applyVonageEvent(tx, providerOf(requestId), reading, claims));
    }),
  );
}

/**
 * Records and applies a message that a back-fill fetched, as if a webhook had delivered it. A message that was skipped
 * before is applied again, since a contact may have been added.
 */
export async function recordBackfilledMail(
  db: Db,
  log: FailureLog,
  eventId: string,
  object: object,
): Promise<IngestOutcome> {
  const type = 'message.created';
  const payload = Buffer.from(JSON.stringify({ id: eventId, type, data: { object } }));
  const event: DeliveredEvent = {
    provider: 'nylas',
    eventId,
    type,
    payload,
    contentEncoding: undefined,
    requestId: undefined,
  };
  const reading = await readNylasDelivery({ bytes: payload });
  const outcome = await recordFailure(db, log, event, async (tx) => {
    const [{ id, state }, mailbox] = await settleAll(recordFetched(tx, event), findMailbox(tx, reading));
    // A back-fill reads the mails that it skipped again itself.
    const { waitsFor: _, ...fetched } = await applyNylasEvent(tx, PROVIDER, reading, mailbox);
    if (fetched.state !== 'duplicate' || state !== 'applied') recordEventOutcome(tx, id, event, fetched);
    return fetched;
  });
  await applyBroughtBack(db, log, outcome);
  return outcome;
}

const REPLAY: IngestOutcome = { state: 'duplicate' };

function recorded(tx: Tx, id: string, event: DeliveredEvent, outcome: IngestOutcome): IngestOutcome {
  recordEventOutcome(tx, id, event, outcome);
  return outcome;
}

/** Runs `work` in a transaction. When it fails, the event gets its row in the ledger nevertheless. */
async function recordFailure(
  db: Db,
  log: FailureLog,
  event: DeliveredEvent,
  work: (tx: Tx) => Promise<IngestOutcome>,
): Promise<IngestOutcome> {
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

/** A failure that passes by itself leaves the event for the next retry; any other leaves it for the operator. */
function outcomeOfFailure(error: unknown): IngestOutcome {
  if (error instanceof ApiError && error.code === 'unavailable') return { state: 'received', reason: 'company_busy' };
  if (isDatabaseUnavailable(error)) return { state: 'received', reason: 'database_busy' };
  const sqlState = sqlStateOf(error);
  if (sqlState) return { state: 'failed', reason: `database_error_${sqlState}` };
  return { state: 'failed', reason: `error_${error instanceof Error ? error.name : 'unknown'}` };
}

function logFailure(log: FailureLog, eventId: string, outcome: IngestOutcome, error: unknown): void {
  const stack = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  log.warn({ eventId, reason: outcome.reason, stack: stack.slice(0, 10) }, 'webhook event not applied');
}

/** Applies a stored event again. @returns undefined when another process has it locked or nothing is left to apply */
export async function retryEvent(db: Db, log: FailureLog, id: string): Promise<IngestOutcome | undefined> {
  const outcome = await retryOne(db, log, id);
  if (outcome) await applyBroughtBack(db, log, outcome);
  return outcome;
}

async function retryOne(db: Db, log: FailureLog, id: string): Promise<IngestOutcome | undefined> {
  try {
    return await db.transaction(async (tx) => {
      const event = await claimEvent(tx, id);
      if (!event) return undefined;
      return recorded(tx, id, event, await applyStored(tx, event));
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

async function applyStored(tx: Tx, event: StoredEvent): Promise<IngestOutcome> {
  const receivedAt = new Date(event.receivedAt);
  const actor = providerOf(event.requestId);
  if (event.provider === 'vonage') return applyVonageEvent(tx, actor, readVonageEvent(event.payload, receivedAt));
  const { payload: bytes, contentEncoding } = event;
  const reading = await readNylasDelivery({ bytes, contentEncoding, receivedAt });
  return applyNylasEvent(tx, actor, reading, await findMailbox(tx, reading));
}

const RETRY_PAGE = 100;

/**
 * Applies open events again, oldest first, each in a transaction of its own.
 * @param states `received`: events that only had to wait; `failed`: events whose cause an operator has removed
 */
export async function retryEvents(
  db: Db,
  log: FailureLog,
  states: readonly IngestState[],
  onOutcome: (outcome: IngestOutcome) => void = () => undefined,
): Promise<void> {
  let after = NIL_ID;
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
