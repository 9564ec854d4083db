import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { purgeExpired } from '../../../src/server/purge-expired.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { addMember, createTenant, createUser, createUserToken } from '../../support/factories.ts';
import { anId, aTime, callerWith, expectProblem } from '../../support/http.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const URL_OF_HOOK = 'https://hooks.northbrook.example/communications';

async function company() {
  const tenant = await createTenant(t.db, { role: 'admin' });
  const caller = callerWith(t.app, tenant.token);
  const base = `/api/companies/${tenant.companyId}/webhook-endpoints`;
  return {
    ...tenant,
    caller,
    base,
    create: async (fields: object = {}) => {
      const response = await caller.post(base, { url: URL_OF_HOOK, ...fields });
      expect(response.statusCode, response.body).toBe(201);
      return response.json();
    },
    patch: (id: string, payload: object) => caller.send({ method: 'PATCH', url: `${base}/${id}`, payload }),
    audited: async () =>
      (
        await t.db.query<{ action: string }>({
          text: `SELECT action FROM audit_events WHERE company_id = $1 AND action LIKE 'webhook_endpoint.%' ORDER BY id`,
          values: [tenant.companyId],
        })
      ).map(({ action }) => action),
  };
}

const endpoint = {
  id: anId,
  url: URL_OF_HOOK,
  event_types: null,
  description: '',
  is_enabled: true,
  disabled_reason: null,
  created_at: aTime,
  updated_at: aTime,
};

describe('POST /companies/{company_id}/webhook-endpoints', () => {
  it('201 with the endpoint and, this once, its secret, which is encrypted at rest', async () => {
    const { base, caller, audited } = await company();
    const response = await caller.post(base, { url: ` ${URL_OF_HOOK} `, event_types: null });

    expect(response.statusCode, response.body).toBe(201);
    const { secret, ...created } = response.json();
    expect(created).toEqual(endpoint);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(response.headers.location).toBe(`webhook-endpoints/${created.id}`);
    expect(response.headers['cache-control']).toBe('no-store');
    expect((await caller.get(`${base}/${created.id}`)).json()).toEqual(created);
    const [row] = await t.db.query<{ secrets: Buffer }>({
      text: 'SELECT secrets FROM webhook_endpoints WHERE id = $1',
      values: [created.id],
    });
    expect(row?.secrets.toString('latin1')).not.toContain(secret.slice(6));
    expect(await audited()).toEqual(['webhook_endpoint.created']);
  });

  it.each([
    ['http://hooks.northbrook.example/', 'no https'],
    ['https://127.0.0.1/', 'loopback'],
    ['https://2130706433/', 'loopback as one number'],
    ['https://0x7f.1/', 'loopback in parts'],
    ['https://10.0.0.8/', 'private'],
    ['https://169.254.169.254/latest/meta-data', 'link-local'],
    ['https://100.64.0.1/', 'carrier-grade NAT'],
    ['https://0.0.0.0/', 'unspecified'],
    ['https://[::1]/', 'loopback, IPv6'],
    ['https://[::ffff:10.0.0.8]/', 'private, IPv4 inside IPv6'],
    ['https://[fe80::1]/', 'link-local, IPv6'],
    ['https://[fd00::1]/', 'unique local'],
    ['https://[64:ff9b::7f00:1]/', 'loopback behind NAT64'],
    ['https://user:word@hooks.northbrook.example/', 'credentials'],
    ['https://hooks.northbrook.example/#part', 'fragment'],
    ['ftp://hooks.northbrook.example/', 'another scheme'],
    ['hooks.northbrook.example', 'no URL'],
    ['', 'empty'],
    [`https://hooks.northbrook.example/${'x'.repeat(2_048)}`, 'too long'],
  ])('400 on url for %s (%s)', async (url) => {
    const { base, caller } = await company();

    expectProblem(await caller.post(base, { url }), 'validation_error', ['url']);
  });

  it('400 names every field that is wrong', async () => {
    const { base, caller } = await company();
    const body = { event_types: ['thread.created', 'thread.vanished'], description: 'x'.repeat(501) };

    expectProblem(await caller.post(base, body), 'validation_error', ['url', 'event_types[1]', 'description']);
    expectProblem(await caller.post(base, { url: URL_OF_HOOK, event_types: [] }), 'validation_error', ['event_types']);
  });

  it('400 for one endpoint too many', async () => {
    const { base, caller, create } = await company();
    for (let n = 0; n < 20; n++) await create();

    expectProblem(await caller.post(base, { url: URL_OF_HOOK }), 'validation_error', ['url']);
  });

  it('201 again with the same secret for the same Idempotency-Key', async () => {
    const { base, caller } = await company();
    const [first, again] = [
      await caller.post(base, { url: URL_OF_HOOK }, { 'idempotency-key': 'one' }),
      await caller.post(base, { url: URL_OF_HOOK }, { 'idempotency-key': 'one' }),
    ];

    expect(again.json()).toEqual(first.json());
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect((await caller.get(base)).json().count).toBe(1);
  });
});

describe('who may', () => {
  it('401 without a token, 403 for members, viewers and others, on every route', async () => {
    const { base, companyId, create } = await company();
    const { id } = await create();
    const routes: [method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string][] = [
      ['GET', base],
      ['POST', base],
      ['GET', `${base}/${id}`],
      ['PATCH', `${base}/${id}`],
      ['DELETE', `${base}/${id}`],
      ['POST', `${base}/${id}/rotate-secret`],
      ['POST', `${base}/${id}/test`],
      ['POST', `${base}/${id}/replay`],
      ['GET', `${base}/${id}/deliveries`],
    ];
    const stranger = await createTenant(t.db, { role: 'admin' });
    for (const role of ['member', 'viewer'] as const) {
      const userId = await createUser(t.db);
      await addMember(t.db, companyId, userId, role);
      const caller = callerWith(t.app, await createUserToken(t.db, userId));
      for (const [method, url] of routes) expectProblem(await caller.send({ method, url }), 'permission_denied');
    }
    for (const [method, url] of routes) {
      expectProblem(await callerWith(t.app).send({ method, url }), 'not_authenticated');
      expectProblem(await callerWith(t.app, stranger.token).send({ method, url }), 'permission_denied');
    }
  });

  it("404 for another company's endpoint", async () => {
    const { create } = await company();
    const other = await company();
    const { id } = await create();

    expectProblem(await other.caller.get(`${other.base}/${id}`), 'not_found');
    expectProblem(await other.patch(id, { is_enabled: false }), 'not_found');
    expectProblem(await other.caller.get(`${other.base}/${id}/deliveries`), 'not_found');
    expectProblem(
      await other.caller.post(`${other.base}/${id}/replay`, { after: '2026-01-01T00:00:00Z' }),
      'not_found',
    );
    for (const action of ['test', 'rotate-secret'])
      expectProblem(await other.caller.send({ method: 'POST', url: `${other.base}/${id}/${action}` }), 'not_found');
    expectProblem(await other.caller.send({ method: 'DELETE', url: `${other.base}/${id}` }), 'not_found');
  });
});

describe('GET, PATCH and DELETE', () => {
  it('200 with the endpoints, newest first, by pages, without a secret', async () => {
    const { base, caller, create } = await company();
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) ids.unshift((await create()).id);
    const first = (await caller.get(`${base}?page_size=2`)).json();
    const second = (await caller.get(`${base}?page_size=2&cursor=${first.next_cursor}`)).json();

    expect(first).toMatchObject({ count: 3, page: 1, page_size: 2, data: [endpoint, endpoint] });
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(ids);
    expect(second.next_cursor).toBeNull();
  });

  it('304 while it is as it was, 412 when it was changed meanwhile', async () => {
    const { base, caller, create, patch } = await company();
    const { id } = await create();
    const { etag } = (await caller.get(`${base}/${id}`)).headers;
    expect((await caller.get(`${base}/${id}`, { 'if-none-match': String(etag) })).statusCode).toBe(304);
    await patch(id, { description: 'Team channel' });

    const late = { method: 'DELETE' as const, url: `${base}/${id}`, headers: { 'if-match': String(etag) } };
    expectProblem(await caller.send(late), 'precondition_failed');
  });

  it('200 with what was changed; a disabled endpoint says why', async () => {
    const { create, patch, audited } = await company();
    const { id } = await create();

    const changed = await patch(id, { is_enabled: false, event_types: ['note.created', 'note.created'] });
    expect(changed.json()).toEqual({
      ...endpoint,
      id,
      event_types: ['note.created'],
      is_enabled: false,
      disabled_reason: 'A user disabled it.',
    });
    expect((await patch(id, { is_enabled: true, event_types: null })).json()).toEqual({ ...endpoint, id });
    expectProblem(await patch(id, { url: 'https://10.1.2.3/' }), 'validation_error', ['url']);
    expect(await audited()).toEqual([
      'webhook_endpoint.created',
      'webhook_endpoint.updated',
      'webhook_endpoint.updated',
    ]);
  });

  it('204 and gone', async () => {
    const { base, caller, create, audited } = await company();
    const { id } = await create();

    expect((await caller.send({ method: 'DELETE', url: `${base}/${id}` })).statusCode).toBe(204);
    expectProblem(await caller.get(`${base}/${id}`), 'not_found');
    expect(await audited()).toEqual(['webhook_endpoint.created', 'webhook_endpoint.deleted']);
  });
});

describe('POST …/replay', () => {
  it.each(['yesterday', '2026-01-01', 'latest', 'AAAA', ''])('400 on after for %j', async (after) => {
    const { base, caller, create } = await company();
    const { id } = await create();

    expectProblem(await caller.post(`${base}/${id}/replay`, { after }), 'validation_error', ['after']);
  });
});

describe('GET …/deliveries', () => {
  it('200 with the attempts of the last seven days; what is older is purged, however much it is', async () => {
    const { base, caller, create, companyId } = await company();
    const [{ id }, { id: other }] = [await create(), await create()];
    const day = 86_400_000;
    await addAttempts(companyId, id, 2_500, Date.now() - 8 * day);
    await addAttempts(companyId, id, 2, Date.now() - 6 * day);
    await addAttempts(companyId, other, 1, Date.now());
    const count = async (endpointId: string) => (await caller.get(`${base}/${endpointId}/deliveries`)).json().count;
    expect([await count(id), await count(other)]).toEqual([2_502, 1]);

    await purgeExpired(t.db);

    expect([await count(id), await count(other)]).toEqual([2, 1]);
  });
});

/** Ids are in the order of time. */
async function addAttempts(companyId: string, endpointId: string, attempts: number, at: number): Promise<void> {
  const ids = Array.from({ length: attempts }, () => v7({ msecs: at }));
  await t.db.query({
    text: `
      INSERT INTO webhook_deliveries (company_id, id, endpoint_id, event_id, type, attempt, response_status, attempted_at)
      SELECT $1, id, $2, gen_random_uuid(), 'note.created', 1, 204, $4
      FROM unnest($3::uuid[]) AS n(id)`,
    values: [companyId, endpointId, ids, new Date(at).toISOString()],
  });
}
