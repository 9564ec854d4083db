import { type Static, Type } from '@sinclair/typebox';
import { PROMISE_STATUSES, SHOWN_PROMISE_STATUSES } from '../../domain/vocabulary.ts';
import { ListOf, PagingQuery } from '../../http/lists/pagination.ts';
import { UpdatedAfterQuery } from '../../http/lists/updated-after.ts';
import { EXAMPLE_CURSOR, EXAMPLE_IDS, EXAMPLE_TIMES } from '../../http/openapi/examples.ts';
import { CompanyParams, Nullable, OneOf, Reference, ResponseObject, Timestamp, Uuid } from '../../http/schema.ts';

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
    id: Uuid({ description: 'The promise.', examples: [EXAMPLE_IDS.promise] }),
    company_id: Uuid({ description: 'The company.', examples: [EXAMPLE_IDS.company] }),
    customer_id: Uuid({ description: 'The customer who made it.', examples: [EXAMPLE_IDS.customer] }),
    customer_name: Type.String({ description: "The customer's name.", examples: ['Acme Corp'] }),
    thread_id: Uuid({ description: 'The message in which it was made.', examples: [EXAMPLE_IDS.manualLog] }),
    status: OneOf(SHOWN_PROMISE_STATUSES, {
      description: '`broken`: open, and the day has passed in the company’s time zone.',
      examples: ['open'],
    }),
    due_on: Type.String({
      format: 'date',
      description: 'The last day for keeping the promise, in the company’s time zone.',
      examples: ['2026-06-05'],
    }),
    amount: Nullable(Type.String({ description: 'A decimal number, as it was given.', examples: ['4210.00'] })),
    currency: Nullable(Type.String({ description: 'ISO 4217.', examples: ['USD'] })),
    invoice_ids: Type.Array(Type.String({ format: 'uuid' }), {
      description: 'The invoices that the promise is about, in the order in which they were given.',
      examples: [[EXAMPLE_IDS.invoice]],
    }),
    created_by: Type.Unsafe<{ id: string; name: string } | null>({
      type: ['object', 'null'],
      additionalProperties: false,
      required: ['id', 'name'],
      properties: {
        id: Uuid({ description: 'The user.', examples: [EXAMPLE_IDS.user] }),
        name: Type.String({ description: "The user's name.", examples: ['Sam Ortiz'] }),
      },
      description: 'The user who recorded the promise; null when an import doesn’t say.',
    }),
    created_at: Timestamp({ description: 'When the promise was stored.', examples: [time] }),
    updated_at: Timestamp({
      description: 'When the promise last changed; for a broken one no earlier than the end of its day.',
      examples: [time],
    }),
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
      OneOf(PROMISE_STATUSES, {
        description: 'An open promise is shown as `broken` once its day has passed; that status can’t be set.',
        examples: ['kept'],
      }),
    ),
    due_on: Type.Optional(
      Type.String({ format: 'date', description: 'The last day for keeping the promise.', examples: ['2026-06-12'] }),
    ),
    amount: Type.Optional(
      Nullable(
        Type.String({
          format: 'positive-amount',
          description: 'A decimal number above zero: up to 15 digits before the point and 6 after it. Null for none.',
          examples: ['4210.00'],
        }),
      ),
    ),
    currency: Type.Optional(
      Nullable(Type.String({ format: 'currency', description: 'ISO 4217; null for none.', examples: ['USD'] })),
    ),
  },
  { $id: 'PromiseChange', description: 'The changes to a promise.', examples: [{ status: 'kept' }] },
);
export type PromiseChange = Static<typeof PromiseChange>;

export const PromiseParams = Type.Object({
  ...CompanyParams.properties,
  promise_id: Uuid({ description: 'The promise.', examples: [EXAMPLE_IDS.promise] }),
});

export const PromisesQuery = Type.Object({
  status: Type.Optional(
    Type.Array(OneOf(SHOWN_PROMISE_STATUSES), {
      description: 'Comma-separated statuses to include.',
      examples: [['open', 'broken']],
    }),
  ),
  customer_id: Type.Optional(Uuid({ description: 'Promises of this customer.', examples: [EXAMPLE_IDS.customer] })),
  invoice_id: Type.Optional(Uuid({ description: 'Promises about this invoice.', examples: [EXAMPLE_IDS.invoice] })),
  due_from: Type.Optional(
    Type.String({ format: 'date', description: 'Due on this day or later.', examples: ['2026-06-01'] }),
  ),
  due_to: Type.Optional(
    Type.String({ format: 'date', description: 'Due on this day or earlier.', examples: ['2026-06-30'] }),
  ),
  ...UpdatedAfterQuery,
  ...PagingQuery,
});
export type PromisesQuery = Static<typeof PromisesQuery>;
