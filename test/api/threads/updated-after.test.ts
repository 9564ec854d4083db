import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../src/domain/ids.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import {
  createCustomer,
  createInvoice,
  createMany,
  createMessage,
  createPromise,
  createTenant,
} from '../../support/factories.ts';
import { run } from '../../support/global-setup.ts';
import { createCorrespondence, mail, postNylas } from '../../support/ingest.ts';
import { settle } from '../../support/settle.ts';

/** `updated_after` and `watermark`: a program that follows along sees every change, whenever it commits. */

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

type Tenant = Awaited<ReturnType<typeof createTenant>>;
type Row = {
  id: string;
  thread_group_id: string;
  is_resolved: boolean;
  content: string;
  invoice_ids: string[];
  updated_at: string;
};

const LONG_AGO = '2000-01-01T00:00:00Z';

async function get(tenant: Tenant, path: string) {
  const response = await t.app.inject({
    url: `/api/companies/${tenant.companyId}/${path}`,
    headers: { authorization: `Token ${tenant.token}` },
  });
  return { status: response.statusCode, ...response.json() };
}

/** Walks all pages from a mark on, as a following program does. */
async function follow(tenant: Tenant, list: string, mark: string): Promise<{ rows: Row[]; watermark: string }> {
  const query = `${list}${list.includes('?') ? '&' : '?'}updated_after=${encodeURIComponent(mark)}&page_size=3`;
  let page = await get(tenant, query);
  expect(page.status).toBe(200);
  const { watermark } = page;
  const rows: Row[] = [...page.data];
  while (page.next_cursor) {
    page = await get(tenant, `${query}&cursor=${page.next_cursor}`);
    expect(page.watermark).toBeUndefined();
    rows.push(...page.data);
  }
  return { rows, watermark };
}

async function patchThread(tenant: Tenant, threadId: string, payload: object) {
  const response = await t.app.inject({
    method: 'PATCH',
    url: `/api/companies/${tenant.companyId}/communications/threads/${threadId}`,
    headers: { authorization: `Token ${tenant.token}` },
    payload,
  });
  expect(response.statusCode).toBe(200);
}

async function addNote(tenant: Tenant, threadId: string, content: string): Promise<string> {
  const response = await t.app.inject({
    method: 'POST',
    url: `/api/companies/${tenant.companyId}/thread-notes`,
    headers: { authorization: `Token ${tenant.token}` },
    payload: { thread_id: threadId, content },
  });
  return response.json().id;
}

const THREADS = 'communications/threads';

describe('updated_after', () => {
  it('begins with everything and goes on with what changed', async () => {
    const tenant = await createTenant(t.db);
    const messages = [];
    for (let n = 0; n < 8; n++) messages.push(await createMessage(t.db, t.ring, tenant.companyId));
    await settle(t.db);

    const first = await follow(tenant, THREADS, LONG_AGO);
    expect(first.rows.map((row) => row.id).sort()).toEqual(messages.map((message) => message.id).sort());

    const changed = messages[5]?.id ?? '';
    await patchThread(tenant, changed, { is_resolved: true });
    await settle(t.db);
    const second = await follow(tenant, THREADS, first.watermark);
    expect(second.rows).toMatchObject([{ id: changed, is_resolved: true }]);

    expect((await follow(tenant, THREADS, second.watermark)).rows).toEqual([]);
  });

  it('shows a change that commits after younger ones were shown', async () => {
    const tenant = await createTenant(t.db);
    const late = await createMessage(t.db, t.ring, tenant.companyId);
    const other = await createMessage(t.db, t.ring, tenant.companyId);
    await settle(t.db);
    const start = await follow(tenant, THREADS, LONG_AGO);
    const slow = new pg.Client({ connectionString: t.database.ownerUrl });
    await slow.connect();
    await slow.query('BEGIN');
    await slow.query('UPDATE communication_threads SET is_resolved = true WHERE id = $1', [late.id]);
    await patchThread(tenant, other.id, { is_resolved: true });

    const during = await follow(tenant, THREADS, start.watermark);
    await slow.query('COMMIT');
    await slow.end();
    await settle(t.db);
    const afterwards = await follow(tenant, THREADS, during.watermark);

    expect(during.rows.map((row) => row.id)).toEqual([other.id]);
    expect(afterwards.rows).toContainEqual(expect.objectContaining({ id: late.id, is_resolved: true }));
  });

  it('that is a time shows a change whose transaction began before the first event since', async () => {
    const tenant = await createTenant(t.db);
    const late = await createMessage(t.db, t.ring, tenant.companyId);
    const other = await createMessage(t.db, t.ring, tenant.companyId);
    await t.db.query({
      text: `UPDATE companies SET created_at = '2020-01-01Z' WHERE id = $1`,
      values: [tenant.companyId],
    });
    await run(t.database.ownerUrl, [`DELETE FROM audit_events WHERE company_id = '${tenant.companyId}'`]);
    const since = new Date().toISOString();
    const slow = new pg.Client({ connectionString: t.database.ownerUrl });
    await slow.connect();
    await slow.query('BEGIN');
    await slow.query('UPDATE communication_threads SET is_resolved = true WHERE id = $1', [late.id]);
    await patchThread(tenant, other.id, { is_resolved: true });
    await slow.query(
      `INSERT INTO audit_events (company_id, id, actor_kind, action, subject_id, details)
       VALUES ($1, $2, 'operator', 'thread.updated', $3, '{}')`,
      [tenant.companyId, newId(), late.id],
    );
    await slow.query('COMMIT');
    await slow.end();
    await settle(t.db);

    const { rows } = await follow(tenant, THREADS, since);
    expect(rows.map((row) => row.id).sort()).toEqual([late.id, other.id].sort());
  });

  it('misses nothing of what sixteen writers commit at different times', async () => {
    const tenant = await createTenant(t.db);
    const seen = new Set<string>();
    const written: string[] = [];
    let { watermark: mark } = await follow(tenant, `${THREADS}?view=message`, LONG_AGO);
    let areWriting = true;
    const writers = Promise.all(
      Array.from({ length: 16 }, async (_, writer) => {
        for (let n = 0; n < 5; n++) {
          await t.db.transaction(async (tx) => {
            const id = crypto.randomUUID();
            await tx.query({
              text: `INSERT INTO communication_threads (company_id, id, thread_group_id, is_latest, message_count, "timestamp", communication_type, source, direction)
                     VALUES ($1, $2, $2, true, 1, now(), 'email', 'nylas', 'inbound')`,
              values: [tenant.companyId, id],
            });
            await pause((writer * 7 + n * 13) % 60);
            written.push(id);
          });
        }
      }),
    ).then(() => {
      areWriting = false;
    });
    while (areWriting) {
      const { rows, watermark } = await follow(tenant, `${THREADS}?view=message`, mark);
      for (const row of rows) seen.add(row.id);
      mark = watermark;
    }
    await writers;
    for (const row of (await follow(tenant, `${THREADS}?view=message`, mark)).rows) seen.add(row.id);

    expect(written).toHaveLength(80);
    expect(written.filter((id) => !seen.has(id))).toEqual([]);
  });

  it('shows the conversation anew when a message joins it, whether it becomes the latest or comes late', async () => {
    const tenant = await createTenant(t.db);
    const first = await createMessage(t.db, t.ring, tenant.companyId, { timestamp: '2026-02-01T00:00:00.000Z' });
    await settle(t.db);
    let { watermark } = await follow(tenant, THREADS, LONG_AGO);
    for (const timestamp of ['2026-03-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z']) {
      const joined = await createMessage(t.db, t.ring, tenant.companyId, {
        threadGroupId: first.threadGroupId,
        timestamp,
      });
      await settle(t.db);
      const next = await follow(tenant, THREADS, watermark);
      expect(next.rows).toHaveLength(1);
      expect(next.rows[0]?.id === joined.id).toBe(timestamp.startsWith('2026-03'));
      watermark = next.watermark;
    }
  });

  it('goes with every filter of the lists', async () => {
    const tenant = await createTenant(t.db);
    const customerId = await createCustomer(t.db, tenant.companyId);
    const invoiceId = await createInvoice(t.db, tenant.companyId, customerId);
    const { watermark } = await follow(tenant, THREADS, LONG_AGO);
    const wanted = await createMessage(t.db, t.ring, tenant.companyId, {
      customerId,
      invoiceIds: [invoiceId],
      timestamp: '2026-02-01T00:00:00.000Z',
    });
    await createMessage(t.db, t.ring, tenant.companyId, {
      subject: 'Hello',
      communicationType: 'call',
      isResolved: true,
    });
    await settle(t.db);
    for (const list of [
      `${THREADS}?customer_id=${customerId}`,
      `${THREADS}?invoice_id=${invoiceId}`,
      `${THREADS}?view=message&customer_id=${customerId}&invoice_id=${invoiceId}`,
      `${THREADS}?search=INV-1001`,
      `${THREADS}?communication_type=email`,
      `${THREADS}?is_resolved=false&date_to=2026-02-01`,
      'communications/emails',
    ]) {
      const { rows } = await follow(tenant, list, watermark);
      expect({ list, ids: rows.map((row) => row.id) }).toEqual({ list, ids: [wanted.id] });
    }
    expect((await follow(tenant, `${THREADS}?contact_id=${customerId}`, watermark)).rows).toEqual([]);
  });

  it('counts exactly what changed', async () => {
    const tenant = await createTenant(t.db);
    const { watermark } = await follow(tenant, THREADS, LONG_AGO);
    for (let n = 0; n < 5; n++) await createMessage(t.db, t.ring, tenant.companyId);
    await settle(t.db);
    expect(await get(tenant, `${THREADS}?updated_after=${watermark}&page_size=2`)).toMatchObject({
      count: 5,
      page: 1,
      watermark: expect.stringMatching(/^[\w-]{82}$/),
    });
  });

  it('walks the list instead when very much changed, with the same answer', async () => {
    const tenant = await createTenant(t.db);
    const { watermark } = await follow(tenant, THREADS, LONG_AGO);
    await createMany(t.db, tenant.companyId, 20_500);
    await settle(t.db);
    const [all, changed] = [
      await get(tenant, `${THREADS}?view=message&page=3`),
      await get(tenant, `${THREADS}?view=message&page=3&updated_after=${watermark}`),
    ];
    expect(changed.data).toEqual(all.data);
    expect(changed.count).toBe(20_500);
    expect(changed.watermark).toBeUndefined();
  });

  it('takes a time to begin with, and is generous by a minute', async () => {
    const tenant = await createTenant(t.db);
    const message = await createMessage(t.db, t.ring, tenant.companyId);
    await patchThread(tenant, message.id, { is_resolved: true });
    await t.db.query({
      text: `UPDATE companies SET created_at = '2020-01-01Z' WHERE id = $1`,
      values: [tenant.companyId],
    });
    await settle(t.db);
    const aMomentAgo = new Date(Date.now() - 1_000).toISOString();
    expect((await follow(tenant, THREADS, aMomentAgo)).rows).toMatchObject([{ id: message.id }]);
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    expect((await follow(tenant, THREADS, inAnHour)).rows).toEqual([]);
  });

  it('is not disturbed by what no list shows, such as a text’s new encryption key', async () => {
    const tenant = await createTenant(t.db);
    const customerId = await createCustomer(t.db, tenant.companyId);
    const log = await createMessage(t.db, t.ring, tenant.companyId, { source: 'manual', customerId });
    await settle(t.db);
    const { watermark } = await follow(tenant, THREADS, LONG_AGO);
    await t.db.query({ text: 'UPDATE communication_threads SET notes = notes WHERE id = $1', values: [log.id] });
    await settle(t.db);
    expect((await follow(tenant, THREADS, watermark)).rows).toEqual([]);
  });

  it('refuses what is neither (400), and a watermark of another database', async () => {
    const tenant = await createTenant(t.db);
    const future = Buffer.alloc(9);
    future.writeUInt8(1);
    future.writeBigUInt64BE(1n << 60n, 1);
    for (const list of [THREADS, 'communications/emails', 'thread-notes']) {
      for (const mark of ['yesterday', '2026-05-12', 'AQAA', future.toString('base64url')]) {
        const answer = await get(tenant, `${list}?updated_after=${mark}`);
        expect(answer.status).toBe(400);
        expect(Object.keys(answer.errors)).toEqual(['updated_after']);
      }
    }
  });

  it('ties a cursor to its mark', async () => {
    const tenant = await createTenant(t.db);
    for (let n = 0; n < 3; n++) await createMessage(t.db, t.ring, tenant.companyId);
    const { next_cursor: cursor } = await get(tenant, `${THREADS}?updated_after=${LONG_AGO}&page_size=1`);
    expect((await get(tenant, `${THREADS}?updated_after=${LONG_AGO}&cursor=${cursor}`)).status).toBe(200);
    expect((await get(tenant, `${THREADS}?cursor=${cursor}`)).code).toBe('invalid_cursor');
  });

  it('costs an ordinary page nothing: no watermark, no statement more', async () => {
    const tenant = await createTenant(t.db);
    expect(await get(tenant, THREADS)).toEqual({
      status: 200,
      count: 0,
      page: 1,
      page_size: 20,
      next_cursor: null,
      data: [],
    });
  });
});

describe('updated_after on thread notes', () => {
  it('shows notes that were written or reworded since', async () => {
    const tenant = await createTenant(t.db);
    const { id: threadId } = await createMessage(t.db, t.ring, tenant.companyId);
    const noteIds = [];
    for (const content of ['One.', 'Two.', 'Three.', 'Four.']) noteIds.push(await addNote(tenant, threadId, content));
    await settle(t.db);
    const first = await follow(tenant, 'thread-notes', LONG_AGO);
    expect(first.rows.map((row) => row.id)).toEqual([...noteIds].reverse());

    await t.app.inject({
      method: 'PATCH',
      url: `/api/companies/${tenant.companyId}/thread-notes/${noteIds[1]}`,
      headers: { authorization: `Token ${tenant.token}` },
      payload: { content: 'Two, reworded.' },
    });
    await settle(t.db);
    const second = await follow(tenant, `thread-notes?author_id=${tenant.userId}`, first.watermark);
    expect(second.rows).toMatchObject([{ id: noteIds[1], content: 'Two, reworded.' }]);
  });
});

describe('updated_after: what a row shows of others', () => {
  it('every message of a conversation, when another joins it: each shows how many there are', async () => {
    const tenant = await createTenant(t.db);
    const { threadGroupId } = await createMessage(t.db, t.ring, tenant.companyId);
    for (let n = 0; n < 2; n++) await createMessage(t.db, t.ring, tenant.companyId, { threadGroupId });
    await createMessage(t.db, t.ring, tenant.companyId);
    await settle(t.db);
    const { watermark } = await follow(tenant, `${THREADS}?view=message`, LONG_AGO);
    await createMessage(t.db, t.ring, tenant.companyId, { threadGroupId, timestamp: '2026-01-01T00:00:00.000Z' });
    await settle(t.db);

    const { rows } = await follow(tenant, `${THREADS}?view=message`, watermark);
    expect(rows).toMatchObject(Array.from({ length: 4 }, () => ({ message_count: 4 })));
    expect((await follow(tenant, THREADS, watermark)).rows).toHaveLength(1);
  });

  it('the same where very much has changed', async () => {
    const tenant = await createTenant(t.db);
    const old = await createMessage(t.db, t.ring, tenant.companyId, { timestamp: '2025-01-01T00:00:00.000Z' });
    const { threadGroupId } = old;
    const later = await createMessage(t.db, t.ring, tenant.companyId, {
      threadGroupId,
      timestamp: '2025-01-02T00:00:00.000Z',
    });
    await settle(t.db);
    const { watermark } = await follow(tenant, THREADS, LONG_AGO);
    await createMany(t.db, tenant.companyId, 20_500);
    await createMessage(t.db, t.ring, tenant.companyId, { threadGroupId });
    await settle(t.db);

    const list = `${THREADS}?view=message&date_to=2025-12-31&updated_after=${watermark}`;
    expect((await get(tenant, list)).data).toMatchObject([
      { id: later.id, message_count: 3 },
      { id: old.id, message_count: 3 },
    ]);
  });

  it.each([
    ['little', 0],
    ['very much', 20_500],
  ])('messages that show a user whom an import renamed, where %s else has changed', async (_, changes) => {
    const tenant = await createTenant(t.db);
    const create = (timestamp: string, further: object = {}) =>
      createMessage(t.db, t.ring, tenant.companyId, { timestamp, ...further });
    const assigned = await create('2025-01-01T00:00:00.000Z');
    const { threadGroupId } = assigned;
    const latest = await create('2025-01-02T00:00:00.000Z', { threadGroupId });
    const logged = await create('2025-01-03T00:00:00.000Z');
    await create('2025-01-04T00:00:00.000Z');
    for (const [column, id] of [['assignee_id', latest.id] as const, ['logged_by_id', logged.id] as const])
      await t.db.query({
        text: `UPDATE communication_threads SET ${column} = $3 WHERE company_id = $1 AND id = $2`,
        values: [tenant.companyId, id, tenant.userId],
      });
    await settle(t.db);
    const { watermark } = await follow(tenant, THREADS, LONG_AGO);
    if (changes > 0) await createMany(t.db, tenant.companyId, changes);
    await t.db.query({
      text: `UPDATE users SET name = 'Dana', renamed_at = now(), renamed_in = pg_current_xact_id() WHERE id = $1`,
      values: [tenant.userId],
    });
    await settle(t.db);

    const of2025 = async (view: string) =>
      (await get(tenant, `${THREADS}?view=${view}&date_to=2025-12-31&updated_after=${watermark}`)).data;
    expect((await of2025('message')).map((row: Row) => row.id)).toEqual([logged.id, latest.id, assigned.id]);
    expect((await of2025('thread')).map((row: Row) => row.id)).toEqual([logged.id, latest.id]);
  });

  it('notes and promises that show a user whom an import renamed', async () => {
    const tenant = await createTenant(t.db);
    const customerId = await createCustomer(t.db, tenant.companyId);
    const { id: threadId } = await createMessage(t.db, t.ring, tenant.companyId, { source: 'manual', customerId });
    const noteId = await addNote(tenant, threadId, 'One.');
    const promiseId = await createPromise(t.db, tenant.companyId, { customerId, threadId });
    await t.db.query({
      text: 'UPDATE promises SET created_by_id = $2 WHERE company_id = $1',
      values: [tenant.companyId, tenant.userId],
    });
    await settle(t.db);
    const marks = { 'thread-notes': '', promises: '' };
    for (const list of ['thread-notes', 'promises'] as const) {
      ({ watermark: marks[list] } = await follow(tenant, list, LONG_AGO));
      expect((await follow(tenant, list, marks[list])).rows).toEqual([]);
    }
    await t.db.query({
      text: `UPDATE users SET name = 'Dana', renamed_at = '2999-01-01', renamed_in = pg_current_xact_id() WHERE id = $1`,
      values: [tenant.userId],
    });
    await settle(t.db);

    const updated_at = '2999-01-01T00:00:00.000Z';
    const notes = await follow(tenant, 'thread-notes', marks['thread-notes']);
    expect(notes.rows).toMatchObject([{ id: noteId, author: { name: 'Dana' }, updated_at }]);
    const promises = await follow(tenant, 'promises', marks.promises);
    expect(promises.rows).toMatchObject([{ id: promiseId, created_by: { name: 'Dana' }, updated_at }]);
  });

  it('mails that are about an invoice now, also those that were about receivables before', async () => {
    const tenant = await createCorrespondence(t.db);
    await createInvoice(t.db, tenant.companyId, tenant.customerId, 'INV-10397');
    const body = '<p>Your invoice is overdue, please pay it.</p>';
    const ids = { thread_id: 'about an invoice' };
    for (const date of [1_770_000_000, 1_770_000_600]) await postNylas(t, mail(tenant.grantId, { ...ids, body, date }));
    await settle(t.db);
    const { rows: before, watermark } = await follow(tenant, `${THREADS}?view=message`, LONG_AGO);
    expect(before).toMatchObject(Array.from({ length: 2 }, () => ({ is_ar_related: true, invoice_ids: [] })));
    await postNylas(t, mail(tenant.grantId, { ...ids, body: '<p>About INV-10397.</p>', date: 1_760_000_000 }));
    await settle(t.db);

    const { rows } = await follow(tenant, `${THREADS}?view=message`, watermark);
    expect(rows.map(({ invoice_ids: invoiceIds }) => invoiceIds.length)).toEqual([1, 1, 1]);
    expect(rows.find(({ id }) => id === before[0]?.id)?.updated_at).not.toBe(before[0]?.updated_at);
  });

  it('notes whose conversation turned out to be another one', async () => {
    const tenant = await createCorrespondence(t.db);
    const withId = (id: string, references = '') =>
      mail(tenant.grantId, {
        headers: [
          { name: 'Message-ID', value: `<${id}@x.example>` },
          { name: 'References', value: references },
        ],
        ...(references ? { thread_id: null } : {}),
      });
    for (const id of ['one', 'two']) await postNylas(t, withId(id));
    const { data: conversations } = await get(tenant, THREADS);
    for (const { id } of conversations) await addNote(tenant, id, 'Which conversation is this?');
    await settle(t.db);
    const { rows: before, watermark } = await follow(tenant, 'thread-notes', LONG_AGO);
    await postNylas(t, withId('three', '<one@x.example> <two@x.example>'));
    await settle(t.db);

    const { rows } = await follow(tenant, 'thread-notes', watermark);
    expect(rows).toHaveLength(1);
    expect(before.map(({ thread_group_id: group }) => group)).toContain(rows[0]?.thread_group_id);
    expect((await get(tenant, THREADS)).data).toMatchObject([{ thread_group_id: rows[0]?.thread_group_id }]);
  });
});
