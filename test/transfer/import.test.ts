import { randomInt } from 'node:crypto';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { lockFolding } from '../../src/db/locks.ts';
import { findMiscounts } from '../../src/journal/counters.ts';
import { importLines } from '../../src/transfer/import/import.ts';
import { spool } from '../../src/transfer/import/source.ts';
import { createUserToken } from '../support/factories.ts';
import { misjudgedFormerCustomers } from '../support/former-customers.ts';
import { callerWith } from '../support/http.ts';
import {
  COMPANY,
  FOUNDATION,
  type ImportWorld,
  idOf,
  type Line,
  lineOf,
  startImportWorld,
  threadLine,
  toText,
} from '../support/import-world.ts';

// A run of a property imports many files, and machines are shared.
vi.setConfig({ testTimeout: 180_000 });

let world: ImportWorld;
let token: string;

beforeAll(async () => {
  world = await startImportWorld();
});
afterAll(() => world.close());

/** Every test begins with an empty company. */
beforeEach(async () => {
  await world.owner.query({ text: `TRUNCATE companies, users, audit_events, thread_count_deltas CASCADE` });
  // The versions begin again with the counts.
  world.app.responseCache.clear();
  await world.import(FOUNDATION);
  token = await createUserToken(world.db, idOf('dana'));
});

function api(path: string) {
  return callerWith(world.app, token).get(`/api/companies/${COMPANY}/${path}`);
}

async function detail(name: string) {
  return (await api(`communications/threads/${idOf(name)}`)).json();
}

async function rows<Row = Line>(text: string, values: unknown[] = []): Promise<Row[]> {
  return world.owner.query<Row>({ text, values });
}

/** Which transaction wrote each row: the same before and after means that nothing was written. */
async function writers(): Promise<unknown[]> {
  const tables = [
    ...['companies', 'users', 'memberships', 'customers', 'contacts', 'invoices', 'scheduled_actions'],
    ...['scheduled_touchpoints', 'communication_threads', 'communication_thread_invoices', 'attachments'],
    ...[
      'thread_notes',
      'mailboxes',
      'phones',
      'thread_counts',
      'thread_day_counts',
      'company_totals',
      'thread_count_deltas',
      'audit_events',
      'former_customers',
    ],
  ];
  const selects = tables.map((table) => `SELECT '${table}' AS name, xmin::text, ctid::text AS place FROM ${table}`);
  return rows(`${selects.join(' UNION ALL ')} ORDER BY 1, 3`);
}

const EMAIL: Line = threadLine('mail', {
  customer_id: idOf('acme'),
  contact_id: idOf('acme contact'),
  source: 'nylas',
  subject: 'Invoice INV-1001',
  body: '<p>Dear Dana,</p><p>it goes out <b>Friday</b>.</p>',
  body_type: 'text/html',
  from: { name: 'Pat', email: 'pat@acme.example' },
  to: [{ email: 'dana@northbrook.example' }],
  cc: [{ name: 'AR', email: 'ar@northbrook.example' }],
  requires_response: true,
  is_resolved: false,
  is_ar_related: true,
  strategy_tags: ['promise-to-pay', 'a "quoted", {braced} \\ tag', ''],
  invoice_ids: [idOf('acme invoice')],
  attachments: [
    { filename: 'logo.png', content_type: 'image/png', size_bytes: 12, is_inline: true },
    {
      id: idOf('pdf'),
      filename: 'remit\tance.pdf',
      content_type: 'application/pdf',
      size_bytes: 4_096,
      provider_id: 'p1',
    },
  ],
  provider: { grant_id: 'grant', message_id: 'm1', thread_id: 't1', rfc_message_id: '<m1@acme.example>' },
  created_at: '2026-05-12T14:30:05.000Z',
  updated_at: '2026-05-13T08:00:00.000Z',
});

const LOG: Line = threadLine('log', {
  customer_id: idOf('acme'),
  communication_type: 'call',
  source: 'manual',
  direction: 'outbound',
  subject: 'Call with acme Corp',
  notes: 'Spoke with Pat.\n\tPays \\ Friday — “promised” 🤝',
  logged_by_id: idOf('dana'),
  scheduled_action_id: idOf('acme action'),
  timestamp: '2026-05-14T09:00:00Z',
});

const NOTE: Line = lineOf('thread_note', 'note', {
  thread_id: idOf('mail'),
  author_id: idOf('dana'),
  content: 'Pat is on holiday next week.',
  created_at: '2026-05-12T15:00:00.000Z',
  updated_at: '2026-05-12T15:00:00.000Z',
});

describe('a line of each type', () => {
  test('an email stands in the API as the line says', async () => {
    await world.import([EMAIL]);
    expect(await detail('mail')).toMatchObject({
      id: idOf('mail'),
      company_id: COMPANY,
      thread_group_id: idOf('group of mail'),
      customer_id: idOf('acme'),
      customer_name: 'acme Corp',
      contact_id: idOf('acme contact'),
      contact_name: 'Pat',
      communication_type: 'email',
      source: 'nylas',
      direction: 'inbound',
      subject: 'Invoice INV-1001',
      preview: 'Dear Dana, it goes out Friday.',
      body: '<p>Dear Dana,</p><p>it goes out <b>Friday</b>.</p>',
      body_type: 'text/html',
      notes: null,
      from: { name: 'Pat', email: 'pat@acme.example' },
      to: [{ name: '', email: 'dana@northbrook.example' }],
      cc: [{ name: 'AR', email: 'ar@northbrook.example' }],
      call: null,
      requires_response: true,
      is_resolved: false,
      is_ar_related: true,
      strategy_tags: ['promise-to-pay', 'a "quoted", {braced} \\ tag', ''],
      invoice_ids: [idOf('acme invoice')],
      has_attachments: true,
      message_count: 1,
      timestamp: '2026-05-12T14:30:00.000Z',
      created_at: '2026-05-12T14:30:05.000Z',
      updated_at: '2026-05-13T08:00:00.000Z',
      attachments: [
        { filename: 'logo.png', content_type: 'image/png', size_bytes: 12, is_inline: true },
        {
          id: idOf('pdf'),
          filename: 'remit\tance.pdf',
          content_type: 'application/pdf',
          size_bytes: 4_096,
          is_inline: false,
        },
      ],
    });
  });

  test('times of every century and words of every script stand as they were written', async () => {
    const times = ['0001-01-01T00:00:00.000Z', '1969-12-31T23:59:59.999Z', '1999-12-31T23:59:59.999Z'];
    times.push('2000-01-01T00:00:00.000Z', '2038-01-19T03:14:08.001Z', '9999-12-31T23:59:59.999Z');
    const subjects = ['Größe', 'счёт', '請求書 INV-7', 'é'.repeat(33), 'A'.repeat(33), '\u{1F91D} agreed'];
    const lines = times.map((timestamp, nth) => threadLine(`of ${timestamp}`, { timestamp, subject: subjects[nth] }));
    await world.import(lines);
    for (const [nth, timestamp] of times.entries()) {
      expect(await detail(`of ${timestamp}`)).toMatchObject({ timestamp, subject: subjects[nth] });
    }
    const found = async (search: string) =>
      (await api(`communications/threads?search=${encodeURIComponent(search)}`)).json().count;
    for (const word of ['größe', 'СЧЁТ', '請求書', 'é'.repeat(33), 'a'.repeat(33), 'agreed']) {
      expect(await found(word), word).toBe(1);
    }
  });

  test('a manual log has its notes, which nobody can read in the database', async () => {
    await world.import([LOG]);
    expect(await detail('log')).toMatchObject({
      source: 'manual',
      notes: 'Spoke with Pat.\n\tPays \\ Friday — “promised” 🤝',
      preview: null,
      body: null,
      logged_by: { id: idOf('dana'), name: 'Dana Whitfield' },
      scheduled_action: { id: idOf('acme action'), status: 'scheduled', executed_at: null },
    });
    const [row] = await rows<{ text: string }>('SELECT t::text AS text FROM communication_threads t');
    expect(row?.text).not.toContain('Pat');
    expect(row?.text).not.toContain(Buffer.from('Spoke').toString('hex'));
  });

  test('a note stands under its message, encrypted too', async () => {
    await world.import([EMAIL, NOTE]);
    expect((await api('thread-notes')).json()).toMatchObject({
      count: 1,
      data: [{ id: idOf('note'), content: NOTE.content, author: { id: idOf('dana') }, created_at: NOTE.created_at }],
    });
    const [row] = await rows<{ text: string }>('SELECT n::text AS text FROM thread_notes n');
    expect(row?.text).not.toContain(Buffer.from('holiday').toString('hex'));
  });

  test('a call has all its fields, with null for what the line leaves out', async () => {
    const call = { status: 'completed', from_number: '+15551234567', started_at: '2026-05-12T16:30:00+02:00' };
    await world.import([threadLine('call', { communication_type: 'call', source: 'vonage', call })]);
    expect((await detail('call')).call).toEqual({
      status: 'completed',
      from_number: '+15551234567',
      to_number: null,
      started_at: '2026-05-12T14:30:00.000Z',
      ended_at: null,
      duration_seconds: null,
    });
  });

  test('the least that a message needs gets the defaults, null meaning "not given"', async () => {
    const nulls = {
      subject: null,
      body: null,
      to: null,
      customer_id: null,
      attachments: null,
      source: null,
      call: null,
    };
    await world.import([threadLine('least', nulls)]);
    expect(await detail('least')).toMatchObject({
      source: 'import',
      subject: '',
      preview: null,
      body: null,
      body_type: null,
      from: null,
      to: [],
      cc: [],
      requires_response: false,
      is_resolved: false,
      is_ar_related: null,
      strategy_tags: [],
      invoice_ids: [],
      customer_id: null,
      has_attachments: false,
      attachments: [],
    });
  });

  test('a mailbox and a phone', async () => {
    const mailbox = { user_id: idOf('dana'), grant_id: 'g1', email: 'ar@northbrook.example', sync: 'all' };
    await world.import([lineOf('mailbox', 'box', mailbox), lineOf('phone', 'phone', { number: '+13125550100' })]);
    expect(await rows('SELECT company_id, user_id, grant_id, email, sync FROM mailboxes')).toEqual([
      { company_id: COMPANY, ...mailbox },
    ]);
    expect(await rows('SELECT number FROM phones')).toEqual([{ number: '+13125550100' }]);
  });

  test('ids compare without case, and are kept in lower case', async () => {
    const upper = (line: Line) =>
      JSON.parse(JSON.stringify(line).replace(/"[0-9a-f-]{36}"/g, (id) => id.toUpperCase()));
    await world.import([EMAIL]);
    const { counts } = await world.import([...FOUNDATION, EMAIL].map(upper));
    expect(counts.thread).toEqual({ created: 0, replaced: 0, unchanged: 1 });
    expect(counts.customer).toEqual({ created: 0, replaced: 0, unchanged: 2 });
  });

  test('a message that leaves its customer out has that of its contact, invoice or action', async () => {
    await world.import([
      threadLine('by contact', { contact_id: idOf('acme contact') }),
      threadLine('by invoice', { invoice_ids: [idOf('zenith invoice')] }),
      threadLine('by action', { scheduled_action_id: idOf('zenith action') }),
    ]);
    expect((await detail('by contact')).customer_id).toBe(idOf('acme'));
    expect((await detail('by invoice')).customer_name).toBe('zenith Corp');
    expect((await detail('by action')).customer_id).toBe(idOf('zenith'));
  });
});

describe('importing again', () => {
  const HISTORY = [EMAIL, LOG, NOTE, threadLine('bare')];

  test('a file twice changes nothing: no row is written, no time moves, no version, no line in the trail', async () => {
    await world.import(HISTORY);
    const before = await writers();
    const { counts } = await world.import([...FOUNDATION, ...HISTORY]);
    expect(await writers()).toEqual(before);
    expect(counts.thread).toEqual({ created: 0, replaced: 0, unchanged: 3 });
    expect(counts.thread_note).toEqual({ created: 0, replaced: 0, unchanged: 1 });
  });

  test('an omitted optional field becomes its default, created_at apart', async () => {
    await world.import([EMAIL]);
    await world.import([threadLine('mail', { subject: 'Only this' })]);
    expect(await detail('mail')).toMatchObject({
      subject: 'Only this',
      customer_id: null,
      source: 'import',
      body: null,
      preview: null,
      from: null,
      to: [],
      requires_response: false,
      is_ar_related: null,
      strategy_tags: [],
      invoice_ids: [],
      has_attachments: false,
      attachments: [],
      created_at: '2026-05-12T14:30:05.000Z',
      updated_at: expect.not.stringContaining('2026-05-13'),
    });
    expect(await rows('SELECT FROM communication_thread_invoices')).toEqual([]);
  });

  test.each<[string, Line]>([
    ['subject', { subject: 'Other' }],
    ['body', { body: '<p>Other</p>' }],
    ['from', { from: { email: 'pat@acme.example' } }],
    ['tags', { strategy_tags: ['promise-to-pay'] }],
    ['invoices', { invoice_ids: [] }],
    ['attachments', { attachments: [] }],
    [
      "an attachment's name",
      { attachments: [EMAIL.attachments, []].flat().map((one) => ({ ...(one as Line), filename: 'x' })) },
    ],
    ['created_at', { created_at: '2026-05-12T14:30:06.000Z' }],
    ['updated_at', { updated_at: '2026-05-13T08:00:00.001Z' }],
    ['the provider', { provider: { message_id: 'm2' } }],
  ])('one changed field is enough to replace: %s', async (_, change) => {
    await world.import([EMAIL]);
    const { counts } = await world.import([{ ...EMAIL, ...change }]);
    expect(counts.thread).toEqual({ created: 0, replaced: 1, unchanged: 0 });
    const again = await world.import([{ ...EMAIL, ...change }]);
    expect(again.counts.thread).toEqual({ created: 0, replaced: 0, unchanged: 1 });
  });

  test('notes compare by their text, though each ciphertext is another', async () => {
    await world.import([EMAIL, LOG, NOTE]);
    const { counts } = await world.import([
      { ...LOG, notes: 'Other' },
      { ...NOTE, content: 'Other' },
    ]);
    expect([counts.thread?.replaced, counts.thread_note?.replaced]).toEqual([1, 1]);
    expect((await detail('log')).notes).toBe('Other');
    expect((await api('thread-notes')).json().data[0].content).toBe('Other');
  });

  test('attachments without ids stay the same ones', async () => {
    const line = threadLine('mail', { attachments: [{ filename: 'a', content_type: 'b', size_bytes: 1 }] });
    await world.import([line]);
    const [before] = await rows('SELECT id FROM attachments');
    const { counts } = await world.import([line]);
    expect(counts.thread?.unchanged).toBe(1);
    expect(await rows('SELECT id FROM attachments')).toEqual([before]);
  });

  test("lists' versions move when something changed, so that nobody is told 304", async () => {
    await world.import([EMAIL]);
    const etag = (await api('communications/threads')).headers.etag as string;
    const conditional = () =>
      callerWith(world.app, token).get(`/api/companies/${COMPANY}/communications/threads`, { 'if-none-match': etag });
    await world.import([EMAIL]);
    expect((await conditional()).statusCode).toBe(304);
    await world.import([{ ...FOUNDATION[1], name: 'Dana W.' }]);
    expect((await conditional()).statusCode).toBe(200);
  });

  test("a customer's new name finds all its messages, also those that are not in the file", async () => {
    await world.import([EMAIL]);
    await world.import([lineOf('customer', 'acme', { name: 'Globex' })]);
    const found = async (search: string) => (await api(`communications/threads?search=${search}`)).json().data.length;
    expect([await found('globex'), await found('corp')]).toEqual([1, 0]);
    const { updated_at: updatedAt, customer_name: name } = await detail('mail');
    expect([name, updatedAt > '2026-05-13T08:00:00.000Z']).toEqual(['Globex', true]);
  });

  test('passwords stay when a user is replaced', async () => {
    await rows('UPDATE users SET password_hash = $1', ['$argon2id$x']);
    await world.import([{ ...FOUNDATION[1], name: 'Dana W.' }]);
    expect(await rows('SELECT name, password_hash FROM users')).toEqual([
      { name: 'Dana W.', password_hash: '$argon2id$x' },
    ]);
  });

  test("a user's new name is told to every company: it stands beside what they logged there", async () => {
    const other = idOf('another company');
    await rows(`INSERT INTO companies (id, name) VALUES ($1, 'Another')`, [other]);
    await world.import([{ ...FOUNDATION[1], name: 'Dana W.' }]);
    expect(await rows('SELECT action, details FROM audit_events WHERE company_id = $1', [other])).toEqual([
      { action: 'import.completed', details: { created: {}, replaced: { user: 1 } } },
    ]);
  });

  test('the trail says what an import did to the company, without a text', async () => {
    await world.import([EMAIL, NOTE]);
    const events = await rows<Line>('SELECT actor_kind, action, details FROM audit_events ORDER BY occurred_at, id');
    expect(events.at(-1)).toEqual({
      actor_kind: 'operator',
      action: 'import.completed',
      details: { created: { thread: 1, thread_note: 1 }, replaced: {} },
    });
  });
});

describe('conversations', () => {
  const GROUP = { thread_group_id: idOf('conversation') };
  const at = (day: number) => ({ timestamp: `2026-05-${String(day).padStart(2, '0')}T12:00:00.000Z` });
  /** The same instant where it is the next day already. */
  const elsewhere = (day: number) => `2026-05-${String(day + 1).padStart(2, '0')}T02:00:00+14:00`;

  async function list(): Promise<[string, number][]> {
    const { data, count } = (await api('communications/threads')).json();
    const all = (await api('communications/threads?view=message')).json();
    expect([count, all.count]).toEqual([data.length, all.data.length]);
    return data.map((row: Line) => [row.id, row.message_count]);
  }

  test('the latest message shows, whatever the order of the lines', async () => {
    await world.import([
      threadLine('middle', { ...GROUP, ...at(2) }),
      threadLine('latest', { ...GROUP, ...at(3) }),
      threadLine('first', { ...GROUP, ...at(1) }),
    ]);
    expect(await list()).toEqual([[idOf('latest'), 3]]);
  });

  test('messages join a conversation that is there: earlier ones only count, later ones show', async () => {
    await world.import([threadLine('known', { ...GROUP, ...at(5) })]);
    await world.import([threadLine('earlier', { ...GROUP, ...at(4) })]);
    expect(await list()).toEqual([[idOf('known'), 2]]);
    await world.import([threadLine('later', { ...GROUP, ...at(6) })]);
    expect(await list()).toEqual([[idOf('later'), 3]]);
  });

  test('of two at the same time the one with the higher id is the latest', async () => {
    const [low, high] = ['a', 'b'].sort((one, other) => (idOf(one) < idOf(other) ? -1 : 1)) as [string, string];
    await world.import([threadLine(high, { ...GROUP, ...at(1) }), threadLine(low, { ...GROUP, ...at(1) })]);
    expect(await list()).toEqual([[idOf(high), 2]]);
  });

  test('a replaced line that changes its time or its group leaves both conversations right', async () => {
    await world.import([
      threadLine('one', { ...GROUP, ...at(1) }),
      threadLine('two', { ...GROUP, ...at(2) }),
      threadLine('other', { thread_group_id: idOf('elsewhere'), ...at(3) }),
    ]);
    await world.import([threadLine('two', { ...GROUP, timestamp: '2026-04-30T12:00:00.000Z' })]);
    expect(await list()).toEqual([
      [idOf('other'), 1],
      [idOf('one'), 2],
    ]);
    await world.import([threadLine('one', { thread_group_id: idOf('elsewhere'), ...at(4) })]);
    expect(await list()).toEqual([
      [idOf('one'), 2],
      [idOf('two'), 1],
    ]);
    await world.import([threadLine('two', { thread_group_id: idOf('elsewhere'), ...at(5) })]);
    expect(await list()).toEqual([[idOf('two'), 3]]);
  });

  test('two conversations that exchange their latest messages', async () => {
    const [left, right] = [{ thread_group_id: idOf('left') }, { thread_group_id: idOf('right') }];
    await world.import([threadLine('l', { ...left, ...at(1) }), threadLine('r', { ...right, ...at(2) })]);
    await world.import([threadLine('l', { ...right, ...at(1) }), threadLine('r', { ...left, ...at(2) })]);
    expect((await detail('l')).thread_group_id).toBe(idOf('right'));
    expect(await list()).toEqual([
      [idOf('r'), 1],
      [idOf('l'), 1],
    ]);
  });

  test('a replaced line that stays in its place is counted as what it is now', async () => {
    await world.import([threadLine('one', at(1))]);
    await world.import([threadLine('one', { ...at(1), is_resolved: true, communication_type: 'meeting' })]);
    expect((await shown()).miscounted).toEqual([]);
    expect((await api('communications/threads?is_resolved=true&communication_type=meeting')).json().count).toBe(1);
  });

  test('are counted when nobody is folding the counts of their company', async () => {
    let importing: Promise<unknown> | undefined;
    await world.owner.transaction(async (tx) => {
      await tx.query(lockFolding(COMPANY));
      importing = world.import([threadLine('one', at(1))]);
      const isWaiting = async () => {
        const waiting = await rows(
          `SELECT pid FROM pg_locks
           WHERE locktype = 'advisory' AND NOT granted
             AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        );
        expect(waiting).toHaveLength(1);
      };
      await vi.waitFor(isWaiting, { timeout: 10_000 });
    });
    await importing;
    expect((await shown()).miscounted).toEqual([]);
  });

  test('the line of the latest message says who looks after the conversation and when; other lines don’t', async () => {
    const followUp = (day: number) => ({ assignee_id: idOf('dana'), follow_up_at: at(day).timestamp });
    const file = [
      threadLine('one', { ...GROUP, ...at(1), ...followUp(8) }),
      threadLine('two', { ...GROUP, ...at(2), ...followUp(9) }),
    ];
    await world.import(file);
    expect(await held()).toEqual([{ id: idOf('two'), assignee: 'dana', follow_up_at: at(9).timestamp }]);
    const before = await writers();
    await world.import(file);
    expect(await writers()).toEqual(before);

    await world.import([threadLine('three', { ...GROUP, ...at(3), follow_up_at: at(10).timestamp })]);
    expect(await held()).toEqual([{ id: idOf('three'), assignee: null, follow_up_at: at(10).timestamp }]);
    await world.import([threadLine('three', { ...GROUP, ...at(3), assignee_id: idOf('dana') })]);
    expect(await held()).toEqual([{ id: idOf('three'), assignee: 'dana', follow_up_at: null }]);
  });

  test('a conversation whose latest message goes keeps who looks after it; an inbound one ends the snooze', async () => {
    const group = (name: string) => ({ thread_group_id: idOf(`g ${name}`) });
    const file = (day: number, moved: Line) => [
      threadLine('of in', {
        ...group('in'),
        ...at(day),
        ...moved,
        assignee_id: idOf('dana'),
        follow_up_at: at(20).timestamp,
      }),
      threadLine('of out', { ...group('out'), ...at(day), assignee_id: idOf('dana'), follow_up_at: at(20).timestamp }),
    ];
    await world.import([
      threadLine('in', { ...group('in'), ...at(5) }),
      threadLine('out', { ...group('out'), ...at(5), direction: 'outbound' }),
      ...file(6, {}),
    ]);
    expect((await held()).map(({ id }) => id).sort()).toEqual([idOf('of in'), idOf('of out')].sort());
    // One goes to another conversation, the other before what is there.
    await world.import(file(4, group('elsewhere')));
    expect(await held()).toEqual(
      [
        { id: idOf('in'), assignee: 'dana', follow_up_at: null },
        { id: idOf('of in'), assignee: 'dana', follow_up_at: at(20).timestamp },
        { id: idOf('out'), assignee: 'dana', follow_up_at: at(20).timestamp },
      ].sort((one, other) => (one.id < other.id ? -1 : 1)),
    );
    expect((await shown()).miscounted).toEqual([]);
  });

  async function held() {
    return rows(
      `SELECT t.id, u.username AS assignee, t.follow_up_at
       FROM communication_threads t LEFT JOIN users u ON u.id = t.assignee_id
       WHERE t.assignee_id IS NOT NULL OR t.follow_up_at IS NOT NULL
       ORDER BY t.id`,
    );
  }

  test('any sequence of imports agrees with a model in memory: latest, follow-up, counts, cells, former customers', async () => {
    const message = fc.record({
      name: fc.nat(11),
      group: fc.nat(3),
      day: fc.integer({ min: 1, max: 6 }),
      resolved: fc.boolean(),
      kind: fc.constantFrom('email', 'call', 'meeting'),
      customer: fc.constantFrom(undefined, 'acme', 'zenith'),
      direction: fc.constantFrom('inbound', 'outbound'),
      assignee: fc.constantFrom(undefined, idOf('dana')),
      snoozedTo: fc.constantFrom(undefined, at(20).timestamp, at(21).timestamp),
    });
    const files = fc.array(fc.uniqueArray(message, { selector: ({ name }) => name, maxLength: 8 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(files, async (sequence) => {
        await rows('DELETE FROM communication_threads');
        await rows('DELETE FROM thread_counts');
        await rows('DELETE FROM thread_day_counts');
        await rows('DELETE FROM thread_count_deltas');
        await rows('DELETE FROM former_customers');
        const model: Model = new Map();
        let followUps = new Map<string, FollowUp & { id: string }>();
        for (const file of sequence) {
          const named = new Map<string, FollowUp>();
          const lines = file.map(({ name, group, day, resolved, kind, customer, direction, assignee, snoozedTo }) => {
            model.set(idOf(`m${name}`), { group: idOf(`g${group}`), ...at(day), direction });
            named.set(idOf(`m${name}`), { assignee_id: assignee ?? null, follow_up_at: snoozedTo ?? null });
            return threadLine(`m${name}`, {
              thread_group_id: idOf(`g${group}`),
              timestamp: group === 0 ? elsewhere(day) : at(day).timestamp,
              is_resolved: resolved,
              communication_type: kind,
              direction,
              assignee_id: assignee,
              follow_up_at: snoozedTo,
              ...(customer ? { customer_id: idOf(customer) } : {}),
            });
          });
          await world.import(lines);
          const latest = latestOf(model);
          followUps = new Map(
            latest.map(({ id, group }) => [
              group,
              { id, ...(named.get(id) ?? kept(id, model.get(id)?.direction, followUps.get(group))) },
            ]),
          );
          expect(await shown()).toEqual({
            latest: latest.map(({ group, message_count }) => ({ message_count, ...followUps.get(group) })),
            miscounted: [],
          });
          expect(await misjudgedFormerCustomers(world.owner, COMPANY)).toEqual([]);
        }
      }),
      { numRuns: 25 },
    );
  });

  async function shown() {
    const latest = await rows(
      'SELECT id, message_count, assignee_id, follow_up_at FROM communication_threads WHERE is_latest ORDER BY id',
    );
    return { latest, miscounted: await findMiscounts(world.owner, COMPANY) };
  }

  type Model = Map<string, { group: string; timestamp: string; direction: string }>;
  type FollowUp = { assignee_id: string | null; follow_up_at: string | null };

  /** What a conversation goes on with when the file says nothing of its latest message. */
  function kept(id: string, direction: string | undefined, before: (FollowUp & { id: string }) | undefined): FollowUp {
    const isAwake = before?.id !== id && direction === 'inbound';
    return {
      assignee_id: before?.assignee_id ?? null,
      follow_up_at: isAwake ? null : (before?.follow_up_at ?? null),
    };
  }

  function latestOf(model: Model) {
    const groups = new Map<string, { id: string; timestamp: string }[]>();
    for (const [id, { group, timestamp }] of model)
      groups.set(group, [...(groups.get(group) ?? []), { id, timestamp }]);
    const latest = [...groups].map(([group, messages]) => {
      const [first] = messages.sort((one, other) =>
        `${one.timestamp}${one.id}` < `${other.timestamp}${other.id}` ? 1 : -1,
      );
      return { id: first?.id ?? '', group, message_count: messages.length };
    });
    return latest.sort((one, other) => (one.id < other.id ? -1 : 1));
  }
});

describe('completions', () => {
  const ACTION = FOUNDATION.find((line) => line.id === idOf('acme action')) as Line;
  const TOUCHPOINT = FOUNDATION.find((line) => line.id === idOf('acme touchpoint')) as Line;
  const COMPLETED = { ...ACTION, status: 'completed', executed_at: '2026-05-14T09:00:00.000Z' };

  const completedBy = async () =>
    (await rows('SELECT completed_by_thread_id AS by FROM scheduled_actions WHERE id = $1', [ACTION.id]))[0]?.by;

  test('the earliest log that names it and has its time is the one that completed it', async () => {
    await world.import([
      COMPLETED,
      { ...LOG, created_at: '2026-05-14T09:10:00Z' },
      { ...LOG, id: idOf('later log'), thread_group_id: idOf('g2'), created_at: '2026-05-14T09:20:00Z' },
      {
        ...LOG,
        id: idOf('other time'),
        thread_group_id: idOf('g3'),
        timestamp: '2026-05-14T09:00:01Z',
        created_at: '2026-05-01T00:00:00Z',
      },
    ]);
    expect(await completedBy()).toBe(idOf('log'));
    const before = await writers();
    await world.import([COMPLETED]);
    expect(await writers()).toEqual(before);
  });

  test('a touchpoint likewise', async () => {
    const completed = { ...TOUCHPOINT, status: 'completed', completed_at: '2026-05-14T09:00:00.000Z' };
    await world.import([completed, { ...LOG, scheduled_action_id: null, scheduled_touchpoint_id: TOUCHPOINT.id }]);
    expect(
      await rows('SELECT completed_by_thread_id AS by FROM scheduled_touchpoints WHERE id = $1', [TOUCHPOINT.id]),
    ).toEqual([{ by: idOf('log') }]);
  });

  test('nothing completed it when no log has its time, or when it is open again', async () => {
    await world.import([{ ...COMPLETED, executed_at: '2026-05-14T09:00:00.001Z' }, LOG]);
    expect(await completedBy()).toBeNull();
    await world.import([COMPLETED]);
    expect(await completedBy()).toBe(idOf('log'));
    await world.import([ACTION]);
    expect(await completedBy()).toBeNull();
  });
});

/** Three bytes a character, and nothing that PostgreSQL could compress. */
const wideText = (length: number) => String.fromCharCode(...Array.from({ length }, () => randomInt(0x4e00, 0x9fff)));

describe('what a line must be', () => {
  const CASES: [string, Line | string, string][] = [
    ['no JSON', '{"type":', 'is not valid JSON'],
    ['no object', '[1]', 'must be a JSON object'],
    ['no type', '{}', 'type must be one of company, user, membership'],
    ['an unknown type', { type: 'letter' }, 'type must be one of company, user'],
    ['a missing field', { type: 'phone', id: idOf('p'), company_id: COMPANY }, 'number is missing'],
    ['an unknown field', threadLine('x', { note: 'typo' }), 'note is no field of this type'],
    ['an id that is none', threadLine('x', { id: 'urn:uuid:1' }), 'id must be a UUID'],
    ['a number for a text', threadLine('x', { subject: 5 }), 'subject must be a string'],
    ['text for a flag', threadLine('x', { is_resolved: 'true' }), 'is_resolved must be true or false'],
    [
      'an unknown communication type',
      threadLine('x', { communication_type: 'fax' }),
      'communication_type must be one of email, call',
    ],
    ['a date alone', threadLine('x', { timestamp: '2026-05-12' }), 'timestamp must be an RFC 3339 time'],
    ['second 60', threadLine('x', { timestamp: '2026-06-30T23:59:60Z' }), 'timestamp must be an RFC 3339 time'],
    ['year 0', threadLine('x', { created_at: '0000-05-12T00:00:00Z' }), 'created_at must be an RFC 3339 time'],
    ['notes without manual', threadLine('x', { notes: 'secret' }), 'notes go only with source manual'],
    ['body with manual', threadLine('x', { source: 'manual', body: 'b' }), "body doesn't go with source manual"],
    [
      'from with manual',
      threadLine('x', { source: 'manual', from: { email: 'a' } }),
      "from doesn't go with source manual",
    ],
    ['an address without email', threadLine('x', { to: [{ name: 'Pat' }] }), 'to must be a list of {"name"?, "email"}'],
    [
      'a negative size',
      threadLine('x', { attachments: [{ filename: 'a', content_type: 'b', size_bytes: -1 }] }),
      'attachments must be a list',
    ],
    ['NUL', threadLine('x', { subject: 'a\0b' }), 'subject holds a NUL character'],
    ['NUL deep inside', threadLine('x', { provider: { recordings: [{ '\0': 1 }] } }), 'provider holds a NUL character'],
    [
      'half a surrogate pair',
      String.raw`{"type":"user","id":"${idOf('u')}","username":"a\ud800b"}`,
      'username holds half a surrogate pair',
    ],
    [
      'nesting without end',
      threadLine('x', { provider: { recordings: [JSON.parse('['.repeat(60) + ']'.repeat(60))] } }),
      'provider.recordings must not be nested deeper',
    ],
    [
      'a time zone that is none',
      { type: 'company', id: COMPANY, name: 'N', timezone: 'Mars/Olympus' },
      'timezone must be an IANA time zone',
    ],
    [
      'an offset for a zone',
      { type: 'company', id: COMPANY, name: 'N', timezone: '+02:00' },
      'timezone must be an IANA time zone',
    ],
    ['no E.164', lineOf('phone', 'p', { number: '0151 123' }), 'number must be an E.164 number'],
    [
      'an open action that was executed',
      lineOf('scheduled_action', 'a', {
        customer_id: idOf('acme'),
        action_type: 'call',
        status: 'scheduled',
        executed_at: '2026-05-12T00:00:00Z',
      }),
      'executed_at goes only with status completed',
    ],
    ['an empty name', lineOf('customer', 'c', { name: '' }), 'name must be a string that is not empty'],
    ['an id that no index holds', threadLine('x', { provider: { message_id: wideText(321) } }), 'provider must be'],
    [
      'a Message-ID that no index holds',
      threadLine('x', { provider: { awaits: [wideText(998)] } }),
      'provider must be',
    ],
  ];

  test.each(CASES)('%s is refused, with its line', async (_, line, reason) => {
    const before = await writers();
    const good = JSON.stringify(threadLine('good'));
    const faults = await world.faultsOf(`${good}\n\n${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
    expect(faults[0]).toContain(`3: ${reason}`);
    expect(await writers()).toEqual(before);
  });

  test('bytes that are no UTF-8', async () => {
    const text = Buffer.from(JSON.stringify(threadLine('x', { subject: 'Grüße' })), 'latin1');
    expect(await world.faultsOf(text)).toEqual(['1: is not valid UTF-8']);
  });

  test('a line over 32 MiB, and the lines after it', async () => {
    const long = JSON.stringify(threadLine('x', { subject: 'x'.repeat(33 << 20) }));
    expect(await world.faultsOf(`${long}\n{}\n`)).toEqual([
      '1: is longer than 32 MiB',
      expect.stringMatching(/^2: type must be one of/),
    ]);
  });

  test('the longest ids are fine, whatever their characters', async () => {
    const [grant_id, message_id, thread_id] = [wideText(320), wideText(320), wideText(320)];
    const own = { grant_id, message_id, thread_id, rfc_message_id: wideText(666), awaits: [wideText(666)] };
    const copies = [{ grant_id: wideText(320), message_id: wideText(320), thread_id: wideText(320) }];
    const provider = { ...own, copies, call_uuid: wideText(320), call_keys: [wideText(320)] };
    await world.import([threadLine('longest ids', { source: 'nylas', provider })]);
    expect(await world.export(COMPANY)).toContain(JSON.stringify(message_id));
  });

  test('a byte order mark, line ends of Windows, blank lines and a last line without end are fine', async () => {
    const text = `\uFEFF${JSON.stringify(threadLine('one'))}\r\n\r\n   \n${JSON.stringify(threadLine('two'))}`;
    const { counts } = await world.import(text);
    expect(counts.thread?.created).toBe(2);
  });

  test('an empty file is a file', async () => {
    expect(await world.import('')).toEqual({ dryRun: false, counts: {} });
  });

  test('a subject and body of any length, and long lists', async () => {
    const subject = 'INV-1001 '.repeat(30_000);
    const to = Array.from({ length: 500 }, (_, nth) => ({ name: `Person ${nth}`, email: `p${nth}@acme.example` }));
    await world.import([threadLine('long', { subject, body: 'word '.repeat(400_000), to })]);
    const { subject: stored, to: storedTo, body } = await detail('long');
    expect([stored === subject, storedTo.length, body.length]).toEqual([true, 500, 2_000_000]);
  });

  test('the first fifty faults are named, the others counted', async () => {
    const lines = Array.from({ length: 120 }, (_, nth) => threadLine(`x${nth}`, { direction: 'up' }));
    const refused = await world.import(lines).catch((error) => error);
    expect(refused.count).toBe(120);
    expect(refused.faults.map((fault: { line: number }) => fault.line)).toEqual(
      Array.from({ length: 50 }, (_, nth) => nth + 1),
    );
    const dangling = lines.map((line) => ({ ...line, direction: 'inbound', logged_by_id: idOf('nobody') }));
    expect((await world.import(dangling).catch((error) => error)).count).toBe(120);
  });
});

describe('what a line may refer to', () => {
  const OTHER = idOf('other company');
  const other = (type: string, name: string, fields: Line): Line => ({
    type,
    id: idOf(name),
    company_id: OTHER,
    ...fields,
  });
  const OTHERS: Line[] = [
    { type: 'company', id: OTHER, name: 'Other' },
    other('customer', 'their customer', { name: 'Theirs' }),
    other('contact', 'their contact', { customer_id: idOf('their customer'), name: 'T' }),
    other('invoice', 'their invoice', { customer_id: idOf('their customer'), number: '1' }),
    { ...threadLine('their thread'), company_id: OTHER },
  ];
  const customer = { customer_id: idOf('acme') };

  const CASES: [string, Line, string][] = [
    [
      "another company's customer",
      threadLine('x', { customer_id: idOf('their customer') }),
      `customer_id: there is no customer ${idOf('their customer')} in this company`,
    ],
    [
      "another company's contact",
      threadLine('x', { contact_id: idOf('their contact') }),
      'contact_id: there is no contact',
    ],
    [
      "another company's invoice",
      threadLine('x', { invoice_ids: [idOf('acme invoice'), idOf('their invoice')] }),
      'invoice_ids: there is no invoice',
    ],
    [
      "another company's message",
      lineOf('thread_note', 'n', { thread_id: idOf('their thread'), author_id: idOf('dana'), content: 'x' }),
      'thread_id: there is no thread',
    ],
    [
      'a user who is not there',
      threadLine('x', { logged_by_id: idOf('nobody') }),
      `logged_by_id: there is no user ${idOf('nobody')}`,
    ],
    [
      'a company that is not there',
      { ...threadLine('x'), company_id: idOf('nowhere') },
      `company_id: there is no company ${idOf('nowhere')}`,
    ],
    [
      "another customer's contact",
      threadLine('x', { ...customer, contact_id: idOf('zenith contact') }),
      `contact_id: contact ${idOf('zenith contact')} belongs to another customer`,
    ],
    [
      "another customer's invoice",
      threadLine('x', { ...customer, invoice_ids: [idOf('zenith invoice')] }),
      'invoice_ids: invoice',
    ],
    [
      "another customer's action",
      threadLine('x', { ...customer, scheduled_action_id: idOf('zenith action') }),
      'scheduled_action_id: scheduled action',
    ],
    [
      "another customer's touchpoint",
      threadLine('x', { ...customer, scheduled_touchpoint_id: idOf('zenith touchpoint') }),
      'scheduled_touchpoint_id: scheduled touchpoint',
    ],
    [
      'two customers and none named',
      threadLine('x', { contact_id: idOf('acme contact'), invoice_ids: [idOf('zenith invoice')] }),
      'invoice_ids: invoice',
    ],
    [
      "an action of another customer's invoice",
      lineOf('scheduled_action', 'a', {
        ...customer,
        invoice_id: idOf('zenith invoice'),
        action_type: 'call',
        status: 'proposed',
      }),
      'invoice_id: invoice',
    ],
    [
      'a contact that changes its customer',
      lineOf('contact', 'acme contact', { customer_id: idOf('zenith'), name: 'Pat' }),
      'customer_id: this contact belongs to customer',
    ],
    [
      'an external_id that another row of the collection has',
      lineOf('customer', 'new customer', { external_id: 'D-acme', name: 'Acme' }),
      'external_id: another customer has it already',
    ],
    [
      'an external_id with a comma',
      lineOf('customer', 'new customer', { external_id: 'D,1', name: 'Acme' }),
      'external_id must be a string of 1 to 200 characters',
    ],
    [
      'an amount that is no decimal number',
      lineOf('invoice', 'new invoice', { customer_id: idOf('acme'), number: '1', amount: '1e3' }),
      'amount must be a decimal number',
    ],
    [
      'a currency that ISO 4217 does not know',
      lineOf('invoice', 'new invoice', { customer_id: idOf('acme'), number: '1', currency: 'EURO' }),
      'currency must be a code of ISO 4217',
    ],
    [
      'a day that no calendar has',
      lineOf('invoice', 'new invoice', { customer_id: idOf('acme'), number: '1', due_date: '2026-02-30' }),
      'due_date must be a date',
    ],
    [
      'a username that is taken',
      { type: 'user', id: idOf('new'), username: 'dana' },
      'username: another user has it already',
    ],
  ];

  test.each(CASES)('%s: refused', async (_, line, reason) => {
    await world.import(OTHERS);
    const faults = await world.faultsOf([threadLine('good'), line]);
    expect(faults).toEqual([expect.stringContaining(`2: ${reason}`)]);
    expect(await rows('SELECT FROM communication_threads WHERE id = $1', [idOf('good')])).toEqual([]);
  });

  test('a parent that comes later is named with its line', async () => {
    const faults = await world.faultsOf([
      threadLine('x', { customer_id: idOf('late') }),
      lineOf('customer', 'late', { name: 'Late' }),
    ]);
    expect(faults).toEqual([
      `1: customer_id: customer ${idOf('late')} comes only in line 2; parents go before children`,
    ]);
  });

  test('one that is there already may also come later', async () => {
    await world.import([threadLine('x', customer), lineOf('customer', 'acme', { name: 'Renamed' })]);
    expect((await detail('x')).customer_name).toBe('Renamed');
  });

  test('what messages show of others is told to whoever follows, when a file changes that alone', async () => {
    await world.import([
      threadLine('of acme', { ...customer, contact_id: idOf('acme contact') }),
      threadLine('asked for', { ...customer, scheduled_action_id: idOf('acme action') }),
      threadLine('of zenith', { customer_id: idOf('zenith') }),
    ]);
    const followed = async (mark: string) => {
      const { data, watermark } = (await api(`communications/threads?updated_after=${mark}`)).json();
      return { ids: data.map(({ id }: Line) => id).sort(), watermark };
    };
    const line = (id: string) => FOUNDATION.find((each) => each.id === idOf(id)) as Line;
    /** The transactions of other tests hold the watermark back until they end. */
    const settled = async () => {
      let mark = '2000-01-01T00:00:00Z';
      await vi.waitFor(
        async () => {
          const { ids, watermark } = await followed(mark);
          mark = watermark;
          expect(ids).toEqual([]);
        },
        { timeout: 60_000, interval: 100 },
      );
      return mark;
    };
    const changedBy = async (changed: Line) => {
      const mark = await settled();
      await world.import([changed]);
      return (await followed(mark)).ids;
    };

    expect([
      await changedBy({ ...line('acme contact'), name: 'Patricia' }),
      await changedBy({ ...line('acme action'), status: 'cancelled' }),
      await changedBy({ ...line('zenith'), name: 'zenith, Corp' }),
    ]).toEqual([[idOf('of acme')], [idOf('asked for')], [idOf('of zenith')]]);
  });

  test('the same id twice, of any type', async () => {
    const faults = await world.faultsOf([
      threadLine('x'),
      threadLine('x', { subject: 'again' }),
      lineOf('customer', 'c', { name: 'C' }),
      lineOf('customer', 'c', { name: 'C' }),
      { type: 'membership', company_id: COMPANY, user_id: idOf('dana'), role: 'viewer' },
      { type: 'membership', company_id: COMPANY, user_id: idOf('dana'), role: 'member' },
    ]);
    expect(faults).toEqual([
      '2: has the same id as line 1',
      '4: has the same id as line 3',
      '6: has the same user_id as line 5',
    ]);
  });

  test('every line that repeats another is reported, and counted', async () => {
    const attachments = [{ id: idOf('f'), filename: 'f', content_type: 't', size_bytes: 1 }];
    const copies = [{ grant_id: 'g', message_id: 'm' }];
    const user = (name: string) => ({ type: 'user', id: idOf(name), username: 'same', name });
    const alike = (name: string) =>
      threadLine(name, { source: 'nylas', attachments, provider: { call_uuid: 'c', copies } });
    const faults = await world.faultsOf([
      ...Array.from({ length: 4 }, () => lineOf('customer', 'c', { name: 'C' })),
      ...['five', 'six', 'seven'].map(user),
      ...['eight', 'nine', 'ten'].map(alike),
    ]);
    const repeats = (line: number) => [
      `${line}: provider.call_uuid: line 8 has the same`,
      `${line}: attachments: an attachment has the same id as one in line 8`,
      `${line}: provider.copies: m stands in line 8 as well`,
    ];
    expect(faults).toEqual([
      '2: has the same id as line 1',
      '3: has the same id as line 1',
      '4: has the same id as line 1',
      '6: username: line 5 has the same',
      '7: username: line 5 has the same',
      ...repeats(9),
      ...repeats(10),
    ]);
    const company = { type: 'company', id: idOf('new'), name: 'New' };
    await expect(world.import(Array.from({ length: 101 }, () => company))).rejects.toMatchObject({ count: 100 });
  });

  test('a message that names one of its own twice', async () => {
    const file = { id: idOf('f'), filename: 'f', content_type: 't', size_bytes: 1 };
    const copy = { grant_id: 'g', message_id: 'm' };
    const provider = { copies: [copy, copy] };
    expect(await world.faultsOf([threadLine('x', { source: 'nylas', attachments: [file, file], provider })])).toEqual([
      '1: attachments: an attachment has the same id as one in line 1',
      '1: provider.copies: m stands there twice',
    ]);
  });

  test('a parent that is there twice is the only fault: its children are good', async () => {
    const company = { type: 'company', id: idOf('new'), name: 'New' };
    const of = { company_id: idOf('new') };
    const customerLine = { type: 'customer', id: idOf('c'), ...of, name: 'C' };
    const invoice = { type: 'invoice', id: idOf('i'), ...of, customer_id: idOf('c'), number: '1' };
    const faults = await world.faultsOf([
      company,
      { type: 'membership', ...of, user_id: idOf('dana'), role: 'admin' },
      customerLine,
      invoice,
      threadLine('x', { ...of, customer_id: idOf('c'), invoice_ids: [idOf('i')] }),
      company,
      customerLine,
      invoice,
    ]);
    expect(faults).toEqual([
      '6: has the same id as line 1',
      '7: has the same id as line 3',
      '8: has the same id as line 4',
    ]);
  });

  test('what must be unique, within the file too', async () => {
    const call = { provider: { call_uuid: 'c1' } };
    const box = { user_id: idOf('dana'), grant_id: 'g', email: 'a@b', sync: 'all' };
    const faults = await world.faultsOf([
      threadLine('a', call),
      threadLine('b', call),
      lineOf('mailbox', 'm1', box),
      lineOf('mailbox', 'm2', box),
      threadLine('c', { attachments: [{ id: idOf('f'), filename: 'f', content_type: 't', size_bytes: 1 }] }),
      threadLine('d', { attachments: [{ id: idOf('f'), filename: 'f', content_type: 't', size_bytes: 1 }] }),
    ]);
    expect(faults).toEqual([
      '2: provider.call_uuid: line 1 has the same',
      '4: grant_id: line 3 has the same',
      '6: attachments: an attachment has the same id as one in line 5',
    ]);
  });

  test("an attachment can't be taken from a message that is not in the file, but can move between two that are", async () => {
    const file = [{ id: idOf('f'), filename: 'f', content_type: 't', size_bytes: 1 }];
    await world.import([threadLine('a', { attachments: file }), threadLine('b')]);
    expect(await world.faultsOf([threadLine('b', { attachments: file })])).toEqual([
      `1: attachments: attachment ${idOf('f')} belongs to another message`,
    ]);
    await world.import([threadLine('b', { attachments: file }), threadLine('a')]);
    expect([(await detail('a')).has_attachments, (await detail('b')).has_attachments]).toEqual([false, true]);
  });

  test('by what a provider names a message it names one', async () => {
    const seen = (name: string, provider: object) => threadLine(name, { source: 'nylas', provider });
    const copies = [{ grant_id: 'g', message_id: 'm' }];
    expect(await world.faultsOf([seen('one', { copies }), seen('two', { copies, call_keys: ['k', 'k'] })])).toEqual([
      '2: provider.copies: m stands in line 1 as well',
    ]);
    await world.import([seen('one', { copies, call_keys: ['k'] })]);
    expect(await world.faultsOf([seen('two', { copies, call_keys: ['k'] })])).toEqual([
      '1: provider.copies: m belongs to another message',
      '1: provider.call_keys: k belongs to another message',
    ]);
    const { counts } = await world.import([seen('two', { copies }), seen('one', { call_keys: ['k'] })]);
    expect(counts.thread).toEqual({ created: 1, replaced: 1, unchanged: 0 });
    expect(await rows('SELECT thread_id FROM mail_copies')).toEqual([{ thread_id: idOf('two') }]);
  });

  test('a faulty parent is reported once, not again for each of its children', async () => {
    const faults = await world.faultsOf([
      lineOf('customer', 'bad', { name: 5 }),
      lineOf('contact', 'of bad', { customer_id: idOf('bad'), name: 'C' }),
      threadLine('x', { customer_id: idOf('bad'), contact_id: idOf('of bad') }),
    ]);
    expect(faults).toEqual(['1: name must be a string that is not empty']);
  });
});

describe('all or nothing', () => {
  test('a dry run does everything and leaves nothing', async () => {
    const before = await writers();
    const { counts, dryRun } = await world.import([EMAIL, LOG, NOTE], { dryRun: true });
    expect([dryRun, counts.thread?.created]).toEqual([true, 2]);
    expect(await writers()).toEqual(before);
  });

  test('an import that is stopped leaves nothing, and its connection is usable', async () => {
    const before = await writers();
    const controller = new AbortController();
    const onProgress = ({ step }: { step: string }) => step === 'finishing' && controller.abort(new Error('stopped'));
    await expect(world.import([EMAIL], { signal: controller.signal, onProgress })).rejects.toThrow('stopped');
    expect(await writers()).toEqual(before);
    await world.import([EMAIL]);
  });

  test('writes to a company get 503 while it is imported, those to others go on; reads see the state before', async () => {
    await world.import([EMAIL, { type: 'company', id: idOf('free'), name: 'Free' }]);
    await rows("INSERT INTO memberships (company_id, user_id, role) VALUES ($1, $2, 'admin')", [
      idOf('free'),
      idOf('dana'),
    ]);
    const caller = callerWith(world.app, token);
    const post = (path: string) => caller.post(path, { thread_id: idOf('mail'), content: 'x' });
    const during: unknown[] = [];
    const ask = async () => {
      const refused = await post(`/api/companies/${COMPANY}/thread-notes`);
      during.push(refused.statusCode, refused.headers['retry-after'] !== undefined);
      during.push((await post(`/api/companies/${idOf('free')}/thread-notes`)).statusCode);
      during.push((await api('communications/threads')).json().count);
    };
    const many = Array.from({ length: 3_000 }, (_, nth) => threadLine(`m${nth}`, { body: 'x' }));
    const source = await spool(Readable.from(toText(many)));
    let readings = 0;
    const pieces = async function* () {
      readings += 1;
      for await (const some of source.pieces()) {
        yield some;
        if (readings === 2 && during.length === 0) await ask();
      }
    };
    await importLines(world.owner, world.ring, { ...source, pieces });
    await source.close();
    expect(during).toEqual([503, true, 400, 1]);
    expect((await post(`/api/companies/${COMPANY}/thread-notes`)).statusCode).toBe(201);
    expect((await api('communications/threads')).json().count).toBe(3_001);
  });

  test('a file of many pieces goes in whole, is unchanged the second time, and a fault in its last line is named', async () => {
    const many = Array.from({ length: 4_000 }, (_, nth) =>
      threadLine(`m${nth}`, {
        thread_group_id: idOf(`group ${nth % 700}`),
        timestamp: `2026-03-${String(1 + (nth % 28)).padStart(2, '0')}T09:00:00Z`,
        body: `${nth} ${'Größe '.repeat(300)}`,
        attachments: [{ filename: `${nth}.pdf`, content_type: 'application/pdf', size_bytes: nth }],
      }),
    );
    const manual = threadLine('log', { source: 'manual', communication_type: 'call', notes: 'Said yes.' });
    expect((await world.import([...many, manual])).counts.thread).toEqual({
      created: 4_001,
      replaced: 0,
      unchanged: 0,
    });
    expect((await world.import([...many, manual])).counts.thread).toEqual({
      created: 0,
      replaced: 0,
      unchanged: 4_001,
    });
    expect((await world.import([...many, { ...manual, notes: 'No.' }])).counts.thread).toEqual({
      created: 0,
      replaced: 1,
      unchanged: 4_000,
    });
    const faulty = [...many, { ...manual, direction: 'up' }];
    await expect(world.import(faulty)).rejects.toMatchObject({
      faults: [{ line: 4_001, reason: 'direction must be one of inbound, outbound' }],
    });
  });

  test('two imports at once wait for each other', async () => {
    const files = [0, 1, 2].map((nth) =>
      toText([...FOUNDATION.slice(3), threadLine(`t${nth}`, { thread_group_id: idOf('g') })]),
    );
    const results = await Promise.all(files.map((file) => world.import(file)));
    expect(results.map(({ counts }) => counts.thread?.created)).toEqual([1, 1, 1]);
    expect(await rows('SELECT message_count FROM communication_threads WHERE is_latest')).toEqual([
      { message_count: 3 },
    ]);
  });
});
