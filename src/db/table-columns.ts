import { type Column, getTableColumns } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import type { PgTable } from 'drizzle-orm/pg-core';

/** SQL of a table's columns, generated from the table: a column is written once, in `db/schema/`. */

type ColumnsOf<Table extends PgTable> = Table['_']['columns'];
export type ColumnKey<Table extends PgTable> = keyof ColumnsOf<Table> & string;
/** A column that an INSERT may fill: PostgreSQL generates the others. */
export type InsertKey<Table extends PgTable> = keyof Table['$inferInsert'] & string;

type Select<Table extends PgTable> = Table['$inferSelect'];

export type SnakeCase<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${SnakeCase<Rest>}`
  : Name;

/** A row as the driver returns it, with PostgreSQL's names. */
export type StoredRow<
  Table extends PgTable,
  Key extends keyof Select<Table> & string = keyof Select<Table> & string,
> = {
  [Name in Key as SnakeCase<Name>]: Select<Table>[Name];
};

/** The quoted name in PostgreSQL of a column. */
export function columnName(key: string): string {
  return `"${toSnakeCase(key)}"`;
}

/** `t."id", t."timestamp", …` */
export function columnList(keys: readonly string[], alias: string): string {
  return keys.map((key) => `${alias}.${columnName(key)}`).join(', ');
}

/** The columns of an INSERT, each with its parameter. */
export type InsertColumns<Table extends PgTable> = {
  /** Quoted names in order, for `INSERT INTO … (…)`. */
  names: string;
  /** The parameters in the same order, each cast to its column's type: `$1::uuid, $2::text, …`. */
  parameters: string;
  /** The parameter of one column. */
  parameter: (key: ColumnKey<Table>) => string;
  count: number;
  /** The values in order, converted for the driver; a column that the row leaves out gets its default. */
  values: (row: Table['$inferInsert']) => unknown[];
};

/**
 * Every writable column of a table, in the table's order.
 * @param without columns that the statement sets by an expression or leaves to their defaults
 */
export function insertColumns<Table extends PgTable>(
  table: Table,
  without: readonly ColumnKey<Table>[],
): InsertColumns<Table> {
  const columns = Object.entries<Column>(getTableColumns(table)).filter(
    ([key, column]) => column.generated === undefined && !(without as readonly string[]).includes(key),
  );
  const readers = columns.map(([key, column]) => ({ key, column, fallback: plainDefault(column) }));
  const parameters = new Map(columns.map(([key, column], nth) => [key, `$${nth + 1}::${column.getSQLType()}`]));
  return {
    names: columns.map(([key]) => columnName(key)).join(', '),
    parameters: [...parameters.values()].join(', '),
    parameter: (key) => {
      const parameter = parameters.get(key);
      if (parameter === undefined) throw new Error(`The column ${key} has no parameter.`);
      return parameter;
    },
    count: columns.length,
    values: (row) =>
      readers.map(({ key, column, fallback }) =>
        driverValue(column, (row as Record<string, unknown>)[key] ?? fallback),
      ),
  };
}

/** A column's default when it is a value; undefined when there is none or PostgreSQL computes it, as `now()`. */
export function plainDefault(column: Column): unknown {
  return typeof column.default === 'object' && column.default !== null && !Array.isArray(column.default)
    ? undefined
    : column.default;
}

function driverValue(column: Column, value: unknown): unknown {
  return value === undefined || value === null ? null : column.mapToDriverValue(value);
}
