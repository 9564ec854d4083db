import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { createInvoice } from '../support/factories.ts';
import { createCorrespondence, expectCountsToFit, getList, mail, OWN_ADDRESS, postNylas } from '../support/ingest.ts';

/** What a folder is for is the provider's to tell, before a mail lies in it or afterwards. */

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

let sequence = 0;

/** A question of a customer, and an answer of ours in a folder whose id says nothing. */
async function createWorld() {
  const tenant = await createCorrespondence(t.db);
  await createInvoice(t.db, tenant.companyId, tenant.customerId, 'INV-1001');
  sequence += 1;
  const now = Math.floor(Date.now() / 1000) - 20 * 86_400;
  const folder = `AQMkOpaque${sequence}`;
  const ann = { name: 'Ann', email: 'ann.reed@acme.example' };
  const us = { name: 'AR', email: OWN_ADDRESS };
  const conversation = { thread_id: `conversation-${sequence}` };
  const question = {
    ...conversation,
    from: [ann],
    to: [us],
    folders: ['INBOX'],
    date: now,
    body: '<p>When is INV-1001 due?</p>',
  };
  const answer = {
    ...conversation,
    ...{ id: `answer-${sequence}`, from: [us], to: [ann], folders: [folder], date: now + 60, body: '<p>On Fri</p>' },
  };
  const post = (object: object, type = 'message.created', time = now + 120) =>
    postNylas(t, mail(tenant.grantId, object, { type, time }));
  const tell = async (verb: string, attributes: string[], more: object = {}) => {
    sequence += 1;
    const object = { object: 'folder', id: folder, grant_id: tenant.grantId, name: 'X', attributes, ...more };
    return postNylas(t, { type: `folder.${verb}`, id: `folder-event-${sequence}`, data: { object } });
  };
  const rows = async () => (await getList(t, tenant, 'threads?view=message&ordering=timestamp')).data;
  return { ...tenant, now, folder, question, answer, post, tell, rows };
}

const summary = (rows: Record<string, unknown>[]) =>
  rows.map(({ direction, preview, requires_response: open }) => [direction, preview, open]);

describe('a folder of drafts', () => {
  it('told before: a mail in it is not stored and answers nothing; sent two days later, it is', async () => {
    const w = await createWorld();
    expect(await w.tell('created', ['\\Drafts'])).toMatchObject({ state: 'applied' });
    await w.post(w.question);
    expect(await w.post(w.answer)).toMatchObject({ state: 'skipped', reason: 'draft' });
    expect(summary(await w.rows())).toEqual([['inbound', 'When is INV-1001 due?', true]]);

    const later = w.now + 2 * 86_400;
    const sent = { ...w.answer, folders: ['SENT'], body: '<p>On Friday.</p>' };
    expect(await w.post(sent, 'message.updated', later)).toMatchObject({ state: 'applied' });
    expect(summary(await w.rows())).toEqual([
      ['inbound', 'When is INV-1001 due?', false],
      ['outbound', 'On Friday.', false],
    ]);
    await expectCountsToFit(t, w.companyId);
  });

  it('told afterwards: the mail is taken out of the record and the question is open again', async () => {
    const w = await createWorld();
    await w.post(w.question);
    await w.post(w.answer);
    expect(summary(await w.rows())).toEqual([
      ['inbound', 'When is INV-1001 due?', false],
      ['outbound', 'On Fri', false],
    ]);
    await w.tell('updated', ['\\Drafts']);
    const rows = await w.rows();
    expect(summary(rows)).toEqual([['inbound', 'When is INV-1001 due?', true]]);
    expect(rows[0]).toMatchObject({ message_count: 1 });
    expect((await getList(t, w, 'threads')).data).toHaveLength(1);
    await expectCountsToFit(t, w.companyId);
    expect(await w.post({ ...w.answer, id: 'sent-copy', folders: ['SENT'], body: '<p>On Friday.</p>' })).toMatchObject({
      state: 'applied',
    });
    expect(summary(await w.rows())[1]).toEqual(['outbound', 'On Friday.', false]);
  });

  it('told afterwards: a mail that somebody wrote a note on stays, as no answer', async () => {
    const w = await createWorld();
    await w.post(w.question);
    await w.post(w.answer);
    const [, answer] = await w.rows();
    const noted = await t.app.inject({
      method: 'POST',
      url: `/api/companies/${w.companyId}/thread-notes`,
      headers: { authorization: `Token ${w.token}` },
      payload: { thread_id: answer?.id, content: 'Sent?' },
    });
    expect(noted.statusCode).toBe(201);
    await w.tell('created', ['\\Drafts']);
    expect(summary(await w.rows())).toEqual([
      ['inbound', 'When is INV-1001 due?', true],
      ['outbound', 'On Fri', false],
    ]);
    const events = await t.db.query({
      text: `SELECT action, details->'fields' AS fields FROM audit_events
             WHERE company_id = $1 AND subject_id = $2 AND actor_kind = 'provider' ORDER BY id`,
      values: [w.companyId, answer?.id],
    });
    expect(events).toEqual([
      { action: 'thread.created', fields: null },
      { action: 'thread.updated', fields: ['requires_response'] },
    ]);
    await expectCountsToFit(t, w.companyId);
  });

  it('a question that a person has said needs no answer stays answered', async () => {
    const w = await createWorld();
    await w.post(w.question);
    await w.post(w.answer);
    const [question] = await w.rows();
    const change = (requires_response: boolean) =>
      t.app.inject({
        method: 'PATCH',
        url: `/api/companies/${w.companyId}/communications/threads/${question?.id}`,
        headers: { authorization: `Token ${w.token}` },
        payload: { requires_response },
      });
    await change(true);
    await change(false);
    await w.tell('created', ['\\Drafts']);
    expect(summary(await w.rows())).toEqual([['inbound', 'When is INV-1001 due?', false]]);
  });

  it('deleted again: what lies in a folder of that id is judged by the mail alone', async () => {
    const w = await createWorld();
    await w.tell('created', ['\\Drafts']);
    await w.tell('deleted', []);
    expect(await w.post(w.answer)).toMatchObject({ state: 'applied' });
  });

  it('known by its name where it has no attributes, in one mailbox only', async () => {
    const [a, b] = [await createWorld(), await createWorld()];
    await a.tell('created', [], { name: 'Luonnokset' });
    expect(await a.post(a.answer)).toMatchObject({ state: 'skipped', reason: 'draft' });
    expect(await b.post({ ...b.answer, folders: [a.folder] })).toMatchObject({ state: 'applied' });
  });
});

describe('a folder of sent mail', () => {
  const alias = { name: 'Harborline', email: 'billing@old-name.example' };

  it.each(['before', 'afterwards'])('told %s: a mail under another address is ours', async (when) => {
    const w = await createWorld();
    await w.post(w.question);
    const sent = { ...w.answer, from: [alias] };
    if (when === 'before') await w.tell('created', ['\\Sent']);
    await w.post(sent);
    if (when === 'afterwards') await w.tell('created', ['\\Sent']);
    const rows = await w.rows();
    expect(summary(rows)).toEqual([
      ['inbound', 'When is INV-1001 due?', false],
      ['outbound', 'On Fri', false],
    ]);
    expect(rows[1]).toMatchObject({ customer_id: w.customerId, contact_id: w.contactId });
    await expectCountsToFit(t, w.companyId);
  });
});

describe('an update of an old mail', () => {
  it('brings the body of one that came without', async () => {
    const w = await createWorld();
    const truncated = { ...w.question, id: `truncated-${sequence}`, body: undefined, snippet: 'When is' };
    await w.post(truncated, 'message.created.truncated');
    expect(await w.post({ ...truncated, body: w.question.body }, 'message.updated', w.now + 9 * 86_400)).toMatchObject({
      state: 'applied',
    });
    expect(summary(await w.rows())).toEqual([['inbound', 'When is INV-1001 due?', true]]);
  });

  it('is left out where it tells nothing new', async () => {
    const w = await createWorld();
    expect(await w.post(w.question, 'message.updated', w.now + 9 * 86_400)).toMatchObject({ state: 'skipped' });
  });
});
