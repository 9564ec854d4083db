import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordBackfilledMail } from '../../src/ingest/ingest.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  connectPhone,
  createCorrespondence,
  expectCountsToFit,
  getList,
  ledgerOf,
  mail,
  postNylas,
  postVonage,
} from '../support/ingest.ts';
import { vonageCompleted, vonageRinging } from '../support/vonage-samples.ts';

/** Ids longer than a row of an index may be: no provider makes such, and none of them may cost a mail or a call. */

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

/** PostgreSQL compresses what repeats itself; this it can't. */
const overlong = () => randomBytes(3_000).toString('hex');

const messagesOf = (tenant: { companyId: string; token: string }) => getList(t, tenant, 'threads?view=message');

describe('POST /api/webhooks/nylas: an overlong id', () => {
  it('of the event is in the ledger, and the same event again is a replay', async () => {
    const tenant = await createCorrespondence(t.db);
    const event = mail(tenant.grantId, {}, { id: overlong() });
    expect(await postNylas(t, event)).toMatchObject({ status: 200, state: 'applied' });
    // The provider counts its attempts in the bytes: it is the id by which they are one event.
    expect(await postNylas(t, { ...event, webhook_delivery_attempt: 2 })).toMatchObject({ state: 'duplicate' });
    expect(await t.db.query({ text: 'SELECT event_id, deliveries FROM webhook_events' })).toEqual([
      { event_id: expect.stringMatching(/^sha256:[0-9a-f]{64}$/), deliveries: 2 },
    ]);
  });

  it('of the message is the same message again', async () => {
    const tenant = await createCorrespondence(t.db);
    const id = overlong();
    expect(await postNylas(t, mail(tenant.grantId, { id }))).toMatchObject({ state: 'applied' });
    expect(await postNylas(t, mail(tenant.grantId, { id }))).toMatchObject({ reason: 'same_message' });
    expect(await postNylas(t, mail(tenant.grantId, { id: overlong() }))).toMatchObject({ state: 'applied' });
    expect((await messagesOf(tenant)).count).toBe(2);
    await expectCountsToFit(t, tenant.companyId);
  });

  it('of the conversation still keeps its mails together', async () => {
    const tenant = await createCorrespondence(t.db);
    const thread_id = overlong();
    for (const id of [thread_id, thread_id, overlong()])
      expect(await postNylas(t, mail(tenant.grantId, { thread_id: id }))).toMatchObject({ state: 'applied' });
    const conversations = (await getList(t, tenant, 'emails')).data;
    expect(conversations.map(({ message_count }) => message_count)).toEqual([1, 2]);
  });

  it('in the headers still says which mail is meant, and which ones it answers', async () => {
    const tenant = await createCorrespondence(t.db);
    const [question, answer] = [overlong(), overlong()].map((id) => `<${id}@acme.example>`);
    const asked = mail(tenant.grantId, { headers: [{ name: 'Message-ID', value: question }], thread_id: null });
    const headers = [
      { name: 'Message-ID', value: answer },
      { name: 'In-Reply-To', value: question },
    ];
    expect(await postNylas(t, mail(tenant.grantId, { headers, thread_id: null }))).toMatchObject({ state: 'applied' });
    expect(await postNylas(t, asked)).toMatchObject({ state: 'applied' });
    expect(await getList(t, tenant, 'emails')).toMatchObject({ count: 1, data: [{ message_count: 2 }] });
  });

  it('of the mailbox is a mailbox that nobody connected', async () => {
    expect(await postNylas(t, mail(overlong()))).toMatchObject({ state: 'skipped', reason: 'unknown_grant' });
  });

  it('of a mail that is fetched is as that of one that is delivered', async () => {
    const tenant = await createCorrespondence(t.db);
    const { object } = mail(tenant.grantId, { id: overlong(), thread_id: overlong() }).data;
    const fetched = await recordBackfilledMail(t.db, t.app.log, 'backfill:1', object);
    expect(fetched).toMatchObject({ state: 'applied' });
    expect(await postNylas(t, mail(tenant.grantId, object))).toMatchObject({ reason: 'same_message' });
  });
});

describe('POST /api/webhooks/vonage: an overlong id', () => {
  it('of the call or the leg is still the same call', async () => {
    const tenant = await createCorrespondence(t.db);
    await connectPhone(t.db, tenant.companyId, '+442079460000');
    const call = { uuid: overlong(), conversation_uuid: overlong() };
    expect(await postVonage(t, { ...vonageRinging, ...call })).toMatchObject({ state: 'applied' });
    expect(await postVonage(t, { ...vonageCompleted, ...call })).toMatchObject({ state: 'applied' });
    const other = { uuid: overlong(), conversation_uuid: null };
    expect(await postVonage(t, { ...vonageRinging, ...other })).toMatchObject({ state: 'applied' });
    const { count, data } = await messagesOf(tenant);
    expect([count, data.map(({ call }) => (call as { status: string }).status)]).toEqual([2, ['completed', 'ringing']]);
  });

  it('of a call between strangers waits like any other', async () => {
    const call = { uuid: overlong(), conversation_uuid: overlong(), from: '15550001111', to: '15550002222' };
    expect(await postVonage(t, { ...vonageRinging, ...call })).toMatchObject({
      state: 'skipped',
      reason: 'unknown_number',
    });
  });

  it('and a number or a user as long costs nothing', async () => {
    const tenant = await createCorrespondence(t.db);
    await connectPhone(t.db, tenant.companyId, '+442079460001');
    const ids = { uuid: 'long-1', conversation_uuid: 'long-2', to: '442079460001' };
    expect(await postVonage(t, { ...vonageRinging, ...ids, from: overlong() })).toMatchObject({ state: 'applied' });
    const byUser = { ...vonageRinging, ...ids, uuid: 'long-3', conversation_uuid: 'long-4', from: null };
    expect(await postVonage(t, { ...byUser, from_user: overlong() })).toMatchObject({ state: 'applied' });
  });
});

it('leaves no event of any of them failed', async () => {
  expect(Object.keys(await ledgerOf(t.db)).filter((line) => line.includes('failed'))).toEqual([]);
});
