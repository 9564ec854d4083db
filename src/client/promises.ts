import type { Client } from 'openapi-fetch';
import type { components, operations, paths } from './openapi.ts';
import { eachRow } from './pages.ts';

type Schemas = components['schemas'];
/** A promise to pay; `status` is `broken` once the day of an open promise has passed. */
export type PaymentPromise = Schemas['Promise'];
export type PaymentPromiseList = Schemas['PromiseList'];
export type PaymentPromiseChange = Schemas['PromiseChange'];
export type PromisesQuery = NonNullable<operations['listPromises']['parameters']['query']>;

const ALL = '/api/companies/{company_id}/promises';
const ONE = '/api/companies/{company_id}/promises/{promise_id}';

/** Promises to pay. `logManualCommunication` creates them. */
export function promisesClient(http: Client<paths>, companyId: string) {
  const pathOf = (promiseId: string) => ({ path: { company_id: companyId, promise_id: promiseId } });
  const list = async (query: PromisesQuery = {}): Promise<PaymentPromiseList> =>
    (await http.GET(ALL, { params: { path: { company_id: companyId }, query } })).data as PaymentPromiseList;
  return {
    /** One page, the earliest due date first. */
    list,
    /** Every promise, the earliest due date first, page by page. */
    iterate: (query: Omit<PromisesQuery, 'page' | 'limit' | 'offset' | 'cursor'> = {}) =>
      eachRow((cursor) => list({ ...query, ...(cursor ? { cursor } : {}) })),
    get: async (promiseId: string): Promise<PaymentPromise> =>
      (await http.GET(ONE, { params: pathOf(promiseId) })).data as PaymentPromise,
    /** Sets the status, the day or the amount. Fields that are left out stay. */
    update: async (promiseId: string, change: PaymentPromiseChange): Promise<PaymentPromise> =>
      (await http.PATCH(ONE, { params: pathOf(promiseId), body: change })).data as PaymentPromise,
  };
}
