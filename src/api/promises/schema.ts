import { type Static, Type } from '@sinclair/typebox';
import { PROMISE_STATUSES, SHOWN_PROMISE_STATUSES } from '../../domain/vocabulary.ts';
import { ListOf, PagingQuery } from '../../http/lists/pagination.ts';
import { UpdatedAfterQuery } from '../../http/lists/updated-after.ts';
import { EXAMPLE_CURSOR, EXAMPLE_IDS, EXAMPLE_TIMES } from '../../http/openapi/examples.ts';
import {
  CompanyParams,
  doc,
  Nullable,
  OneOf,
  Reference,
  ResponseObject,
  Timestamp,
  UserOrNull,
  Uuid,
} from '../../http/schema.ts';

/**
 * A promise to pay (contract §5). Promises are created by manual logs and imports, and listed, read and changed here.
 */

const time = EXAMPLE_TIMES.latest;

const example = {
  id: EXAMPLE_IDS.promise,
  company_id: EXAMPLE_IDS.company,
  customer_id: EXAMPLE_IDS.customer,
  customer_name: 'Acme Corp',
  thread_id: EXAMPLE_IDS.manualLog,
  status: 'open',
  due_on: '2026-06-05',
  amount: '4210.00',
  currency: 'USD',
  invoice_ids: [EXAMPLE_IDS.invoice],
  created_by: { id: EXAMPLE_IDS.user, name: 'Sam Ortiz' },
  created_at: time,
  updated_at: time,
};

export const PaymentPromise = ResponseObject(
  {
    id: Uuid(doc('The promise.', EXAMPLE_IDS.promise)),
    company_id: Uuid(doc('The company.', EXAMPLE_IDS.company)),
    customer_id: Uuid(doc('The customer who made it.', EXAMPLE_IDS.customer)),
    customer_name: Type.String(doc("The customer's name.", 'Acme Corp')),
    thread_id: Uuid(doc('The message in which it was made.', EXAMPLE_IDS.manualLog)),
    status: OneOf(
      SHOWN_PROMISE_STATUSES,
      doc('`broken`: open, and the day has passed in the company’s time zone.', 'open'),
    ),
    due_on: Type.String({
      format: 'date',
      ...doc('The last day for keeping the promise, in the company’s time zone.', '2026-06-05'),
    }),
    amount: Nullable(Type.String(doc('A decimal number, as it was given.', '4210.00'))),
    currency: Nullable(Type.String(doc('ISO 4217.', 'USD'))),
    invoice_ids: Type.Array(
      Type.String({ format: 'uuid' }),
      doc('The invoices that the promise is about, in the order in which they were given.', [EXAMPLE_IDS.invoice]),
    ),
    created_by: UserOrNull('The user who recorded the promise; null when an import doesn’t say.'),
    created_at: Timestamp(doc('When the promise was stored.', time)),
    updated_at: Timestamp(
      doc('When the promise last changed; for a broken one no earlier than the end of its day.', time),
    ),
  },
  { $id: 'Promise', description: 'What a customer promised to pay, and by when.', examples: [example] },
);
export type PaymentPromise = Static<typeof PaymentPromise>;

export const PaymentPromiseList = ListOf(Reference(PaymentPromise), {
  $id: 'PromiseList',
  description: 'A page of promises, ordered by due date.',
  examples: [{ count: 1, page: 1, page_size: 20, next_cursor: EXAMPLE_CURSOR, data: [example] }],
});

/** The body of PATCH: an omitted field keeps its value. */
export const PromiseChange = Type.Object(
  {
    status: Type.Optional(
      OneOf(
        PROMISE_STATUSES,
        doc('An open promise is shown as `broken` once its day has passed; that status can’t be set.', 'kept'),
      ),
    ),
    due_on: Type.Optional(
      Type.String({ format: 'date', ...doc('The last day for keeping the promise.', '2026-06-12') }),
    ),
    amount: Type.Optional(
      Nullable(
        Type.String({
          format: 'positive-amount',
          ...doc(
            'A decimal number above zero: up to 15 digits before the point and 6 after it. Null for none.',
            '4210.00',
          ),
        }),
      ),
    ),
    currency: Type.Optional(Nullable(Type.String({ format: 'currency', ...doc('ISO 4217; null for none.', 'USD') }))),
  },
  { $id: 'PromiseChange', description: 'The changes to a promise.', examples: [{ status: 'kept' }] },
);
export type PromiseChange = Static<typeof PromiseChange>;

export const PromiseParams = Type.Object({
  ...CompanyParams.properties,
  promise_id: Uuid(doc('The promise.', EXAMPLE_IDS.promise)),
});

export const PromisesQuery = Type.Object({
  status: Type.Optional(
    Type.Array(OneOf(SHOWN_PROMISE_STATUSES), doc('Comma-separated statuses to include.', ['open', 'broken'])),
  ),
  customer_id: Type.Optional(Uuid(doc('Promises of this customer.', EXAMPLE_IDS.customer))),
  invoice_id: Type.Optional(Uuid(doc('Promises about this invoice.', EXAMPLE_IDS.invoice))),
  due_from: Type.Optional(Type.String({ format: 'date', ...doc('Due on this day or later.', '2026-06-01') })),
  due_to: Type.Optional(Type.String({ format: 'date', ...doc('Due on this day or earlier.', '2026-06-30') })),
  ...UpdatedAfterQuery,
  ...PagingQuery,
});
export type PromisesQuery = Static<typeof PromisesQuery>;
