import type { Client } from 'openapi-fetch';
import type { components, operations, paths } from './openapi.ts';
import { eachRow } from './pages.ts';

/** What the calls of the correspondence take ids of: customers, contacts, invoices, actions, touchpoints, and members to read. */

type Schemas = components['schemas'];
export type Customer = Schemas['Customer'];
export type Contact = Schemas['Contact'];
export type Invoice = Schemas['Invoice'];
export type Action = Schemas['Action'];
export type Touchpoint = Schemas['Touchpoint'];
export type Member = Schemas['Member'];
export type BatchOutcome = Schemas['BatchOutcomes']['data'][number];

/** For each collection: its row, what a PUT sets, a row of a batch, and the filters of its list. */
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
  query: NonNullable<operations[List]['parameters']['query']>;
};

/** One page of a list. */
export type Page<Row> = Omit<Schemas['CustomerList'], 'data'> & { data: Row[] };
type Unpaged<Query> = Omit<Query, 'page' | 'limit' | 'offset' | 'cursor'>;

/** Rows of one request; the server takes no more. */
const BATCH = 500;

/** The paths of the five are alike and so are their answers: they are typed here, by `Collections`. */
type Untyped = Record<'GET' | 'PUT' | 'POST' | 'DELETE', (path: string, init: object) => Promise<{ data?: unknown }>>;

export function collectionClient<Name extends keyof Collections>(typed: Client<paths>, companyId: string, name: Name) {
  type Collection = Collections[Name];
  const http = typed as unknown as Untyped;
  const all = `/api/companies/{company_id}/${name}`;
  const path = { company_id: companyId };
  const oneOf = (id: string) => ({ params: { path: { ...path, id } } });
  const list = async (query: Collection['query'] = {}): Promise<Page<Collection['row']>> =>
    (await http.GET(all, { params: { path, query } })).data as Page<Collection['row']>;
  return {
    /** One page, in the order that the filters' `ordering` says. */
    list,
    /** Every row, page by page: `for await (const customer of company.customers.iterate(…))`. */
    iterate: (query?: Unpaged<Collection['query']>) =>
      eachRow((cursor) => list({ ...query, ...(cursor ? { cursor } : {}) } as Collection['query'])),
    get: async (id: string): Promise<Collection['row']> =>
      (await http.GET(`${all}/{id}`, oneOf(id))).data as Collection['row'],
    /** Makes the row or sets it; what is left out becomes its default, but for `external_id`, which stays. */
    put: async (id: string, fields: Collection['fields']): Promise<Collection['row']> =>
      (await http.PUT(`${all}/{id}`, { ...oneOf(id), body: fields })).data as Collection['row'],
    /**
     * Makes or sets many rows, each by its `id` or `external_id`. 500 go in one request, which is all or nothing.
     * @returns what became of each, in order
     */
    batch: async (rows: readonly Collection['given'][]): Promise<BatchOutcome[]> => {
      const outcomes: BatchOutcome[] = [];
      for (let from = 0; from < rows.length; from += BATCH) {
        const body = { data: rows.slice(from, from + BATCH) };
        const { data } = (await http.POST(`${all}/batch`, { params: { path }, body })).data as Schemas['BatchOutcomes'];
        outcomes.push(...data);
      }
      return outcomes;
    },
    /** Throws `in_use`, naming what refers to it, while something does. */
    delete: async (id: string): Promise<void> => {
      await http.DELETE(`${all}/{id}`, oneOf(id));
    },
  };
}

export type MembersQuery = NonNullable<operations['listMembers']['parameters']['query']>;

/** Who may log in to the company. */
export function membersClient(http: Client<paths>, companyId: string) {
  const list = async (query: MembersQuery = {}): Promise<Schemas['MemberList']> =>
    (await http.GET('/api/companies/{company_id}/members', { params: { path: { company_id: companyId }, query } }))
      .data as Schemas['MemberList'];
  return {
    list,
    iterate: (query: Unpaged<MembersQuery> = {}) =>
      eachRow((cursor) => list({ ...query, ...(cursor ? { cursor } : {}) })),
  };
}
