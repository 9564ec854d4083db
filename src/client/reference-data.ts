import type { Client } from 'openapi-fetch';
import type { components, operations, paths } from './openapi.ts';
import { bodyOf, iterateOver, type QueryOf } from './requests.ts';

/**
 * Reference data: customers, contacts, invoices, actions and touchpoints, to which messages refer, and the company's
 * members.
 */

type Schemas = components['schemas'];
export type Customer = Schemas['Customer'];
export type Contact = Schemas['Contact'];
export type Invoice = Schemas['Invoice'];
export type Action = Schemas['Action'];
export type Touchpoint = Schemas['Touchpoint'];
export type Member = Schemas['Member'];
export type BatchOutcome = Schemas['BatchOutcomes']['data'][number];

/** By collection: its row, the fields of a PUT, a row of a batch, and the query of its list. */
type Collections = {
  customers: Of<Customer, Schemas['CustomerFields'], Schemas['CustomerBatch'], 'listCustomers'>;
  contacts: Of<Contact, Schemas['ContactFields'], Schemas['ContactBatch'], 'listContacts'>;
  invoices: Of<Invoice, Schemas['InvoiceFields'], Schemas['InvoiceBatch'], 'listInvoices'>;
  actions: Of<Action, Schemas['ActionFields'], Schemas['ActionBatch'], 'listActions'>;
  touchpoints: Of<Touchpoint, Schemas['TouchpointFields'], Schemas['TouchpointBatch'], 'listTouchpoints'>;
};
type Of<Row, Fields, Batch extends { data: unknown[] }, List extends keyof operations> = {
  row: Row;
  fields: Fields;
  given: Batch['data'][number];
  query: QueryOf<List>;
};

/** One page of a list. */
export type Page<Row> = Omit<Schemas['CustomerList'], 'data'> & { data: Row[] };

/** The most rows of one batch request. */
const BATCH_SIZE = 500;

/** The five collections have the same paths and responses, so the methods are typed here, by `Collections`. */
type Untyped = Record<
  'GET' | 'PUT' | 'POST' | 'DELETE',
  <Body>(path: string, init: object) => Promise<{ data?: Body }>
>;

export function collectionClient<Name extends keyof Collections>(typed: Client<paths>, companyId: string, name: Name) {
  type Collection = Collections[Name];
  const http = typed as unknown as Untyped;
  const all = `/api/companies/{company_id}/${name}`;
  const path = { company_id: companyId };
  const oneOf = (id: string) => ({ params: { path: { ...path, id } } });
  const list = (query: Collection['query'] = {}): Promise<Page<Collection['row']>> =>
    bodyOf(http.GET(all, { params: { path, query } }));
  return {
    /** One page, in the order of the query's `ordering`. */
    list,
    /** Every row, page by page: `for await (const customer of company.customers.iterate(…))`. */
    iterate: iterateOver(list),
    get: (id: string): Promise<Collection['row']> => bodyOf(http.GET(`${all}/{id}`, oneOf(id))),
    /**
     * Creates the row or sets its fields. Fields that are left out get their defaults, except `external_id`, which
     * stays.
     */
    put: (id: string, fields: Collection['fields']): Promise<Collection['row']> =>
      bodyOf(http.PUT(`${all}/{id}`, { ...oneOf(id), body: fields })),
    /**
     * Creates or sets many rows, each by its `id` or `external_id`. One request has up to 500 rows and is applied as a
     * whole or not at all.
     * @returns the outcome of each row, in order
     */
    batch: async (rows: readonly Collection['given'][]): Promise<BatchOutcome[]> => {
      const outcomes: BatchOutcome[] = [];
      for (let from = 0; from < rows.length; from += BATCH_SIZE) {
        const body = { data: rows.slice(from, from + BATCH_SIZE) };
        const answer = http.POST<Schemas['BatchOutcomes']>(`${all}/batch`, { params: { path }, body });
        outcomes.push(...(await bodyOf(answer)).data);
      }
      return outcomes;
    },
    /** Deletes a row. Throws an `ApiProblem` with code `in_use` while another row refers to it. */
    delete: async (id: string): Promise<void> => {
      await http.DELETE(`${all}/{id}`, oneOf(id));
    },
  };
}

export type MembersQuery = QueryOf<'listMembers'>;

/** The members of the company, which are the users with access to it. */
export function membersClient(http: Client<paths>, companyId: string) {
  const list = (query: MembersQuery = {}): Promise<Schemas['MemberList']> =>
    bodyOf(http.GET('/api/companies/{company_id}/members', { params: { path: { company_id: companyId }, query } }));
  return { list, iterate: iterateOver(list) };
}
