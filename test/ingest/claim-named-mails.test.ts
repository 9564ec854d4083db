import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { callerWith } from '../support/http.ts';
import { expectCountsToFit, getList, postNylas } from '../support/ingest.ts';
import { AR, createMailCompany, JOE, MARIA, toEvents } from '../support/mail-stories.ts';

/** A stranger's mail that got its conversation's customer, when another customer turns out to be in it too. */

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const STRANGER = { email: 'boss@alder-group.example' };
const START = 1_790_000_000;

async function conversation(body: string) {
  const { tenant, grants, customers } = await createMailCompany(t);
  const caller = callerWith(t.app, tenant.token);
  const base = `/api/companies/${tenant.companyId}/communications/threads`;
  const receive = async (object: object) => {
    const [event] = toEvents([{ thread_id: 'a', to: [AR], subject: 'Hello', ...object }], grants, START);
    expect(await postNylas(t, event)).toMatchObject({ state: 'applied' });
  };
  const rows = async () => (await getList(t, tenant, 'threads?view=message&ordering=timestamp')).data;
  await receive({ at: 100, from: [JOE], body: '<p>When is INV-8001 due?</p>' });
  await receive({ at: 200, from: [STRANGER], body });
  return { ...tenant, caller, base, customers, receive, rows };
}

const seen = (rows: Record<string, unknown>[]) =>
  rows.map((row) => [row.customer_name, (row.invoices as { number: string }[]).map(({ number }) => number)]);

describe('a customer who joins a conversation late', () => {
  it('gets the stranger’s mail that names only invoices of theirs', async () => {
    const c = await conversation('<p>And INV-7001?</p>');
    expect(seen(await c.rows())[1]).toEqual(['Birch Motors', ['INV-8001']]);
    await c.receive({ at: 50, from: [MARIA], body: '<p>See INV-7002.</p>' });
    const rows = await c.rows();
    expect(seen(rows)).toEqual([
      ['Alder Foods', ['INV-7002']],
      ['Birch Motors', ['INV-8001']],
      ['Alder Foods', expect.arrayContaining(['INV-7001'])],
    ]);
    expect(rows[2]).toMatchObject({ requires_response: true, contact_id: null });
    await expectCountsToFit(t, c.companyId);
  });

  it.each(['<p>And INV-7001 or INV-8001?</p>', '<p>When is it due?</p>'])('doesn’t get it with %s', async (body) => {
    const c = await conversation(body);
    await c.receive({ at: 50, from: [MARIA], body: '<p>See INV-7002.</p>' });
    expect(seen(await c.rows())[2]?.[0]).toBe('Birch Motors');
  });

  it('doesn’t get it when a person has assigned the conversation', async () => {
    const c = await conversation('<p>And INV-7001?</p>');
    const assign = async (customer: string) => {
      const [, row] = await c.rows();
      const change = { method: 'PATCH' as const, url: `${c.base}/${row?.id}`, payload: { customer_id: customer } };
      expect((await c.caller.send(change)).statusCode).toBe(200);
    };
    await assign(c.customers['Cedar Health'] ?? '');
    await c.receive({ at: 50, from: [MARIA], body: '<p>See INV-7002.</p>' });
    expect(seen(await c.rows())[2]?.[0]).toBe('Cedar Health');
    await expectCountsToFit(t, c.companyId);
  });
});
