import { type TSchema, Type } from '@sinclair/typebox';
import { EXTERNAL_ID_LENGTH } from '../../domain/vocabulary.ts';
import { EXAMPLE_IDS, EXAMPLE_TIMES } from '../../http/openapi/examples.ts';
import { OneOf, Timestamp, Uuid } from '../../http/schema.ts';
import type { Field, Order } from './collection.ts';

/** Fields, filters and orders that several collections have. */

export const nameField = (description: string, example: string): Field => ({
  schema: Type.String({ minLength: 1, maxLength: 500, 'x-trim': true, description, examples: [example] }),
  type: 'text',
  isRequired: true,
});
export const textField = (description: string, example: string): Field => ({
  schema: Type.String({ maxLength: 2_000, description, examples: [example] }),
  type: 'text',
  whenOmitted: '',
});
export const timeField = (description: string): Field => ({
  schema: Timestamp({ description, examples: [EXAMPLE_TIMES.latest] }),
  type: 'timestamptz',
});
export const enumField = (values: readonly string[], description: string, isRequired = true): Field => ({
  schema: OneOf(values, { description, examples: [values[0]] }),
  type: 'text',
  isRequired,
});
export const customerField: Field = {
  schema: Uuid({ description: 'The customer.', examples: [EXAMPLE_IDS.customer] }),
  type: 'uuid',
  isRequired: true,
  parent: 'customers',
};
export const completedByField: Field = {
  schema: Uuid({ description: 'The manual log that completed it.', examples: [EXAMPLE_IDS.manualLog] }),
  type: 'uuid',
  isReadOnly: true,
};

export const SORT_KEY: Order = { key: 't.sort_key', type: 'text' };
export const dueOrder = (column: string, type: 'date' | 'timestamptz'): Order => ({
  key: `COALESCE(t.${column}, 'infinity'::${type})`,
  type,
});

export const equalityFilter = (column: string, type: string, schema: TSchema) => ({
  schema,
  sql: (value: string) => `t.${column} = ${value}::${type}`,
});
export const customerFilter = equalityFilter(
  'customer_id',
  'uuid',
  Uuid({ description: 'Rows of this customer.', examples: [EXAMPLE_IDS.customer] }),
);
export const invoiceFilter = equalityFilter(
  'invoice_id',
  'uuid',
  Uuid({ description: 'Rows about this invoice.', examples: [EXAMPLE_IDS.invoice] }),
);
export const dueBeforeFilter = (column: string) => ({
  schema: Timestamp({ description: 'Due before this time.', examples: [EXAMPLE_TIMES.latest] }),
  sql: (value: string) => `COALESCE(t.${column}, 'infinity'::timestamptz) < ${value}::timestamptz`,
});
export const dueDateFilter = (operator: string, description: string) => ({
  schema: Type.String({ format: 'date', description, examples: ['2026-05-31'] }),
  sql: (value: string) =>
    `COALESCE(t.due_date, 'infinity'::date) ${operator} ${value}::date AND t.due_date IS NOT NULL`,
});
export const statusesFilter = (values: readonly string[]) => ({
  schema: Type.Array(OneOf(values), { description: 'Comma-separated statuses to include.', examples: [[values[0]]] }),
  sql: (value: string) => `t.status = ANY(${value}::text[])`,
});

export const EXTERNAL_ID = Type.String({
  minLength: 1,
  maxLength: EXTERNAL_ID_LENGTH,
  format: 'external-id',
  'x-trim': true,
  description: 'The key of the row in your ERP, unique in the company, without commas and control characters.',
  examples: ['D-10042'],
});
