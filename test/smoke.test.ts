import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from './support/app.ts';
import { createAction, createCustomer, createMessage, createTenant } from './support/factories.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

it('works', async () => {
  const { companyId, token } = await createTenant(t.db);
  const headers = { authorization: `Token ${token}` };
  const customerId = await createCustomer(t.db, companyId);
  const m = await createMessage(t.db, t.ring, companyId, { customerId });
  await createMessage(t.db, t.ring, companyId, { customerId, threadGroupId: m.threadGroupId });
  const base = `/api/companies/${companyId}`;
  const list = await t.app.inject({ url: `${base}/communications/threads/`, headers });
  console.log(list.statusCode, list.headers, list.body);
  const action = await createAction(t.db, companyId, customerId);
  const log = await t.app.inject({
    method: 'POST',
    url: `${base}/communications/log-manual`,
    headers: { ...headers, 'idempotency-key': 'a' },
    payload: { communication_type: 'call', notes: ' hi ', scheduled_action_id: action, foo: 1 },
  });
  console.log(log.statusCode, log.headers, log.body);
  const again = await t.app.inject({
    method: 'POST',
    url: `${base}/communications/log-manual`,
    headers: { ...headers, 'idempotency-key': 'a' },
    payload: { communication_type: 'call', notes: ' hi ', scheduled_action_id: action, foo: 1 },
  });
  console.log(again.statusCode, again.headers['idempotency-replayed'], again.body === log.body);
  for (const url of [
    `${base}/communications/threads?view=message&search=fri&communication_type=manual,email&customer_id=${customerId}`,
    `${base}/communications/threads/${m.id}`,
    `${base}/communications/emails`,
    `${base}/communications/emails/${m.id}`,
    `${base}/thread-notes`,
    `${base}/thread-notes?page=1`,
    '/healthz',
    '/readyz',
    '/api/v1/nope',
    `${base}/thread-notes/x`,
  ]) {
    const r = await t.app.inject({ url, headers });
    console.log(url, r.statusCode, r.body.slice(0, 300));
  }
  const note = await t.app.inject({
    method: 'POST',
    url: `${base}/thread-notes`,
    headers,
    payload: { thread_id: m.id, content: 'x' },
  });
  console.log(note.statusCode, note.body);
  const bad = await t.app.inject({
    method: 'POST',
    url: `${base}/thread-notes`,
    headers,
    payload: { thread_id: 'm', content: '' },
  });
  console.log(bad.statusCode, bad.body);
  console.log((await t.app.inject({ method: 'DELETE', url: `${base}/thread-notes` })).body);
  const doc = await t.app.inject({ url: '/openapi.json' });
  console.log(
    doc.statusCode,
    doc.body.length,
    Object.keys(doc.json().paths),
    Object.keys(doc.json().components.schemas),
  );
  expect(list.statusCode).toBe(200);
});
