import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { exportCompany } from '../../src/transfer/export/export.ts';
import { createUserToken } from '../support/factories.ts';
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
} from '../support/import-world.ts';

// A run of a property imports many files, and machines are shared.
vi.setConfig({ testTimeout: 180_000 });

let world: ImportWorld;

beforeAll(async () => {
  world = await startImportWorld();
});
afterAll(() => world.close());
beforeEach(empty);

function empty() {
  return world.owner.query({ text: 'TRUNCATE companies, users, audit_events CASCADE' });
}

function linesOf(text: string): Line[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

const HISTORY: Line[] = [
  ...FOUNDATION,
  lineOf('mailbox', 'box', { user_id: idOf('dana'), grant_id: 'g1', email: 'ar@northbrook.example', sync: 'all' }),
  lineOf('phone', 'phone', { number: '+13125550100' }),
  ...['gone', 'assigned', 'told'].map((username) => ({ type: 'user', id: idOf(username), username })),
  threadLine('mail', {
    customer_id: idOf('acme'),
    contact_id: idOf('acme contact'),
    source: 'nylas',
    subject: 'Invoice',
    body: 'Dear Dana,\r\n\tit goes out Friday.\n',
    body_type: 'text/plain',
    from: { name: 'Pat', email: 'pat@acme.example' },
    to: [{ email: 'dana@northbrook.example' }, { name: 'AR', email: 'ar@northbrook.example' }],
    is_ar_related: false,
    strategy_tags: ['b', 'a'],
    invoice_ids: [idOf('acme invoice')],
    attachments: [
      { filename: 'b.pdf', content_type: 'application/pdf', size_bytes: 9_007_199_254_740_991, provider_id: 'p' },
      { id: idOf('a'), filename: 'a.png', content_type: 'image/png', size_bytes: 0, is_inline: true },
    ],
    provider: { grant_id: 'g1', message_id: 'm1', recordings: [{ z: 1, a: [null, 1.5e10] }], truncated: true },
  }),
  threadLine('seen twice', {
    source: 'nylas',
    timestamp: '2026-05-12T16:00:00Z',
    provider: {
      grant_id: 'g1',
      message_id: 'm2',
      automatic: true,
      copies: [
        { grant_id: 'g2', message_id: 'm9', thread_id: 't9' },
        { grant_id: 'g3', message_id: 'm2' },
      ],
      awaits: ['<a@acme.example>', '<b\\\tacme.example>'],
    },
  }),
  threadLine('log', {
    customer_id: idOf('acme'),
    source: 'manual',
    communication_type: 'meeting',
    notes: 'Met Pat.',
    logged_by_id: idOf('gone'),
    is_resolved: true,
    timestamp: '0001-01-01T00:00:00Z',
    created_at: '2026-05-14T10:00:00.123Z',
  }),
  threadLine('dispute', {
    customer_id: idOf('acme'),
    source: 'manual',
    communication_type: 'call',
    notes: 'They dispute the price, and pay the rest.',
    outcome: 'promise_to_pay',
    dispute: { reason: 'price', invoice_ids: [idOf('acme invoice')] },
    follow_up_at: '2026-06-08T07:00:00.000Z',
    assignee_id: idOf('assigned'),
    timestamp: '2026-05-13T10:00:00.000Z',
  }),
  threadLine('paid', {
    customer_id: idOf('acme'),
    communication_type: 'call',
    outcome: 'paid',
    dispute: { reason: 'other' },
    timestamp: '2026-05-13T11:00:00.000Z',
  }),
  threadLine('call', {
    communication_type: 'call',
    call: { status: 'busy', duration_seconds: 0 },
    provider: {
      call_uuid: 'CON-1',
      call_keys: ['CON-1', 'leg \\ 1'],
      call_state: { conversationUuid: 'CON-1', rank: 3, legs: ['leg \\ 1'], parties: null, "it's": '"x"\n' },
    },
    timestamp: '9999-12-31T23:59:59.999Z',
  }),
  lineOf('thread_note', 'note', { thread_id: idOf('mail'), author_id: idOf('dana'), content: ' as it was written ' }),
  lineOf('promise', 'promise', {
    customer_id: idOf('acme'),
    thread_id: idOf('dispute'),
    status: 'open',
    due_on: '2026-06-05',
    amount: '4210.00',
    currency: 'USD',
    invoice_ids: [idOf('acme invoice')],
    created_by_id: idOf('told'),
    created_at: '2026-05-13T10:00:01.000Z',
    updated_at: '2026-05-14T10:00:01.000Z',
  }),
  lineOf('promise', 'another promise', {
    customer_id: idOf('acme'),
    thread_id: idOf('paid'),
    status: 'kept',
    due_on: '2026-05-13',
  }),
];

describe('comms export', () => {
  test('writes what an import reads: parents before children, messages and notes by time', async () => {
    await world.import(HISTORY);
    const lines = linesOf(await world.export(COMPANY));
    const types = lines.map((line) => line.type);
    expect([...new Set(types)]).toEqual([
      ...[
        'company',
        'user',
        'membership',
        'customer',
        'contact',
        'invoice',
        'scheduled_action',
        'scheduled_touchpoint',
      ],
      ...['mailbox', 'phone', 'thread', 'thread_note', 'promise'],
    ]);
    expect(types.length).toBe(HISTORY.length);
    expect(lines.filter((line) => line.type === 'thread').map((line) => line.id)).toEqual(
      ['log', 'mail', 'seen twice', 'dispute', 'paid', 'call'].map(idOf),
    );
    expect(lines.find((line) => line.id === idOf('log'))).toEqual({
      type: 'thread',
      id: idOf('log'),
      company_id: COMPANY,
      thread_group_id: idOf('group of log'),
      customer_id: idOf('acme'),
      communication_type: 'meeting',
      source: 'manual',
      direction: 'inbound',
      notes: 'Met Pat.',
      is_resolved: true,
      logged_by_id: idOf('gone'),
      timestamp: '0001-01-01T00:00:00.000Z',
      created_at: '2026-05-14T10:00:00.123Z',
      updated_at: expect.any(String),
    });
    expect(lines.find((line) => line.type === 'thread_note')).toMatchObject({ content: ' as it was written ' });
    for (const name of ['dispute', 'paid', 'promise', 'another promise'])
      expect(lines.find((line) => line.id === idOf(name))).toMatchObject(
        HISTORY.find((line) => line.id === idOf(name)) ?? {},
      );
  });

  test('brings the users who are members or stand in a row, and no others', async () => {
    await world.import([...HISTORY, { type: 'user', id: idOf('stranger'), username: 'stranger' }]);
    const users = linesOf(await world.export(COMPANY)).filter((line) => line.type === 'user');
    expect(users.map((user) => user.username).sort()).toEqual(['assigned', 'dana', 'gone', 'told']);
  });

  test('holds nothing of another company, and no password or token', async () => {
    await world.import([...HISTORY, { type: 'company', id: idOf('other'), name: 'Other' }]);
    await world.import([{ type: 'customer', id: idOf('theirs'), company_id: idOf('other'), name: 'Theirs' }]);
    await world.owner.query({ text: "UPDATE users SET password_hash = '$argon2id$secret'" });
    const token = await createUserToken(world.db, idOf('dana'));
    const text = await world.export(COMPANY);
    for (const secret of ['Theirs', idOf('other'), 'argon2id', token]) expect(text).not.toContain(secret);
  });

  test('imported into an empty database it exports the same bytes again; into its own it changes nothing', async () => {
    await world.import(HISTORY);
    const text = await world.export(COMPANY);
    const { counts } = await world.import(text);
    expect(counts.thread).toEqual({ created: 0, replaced: 0, unchanged: 6 });
    expect(counts.promise).toEqual({ created: 0, replaced: 0, unchanged: 2 });
    expect(counts.thread_note).toEqual({ created: 0, replaced: 0, unchanged: 1 });
    await empty();
    await world.import(text);
    expect(await world.export(COMPANY)).toBe(text);
  });

  test("what a provider's next event looks for comes along: other mailboxes, awaited mails, the state of calls", async () => {
    await world.import(HISTORY);
    const traces = () =>
      Promise.all(
        ['mail_copies', 'awaited_mails', 'calls', 'call_keys'].map((table) =>
          world.owner.query({ text: `SELECT * FROM ${table} ORDER BY 1, 2, 3` }),
        ),
      );
    const before = await traces();
    expect(before.map((stored) => stored.length)).toEqual([2, 2, 1, 2]);
    const text = await world.export(COMPANY);
    await empty();
    await world.import(text);
    expect(await traces()).toEqual(before);
    const [automatic] = await world.owner.query({
      text: 'SELECT count(*)::int AS messages FROM communication_threads WHERE is_automatic',
    });
    expect(automatic).toEqual({ messages: 1 });
  });

  test('what was logged over the API goes the same way', async () => {
    await world.import(HISTORY);
    const caller = callerWith(world.app, await createUserToken(world.db, idOf('dana')));
    const log = { communication_type: 'call', notes: 'Spoke with Pat.', scheduled_action_id: idOf('acme action') };
    const logged = await caller.post(`/api/companies/${COMPANY}/communications/log-manual`, log);
    expect(logged.statusCode).toBe(201);
    const text = await world.export(COMPANY);
    await empty();
    await world.import(text);
    expect(await world.export(COMPANY)).toBe(text);
    const [action] = await world.owner.query({
      text: 'SELECT status, completed_by_thread_id FROM scheduled_actions WHERE id = $1',
      values: [idOf('acme action')],
    });
    expect(action).toEqual({ status: 'completed', completed_by_thread_id: logged.json().id });
  });

  test('is of one moment, whatever is written meanwhile', async () => {
    await world.import(FOUNDATION);
    const many = Array.from({ length: 1_200 }, (_, nth) => threadLine(`m${nth}`, { body: 'x'.repeat(400) }));
    await world.import(many);
    let text = '';
    let isDisturbed = false;
    await exportCompany(world.owner, world.ring, COMPANY, {
      write: async (lines) => {
        text += lines;
        if (isDisturbed) return;
        isDisturbed = true;
        await world.import([
          threadLine('late', { timestamp: '2026-06-01T00:00:00Z' }),
          { ...many[1_199], body: 'changed' },
        ]);
      },
    });
    expect(isDisturbed).toBe(true);
    const threads = linesOf(text).filter((line) => line.type === 'thread');
    expect(threads.length).toBe(1_200);
    expect(text).not.toContain('changed');
  });

  test('waits for a reader that is slow', async () => {
    await world.import([
      ...FOUNDATION,
      ...Array.from({ length: 600 }, (_, nth) => threadLine(`m${nth}`, { body: 'x'.repeat(2_000) })),
    ]);
    let open = 0;
    await exportCompany(world.owner, world.ring, COMPANY, {
      write: async () => {
        open += 1;
        expect(open).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 20));
        open -= 1;
      },
    });
  });

  test('says so when a note can not be opened, rather than leave it out', async () => {
    await world.import(HISTORY);
    await world.owner.query({ text: "UPDATE thread_notes SET content = '\\x00'" });
    await expect(world.export(COMPANY)).rejects.toThrow('Could not decrypt thread_notes.content');
  });

  test('import → export → import is the identity for any text', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.string({ unit: 'binary', maxLength: 40 }).filter((any) => !any.includes('\0')),
      fc.constantFrom(
        '\\N',
        '\\.',
        '\t',
        '\n',
        '\r\n',
        '\\',
        '{}',
        '{"a,b"}',
        'NULL',
        "'",
        '"',
        '\u2028',
        '\uFEFF',
        '\u0001',
        '\\x00',
        '😀',
      ),
    );
    const name = text.filter((any) => any !== '');
    const file = fc.record({
      name,
      email: text,
      subject: text,
      body: text,
      notes: text,
      content: name,
      tags: fc.array(text, { maxLength: 4 }),
      recordings: fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 2 }),
    });
    await fc.assert(
      fc.asyncProperty(file, async (any) => {
        await empty();
        const recordings = JSON.parse(JSON.stringify(any.recordings).replaceAll('\\u0000', ''));
        await world.import([
          ...FOUNDATION,
          lineOf('customer', 'any', { name: any.name }),
          threadLine('mail', {
            customer_id: idOf('any'),
            subject: any.subject,
            body: any.body,
            from: { name: any.name, email: any.email },
            strategy_tags: any.tags,
            attachments: [{ filename: any.name, content_type: any.subject, size_bytes: 1, provider_id: any.body }],
            provider: { rfc_message_id: any.name, recordings },
          }),
          threadLine('log', { source: 'manual', notes: any.notes }),
          lineOf('thread_note', 'note', { thread_id: idOf('log'), author_id: idOf('dana'), content: any.content }),
        ]);
        const exported = await world.export(COMPANY);
        const lines = new Map(linesOf(exported).map((line) => [line.id, line]));
        expect(lines.get(idOf('any'))?.name).toBe(any.name);
        expect(lines.get(idOf('mail'))).toMatchObject({ body: any.body, attachments: [{ filename: any.name }] });
        expect(lines.get(idOf('mail'))?.subject ?? '').toBe(any.subject);
        expect(lines.get(idOf('mail'))?.strategy_tags ?? []).toEqual(any.tags);
        expect(lines.get(idOf('log'))?.notes).toBe(any.notes);
        expect(lines.get(idOf('note'))?.content).toBe(any.content);
        await empty();
        await world.import(exported);
        expect(await world.export(COMPANY)).toBe(exported);
      }),
      { numRuns: 40 },
    );
  });
});
