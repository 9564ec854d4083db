import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockCompanyExclusively } from '../../src/db/locks.ts';
import { newId } from '../../src/domain/ids.ts';
import { retryEvents } from '../../src/ingest/ingest.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  connectPhone,
  createCorrespondence,
  ledgerRow,
  mail,
  OWN_ADDRESS,
  postNylas,
  postVonage,
} from '../support/ingest.ts';

/**
 * Audit events of what a provider's delivery changes carry the id of the request that delivered it, so that an operator
 * finds the delivery in the log. They are written in the transaction that makes the change.
 */

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

type Entry = { action: string; request_id: string | null };

let sequence = 0;

async function createDesk() {
  const tenant = await createCorrespondence(t.db);
  const { companyId, grantId, token } = tenant;
  sequence += 1;
  const own = `+4420794${String(sequence).padStart(5, '0')}`;
  await connectPhone(t.db, companyId, own);
  const [begun] = await t.db.query<{ xid: string }>({ text: 'SELECT pg_current_xact_id()::text AS xid' });
  const seen = new Set<string>();
  /** The audit events since the last call. */
  const entries = async (): Promise<Entry[]> => {
    const rows = await t.db.query<Entry & { id: string }>({
      text: `SELECT id, action, request_id FROM audit_events WHERE company_id = $1 AND actor_kind = 'provider' ORDER BY id`,
      values: [companyId],
    });
    const news = rows.filter(({ id }) => !seen.has(id));
    for (const { id } of news) seen.add(id);
    return news.map(({ action, request_id }) => ({ action, request_id }));
  };
  /** Rows that were changed by a transaction without an audit event. */
  const unrecorded = () =>
    t.db.query<{ id: string }>({
      text: `SELECT r.id
             FROM (SELECT id, company_id, changed_in FROM communication_threads
                   UNION ALL SELECT id, company_id, changed_in FROM thread_notes
                   UNION ALL SELECT id, company_id, changed_in FROM promises) r
             WHERE r.company_id = $1 AND r.changed_in > $2::text::xid8
               AND NOT EXISTS (SELECT FROM audit_events a WHERE a.company_id = $1 AND a.transaction_id = r.changed_in)`,
      values: [companyId, begun?.xid],
    });
  const expectRecorded = async (requestId: string, actions: string[]) => {
    expect(await entries()).toEqual(actions.map((action) => ({ action, request_id: requestId })));
    expect(await unrecorded()).toEqual([]);
  };
  const post = async (requestId: string, object: object, envelope: object = {}) => {
    const event = mail(grantId, object, envelope);
    return { ...(await postNylas(t, event, { requestId })), eventId: event.id };
  };
  const reportFolder = (requestId: string, folder: string, attribute: string) =>
    postNylas(
      t,
      {
        type: 'folder.updated',
        id: `folder-${newId()}`,
        data: { object: { object: 'folder', id: folder, grant_id: grantId, name: 'X', attributes: [attribute] } },
      },
      { requestId },
    );
  const addNote = async () => {
    const headers = { authorization: `Token ${token}` };
    const threads = await t.app.inject({ url: `/api/companies/${companyId}/communications/threads`, headers });
    const payload = { thread_id: threads.json().data[0].id, content: 'Kept.' };
    await t.app.inject({ method: 'POST', url: `/api/companies/${companyId}/thread-notes`, headers, payload });
  };
  return { ...tenant, own, post, reportFolder, entries, expectRecorded, addNote };
}

const withIds = (id: string, references = '') => ({
  headers: [
    { name: 'Message-ID', value: `<${id}@x.example>` },
    { name: 'References', value: references },
  ],
  ...(references ? { thread_id: null } : {}),
});

describe('the audit events of a mail', () => {
  it('carry the request id of its delivery, also for the conversations that it merges', async () => {
    const d = await createDesk();
    await d.post('one', withIds('one'));
    await d.expectRecorded('one', ['thread.created']);
    await d.post('two', withIds('two'));
    await d.expectRecorded('two', ['thread.created']);
    await d.post('three', withIds('three', '<one@x.example> <two@x.example>'));
    await d.expectRecorded('three', ['thread.updated', 'thread.updated', 'thread.created']);
  });

  it('carry that of the delivery which brings the missing body', async () => {
    const d = await createDesk();
    const ids = { id: `cut-${newId()}`, thread_id: 'cut' };
    const { body: _, ...cut } = { body: '', ...ids };
    await d.post('cut', { ...cut, body: undefined, snippet: 'First' }, { type: 'message.created.truncated' });
    await d.expectRecorded('cut', ['thread.created']);
    await d.post('whole', { ...ids, body: '<p>First words, and more.</p>' });
    await d.expectRecorded('whole', ['thread.updated']);
  });

  it.each([
    ['sent', '\\Sent', ['thread.updated'], false],
    ['a draft', '\\Drafts', ['thread.deleted'], false],
    ['a draft that has a note', '\\Drafts', ['thread.updated'], true],
  ])('carry that of the delivery which reports its folder later: %s', async (_, attribute, actions, isNoted) => {
    const d = await createDesk();
    const folder = `Opaque-${newId()}`;
    const us = { name: 'AR', email: OWN_ADDRESS };
    const ann = { name: 'Ann', email: 'ann.reed@acme.example' };
    const conversation = { thread_id: `conversation-${newId()}` };
    await d.post('question', {
      ...conversation,
      from: [ann],
      to: [us],
      date: 1_760_000_000,
      body: '<p>When is invoice INV-1001 due? We want to pay it.</p>',
    });
    const answer = { from: [us], to: [ann], folders: [folder], date: 1_760_000_060 };
    // Until the folder's role is known, the mail seems to be the customer's, or in the case of a draft an answer of ours.
    await d.post('answer', { ...conversation, ...answer, ...(attribute === '\\Sent' ? { from: [ann] } : {}) });
    if (isNoted) await d.addNote();
    await d.entries();
    await d.reportFolder('folder', folder, attribute);
    await d.expectRecorded('folder', actions);
  });
});

describe('the audit events of a call', () => {
  it('carry the request id of each delivery that adds to it, and of the one that merges two calls', async () => {
    const d = await createDesk();
    const ids = { uuid: newId(), conversation_uuid: `CON-${newId()}` };
    const of = {
      from: d.own.slice(1),
      to: '447700900000',
      direction: 'outbound',
      timestamp: '2026-01-05T12:00:00.000Z',
    };
    await postVonage(t, { ...of, ...ids, status: 'started' }, {}, 'started');
    await d.expectRecorded('started', ['thread.created']);
    await postVonage(t, { ...of, ...ids, status: 'answered', timestamp: '2026-01-05T12:00:09.000Z' }, {}, 'answered');
    await d.expectRecorded('answered', ['thread.updated']);

    const other = { uuid: newId(), conversation_uuid: `CON-${newId()}` };
    await postVonage(t, { ...of, ...other, status: 'started' }, {}, 'other');
    await d.expectRecorded('other', ['thread.created']);
    const tie = {
      ...of,
      uuid: ids.uuid,
      conversation_uuid: other.conversation_uuid,
      status: 'completed',
      duration: '7',
    };
    await postVonage(t, tie, {}, 'tie');
    const entries = await d.entries();
    expect(entries.map(({ request_id }) => request_id)).toEqual(entries.map(() => 'tie'));
    expect(entries.map(({ action }) => action)).toContain('thread.deleted');
  });
});

describe('the audit events of an event that had to wait', () => {
  it('carry the request id of its first delivery, though it is applied in the background', async () => {
    const d = await createDesk();
    const event = mail(d.grantId);
    const call = {
      ...{ from: d.own.slice(1), to: '447700900000', direction: 'outbound', status: 'started' },
      ...{ uuid: newId(), conversation_uuid: `CON-${newId()}`, timestamp: '2026-01-05T12:00:00.000Z' },
    };
    await t.db.transaction(async (tx) => {
      await lockCompanyExclusively(tx, d.companyId);
      expect(await postNylas(t, event, { requestId: 'first' })).toMatchObject({ state: 'received' });
      expect(await postNylas(t, event, { requestId: 'again' })).toMatchObject({ state: 'duplicate' });
      expect(await postVonage(t, call, {}, 'call')).toMatchObject({ state: 'received' });
    });
    await retryEvents(t.db, { warn: () => undefined }, ['received']);
    expect(await ledgerRow(t.db, event.id)).toMatchObject({ state: 'applied', request_id: 'first' });
    expect(await d.entries()).toEqual([
      { action: 'thread.created', request_id: 'first' },
      { action: 'thread.created', request_id: 'call' },
    ]);
  });
});
