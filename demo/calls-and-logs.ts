/** From the scripts of calls and manual logs to `thread` lines, each a conversation of its own. */

import { CONTACTS } from './contacts.ts';
import { contactId, customerId, userId } from './ids.ts';
import { CUSTOMERS, type CustomerKey, DEMO_COMPANY_ID, PHONE_NUMBER } from './people.ts';
import type { CallScript, ManualLogScript, PromiseScript } from './script.ts';
import { numberFor, toInstant, uuidFor } from './script.ts';
import {
  after,
  assertInvoices,
  type Line,
  linkedInvoices,
  scheduledBy,
  type ThreadLines,
  writeNotes,
} from './thread-lines.ts';

export function writeCall(lines: ThreadLines, call: CallScript): void {
  const contact = CONTACTS[call.contact];
  if (!contact?.phone) throw new Error(`${call.contact} has no phone`);
  assertInvoices(call.invoices, contact.customer, call.at);
  const key = `${call.at}:${call.contact}`;
  const started = toInstant(call.at, numberFor(key, 0, 59));
  const rang = numberFor(`${key}:rang`, 18, 32);
  const ended = after(started, call.status === 'busy' ? 3 : call.status === 'completed' ? call.durationSeconds : rang);
  const id = uuidFor('thread', `call:${key}`, started);
  const [from, to] = call.direction === 'outbound' ? [PHONE_NUMBER, contact.phone] : [contact.phone, PHONE_NUMBER];
  lines.threads.push({
    type: 'thread',
    id,
    company_id: DEMO_COMPANY_ID,
    thread_group_id: uuidFor('group', `call:${key}`, started),
    customer_id: customerId(contact.customer),
    contact_id: contactId(call.contact),
    communication_type: 'call',
    source: 'vonage',
    direction: call.direction,
    subject: `Call with ${contact.name}`,
    call: {
      status: call.status,
      from_number: from,
      to_number: to,
      started_at: started.toISOString(),
      ended_at: ended.toISOString(),
      duration_seconds: call.durationSeconds,
    },
    is_resolved: call.resolved === true,
    is_ar_related: call.ar === undefined ? null : call.ar,
    ...(call.tags ? { strategy_tags: call.tags } : {}),
    ...linkedInvoices(call.invoices, call.at),
    provider: { call_uuid: `CON-${uuidFor('call', key, started)}` },
    timestamp: started.toISOString(),
    created_at: after(started, 1).toISOString(),
    updated_at: after(ended, 2).toISOString(),
  });
  writeNotes(lines, id, call.notes);
}

/** The words that the server puts where a log names no subject. */
const DEFAULT_SUBJECT: Record<ManualLogScript['type'], string> = {
  email: 'Email with',
  call: 'Call with',
  meeting: 'Meeting with',
  note: 'Note on',
  sms: 'SMS with',
  letter: 'Letter to',
  manual: 'Communication with',
  other: 'Communication with',
};

export function writeManualLog(lines: ThreadLines, log: ManualLogScript): void {
  assertInvoices(log.invoices, log.customer, log.at);
  const key = `log:${log.at}:${log.by}`;
  // Somebody who logs by hand picks a minute, not a second.
  const time = toInstant(log.at);
  const id = uuidFor('thread', key, time);
  const createdAt = after(time, numberFor(key, 90, 2400)).toISOString();
  lines.threads.push({
    type: 'thread',
    id,
    company_id: DEMO_COMPANY_ID,
    thread_group_id: uuidFor('group', key, time),
    customer_id: customerId(log.customer),
    ...(log.contact ? { contact_id: contactId(contactFor(log.contact, log.customer)) } : {}),
    communication_type: log.type,
    source: 'manual',
    direction: log.direction ?? 'outbound',
    subject: log.subject ?? `${DEFAULT_SUBJECT[log.type]} ${CUSTOMERS[log.customer]}`,
    notes: log.notes,
    is_resolved: log.resolved === true,
    ...(log.tags ? { strategy_tags: log.tags } : {}),
    ...linkedInvoices(log.invoices, log.at),
    ...outcomeOf(log),
    ...(log.dispute ? { dispute: disputeOf(log, log.dispute) } : {}),
    ...(log.followUp ? { follow_up_at: log.followUp } : {}),
    logged_by_id: userId(log.by),
    ...scheduledBy(lines, log, time),
    timestamp: time.toISOString(),
    created_at: createdAt,
    updated_at: createdAt,
  });
  if (log.promise) lines.promises.push(promiseLine(log, log.promise, id, time, createdAt));
  writeNotes(lines, id, log.threadNotes);
}

/** As the server has it where the log doesn't say. */
function outcomeOf({ outcome, promise, dispute }: ManualLogScript): Line {
  const followed = outcome ?? (promise ? 'promise_to_pay' : dispute ? 'dispute' : undefined);
  return followed ? { outcome: followed } : {};
}

function disputeOf(log: ManualLogScript, { reason, invoices }: NonNullable<ManualLogScript['dispute']>): Line {
  assertInvoices(invoices, log.customer, log.at);
  return { reason, ...linkedInvoices(invoices, log.at) };
}

function promiseLine(log: ManualLogScript, promise: PromiseScript, threadId: string, time: Date, at: string): Line {
  const { due, amount, invoices, status = 'open' } = promise;
  assertInvoices(invoices, log.customer, log.at);
  return {
    type: 'promise',
    id: uuidFor('promise', threadId, time),
    company_id: DEMO_COMPANY_ID,
    customer_id: customerId(log.customer),
    thread_id: threadId,
    status,
    due_on: due,
    ...(amount ? { amount, currency: 'USD' } : {}),
    ...linkedInvoices(invoices, log.at),
    created_by_id: userId(log.by),
    created_at: at,
    updated_at: status === 'open' ? at : new Date(`${due}T20:00:00Z`).toISOString(),
  };
}

function contactFor(key: string, customer: CustomerKey): string {
  if (CONTACTS[key]?.customer !== customer) throw new Error(`${key} is no contact of ${customer}`);
  return key;
}
