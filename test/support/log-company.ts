import { expect } from 'vitest';
import type { TestApp } from './app.ts';
import { createCustomer, createTenant } from './factories.ts';
import { callerWith, expectProblem } from './http.ts';

/** A company with a customer, and `log` to record something for it. */
export async function createLogCompany(t: TestApp) {
  const tenant = await createTenant(t.db);
  const caller = callerWith(t.app, tenant.token);
  const base = `/api/companies/${tenant.companyId}`;
  const customerId = await createCustomer(t.db, tenant.companyId, 'Acme Corp');
  const post = (body: object) => caller.post(`${base}/communications/log-manual`, body);
  return {
    ...tenant,
    caller,
    base,
    customerId,
    post,
    /** Records a call; the fields given replace its own. */
    log: (fields: object = {}) =>
      post({ communication_type: 'call', notes: 'Spoke.', customer_id: customerId, ...fields }),
    rows: async (table: string) => {
      const [row] = await t.db.query<{ count: number }>({
        text: `SELECT count(*) AS count FROM ${table} WHERE company_id = $1`,
        values: [tenant.companyId],
      });
      return row?.count;
    },
  };
}

export type LogCompany = Awaited<ReturnType<typeof createLogCompany>>;

/** Refused, with every offending field named and nothing written anywhere. */
export async function expectRefused({ rows, log }: LogCompany, body: object, fields: string[]): Promise<void> {
  const before = await countEverything(rows);
  expectProblem(await log(body), 'validation_error', fields);
  expect(await countEverything(rows)).toEqual(before);
}

export async function countEverything(rows: LogCompany['rows']) {
  const tables = [
    'communication_threads',
    'communication_thread_invoices',
    'thread_count_deltas',
    'audit_events',
    'idempotency_keys',
  ];
  return Promise.all(tables.map(rows));
}
