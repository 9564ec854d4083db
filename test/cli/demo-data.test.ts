import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  ACTION_STATUSES,
  ACTION_TYPES,
  BODY_TYPES,
  COMMUNICATION_TYPES,
  DIRECTIONS,
  DISPUTE_REASONS,
  INVOICE_STATUSES,
  LOG_OUTCOMES,
  MAILBOX_SYNCS,
  PROMISE_STATUSES,
  ROLES,
  SOURCES,
  STEP_TYPES,
  TOUCHPOINT_STATUSES,
} from '../../src/domain/vocabulary.ts';
import { EXAMPLE_IDS } from '../../src/http/openapi/examples.ts';
import { checkLine } from '../../src/transfer/import/check-line.ts';

/**
 * Checks the committed demo company against the import format as it is written down and against the import's own schemas,
 * and that its stories, references, times and amounts agree.
 */

type Line = { [field: string]: unknown; type: string; id: string };

const root = new URL('../..', import.meta.url);
const text = readFileSync(new URL('demo/demo.ndjson', root), 'utf8');
const lines: readonly Line[] = text
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));
const of = (type: string) => lines.filter((line) => line.type === type);
const threads = of('thread');
const byId = new Map(lines.filter(({ id }) => id).map((line) => [line.id, line]));

const isUuid = (value: unknown) =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(String(value));
const isText = (value: unknown) => typeof value === 'string';
const isFlag = (value: unknown) => typeof value === 'boolean';
const isTime = (value: unknown) =>
  /^2026-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(String(value)) && !Number.isNaN(Date.parse(String(value)));
const isDay = (value: unknown) => /^2026-\d\d-\d\d$/.test(String(value)) && !Number.isNaN(Date.parse(String(value)));
/** Invoices of November are due in the next year. */
const isDayUntilSpring = (value: unknown) => isDay(value) || /^2027-0[12]-\d\d$/.test(String(value));
/** Also of years to come. */
const isAhead = (value: unknown) => /^20\d\d-\d\d-\d\dT\d\d:\d\d:00\.000Z$/.test(String(value));
const isAmount = (value: unknown) => /^[1-9][0-9]*\.[0-9]{2}$/.test(String(value));
/** Such as D-20140 or AR-2610435. */
const isErpKey = (value: unknown) => /^[A-Z]+-[0-9]+(-[0-9]{2})?$/.test(String(value));
const isFictionNumber = (value: unknown) => /^\+1[2-9]\d\d55501\d\d$/.test(String(value));
const isExampleAddress = (value: unknown) => /^[^@\s]+@[a-z-]+\.example$/.test(String(value));
const oneOf = (values: readonly string[]) => (value: unknown) => values.includes(String(value));
const listOf = (check: (value: unknown) => boolean) => (value: unknown) => Array.isArray(value) && value.every(check);
const shape =
  (required: Record<string, (value: unknown) => boolean>, optional: Record<string, (value: unknown) => boolean> = {}) =>
  (value: unknown) =>
    typeof value === 'object' && value !== null && faultsOf(value, required, optional).length === 0;

const isAddress = shape({ email: isExampleAddress }, { name: isText });
const isCall = shape({
  status: oneOf(['completed', 'unanswered', 'busy']),
  from_number: isFictionNumber,
  to_number: isFictionNumber,
  started_at: isTime,
  ended_at: isTime,
  duration_seconds: (value) => Number.isInteger(value) && Number(value) >= 0,
});
const isAttachment = shape(
  { filename: isText, content_type: isText, size_bytes: (value) => Number.isInteger(value) && Number(value) > 0 },
  { id: isUuid, is_inline: isFlag, provider_id: isText },
);
const isProvider = shape(
  {},
  { grant_id: isText, message_id: isText, thread_id: isText, rfc_message_id: isText, call_uuid: isText },
);

const scoped = { id: isUuid, company_id: isUuid };
const FIELDS: Record<string, Parameters<typeof shape>> = {
  company: [{ id: isUuid, name: isText }, { timezone: isText }],
  user: [
    { id: isUuid, username: isText },
    { email: isExampleAddress, name: isText },
  ],
  membership: [{ company_id: isUuid, user_id: isUuid, role: oneOf(ROLES) }],
  customer: [{ ...scoped, external_id: isErpKey, name: isText }],
  contact: [
    { ...scoped, external_id: isErpKey, customer_id: isUuid, name: isText },
    { email: isExampleAddress, phone: isFictionNumber },
  ],
  invoice: [
    {
      ...scoped,
      external_id: isErpKey,
      customer_id: isUuid,
      number: isText,
      amount: isAmount,
      currency: oneOf(['USD']),
      due_date: isDayUntilSpring,
      status: oneOf(INVOICE_STATUSES),
    },
  ],
  scheduled_action: [
    {
      ...scoped,
      customer_id: isUuid,
      action_type: oneOf(ACTION_TYPES),
      status: oneOf(ACTION_STATUSES),
      description: isText,
      due_at: isTime,
    },
    { invoice_id: isUuid, executed_at: isTime },
  ],
  scheduled_touchpoint: [
    {
      ...scoped,
      customer_id: isUuid,
      step_type: oneOf(STEP_TYPES),
      status: oneOf(TOUCHPOINT_STATUSES),
      label: isText,
      scheduled_for: isTime,
    },
    { completed_at: isTime },
  ],
  thread: [
    {
      ...scoped,
      thread_group_id: isUuid,
      communication_type: oneOf(COMMUNICATION_TYPES),
      direction: oneOf(DIRECTIONS),
      timestamp: isTime,
    },
    {
      customer_id: isUuid,
      contact_id: isUuid,
      source: oneOf(SOURCES),
      subject: isText,
      body: isText,
      body_type: oneOf(BODY_TYPES),
      notes: isText,
      from: isAddress,
      to: listOf(isAddress),
      cc: listOf(isAddress),
      call: isCall,
      requires_response: isFlag,
      is_resolved: isFlag,
      is_ar_related: (value) => value === null || isFlag(value),
      strategy_tags: listOf(isText),
      invoice_ids: listOf(isUuid),
      attachments: listOf(isAttachment),
      provider: isProvider,
      outcome: oneOf(LOG_OUTCOMES),
      dispute: shape({ reason: oneOf(DISPUTE_REASONS) }, { invoice_ids: listOf(isUuid) }),
      follow_up_at: isAhead,
      assignee_id: isUuid,
      logged_by_id: isUuid,
      scheduled_action_id: isUuid,
      scheduled_touchpoint_id: isUuid,
      created_at: isTime,
      updated_at: isTime,
    },
  ],
  thread_note: [
    { ...scoped, thread_id: isUuid, author_id: isUuid, content: isText },
    { created_at: isTime, updated_at: isTime },
  ],
  mailbox: [{ ...scoped, user_id: isUuid, grant_id: isText, email: isExampleAddress, sync: oneOf(MAILBOX_SYNCS) }],
  phone: [{ ...scoped, number: isFictionNumber }],
  promise: [
    { ...scoped, customer_id: isUuid, thread_id: isUuid, status: oneOf(PROMISE_STATUSES), due_on: isDay },
    {
      amount: isAmount,
      currency: oneOf(['USD']),
      invoice_ids: listOf(isUuid),
      created_by_id: isUuid,
      created_at: isTime,
      updated_at: isTime,
    },
  ],
};

function faultsOf(value: object, ...[required, optional = {}]: Parameters<typeof shape>): readonly string[] {
  const missing = Object.keys(required).filter((field) => !(field in value));
  const wrong = Object.entries(value).filter(([field, one]) => !(required[field] ?? optional[field])?.(one));
  return [...missing, ...wrong.map(([field]) => field)];
}

const groups = new Map<string, Line[]>();
for (const thread of threads) {
  const key = String(thread.thread_group_id);
  groups.set(key, [...(groups.get(key) ?? []), thread]);
}

/** What each reference points to, by the name of its field. */
const REFERENCES: Record<string, string> = {
  company_id: 'company',
  user_id: 'user',
  customer_id: 'customer',
  contact_id: 'contact',
  invoice_id: 'invoice',
  invoice_ids: 'invoice',
  scheduled_action_id: 'scheduled_action',
  scheduled_touchpoint_id: 'scheduled_touchpoint',
  thread_id: 'thread',
  author_id: 'user',
  logged_by_id: 'user',
  assignee_id: 'user',
  created_by_id: 'user',
};

describe('demo/demo.ndjson, the format', () => {
  it('is UTF-8 text of whole lines, well under 1.5 MB', () => {
    expect(Buffer.byteLength(text)).toBeLessThan(1_200_000);
    expect(text.endsWith('}\n')).toBe(true);
    expect(text).not.toContain('\\u0000');
    expect(text.isWellFormed()).toBe(true);
  });

  it('has on each line the fields of its type, each of the right kind', () => {
    const faults = lines.flatMap((line) => {
      const fields = FIELDS[line.type];
      if (!fields) return [`no such type: ${line.type}`];
      const { type: _, ...rest } = line;
      return faultsOf(rest, ...fields).map((field) => `${line.type} ${line.id}: ${field}`);
    });
    expect(faults).toEqual([]);
  });

  it('has every id once', () => {
    const ids = lines.flatMap((line) => (line.id ? [line.id] : []));
    const attachments = threads.flatMap((thread) => (thread.attachments ?? []) as { id: string }[]);
    const all = [...ids, ...attachments.map(({ id }) => id)];
    expect(new Set(all).size).toBe(all.length);
  });

  it('names parents before children, in this company and of the right type', () => {
    const seen = new Map<string, string>();
    const faults: string[] = [];
    for (const line of lines) {
      for (const [field, target] of Object.entries(REFERENCES)) {
        for (const id of [line[field] ?? []].flat()) {
          if (seen.get(String(id)) !== target) faults.push(`${line.type} ${line.id}: ${field} ${id}`);
        }
      }
      if (line.id) seen.set(line.id, line.type);
    }
    expect(faults).toEqual([]);
    expect(of('company').map(({ id }) => id)).toEqual([EXAMPLE_IDS.company]);
  });

  it('links a customer only with what is that customer’s own', () => {
    const linked = ['contact_id', 'invoice_id', 'invoice_ids', 'scheduled_action_id', 'scheduled_touchpoint_id'];
    const strays = lines.flatMap((line) =>
      linked
        .flatMap((field) => [line[field] ?? []].flat())
        .filter((id) => byId.get(String(id))?.customer_id !== line.customer_id),
    );
    expect(strays).toEqual([]);
    const disputed = threads.flatMap(({ customer_id: customer, dispute }) =>
      ((dispute as { invoice_ids?: string[] })?.invoice_ids ?? []).map((id) => [byId.get(id)?.customer_id, customer]),
    );
    expect(disputed.length).toBeGreaterThan(2);
    for (const [owner, customer] of disputed) expect(owner).toBe(customer);
    for (const { thread_id, customer_id } of of('promise'))
      expect(byId.get(String(thread_id))?.customer_id).toBe(customer_id);
  });

  it('is accepted line by line by the import', () => {
    const faults = text
      .trimEnd()
      .split('\n')
      .flatMap((line) => {
        const checked = checkLine(line);
        return checked.ok ? [] : [{ line, errors: checked.errors }];
      });
    expect(faults).toEqual([]);
  });

  it('names only addresses and phone numbers that are reserved for examples, and no website', () => {
    const mailAddresses = [...text.matchAll(/[\w.+-]+@[\w-]+\.[\w.-]*\w/g)].map(([address]) => address);
    expect(mailAddresses.length).toBeGreaterThan(1_000);
    expect(mailAddresses.filter((address) => !address.endsWith('.example'))).toEqual([]);
    const phoneNumbers = [...text.matchAll(/\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b|\+\d{7,}/g)].map(([number]) => number);
    expect(phoneNumbers.length).toBeGreaterThan(100);
    expect(phoneNumbers.filter((number) => !/555[ .-]?01\d\d$/.test(number))).toEqual([]);
    expect(text).not.toMatch(/https?:|www\.|[a-z]\.(com|net|org|de|io)\b/i);
  });
});

describe('demo/demo.ndjson, the messages', () => {
  it('has notes only on manual logs and bodies only on the others', () => {
    for (const thread of threads) {
      if (thread.source === 'manual') {
        expect(thread).toMatchObject({ notes: expect.stringMatching(/\S/), logged_by_id: expect.any(String) });
        for (const field of ['body', 'body_type', 'from', 'to', 'cc', 'call', 'provider', 'attachments']) {
          expect(thread).not.toHaveProperty(field);
        }
        expect(String(thread.notes).length).toBeLessThanOrEqual(20_000);
      } else {
        expect(thread).not.toHaveProperty('notes');
        expect(thread).not.toHaveProperty('logged_by_id');
        expect('body' in thread).toBe('body_type' in thread);
      }
    }
  });

  it('keeps a conversation to one customer, one state and increasing times', () => {
    for (const group of groups.values()) {
      expect(new Set(group.map(({ customer_id }) => customer_id)).size).toBe(1);
      expect(new Set(group.map(({ is_resolved }) => is_resolved)).size).toBe(1);
      const times = group.map(({ timestamp }) => Date.parse(String(timestamp)));
      expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    }
  });

  it('gives mail from Nylas a mailbox and a message id of its own, and calls a number of the contact', () => {
    const grants = of('mailbox').map(({ grant_id }) => grant_id);
    const mails = threads.filter(({ source }) => source === 'nylas').map(({ provider }) => provider) as Line[];
    expect(mails.every(({ grant_id, thread_id }) => grants.includes(grant_id) && thread_id)).toBe(true);
    expect(new Set(mails.map(({ grant_id, message_id }) => `${grant_id} ${message_id}`)).size).toBe(mails.length);
    expect(new Set(mails.map(({ rfc_message_id }) => rfc_message_id)).size).toBe(mails.length);
    const [phone] = of('phone');
    for (const { source, direction, call, contact_id, timestamp } of threads) {
      expect(source === 'vonage').toBe(call !== undefined);
      if (!call) continue;
      const { from_number, to_number, ...rest } = call as Record<string, unknown>;
      const [ours, theirs] = direction === 'outbound' ? [from_number, to_number] : [to_number, from_number];
      expect([ours, theirs]).toEqual([phone?.number, byId.get(String(contact_id))?.phone]);
      expect(rest.started_at).toBe(timestamp);
      const heldMs = Date.parse(String(rest.ended_at)) - Date.parse(String(rest.started_at));
      if (rest.status === 'completed') expect(heldMs).toBe(Number(rest.duration_seconds) * 1000);
      else expect(rest.duration_seconds).toBe(0);
    }
  });

  it('asks for an answer only on the newest, inbound AR mail of an open conversation', () => {
    const asking = threads.filter(({ requires_response }) => requires_response);
    expect(asking.length).toBeGreaterThan(5);
    for (const thread of asking) {
      expect(thread).toMatchObject({ direction: 'inbound', is_resolved: false, is_ar_related: true });
      expect(groups.get(String(thread.thread_group_id))?.at(-1)).toBe(thread);
    }
  });

  it('happens from April to November 20, and the team works on weekdays', () => {
    const hour = new Intl.DateTimeFormat('en-US', { timeZone: 'America/Chicago', hour: 'numeric', hourCycle: 'h23' });
    const weekday = new Intl.DateTimeFormat('en-US', { timeZone: 'America/Chicago', weekday: 'short' });
    for (const { timestamp, created_at, updated_at, source, direction } of threads) {
      const time = new Date(String(timestamp));
      expect(String(timestamp) >= '2026-04-20' && String(timestamp) < '2026-11-21').toBe(true);
      expect(String(created_at) >= String(timestamp) && String(updated_at) >= String(created_at)).toBe(true);
      if (direction === 'inbound' && source !== 'manual') continue;
      expect(['Sat', 'Sun']).not.toContain(weekday.format(time));
      expect(Number(hour.format(time))).toBeGreaterThanOrEqual(7);
      expect(Number(hour.format(time))).toBeLessThan(19);
    }
    for (const { thread_id, created_at } of of('thread_note')) {
      expect(String(created_at) > String(byId.get(String(thread_id))?.timestamp)).toBe(true);
    }
  });
});

describe('demo/demo.ndjson, scheduled steps', () => {
  it('is completed exactly where a message completes it, at that message’s time', () => {
    const kinds = [
      { type: 'scheduled_action', link: 'scheduled_action_id', done: 'executed_at' },
      { type: 'scheduled_touchpoint', link: 'scheduled_touchpoint_id', done: 'completed_at' },
    ] as const;
    for (const { type, link, done } of kinds) {
      expect(new Set(of(type).map(({ status }) => status)).size).toBe(5);
      for (const step of of(type)) {
        const times = threads.filter((thread) => thread[link] === step.id).map(({ timestamp }) => timestamp);
        expect(times).toHaveLength(step.status === 'completed' ? 1 : 0);
        expect(step[done]).toBe(times[0]);
      }
    }
  });
});

describe('demo/demo.ndjson, what the ERP says', () => {
  it('has for customers, contacts and invoices each key once', () => {
    for (const type of ['customer', 'contact', 'invoice']) {
      const keys = of(type).map(({ external_id }) => external_id);
      expect(new Set(keys).size).toBe(keys.length);
    }
    // The cookbook makes customers and invoices by keys and numbers of its own.
    expect(text).not.toMatch(/D-1004\d|"R-\d|INV-204\d/);
  });

  it('has in each invoice the amount and the due date that the mail with the invoice says', () => {
    const inWords = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' });
    const invoices = of('invoice').map(({ customer_id, number, amount, due_date }) => {
      return { customer_id, number, amount, due: inWords.format(new Date(String(due_date))) };
    });
    const mailed = threads.flatMap(({ customer_id, subject, body }) => {
      const [, number] = /^Invoice (INV-\d+) from Northbrook/.exec(String(subject)) ?? [];
      const [, amount, due] = /for \$([\d,.]+), due on (\w+ \d+, \d{4})\./.exec(String(body)) ?? [];
      return number && amount && due ? [{ customer_id, number, amount: amount.replaceAll(',', ''), due }] : [];
    });
    expect(mailed.length).toBeGreaterThanOrEqual(40);
    expect(invoices).toEqual(expect.arrayContaining(mailed));
  });

  it('has invoices that are paid, overdue and not due yet on November 20', () => {
    const invoices = of('invoice').map(({ status, due_date }) => ({ status, due: String(due_date) }));
    expect(new Set(invoices.map(({ status }) => status))).toEqual(new Set(['open', 'paid']));
    const open = invoices.filter(({ status }) => status === 'open');
    expect(open.filter(({ due }) => due < '2026-11-20').length).toBeGreaterThan(5);
    expect(open.filter(({ due }) => due > '2026-11-20').length).toBeGreaterThan(5);
    const promised = of('promise').flatMap(({ status, amount, invoice_ids }) =>
      status === 'open' && amount ? [{ amount, ids: invoice_ids as string[] }] : [],
    );
    expect(promised.length).toBeGreaterThan(0);
    for (const { amount, ids } of promised) {
      const cents = ids.map((id) => Math.round(Number(byId.get(id)?.amount) * 100));
      expect(Math.round(Number(amount) * 100)).toBeLessThanOrEqual(cents.reduce((sum, one) => sum + one, 0));
    }
  });
});

describe('demo/demo.ndjson, the company', () => {
  it('is large and varied enough to show every list and filter', () => {
    expect(of('customer').length).toBeGreaterThanOrEqual(12);
    expect(of('invoice').length).toBeGreaterThanOrEqual(60);
    expect(threads.length).toBeGreaterThanOrEqual(400);
    expect(Math.max(...[...groups.values()].map(({ length }) => length))).toBe(30);
    const values = (field: string) => new Set(threads.map((thread) => thread[field]));
    expect(values('communication_type')).toEqual(new Set(COMMUNICATION_TYPES));
    expect(values('source')).toEqual(new Set(SOURCES));
    expect(values('is_ar_related')).toEqual(new Set([true, false, null, undefined]));
    expect(new Set(of('membership').map(({ role }) => role))).toEqual(new Set(ROLES));
    expect([...groups.values()].some(([first]) => first?.customer_id === undefined)).toBe(true);
    expect(values('subject').has('')).toBe(true);
  });

  it('has promises kept and broken, disputes, what is due again and what is snoozed for years, and assignees', () => {
    const statuses = of('promise').map(({ status, due_on }) => [status, String(due_on) < '2026-11-20']);
    expect(statuses).toContainEqual(['kept', true]);
    expect(statuses).toContainEqual(['open', true]);
    const outcomes = new Set(threads.map(({ outcome }) => outcome));
    for (const outcome of ['spoke', 'left_message', 'promise_to_pay', 'dispute', 'paid'])
      expect(outcomes).toContain(outcome);
    const followUps = threads.flatMap(({ follow_up_at: time }) => time ?? []).map(String);
    expect(followUps.some((time) => time < '2026-11-01')).toBe(true);
    expect(followUps.some((time) => time > '2036-01-01')).toBe(true);
    for (const group of groups.values())
      for (const message of group.slice(0, -1))
        expect([message.assignee_id, message.follow_up_at]).toEqual([undefined, undefined]);
    expect(new Set(threads.flatMap(({ assignee_id: id }) => id ?? [])).size).toBeGreaterThan(3);
  });

  it('has everything that the examples of the reference name', () => {
    const types = {
      user: 'user',
      customer: 'customer',
      contact: 'contact',
      invoice: 'invoice',
      scheduledAction: 'scheduled_action',
      scheduledTouchpoint: 'scheduled_touchpoint',
      thread: 'thread',
      olderThread: 'thread',
      threadNote: 'thread_note',
    } as const;
    for (const [name, type] of Object.entries(types))
      expect([name, byId.get(EXAMPLE_IDS[name as keyof typeof types])?.type]).toEqual([name, type]);
    expect(byId.get(EXAMPLE_IDS.thread)?.thread_group_id).toBe(EXAMPLE_IDS.threadGroup);
    expect(byId.get(EXAMPLE_IDS.threadNote)?.thread_id).toBe(EXAMPLE_IDS.thread);
  });

  it('has what the demo shows: an administrator named dana, a long mail conversation and an action to complete', () => {
    const dana = of('user').find(({ username }) => username === 'dana');
    expect(of('membership')).toContainEqual(expect.objectContaining({ user_id: dana?.id, role: 'admin' }));
    const latest = [...groups.values()].filter((group) => {
      const last = group.at(-1);
      return last?.communication_type === 'email' && last.source !== 'manual' && last.customer_id;
    });
    expect(Math.max(...latest.map(({ length }) => length))).toBeGreaterThan(10);
    expect(of('scheduled_action').some(({ status }) => status === 'scheduled' || status === 'proposed')).toBe(true);
  });

  it('lets only those write who may', () => {
    const viewers = of('membership').flatMap(({ role, user_id }) => (role === 'viewer' ? [user_id] : []));
    for (const line of lines)
      expect(viewers).not.toContain(line.author_id ?? line.logged_by_id ?? line.created_by_id ?? line.assignee_id);
  });

  it('says nothing twice: no two bodies or notes are the same', () => {
    const written = lines.flatMap(({ body, notes, content }) => body ?? notes ?? content ?? []);
    expect(new Set(written).size).toBe(written.length);
  });
});
