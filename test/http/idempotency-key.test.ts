import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  addMember,
  createAction,
  createCustomer,
  createMessage,
  createTenant,
  createUser,
  createUserToken,
} from '../support/factories.ts';
import { callerWith, expectProblem } from '../support/http.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

async function company() {
  const tenant = await createTenant(t.db);
  const caller = callerWith(t.app, tenant.token);
  const base = `/api/companies/${tenant.companyId}`;
  const customerId = await createCustomer(t.db, tenant.companyId);
  const message = await createMessage(t.db, t.ring, tenant.companyId);
  return {
    ...tenant,
    caller,
    base,
    customerId,
    message,
    log: (key: string, body: object = {}) =>
      caller.post(
        `${base}/communications/log-manual`,
        { communication_type: 'call', notes: 'Spoke.', customer_id: customerId, ...body },
        { 'idempotency-key': key },
      ),
    note: (key: string, content = 'A note.') =>
      caller.post(`${base}/thread-notes`, { thread_id: message.id, content }, { 'idempotency-key': key }),
    rows: async (table: string) => {
      const rows = await t.db.query({
        text: `SELECT 1 FROM ${table} WHERE company_id = $1`,
        values: [tenant.companyId],
      });
      return rows.length;
    },
  };
}

describe('Idempotency-Key', () => {
  it('the same key and body answer the first 201 again, and do nothing', async () => {
    const { companyId, customerId, log, note, rows } = await company();
    const action = await createAction(t.db, companyId, customerId);
    for (const send of [() => log('log', { scheduled_action_id: action }), () => note('note')]) {
      const first = await send();
      expect(first.statusCode, first.body).toBe(201);
      expect(first.headers['idempotency-replayed']).toBeUndefined();
      const counted = [
        await rows('communication_threads'),
        await rows('thread_notes'),
        await rows('audit_events'),
        await rows('thread_count_deltas'),
      ];
      const again = await send();
      expect(again.statusCode).toBe(201);
      expect(again.body).toBe(first.body);
      expect(again.headers['idempotency-replayed']).toBe('true');
      expect(again.headers.location).toBe(first.headers.location);
      expect(again.headers['content-type']).toBe(first.headers['content-type']);
      expect([
        await rows('communication_threads'),
        await rows('thread_notes'),
        await rows('audit_events'),
        await rows('thread_count_deltas'),
      ]).toEqual(counted);
    }
  });

  it('the first response is answered even when the world has moved on', async () => {
    const { companyId, customerId, log } = await company();
    const first = await log('k');
    await t.db.query({
      text: `UPDATE customers SET name = 'Renamed' WHERE company_id = $1 AND id = $2`,
      values: [companyId, customerId],
    });
    expect((await log('k')).body).toBe(first.body);
  });

  it('another body → 422, byte for byte', async () => {
    const { base, caller, customerId, log, rows } = await company();
    await log('k');
    expectProblem(await log('k', { notes: 'Spoke!' }), 'idempotency_key_reused');
    const send = (payload: string) =>
      caller.send({
        method: 'POST',
        url: `${base}/communications/log-manual`,
        headers: { 'content-type': 'application/json', 'idempotency-key': 'bytes' },
        payload,
      });
    const body = `{"communication_type":"call","notes":"x","customer_id":"${customerId}"}`;
    expect((await send(body)).statusCode).toBe(201);
    expect((await send(body)).statusCode).toBe(201);
    expectProblem(await send(`${body} `), 'idempotency_key_reused');
    expect(await rows('communication_threads')).toBe(3);
  });

  it('another path → 422, byte for byte: another route, prefix, final slash', async () => {
    const { base, caller, message, log, note, rows } = await company();
    await note('k');
    expectProblem(await log('k'), 'idempotency_key_reused');
    for (const url of [`${base}/thread-notes/`, `${base.replace('/api/', '/api/v1/')}/thread-notes`]) {
      const response = await caller.post(
        url,
        { thread_id: message.id, content: 'A note.' },
        { 'idempotency-key': 'k' },
      );
      expectProblem(response, 'idempotency_key_reused');
    }
    expect(await rows('thread_notes')).toBe(1);
  });

  it('is per user and company', async () => {
    const { base, companyId, message, note, rows } = await company();
    await note('k');
    const colleague = await createUser(t.db);
    await addMember(t.db, companyId, colleague);
    const caller = callerWith(t.app, await createUserToken(t.db, colleague));
    const theirs = await caller.post(
      `${base}/thread-notes`,
      { thread_id: message.id, content: 'A note.' },
      { 'idempotency-key': 'k' },
    );
    expect(theirs.headers['idempotency-replayed']).toBeUndefined();
    expect(await rows('thread_notes')).toBe(2);
    const elsewhere = await company();
    expect((await elsewhere.note('k')).headers['idempotency-replayed']).toBeUndefined();
  });

  it('another token of the same user answers the first response', async () => {
    const { base, userId, message, note } = await company();
    const first = await note('k');
    const other = callerWith(t.app, await createUserToken(t.db, userId));
    const again = await other.post(
      `${base}/thread-notes`,
      { thread_id: message.id, content: 'A note.' },
      { 'idempotency-key': 'k' },
    );
    expect(again.body).toBe(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
  });

  it('only a 2xx is remembered: after a refusal the key is free', async () => {
    const { log, note, rows } = await company();
    expectProblem(await log('k', { communication_type: 'fax' }), 'validation_error', ['communication_type']);
    expectProblem(await log('k', { contact_id: '0192f0c4-7c1e-7b43-9d5f-3c6a1f0e9b21' }), 'validation_error', [
      'contact_id',
    ]);
    expect(await rows('idempotency_keys')).toBe(0);
    expect((await log('k')).statusCode).toBe(201);
    expectProblem(await note('k'), 'idempotency_key_reused');
  });

  it('is kept for 24 hours', async () => {
    const { companyId, note, rows } = await company();
    const first = await note('k');
    const [key] = await t.db.query<{ hours: number }>({
      text: 'SELECT extract(epoch FROM expires_at - created_at) / 3600 AS hours FROM idempotency_keys WHERE company_id = $1',
      values: [companyId],
    });
    expect(Number(key?.hours)).toBeCloseTo(24, 3);
    await t.db.query({
      text: `UPDATE idempotency_keys SET expires_at = now() WHERE company_id = $1`,
      values: [companyId],
    });
    const again = await note('k', 'Another.');
    expect(again.statusCode).toBe(201);
    expect(again.json().id).not.toBe(first.json().id);
    expect(await rows('idempotency_keys')).toBe(1);
    expect((await note('k', 'Another.')).body).toBe(again.body);
  });

  it('still running → 409', async () => {
    const { companyId, userId, note, rows } = await company();
    const holder = await t.db.pool.connect();
    try {
      // The first request as it stands in the middle of its transaction.
      await holder.query('BEGIN');
      await holder.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 3))', [`${companyId}/${userId}/k`]);
      const response = await note('k');
      expectProblem(response, 'idempotency_key_in_use');
      expect(response.headers['retry-after']).toBe('1');
    } finally {
      await holder.query('ROLLBACK');
      holder.release();
    }
    expect(await rows('thread_notes')).toBe(0);
    expect((await note('k')).statusCode).toBe(201);
  });

  it('many at once with one key do it once; the others get that 201, or 409', async () => {
    const { log, rows } = await company();
    const responses = await Promise.all(Array.from({ length: 12 }, () => log('k')));
    const statuses = new Set(responses.map((response) => response.statusCode));
    // A busy machine may shed one of them.
    expect([201, 409, 503]).toEqual(expect.arrayContaining([...statuses]));
    expect(await rows('communication_threads')).toBe(2);
    const created = responses.filter((response) => response.statusCode === 201);
    expect(new Set(created.map((response) => response.body)).size).toBe(1);
    expect(created.filter((response) => !response.headers['idempotency-replayed'])).toHaveLength(1);
  });

  it('an empty or overlong key, or one that is not printable, → 400; named beside the faults of the body', async () => {
    const { log, rows } = await company();
    for (const key of ['', 'a'.repeat(256), 'schlüssel', 'a\tb'])
      expectProblem(await log(key), 'validation_error', ['Idempotency-Key']);
    expectProblem(await log('', { communication_type: 'fax' }), 'validation_error', [
      'Idempotency-Key',
      'communication_type',
    ]);
    expect(await rows('communication_threads')).toBe(1);
    for (const key of ['a', 'a'.repeat(255), '~!"#$%&\'()*+,-./:;<=>?@[]^_`{|}'])
      expect((await log(key)).statusCode).toBe(201);
  });

  it('the stored response opens for nobody who only has the database, and its fingerprint guesses no note', async () => {
    const { companyId, note } = await company();
    await note('k', 'xyzzy');
    const [row] = await t.db.query<{ row: string; response: Buffer }>({
      text: 'SELECT k::text AS row, response FROM idempotency_keys k WHERE company_id = $1',
      values: [companyId],
    });
    expect(row?.row).not.toMatch(/xyzzy|78797a7a79/);
    expect(row?.response.includes('xyzzy')).toBe(false);
  });

  it('is not asked of a viewer, who gets 403', async () => {
    const { base, companyId, message, rows } = await company();
    const viewer = await createUser(t.db);
    await addMember(t.db, companyId, viewer, 'viewer');
    const caller = callerWith(t.app, await createUserToken(t.db, viewer));
    const response = await caller.post(
      `${base}/thread-notes`,
      { thread_id: message.id, content: 'x' },
      { 'idempotency-key': '' },
    );
    expectProblem(response, 'permission_denied');
    expect(await rows('idempotency_keys')).toBe(0);
  });
});
