import type { Client } from 'openapi-fetch';
import type { components, paths } from './openapi.ts';
import { bodyOf, iterateOver, type QueryOf } from './requests.ts';

type Schemas = components['schemas'];
/** A promise to pay; `status` is `broken` once the day of an open promise has passed. */
export type PaymentPromise = Schemas['Promise'];
export type PaymentPromiseList = Schemas['PromiseList'];
export type PaymentPromiseChange = Schemas['PromiseChange'];
export type PromisesQuery = QueryOf<'listPromises'>;

const ALL = '/api/companies/{company_id}/promises';
const ONE = '/api/companies/{company_id}/promises/{promise_id}';

/** Promises to pay. `logManualCommunication` creates them. */
export function promisesClient(http: Client<paths>, companyId: string) {
  const pathOf = (promiseId: string) => ({ path: { company_id: companyId, promise_id: promiseId } });
  const list = (query: PromisesQuery = {}): Promise<PaymentPromiseList> =>
    bodyOf(http.GET(ALL, { params: { path: { company_id: companyId }, query } }));
  return {
    /** One page, the earliest due date first. */
    list,
    /** Every promise, the earliest due date first, page by page. */
    iterate: iterateOver(list),
    get: (promiseId: string): Promise<PaymentPromise> => bodyOf(http.GET(ONE, { params: pathOf(promiseId) })),
    /** Sets the status, the day or the amount. Fields that are left out stay. */
    update: (promiseId: string, change: PaymentPromiseChange): Promise<PaymentPromise> =>
      bodyOf(http.PATCH(ONE, { params: pathOf(promiseId), body: change })),
  };
}
