/** The lines of the file, parents before children. */

import { writeCall, writeManualLog } from './calls-and-logs.ts';
import { CONTACTS } from './contacts.ts';
import { writeConversation } from './conversations.ts';
import { actionId, contactId, customerId, invoiceId, STARTED, touchpointId, userId } from './ids.ts';
import { INVOICES } from './invoices.ts';
import {
  COMPANY_NAME,
  COMPANY_TIMEZONE,
  CUSTOMERS,
  type CustomerKey,
  DEMO_COMPANY_ID,
  MAILBOXES,
  OWNERS,
  PHONE_NUMBER,
  TEAM,
} from './people.ts';
import { toInstant, uuidFor } from './script.ts';
import { actions } from './stories/actions.ts';
import { blueheronStories } from './stories/blueheron.ts';
import { brandtStories } from './stories/brandt.ts';
import { calls } from './stories/calls.ts';
import { esperanzaStories } from './stories/esperanza.ts';
import { harborStories } from './stories/harbor.ts';
import { kestrelStories } from './stories/kestrel.ts';
import { lumenStories } from './stories/lumen.ts';
import { manualLogsFromAugust } from './stories/manual-logs-autumn.ts';
import { manualLogsToJuly } from './stories/manual-logs-spring.ts';
import { meridianStories } from './stories/meridian.ts';
import { meridianShortage } from './stories/meridian-shortage.ts';
import { oakridgeStories } from './stories/oakridge.ts';
import { outsideStories } from './stories/outside.ts';
import { pinnacleStories } from './stories/pinnacle.ts';
import { invoiceMails, statementMails } from './stories/routine.ts';
import { shortExchangesCascadeToBrandt } from './stories/short-cascade-to-brandt.ts';
import { shortExchangesStalbanToLumen } from './stories/short-stalban-to-lumen.ts';
import { shortExchangesTallgrassToMeridian } from './stories/short-tallgrass-to-meridian.ts';
import { smallAccountStories } from './stories/small-accounts.ts';
import { stalbanStories } from './stories/stalban.ts';
import { touchpoints } from './stories/touchpoints.ts';
import type { Line, ThreadLines } from './thread-lines.ts';

const conversations = [
  meridianShortage,
  ...meridianStories,
  ...pinnacleStories,
  ...blueheronStories,
  ...kestrelStories,
  ...esperanzaStories,
  ...brandtStories,
  ...stalbanStories,
  ...harborStories,
  ...oakridgeStories,
  ...lumenStories,
  ...smallAccountStories,
  ...shortExchangesCascadeToBrandt,
  ...shortExchangesStalbanToLumen,
  ...shortExchangesTallgrassToMeridian,
  ...outsideStories,
  ...invoiceMails,
  ...statementMails,
];

/** Every line of `demo.ndjson`, as an object. */
export function demoLines(): readonly Line[] {
  const { threads, notes, promises, completions } = threadLines();
  return [
    { type: 'company', id: DEMO_COMPANY_ID, name: COMPANY_NAME, timezone: COMPANY_TIMEZONE },
    ...teamLines(),
    ...mailboxLines(),
    ...customerLines(),
    ...scheduledLines(completions),
    ...threads,
    ...notes,
    ...promises,
  ];
}

function threadLines(): ThreadLines {
  const lines: ThreadLines = { threads: [], notes: [], promises: [], completions: new Map() };
  for (const conversation of conversations) writeConversation(lines, conversation);
  for (const call of calls) writeCall(lines, call);
  for (const log of [...manualLogsToJuly, ...manualLogsFromAugust]) writeManualLog(lines, log);
  lines.threads.sort((a, b) => compare(`${a.timestamp}${a.id}`, `${b.timestamp}${b.id}`));
  assignOpen(lines.threads);
  lines.promises.sort((a, b) => compare(String(a.id), String(b.id)));
  lines.notes.sort((a, b) => compare(`${a.created_at}${a.id}`, `${b.created_at}${b.id}`));
  return lines;
}

/** What is open with a customer of somebody's is theirs; the conversation's latest message says so. */
function assignOpen(threads: readonly Line[]): void {
  const owners = new Map(Object.entries(OWNERS).map(([key, owner]) => [customerId(key as CustomerKey), owner]));
  const latest = new Map(threads.map((thread) => [thread.thread_group_id, thread]));
  for (const thread of latest.values()) {
    const owner = owners.get(String(thread.customer_id));
    if (owner && !thread.is_resolved) thread.assignee_id = userId(owner);
  }
}

function teamLines(): readonly Line[] {
  const members = Object.entries(TEAM);
  return [
    ...members.map(([key, { name, email }]) => ({ type: 'user', id: userId(key), username: key, email, name })),
    ...members.map(([key, { role }]) => ({
      type: 'membership',
      company_id: DEMO_COMPANY_ID,
      user_id: userId(key),
      role,
    })),
  ];
}

function mailboxLines(): readonly Line[] {
  const mailboxes = Object.entries(MAILBOXES).map(([key, { owner, grantId, email, sync }]) => ({
    type: 'mailbox',
    id: uuidFor('mailbox', key, STARTED),
    company_id: DEMO_COMPANY_ID,
    user_id: userId(owner),
    grant_id: grantId,
    email,
    sync,
  }));
  const phone = {
    type: 'phone',
    id: uuidFor('phone', 'main', STARTED),
    company_id: DEMO_COMPANY_ID,
    number: PHONE_NUMBER,
  };
  return [...mailboxes, phone];
}

function customerLines(): readonly Line[] {
  const customers = (Object.keys(CUSTOMERS) as CustomerKey[]).map((key) => ({
    type: 'customer',
    id: customerId(key),
    company_id: DEMO_COMPANY_ID,
    name: CUSTOMERS[key],
  }));
  const contacts = Object.entries(CONTACTS).map(([key, { customer, name, email, phone }]) => ({
    type: 'contact',
    id: contactId(key),
    company_id: DEMO_COMPANY_ID,
    customer_id: customerId(customer),
    name,
    email,
    ...(phone ? { phone } : {}),
  }));
  const invoices = INVOICES.map(({ number, customer }) => ({
    type: 'invoice',
    id: invoiceId(number),
    company_id: DEMO_COMPANY_ID,
    customer_id: customerId(customer),
    number: `INV-${number}`,
  }));
  return [...customers, ...contacts, ...invoices];
}

function scheduledLines(completions: ThreadLines['completions']): readonly Line[] {
  const actionLines = actions.map(({ key, customer, invoice, type, status, description, due }) => ({
    type: 'scheduled_action',
    id: actionId(key),
    company_id: DEMO_COMPANY_ID,
    customer_id: customerId(customer),
    ...(invoice ? { invoice_id: invoiceId(invoice) } : {}),
    action_type: type,
    status,
    description,
    due_at: toInstant(due).toISOString(),
    ...doneAt('executed_at', status, completions.get(`action:${key}`), key),
  }));
  const touchpointLines = touchpoints.map(({ key, customer, type, status, label, due }) => ({
    type: 'scheduled_touchpoint',
    id: touchpointId(key),
    company_id: DEMO_COMPANY_ID,
    customer_id: customerId(customer),
    step_type: type,
    status,
    label,
    scheduled_for: toInstant(due).toISOString(),
    ...doneAt('completed_at', status, completions.get(`touchpoint:${key}`), key),
  }));
  return [...actionLines, ...touchpointLines];
}

function doneAt(field: 'executed_at' | 'completed_at', status: string, time: Date | undefined, key: string): Line {
  if ((status === 'completed') !== (time !== undefined)) throw new Error(`${key} is ${status}, but its log disagrees`);
  return time ? { [field]: time.toISOString() } : {};
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
