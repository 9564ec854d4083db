import { isDeepStrictEqual } from 'node:util';
import { alignPromise } from '../conversations/align-promise.ts';
import { lockCompanyShared, lockConversation, type NewMessage, startThreadGroup } from '../conversations/append.ts';
import { recountFormerCustomersOf } from '../conversations/former-customers.ts';
import { changeMessages, chooseLatestMessage } from '../conversations/merge.ts';
import { replaceWords, updateWordsTimestamp } from '../conversations/write-words.ts';
import { lockCall } from '../db/locks.ts';
import type { Tx } from '../db/transaction.ts';
import { newId } from '../domain/ids.ts';
import { type Actor, auditOf, recordAudit } from '../journal/audit.ts';
import { type CallMatch, findContactsByPhone, matchContact } from './call-contacts.ts';
import { type CallContent, contentOfCall } from './call-content.ts';
import { claimEventsOfCall, type IngestOutcome, recordEventOutcome, type StoredEvent } from './event-ledger.ts';
import { findCalls, findCompanyOfNumbers, findOwnNumbers, type KnownCall, recordCallState } from './known-calls.ts';
import { mergeCallRows } from './merge-calls.ts';
import { type Call, callersOf, callKey, mergeCall } from './vonage/call.ts';
import { readVonageEvent, type VonageEvent, type VonageReading } from './vonage/event.ts';
import { IAT_TOLERANCE_SECONDS, type VonageClaims } from './vonage/signature.ts';

/** The token's `jti` was used before, for a delivery with another body. */
export class JwtIdReusedError extends Error {}

/**
 * Applies one Voice event to its call. A call is one message; its events may be applied in any order.
 * @param claims of the token of a new delivery; left out when a stored event is applied again
 * @throws JwtIdReusedError, unavailable while the company is being imported
 */
export async function applyVonageEvent(
  tx: Tx,
  actor: Actor,
  reading: VonageReading,
  claims?: VonageClaims,
): Promise<IngestOutcome> {
  if (claims) await useJwtId(tx, claims);
  if (reading.kind === 'unreadable') return { state: 'failed', reason: reading.reason };
  const keys = keysOf(reading);
  for (const key of keys.toSorted()) tx.send(lockCall(key));
  const owner = await findCompanyOfNumbers(tx, reading);
  const stored = await findCalls(tx, keys, owner);
  const companyId = stored[0]?.companyId ?? owner;
  const callUuid = callKey(reading);
  if (companyId === undefined) {
    const reason = reading.from === null && reading.to === null ? 'unknown_call' : 'unknown_number';
    return { state: 'skipped', reason, callUuid, mayStillApply: true };
  }
  await lockCompanyShared(tx, companyId);
  const known = stored.length === 0 ? undefined : await mergeCallRows(tx, actor, companyId, stored);
  const earlier = await claimEventsOfCall(tx, keys);
  const before = known?.call ?? null;
  const call = earlier.reduce(mergeStored, mergeCall(before, reading));
  if (before && earlier.length === 0 && stored.length === 1 && isDeepStrictEqual(call, before))
    return { state: 'duplicate', reason: 'same_event', companyId, callUuid, threadId: known?.threadId as string };
  const threadId = await writeCall(tx, actor, companyId, known, call);
  for (const event of earlier)
    recordEventOutcome(tx, event.id, event, { state: 'applied', companyId, threadId, callUuid });
  return { state: 'applied', companyId, threadId, callUuid };
}

async function useJwtId(tx: Tx, { jti, iat }: VonageClaims): Promise<void> {
  const [used] = await tx.query<{ jti: string }>({
    name: 'use_jwt_id',
    text: 'INSERT INTO used_jwt_ids (jti, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING jti',
    values: [jti, new Date((iat + 2 * IAT_TOLERANCE_SECONDS) * 1000).toISOString()],
  });
  if (!used) throw new JwtIdReusedError('jti');
}

/** The conversation's id, the leg's id, and the conversation under which the leg continues after a transfer. */
function keysOf(event: VonageEvent): string[] {
  return [...new Set([event.conversationUuid, event.uuid, event.conversationUuidTo].filter((key) => key !== null))];
}

function mergeStored(call: Call, event: StoredEvent): Call {
  const reading = readVonageEvent(event.payload, new Date(event.receivedAt));
  return reading.kind === 'event' ? mergeCall(call, reading) : call;
}

async function writeCall(
  tx: Tx,
  actor: Actor,
  companyId: string,
  known: KnownCall | undefined,
  call: Call,
): Promise<string> {
  const ownNumbers = await findOwnNumbers(tx, companyId);
  const { contact, isDisputed } = await findContact(tx, companyId, call, ownNumbers, known?.customerId ?? null);
  const threadId = known?.threadId ?? newId();
  const content = contentOfCall(call, contact, ownNumbers);
  if (known) await updateMessage(tx, actor, companyId, known, content, isDisputed);
  else insertMessage(tx, actor, companyId, threadId, call, content);
  recordCallState(tx, companyId, threadId, call);
  return threadId;
}

async function findContact(
  tx: Tx,
  companyId: string,
  call: Call,
  ownNumbers: readonly string[],
  customerId: string | null,
): Promise<CallMatch> {
  const ends = [call.parties?.from, call.parties?.to, ...call.numbers];
  const others = ends.filter((number) => typeof number === 'string').filter((number) => !ownNumbers.includes(number));
  const contacts = await findContactsByPhone(tx, companyId, [...new Set(others)]);
  return matchContact(others, callersOf(call, ownNumbers), contacts, customerId);
}

/** What a mail or a manual log may have and a call hasn't. */
const NOTHING_WRITTEN = {
  requiresResponse: false,
  isResolved: false,
  isArRelated: null,
  hasAttachments: false,
  loggedById: null,
  scheduledActionId: null,
  scheduledTouchpointId: null,
  preview: null,
  body: null,
  bodyType: null,
  notes: null,
  from: null,
  to: [],
  cc: [],
  strategyTags: [],
  ownText: null,
};

function insertMessage(tx: Tx, actor: Actor, companyId: string, id: string, call: Call, content: CallContent): void {
  const now = new Date().toISOString();
  const message: NewMessage = {
    ...NOTHING_WRITTEN,
    id,
    threadGroupId: newId(),
    timestamp: content.startedAt ?? now,
    createdAt: now,
    communicationType: 'call',
    source: 'vonage',
    direction: content.direction,
    customerId: content.customerId,
    contactId: content.contactId,
    subject: content.subject,
    call: content.stored,
    provider: {
      callUuid: call.conversationUuid,
      ...(content.recordings.length > 0 ? { recordings: content.recordings } : {}),
    },
  };
  const audit = auditOf(companyId, actor, {
    action: 'thread.created',
    subjectId: id,
    details: { source: 'vonage' },
  });
  startThreadGroup(tx, companyId, message, audit);
}

/**
 * SQL: whether the call keeps its customer. It does when a person or an import assigned the customer, and when the
 * call's numbers match no contact now. It doesn't when somebody of another customer ($10) has joined the call.
 */
const KEEPS_CUSTOMER = `
  (t.customer_id IS NOT NULL
   AND (($7::uuid IS NULL AND NOT ($10 AND t.contact_id IS NOT NULL))
        OR (t.contact_id IS NULL AND t.customer_id IS DISTINCT FROM $8::uuid)))`;

async function updateMessage(
  tx: Tx,
  actor: Actor,
  companyId: string,
  known: KnownCall,
  content: CallContent,
  isDisputed: boolean,
): Promise<void> {
  const { threadId: id } = known;
  const isMoved = content.startedAt !== null && content.startedAt !== known.timestamp;
  const threadGroupId = await lockConversation(tx, companyId, id);
  changeMessages(tx, 'update_call', {
    where: 't.id = $2',
    set: `"timestamp" = COALESCE($3, t."timestamp"), direction = $4, call = $5, recordings = $6,
          contact_id = CASE WHEN ${KEEPS_CUSTOMER} THEN t.contact_id ELSE $7 END,
          customer_id = CASE WHEN ${KEEPS_CUSTOMER} THEN t.customer_id ELSE $8 END,
          subject = CASE WHEN ${KEEPS_CUSTOMER} THEN t.subject ELSE $9 END,
          updated_at = now()`,
    values: [
      companyId,
      id,
      content.startedAt,
      content.direction,
      JSON.stringify(content.stored),
      content.recordings.length > 0 ? JSON.stringify(content.recordings) : null,
      content.contactId,
      content.customerId,
      content.subject,
      isDisputed,
    ],
  });
  replaceWords(tx, companyId, id, { subject: content.subject, ownText: null, from: null, to: [], cc: [] });
  if (isMoved) updateWordsTimestamp(tx, companyId, id);
  // An import may have put the call into a conversation with other messages.
  if (content.customerId !== null && content.customerId !== known.customerId) alignPromise(tx, actor, companyId, id);
  if (isMoved) chooseLatestMessage(tx, companyId, threadGroupId);
  recountFormerCustomersOf(tx, companyId, id);
  recordAudit(tx, companyId, actor, { action: 'thread.updated', subjectId: id, details: { fields: ['call'] } });
}
