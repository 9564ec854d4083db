import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../src/domain/ids.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { connectPhone, createCorrespondence, mail, OWN_ADDRESS, postNylas, postVonage } from '../../support/ingest.ts';
import { settle } from '../../support/settle.ts';

/** A copy of all messages by `updated_after` and `thread.deleted`, as the cookbook describes it, ends as the record. */

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

type Row = { id: string } & Record<string, unknown>;

async function createMirror() {
  const tenant = await createCorrespondence(t.db);
  const own = `+4420${String(Date.now()).slice(-8)}`;
  await connectPhone(t.db, tenant.companyId, own);
  const headers = { authorization: `Token ${tenant.token}` };
  const get = async (path: string) => {
    const answer = await t.app.inject({ url: `/api/companies/${tenant.companyId}/communications/${path}`, headers });
    expect(answer.statusCode).toBe(200);
    return answer.json();
  };
  const post = async (path: string, payload: object) => {
    const answer = await t.app.inject({
      method: 'POST',
      url: `/api/companies/${tenant.companyId}/${path}`,
      headers,
      payload,
    });
    expect(answer.statusCode).toBe(201);
  };
  const copy = new Map<string, Row>();
  const deleted: string[] = [];
  let watermark = new Date(0).toISOString();
  let after: string = (await get('events?after=latest')).next_after;

  /** One run of the program that keeps the copy. */
  const sync = async () => {
    await settle(t.db);
    const changed = await get(`threads?view=message&page_size=500&updated_after=${encodeURIComponent(watermark)}`);
    for (const row of changed.data as Row[]) copy.set(row.id, row);
    watermark = changed.watermark;
    const events = await get(`events?limit=500&after=${after}`);
    after = events.next_after;
    for (const event of events.data as { type: string; thread_id: string }[]) {
      if (event.type !== 'thread.deleted') continue;
      copy.delete(event.thread_id);
      deleted.push(event.thread_id);
    }
  };
  const expectTheSame = async () => {
    const { data, count } = await get('threads?view=message&page_size=500');
    expect([...copy.keys()].toSorted()).toEqual((data as Row[]).map(({ id }) => id).toSorted());
    expect(count).toBe(copy.size);
    expect((data as Row[]).filter((row) => !isDeepStrictEqual(copy.get(row.id), row))).toEqual([]);
  };
  return { ...tenant, own, get, post, sync, expectTheSame, deleted };
}

const us = { name: 'AR', email: OWN_ADDRESS };
const ann = { name: 'Ann', email: 'ann.reed@acme.example' };

describe('a copy that follows the record', () => {
  it('loses the draft that was taken for an answer, and its question is open again', async () => {
    const m = await createMirror();
    const [folder, threadId] = [`Opaque-${newId()}`, newId()];
    const question = { thread_id: threadId, from: [ann], to: [us], date: 1_760_000_000 };
    await postNylas(t, mail(m.grantId, { ...question, body: '<p>When is invoice INV-1001 due? We want to pay.</p>' }));
    await m.sync();
    const draft = { thread_id: threadId, from: [us], to: [ann], folders: [folder], date: 1_760_000_060 };
    await postNylas(t, mail(m.grantId, draft));
    await m.sync();
    await m.expectTheSame();
    const attributes = ['\\Drafts'];
    const object = { object: 'folder', id: folder, grant_id: m.grantId, name: 'X', attributes };
    await postNylas(t, { type: 'folder.updated', id: newId(), data: { object } });
    await m.sync();
    await m.expectTheSame();
    expect(m.deleted).toHaveLength(1);
    expect((await m.get('threads')).data).toMatchObject([{ requires_response: true, message_count: 1 }]);
  });

  it('has one call where two turned out to be one, with what was attached to either', async () => {
    const m = await createMirror();
    const of = { from: m.own.slice(1), to: '447700900000', direction: 'outbound' };
    const at = (second: number) => ({ timestamp: `2026-01-05T12:00:${String(second).padStart(2, '0')}.000Z` });
    const [one, other] = ['one', 'other'].map((name) => ({
      uuid: newId(),
      conversation_uuid: `CON-${name}-${newId()}`,
    }));
    for (const ids of [one, other]) await postVonage(t, { ...of, ...ids, ...at(1), status: 'started' });
    await m.sync();
    await m.expectTheSame();
    for (const { id } of (await m.get('threads')).data)
      await m.post('thread-notes', { thread_id: id, content: 'Kept.' });
    await m.sync();
    const tie = { uuid: one?.uuid, conversation_uuid: other?.conversation_uuid, status: 'completed', duration: '7' };
    await postVonage(t, { ...of, ...at(9), ...tie });
    await m.sync();
    await m.expectTheSame();
    expect(m.deleted).toHaveLength(1);
    const { data: calls } = await m.get('threads');
    expect(calls).toHaveLength(1);
  });

  it('skips what came and went between two of its runs', async () => {
    const m = await createMirror();
    const folder = `Opaque-${newId()}`;
    await postNylas(t, mail(m.grantId, { from: [us], to: [ann], folders: [folder] }));
    const object = { object: 'folder', id: folder, grant_id: m.grantId, name: 'X', attributes: ['\\Drafts'] };
    await postNylas(t, { type: 'folder.updated', id: newId(), data: { object } });
    await m.sync();
    await m.expectTheSame();
    expect(m.deleted).toHaveLength(1);
  });
});
