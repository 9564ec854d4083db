import { describe, expect, test } from 'vitest';
import { callerWith } from '../support/http.ts';
import {
  api,
  detail,
  EMAIL,
  LOG,
  NOTE,
  rows,
  token,
  useEmptyCompany,
  world,
  writers,
} from '../support/import-company.ts';
import { COMPANY, FOUNDATION, idOf, type Line, lineOf, threadLine } from '../support/import-world.ts';
import { misplacedWords } from '../support/ingest.ts';

useEmptyCompany();

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
    ['timestamp', { timestamp: '2026-05-11T09:00:00.000Z' }],
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
    expect(await misplacedWords(world.db, COMPANY)).toEqual([]);
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
