import type { TSchema } from '@sinclair/typebox';

/** What a definition of a collection (`definitions.ts`) says, and what follows from it for its rows. */

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
  /** The table of the words by which it is searched (`db/schema/list-words.ts`); undefined when it isn't searched. */
  wordTable?: string;
  orders: Record<string, Order>;
  /** The columns that can refer to a row, which then can't be deleted. */
  usedBy: { what: string; table: string; column: string }[];
  /** The column with the time at which a step was completed; a completed step keeps its status. */
  completedAt?: string;
};

export type CollectionName = 'customers' | 'contacts' | 'invoices' | 'actions' | 'touchpoints';

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
