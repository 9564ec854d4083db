import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../src/domain/ids.ts';
import { purgeExpired } from '../../../src/server/purge-expired.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { createCustomer, createMessage, createTenant } from '../../support/factories.ts';
import {
  connectPhone,
  expectCountsToFit,
  getList,
  ledgerRow,
  postVonage,
  VONAGE_SECRET,
} from '../../support/ingest.ts';
import {
  vonageCall,
  vonageCompleted,
  vonageDelivery,
  vonageRecord,
  vonageRinging,
} from '../../support/vonage-samples.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

let sequence = 0;

/** A company with a phone and a contact, and a call of its own between them. */
async function createTelephony() {
  const tenant = await createTenant(t.db);
  sequence += 1;
  const own = `+4420794${String(60_000 + sequence)}`;
  const other = `+4477009${String(10_000 + sequence)}`;
  await connectPhone(t.db, tenant.companyId, own);
  const customerId = await createCustomer(t.db, tenant.companyId);
  const contactId = newId();
  await t.db.query({
    text: `INSERT INTO contacts (company_id, id, customer_id, name, phone) VALUES ($1, $2, $3, 'Ann Reed', $4)`,
    values: [tenant.companyId, contactId, customerId, other],
  });
  const ids = { uuid: `leg-${sequence}`, conversation_uuid: `CON-${sequence}` };
  return { ...tenant, own, other, customerId, contactId, ids, call: callBetween(own, other, ids) };
}

type Ids = { uuid: string; conversation_uuid: string };

/** The sample call's events under these numbers and ids. */
function callBetween(own: string, other: string, { uuid, conversation_uuid }: Ids): Record<string, unknown>[] {
  return vonageCall.map((event) => ({
    ...event,
    conversation_uuid,
    ...('from' in event ? { from: own.slice(1), to: other.slice(1) } : {}),
    ...('uuid' in event ? { uuid } : {}),
    ...('call_uuid' in event ? { call_uuid: uuid } : {}),
    ...('recording_uuid' in event ? { recording_uuid: `rec-${conversation_uuid}` } : {}),
  }));
}

const post = (payload: Buffer, headers: Record<string, string>) =>
  t.app.inject({ method: 'POST', url: '/api/v1/webhooks/vonage', payload, headers });

describe('POST /api/webhooks/vonage: signature', () => {
  it('answers 401 on any doubt', async () => {
    const now = Math.floor(Date.now() / 1000);
    const genuine = await vonageDelivery(vonageRinging, VONAGE_SECRET);
    const doubtful = [
      await vonageDelivery(vonageRinging, 'another secret of enough characters'),
      await vonageDelivery(vonageRinging, VONAGE_SECRET, { iat: now - 301 }),
      await vonageDelivery(vonageRinging, VONAGE_SECRET, { iat: now + 310 }),
      await vonageDelivery(vonageRinging, VONAGE_SECRET, { iss: 'Somebody' }),
      await vonageDelivery(vonageRinging, VONAGE_SECRET, { jti: undefined }),
      await vonageDelivery(vonageRinging, VONAGE_SECRET, { payload_hash: 'a'.repeat(64) }),
      { ...genuine, bytes: Buffer.from('{}') },
      { ...genuine, headers: { 'content-type': 'application/json' } },
      { ...genuine, headers: { authorization: genuine.headers.authorization.replace('Bearer', 'Token') } },
    ];
    for (const { bytes, headers } of doubtful) {
      const response = await post(bytes, headers as Record<string, string>);
      expect(response.statusCode).toBe(401);
      expect(response.json().code).toBe('invalid_signature');
    }
  });

  it('takes a token’s id once: the same bytes change nothing, others are refused with 401', async () => {
    const { call } = await createTelephony();
    const [started, ringing] = call as [object, object];
    const jti = newId();
    expect(await postVonage(t, started, { jti })).toMatchObject({ status: 200, state: 'applied' });
    expect(await postVonage(t, started, { jti })).toMatchObject({ status: 200, state: 'duplicate' });
    expect((await postVonage(t, ringing, { jti })).status).toBe(401);
    expect(await postVonage(t, ringing)).toMatchObject({ status: 200, state: 'applied' });
    await t.db.query({ text: `UPDATE used_jwt_ids SET expires_at = now() - interval '1 s'` });
    await purgeExpired(t.db);
    expect(await t.db.query({ text: 'SELECT jti FROM used_jwt_ids' })).toEqual([]);
  });

  it('answers 503 while no secret is set', async () => {
    const bare = await startTestApp({ vonageSignatureSecrets: [] });
    expect((await postVonage(bare, vonageRinging)).status).toBe(503);
    await bare.close();
  });
});

describe('POST /api/webhooks/vonage: a call becomes a row', () => {
  it('is one row and a thread group of its own, with contact, times, duration and recording', async () => {
    const tenant = await createTelephony();
    for (const event of tenant.call) expect(await postVonage(t, event)).toMatchObject({ status: 200 });
    const list = await getList(t, tenant, 'threads?communication_type=call');
    expect(list.count).toBe(1);
    expect(list.data[0]).toMatchObject({
      source: 'vonage',
      direction: 'outbound',
      subject: 'Call with Ann Reed',
      customer_id: tenant.customerId,
      contact_id: tenant.contactId,
      message_count: 1,
      timestamp: '2026-01-05T12:00:10.000Z',
      call: {
        status: 'completed',
        from_number: tenant.own,
        to_number: tenant.other,
        started_at: '2026-01-05T12:00:10.000Z',
        ended_at: '2026-01-05T12:01:41.000Z',
        duration_seconds: 91,
      },
    });
    const [row] = await t.db.query<{ recordings: unknown }>({
      text: 'SELECT recordings FROM communication_threads WHERE company_id = $1',
      values: [tenant.companyId],
    });
    expect(row?.recordings).toEqual([
      {
        id: `rec-${tenant.ids.conversation_uuid}`,
        url: vonageRecord.recording_url,
        sizeBytes: 12_222,
        startTime: '2026-01-05T12:00:11.000Z',
        endTime: '2026-01-05T12:01:40.000Z',
      },
    ]);
    await expectCountsToFit(t, tenant.companyId);
  });

  it('is the same call in any order, also when a recording comes before anything that names a number', async () => {
    const orders = [
      [5, 4, 3, 2, 1, 0],
      [4, 0, 5, 1, 3, 2],
      [4, 3, 2, 5, 0, 1],
      [2, 4, 1, 0, 3, 5],
    ];
    const seen = new Set<string>();
    for (const order of orders) {
      const tenant = await createTelephony();
      for (const nth of order) expect(await postVonage(t, tenant.call[nth] as object)).toMatchObject({ status: 200 });
      const { count, data } = await getList(t, tenant, 'threads');
      const [row] = await t.db.query<{ recordings: { sizeBytes: number }[] }>({
        text: 'SELECT recordings FROM communication_threads WHERE company_id = $1',
        values: [tenant.companyId],
      });
      const { from_number: _, to_number: __, ...call } = (data[0]?.call ?? {}) as Record<string, unknown>;
      seen.add(JSON.stringify([count, data[0]?.timestamp, data[0]?.direction, call, row?.recordings.length]));
      await expectCountsToFit(t, tenant.companyId);
    }
    expect([...seen]).toHaveLength(1);
  });

  it('is one row when all its events come at once, twice', async () => {
    const tenant = await createTelephony();
    const answers = await Promise.all([...tenant.call, ...tenant.call].map((event) => postVonage(t, event)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const { count, data } = await getList(t, tenant, 'threads');
    expect(count).toBe(1);
    expect(data[0]?.call).toMatchObject({ status: 'completed', duration_seconds: 91 });
  });

  it('never goes back in status and keeps statuses that it does not know', async () => {
    const tenant = await createTelephony();
    await postVonage(t, { ...tenant.call[5], status: 'completed' });
    await postVonage(t, { ...tenant.call[1], status: 'ringing' });
    await postVonage(t, { ...tenant.call[1], status: 'transcribed', timestamp: '2026-01-05T13:00:00Z' });
    expect((await getList(t, tenant, 'threads')).data[0]?.call).toMatchObject({ status: 'completed' });
  });

  it('follows a leg that goes on under another conversation', async () => {
    const tenant = await createTelephony();
    await postVonage(t, tenant.call[0] as object);
    await postVonage(t, { ...tenant.call[5], conversation_uuid: 'CON-transferred' });
    expect(await getList(t, tenant, 'threads')).toMatchObject({ count: 1, data: [{ call: { status: 'completed' } }] });
  });

  it('reads inbound calls, callers without a number and SIP addresses', async () => {
    const tenant = await createTelephony();
    const inbound = { ...tenant.call[5], from: tenant.other, to: tenant.own, direction: 'inbound' };
    await postVonage(t, inbound);
    const ids = { uuid: newId(), conversation_uuid: newId() };
    await postVonage(t, { ...inbound, ...ids, from: 'anonymous', start_time: '2026-01-06T12:00:00Z' });
    const { data } = await getList(t, tenant, 'threads');
    expect(data.map((row) => [row.direction, row.subject, row.contact_id])).toEqual([
      ['inbound', 'Call with anonymous', null],
      ['inbound', 'Call with Ann Reed', tenant.contactId],
    ]);
  });

  it('counts at the day of its answer, when it rang the day before', async () => {
    const tenant = await createTelephony();
    await postVonage(t, { ...tenant.call[0], timestamp: '2026-01-04T23:59:58.000Z' });
    await expectCountsToFit(t, tenant.companyId);
    await postVonage(t, { ...tenant.call[5], start_time: '2026-01-05T00:00:01.000Z' });
    expect((await getList(t, tenant, 'threads')).data[0]).toMatchObject({ timestamp: '2026-01-05T00:00:01.000Z' });
    await expectCountsToFit(t, tenant.companyId);
  });

  it('grows a call that an import brought', async () => {
    const tenant = await createTelephony();
    const message = await createMessage(t.db, t.ring, tenant.companyId, {
      communicationType: 'call',
      source: 'vonage',
      direction: 'outbound',
      timestamp: '2026-01-05T12:00:10.000Z',
      call: {
        status: 'completed',
        from_number: tenant.own,
        to_number: tenant.other,
        started_at: '2026-01-05T12:00:10.000Z',
        ended_at: null,
        duration_seconds: null,
      },
      provider: { callUuid: tenant.ids.conversation_uuid },
    });
    await postVonage(t, tenant.call[4] as object);
    await postVonage(t, tenant.call[5] as object);
    const { count, data } = await getList(t, tenant, 'threads');
    expect(count).toBe(1);
    expect(data[0]).toMatchObject({ id: message.id, call: { duration_seconds: 91, status: 'completed' } });
  });

  it('is no longer the latest of its conversation when it turns out to have been earlier', async () => {
    const tenant = await createTelephony();
    const mail = await createMessage(t.db, t.ring, tenant.companyId, { timestamp: '2026-01-05T12:00:15.000Z' });
    const call = await createMessage(t.db, t.ring, tenant.companyId, {
      threadGroupId: mail.threadGroupId,
      communicationType: 'call',
      source: 'vonage',
      direction: 'outbound',
      timestamp: '2026-01-05T12:00:20.000Z',
      provider: { callUuid: tenant.ids.conversation_uuid },
    });
    expect((await getList(t, tenant, 'threads')).data).toEqual([expect.objectContaining({ id: call.id })]);
    await postVonage(t, tenant.call[5] as object);
    expect((await getList(t, tenant, 'threads')).data).toEqual([
      expect.objectContaining({ id: mail.id, message_count: 2 }),
    ]);
    await expectCountsToFit(t, tenant.companyId);
  });

  it('leaves a call with the customer that it was given to', async () => {
    const tenant = await createTelephony();
    const given = await createCustomer(t.db, tenant.companyId, 'Given by hand');
    const strangersLeg = { ...tenant.call[0], to: '447700899999' };
    await postVonage(t, strangersLeg);
    await t.db.query({
      text: 'UPDATE communication_threads SET customer_id = $2 WHERE company_id = $1',
      values: [tenant.companyId, given],
    });
    await postVonage(t, tenant.call[5] as object);
    const [call] = (await getList(t, tenant, 'threads')).data;
    expect(call).toMatchObject({ customer_id: given, contact_id: null, call: { status: 'completed' } });
  });

  it('counts calls between strangers, and forgets what was said of them', async () => {
    const ids = { uuid: newId(), conversation_uuid: newId() };
    const [started] = callBetween('+15550001111', '+15550002222', ids);
    expect(await postVonage(t, started as object)).toMatchObject({ state: 'skipped', reason: 'unknown_number' });
    await t.db.query({ text: `UPDATE webhook_events SET updated_at = now() - interval '2 days'` });
    await purgeExpired(t.db);
    const [row] = await t.db.query<{ event_id: string }>({
      text: 'SELECT event_id FROM webhook_events WHERE call_uuid = $1',
      values: [ids.conversation_uuid],
    });
    expect(await ledgerRow(t.db, row?.event_id ?? '')).toMatchObject({ state: 'skipped', payload: null });
  });

  it('keeps what it cannot read, with the reason', async () => {
    expect(await postVonage(t, { status: 'started' })).toMatchObject({ state: 'failed', reason: 'names no call' });
    expect(await postVonage(t, { ...vonageCompleted, uuid: null, conversation_uuid: null })).toMatchObject({
      state: 'failed',
    });
  });
});
