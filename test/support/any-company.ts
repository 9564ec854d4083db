import { afterAll, beforeAll } from 'vitest';
import { startTestApp, type TestApp } from './app.ts';
import { createCustomer, createMessage, createTenant } from './factories.ts';
import { type Caller, callerWith } from './http.ts';

/** A company with one message and a member who calls: for tests of what holds on every route (contract §1, Conventions and Errors). */

export let t: TestApp;
export let caller: Caller;
export let companyId: string;
export let customerId: string;
export let threadId: string;

/** Starts the application for a test file, with a browser's origin allowed, and makes the company. */
export function useAnyCompany(): void {
  beforeAll(async () => {
    t = await startTestApp({ corsOrigins: ['https://app.example'] });
    const tenant = await createTenant(t.db);
    companyId = tenant.companyId;
    caller = callerWith(t.app, tenant.token);
    customerId = await createCustomer(t.db, companyId);
    threadId = (await createMessage(t.db, t.ring, companyId, { customerId })).id;
  });
  afterAll(() => t.close());
}

export const base = () => `/api/companies/${companyId}`;
export const threads = (query = '') => `${base()}/communications/threads${query && `?${query}`}`;
export const logUrl = () => `${base()}/communications/log-manual`;
export const aLog = (fields: object = {}) => ({
  communication_type: 'call',
  notes: 'x',
  customer_id: customerId,
  ...fields,
});
export const raw = (payload: string | Buffer, headers: Record<string, string> = {}) =>
  caller.send({ method: 'POST', url: logUrl(), payload, headers: { 'content-type': 'application/json', ...headers } });

export async function messages(): Promise<number> {
  const [row] = await t.db.query<{ count: number }>({ text: 'SELECT count(*) AS count FROM communication_threads' });
  return row?.count ?? 0;
}
