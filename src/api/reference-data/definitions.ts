import type { TSchema } from '@sinclair/typebox';
import { Type } from '@sinclair/typebox';
import {
  ACTION_STATUSES,
  ACTION_TYPES,
  EXTERNAL_ID_LENGTH,
  INDEXED_LENGTH,
  INVOICE_STATUSES,
  STEP_TYPES,
  TOUCHPOINT_STATUSES,
} from '../../domain/vocabulary.ts';
import { EXAMPLE_IDS, EXAMPLE_TIMES } from '../../http/openapi/examples.ts';
import { OneOf, Timestamp, Uuid } from '../../http/schema.ts';

/** The collections of reference data (contract §4). A new field is one line here and one in `db/schema/`. */

export type Field = {
  schema: TSchema;
  /** The PostgreSQL type of the column. */
  type: 'text' | 'uuid' | 'date' | 'numeric' | 'timestamptz';
  isRequired?: boolean;
  /** The value of the column when the field is omitted; null by default. */
  whenOmitted?: string;
  /** The field refers to a row of this collection, which a request can identify by external id too. */
  parent?: CollectionName;
  /** The field is set by the server only. */
  isReadOnly?: boolean;
};

export type Order = {
  /** The sort key as SQL over the row `t`, never null. An index on it and the id makes a page one range scan. */
  key: string;
  type: 'text' | 'date' | 'timestamptz';
};

export type Collection = {
  name: CollectionName;
  /** Names in OpenAPI components and operations. */
  singular: string;
  plural: string;
  table: string;
  /** The prefix of its event types, as in `customer.created`. */
  event: string;
  tag: string;
  fields: Record<string, Field>;
  /** Filters that compare a column, in addition to `external_id` and `updated_after`. */
  filters: Record<string, { schema: TSchema; sql: (value: string) => string }>;
  isSearched: boolean;
  orders: Record<string, Order>;
  /** The columns that can refer to a row, which then can't be deleted. */
  usedBy: { what: string; table: string; column: string }[];
  /** The column with the time at which a step was completed; a completed step keeps its status. */
  completedAt?: string;
};

export type CollectionName = 'customers' | 'contacts' | 'invoices' | 'actions' | 'touchpoints';

const name = (description: string, example: string): Field => ({
  schema: Type.String({ minLength: 1, maxLength: 500, 'x-trim': true, description, examples: [example] }),
  type: 'text',
  isRequired: true,
});
const text = (description: string, example: string): Field => ({
  schema: Type.String({ maxLength: 2_000, description, examples: [example] }),
  type: 'text',
  whenOmitted: '',
});
const time = (description: string): Field => ({
  schema: Timestamp({ description, examples: [EXAMPLE_TIMES.latest] }),
  type: 'timestamptz',
});
const closed = (values: readonly string[], description: string, isRequired = true): Field => ({
  schema: OneOf(values, { description, examples: [values[0]] }),
  type: 'text',
  isRequired,
});
const customerId: Field = {
  schema: Uuid({ description: 'The customer.', examples: [EXAMPLE_IDS.customer] }),
  type: 'uuid',
  isRequired: true,
  parent: 'customers',
};
const completedBy: Field = {
  schema: Uuid({ description: 'The manual log that completed it.', examples: [EXAMPLE_IDS.manualLog] }),
  type: 'uuid',
  isReadOnly: true,
};

const SORT_KEY: Order = { key: 't.sort_key', type: 'text' };
const dueOrder = (column: string, type: 'date' | 'timestamptz'): Order => ({
  key: `COALESCE(t.${column}, 'infinity'::${type})`,
  type,
});

const equals = (column: string, type: string, schema: TSchema) => ({
  schema,
  sql: (value: string) => `t.${column} = ${value}::${type}`,
});
const ofCustomer = equals(
  'customer_id',
  'uuid',
  Uuid({ description: 'Rows of this customer.', examples: [EXAMPLE_IDS.customer] }),
);
const ofInvoice = equals(
  'invoice_id',
  'uuid',
  Uuid({ description: 'Rows about this invoice.', examples: [EXAMPLE_IDS.invoice] }),
);
const dueBefore = (column: string) => ({
  schema: Timestamp({ description: 'Due before this time.', examples: [EXAMPLE_TIMES.latest] }),
  sql: (value: string) => `COALESCE(t.${column}, 'infinity'::timestamptz) < ${value}::timestamptz`,
});
const dueDay = (operator: string, description: string) => ({
  schema: Type.String({ format: 'date', description, examples: ['2026-05-31'] }),
  sql: (value: string) =>
    `COALESCE(t.due_date, 'infinity'::date) ${operator} ${value}::date AND t.due_date IS NOT NULL`,
});
const statuses = (values: readonly string[]) => ({
  schema: Type.Array(OneOf(values), { description: 'Comma-separated statuses to include.', examples: [[values[0]]] }),
  sql: (value: string) => `t.status = ANY(${value}::text[])`,
});

const MESSAGES = 'communication_threads';

/** The disputed invoices, to which no foreign key refers. */
const DISPUTED = `(
  SELECT t.company_id, i.id::uuid AS invoice_id
  FROM communication_threads t
  CROSS JOIN LATERAL jsonb_array_elements_text(t.dispute -> 'invoice_ids') AS i(id)
  WHERE t.dispute IS NOT NULL)`;

export const COLLECTIONS: Record<CollectionName, Collection> = {
  customers: {
    name: 'customers',
    singular: 'Customer',
    plural: 'Customers',
    table: 'customers',
    event: 'customer',
    tag: 'Customers',
    fields: { name: name('The name.', 'Acme Corp') },
    filters: {},
    isSearched: true,
    orders: { name: SORT_KEY },
    usedBy: [
      { what: 'contacts', table: 'contacts', column: 'customer_id' },
      { what: 'invoices', table: 'invoices', column: 'customer_id' },
      { what: 'actions', table: 'scheduled_actions', column: 'customer_id' },
      { what: 'touchpoints', table: 'scheduled_touchpoints', column: 'customer_id' },
      { what: 'promises', table: 'promises', column: 'customer_id' },
      { what: 'communications', table: MESSAGES, column: 'customer_id' },
    ],
  },
  contacts: {
    name: 'contacts',
    singular: 'Contact',
    plural: 'Contacts',
    table: 'contacts',
    event: 'contact',
    tag: 'Contacts',
    fields: {
      customer_id: customerId,
      name: name('The name.', 'Dana Reyes'),
      email: {
        schema: Type.String({
          minLength: 1,
          maxLength: INDEXED_LENGTH,
          'x-trim': true,
          description: 'The email address, by which mail is matched to the contact.',
          examples: ['dana@acme.example'],
        }),
        type: 'text',
      },
      phone: {
        schema: Type.String({ format: 'e164', description: 'E.164.', examples: ['+15551234567'] }),
        type: 'text',
      },
    },
    filters: {
      customer_id: ofCustomer,
      email: {
        schema: Type.String({
          maxLength: INDEXED_LENGTH,
          description: 'Exactly this email address, without case.',
          examples: ['dana@acme.example'],
        }),
        sql: (value) => `t.email IS NOT NULL AND lower(t.email) = lower(${value}::text)`,
      },
      phone: equals(
        'phone',
        'text',
        Type.String({ maxLength: 16, description: 'Exactly this number.', examples: ['+15551234567'] }),
      ),
    },
    isSearched: true,
    orders: { name: SORT_KEY },
    usedBy: [{ what: 'communications', table: MESSAGES, column: 'contact_id' }],
  },
  invoices: {
    name: 'invoices',
    singular: 'Invoice',
    plural: 'Invoices',
    table: 'invoices',
    event: 'invoice',
    tag: 'Invoices',
    fields: {
      customer_id: customerId,
      number: name('The number by which mail refers to the invoice.', 'INV-1001'),
      amount: {
        schema: Type.String({
          format: 'amount',
          description: 'A decimal number, negative for a credit note. Stored as given.',
          examples: ['1250.00'],
        }),
        type: 'numeric',
      },
      currency: {
        schema: Type.String({ format: 'currency', description: 'ISO 4217.', examples: ['USD'] }),
        type: 'text',
      },
      due_date: {
        schema: Type.String({ format: 'date', description: 'The due date.', examples: ['2026-05-31'] }),
        type: 'date',
      },
      status: closed(INVOICE_STATUSES, 'The status in the ERP.', false),
    },
    filters: {
      customer_id: ofCustomer,
      number: {
        schema: Type.String({ maxLength: 500, description: 'Exactly this number.', examples: ['INV-1001'] }),
        sql: (value) => `t.sort_key = list_sort_key(${value}::text) AND t.number = ${value}::text`,
      },
      status: equals(
        'status',
        'text',
        OneOf(INVOICE_STATUSES, { description: 'Invoices with this status.', examples: ['open'] }),
      ),
      due_from: dueDay('>=', 'Due on this day or later.'),
      due_to: dueDay('<=', 'Due on this day or earlier.'),
    },
    isSearched: true,
    orders: { number: SORT_KEY, due_date: dueOrder('due_date', 'date') },
    usedBy: [
      { what: 'actions', table: 'scheduled_actions', column: 'invoice_id' },
      { what: 'promises', table: 'promise_invoices', column: 'invoice_id' },
      { what: 'communications', table: 'communication_thread_invoices', column: 'invoice_id' },
      { what: 'disputes', table: DISPUTED, column: 'invoice_id' },
    ],
  },
  actions: {
    name: 'actions',
    singular: 'Action',
    plural: 'Actions',
    table: 'scheduled_actions',
    event: 'action',
    tag: 'Actions',
    fields: {
      customer_id: customerId,
      invoice_id: {
        schema: Uuid({ description: 'The invoice that the action is about.', examples: [EXAMPLE_IDS.invoice] }),
        type: 'uuid',
        parent: 'invoices',
      },
      action_type: closed(ACTION_TYPES, 'The type of action.'),
      status: closed(ACTION_STATUSES, 'The status. A completed action keeps it.'),
      description: text('A description of the action.', 'Call about INV-1001'),
      due_at: time('When the action is due.'),
      executed_at: time('When the action was completed.'),
      completed_by_thread_id: completedBy,
    },
    filters: {
      customer_id: ofCustomer,
      invoice_id: ofInvoice,
      status: statuses(ACTION_STATUSES),
      due_before: dueBefore('due_at'),
    },
    isSearched: false,
    orders: { due_at: dueOrder('due_at', 'timestamptz') },
    usedBy: [{ what: 'communications', table: MESSAGES, column: 'scheduled_action_id' }],
    completedAt: 'executed_at',
  },
  touchpoints: {
    name: 'touchpoints',
    singular: 'Touchpoint',
    plural: 'Touchpoints',
    table: 'scheduled_touchpoints',
    event: 'touchpoint',
    tag: 'Touchpoints',
    fields: {
      customer_id: customerId,
      step_type: closed(STEP_TYPES, 'The type of step.'),
      status: closed(TOUCHPOINT_STATUSES, 'The status. A completed touchpoint keeps it.'),
      label: text('A label.', 'Day 30 call'),
      scheduled_for: time('When the touchpoint is due.'),
      completed_at: time('When the touchpoint was completed.'),
      completed_by_thread_id: completedBy,
    },
    filters: { customer_id: ofCustomer, status: statuses(TOUCHPOINT_STATUSES), due_before: dueBefore('scheduled_for') },
    isSearched: false,
    orders: { scheduled_for: dueOrder('scheduled_for', 'timestamptz') },
    usedBy: [{ what: 'communications', table: MESSAGES, column: 'scheduled_touchpoint_id' }],
    completedAt: 'completed_at',
  },
};

export const EXTERNAL_ID = Type.String({
  minLength: 1,
  maxLength: EXTERNAL_ID_LENGTH,
  format: 'external-id',
  'x-trim': true,
  description: 'The key of the row in your ERP, unique in the company, without commas and control characters.',
  examples: ['D-10042'],
});

/** The fields that a client writes. */
export function writtenFields(collection: Collection): [string, Field][] {
  return Object.entries(collection.fields).filter(([, field]) => !field.isReadOnly);
}

/** The columns of a row in responses, as SQL over `t`. */
export function columnsOf(collection: Collection): string {
  const fields = Object.entries(collection.fields).map(([column, { type }]) =>
    type === 'date' || type === 'numeric' ? `t.${column}::text AS ${column}` : `t.${column}`,
  );
  return ['t.id', 't.company_id', 't.external_id', ...fields, 't.created_at', 't.updated_at'].join(', ');
}

/** A row as responses show it. */
export type Row = Record<string, string | null> & { id: string; external_id: string | null };
