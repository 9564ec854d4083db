import { type Column, getTableColumns, getTableName } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Words } from '../../conversations/search-words.ts';
import { type InsertKey, plainDefault, type SnakeCase } from '../../db/table-columns.ts';
import { parseTimestamp } from '../../domain/timestamps.ts';
import type { BinaryRows } from './copy-format.ts';

/** From what is imported to the columns of a table. Names, types and defaults of the columns come from `db/schema/`. */

/** What a row is made of: a line of the file, and what else the columns of the row need. */
type OfLine = { line: object };

/** In the place of a function: the column holds the field of the line that has the column's name. */
export const FIELD = Symbol('field');

/**
 * For each column, how its value is made. Null and undefined become the column's default, or NULL when it has none.
 * A time may have any offset; a `tsvector` is a map from words to their positions.
 */
export type ColumnValues<Table extends PgTable, Imported extends OfLine, Key extends InsertKey<Table>> = {
  [Name in Key]:
    | ((imported: Imported) => Table['$inferInsert'][Name] | Words | null | undefined)
    | (SnakeCase<Name> extends keyof Imported['line'] ? typeof FIELD : never);
};

export type ColumnEncoder<Imported> = {
  /** In PostgreSQL, not quoted. */
  name: string;
  /** SQL type. */
  type: string;
  /** Appends the column's value to the row. */
  encode: (rows: BinaryRows, imported: Imported) => void;
};

/**
 * Makes an encoder for each of `values`, in their order. Called in two steps, so that the compiler infers the table and
 * its columns when the first names what the rows are made of.
 */
export function columnEncoders<Imported extends OfLine>() {
  return <Table extends PgTable, Key extends InsertKey<Table>>(
    table: Table,
    values: ColumnValues<Table, Imported, Key>,
  ): ColumnEncoder<Imported>[] => {
    const columns = getTableColumns(table);
    return Object.entries<Read<Imported> | typeof FIELD>(values).map(([key, value]) => {
      const name = toSnakeCase(key);
      const column: Column | undefined = columns[key];
      if (!column) throw new Error(`${getTableName(table)} has no column ${name}.`);
      const read = value === FIELD ? fieldNamed<Imported>(name) : value;
      return { name, type: column.getSQLType(), encode: encoderOf(column, read) };
    });
  };
}

/**
 * Appends a row with all of the columns.
 * @param number of the line; it is the first column of a staging table, and of no other
 */
export function writeRow<Imported>(
  rows: BinaryRows,
  columns: readonly ColumnEncoder<Imported>[],
  imported: Imported,
  number?: number,
): void {
  rows.row(columns.length + (number === undefined ? 0 : 1));
  if (number !== undefined) rows.integer(number);
  for (const { encode } of columns) encode(rows, imported);
}

type Read<Imported> = (imported: Imported) => unknown;

function fieldNamed<Imported extends OfLine>(name: string): Read<Imported> {
  return ({ line }) => (line as Record<string, unknown>)[name];
}

function encoderOf<Imported>(column: Column, read: Read<Imported>): ColumnEncoder<Imported>['encode'] {
  const type = column.getSQLType();
  const write: Write | undefined = WRITE[type];
  if (!write) throw new Error(`The import can't write the type ${type} of the column ${column.name}.`);
  const otherwise = plainDefault(column) ?? null;
  return (rows, imported) => write(rows, (read(imported) ?? otherwise) as never);
}

type Write = (rows: BinaryRows, value: never) => void;

/** By SQL type. */
const WRITE: Record<string, Write> = {
  uuid: (rows, value: string | null) => rows.uuid(value),
  text: (rows, value: string | null) => rows.text(value),
  boolean: (rows, value: boolean | null) => rows.boolean(value),
  integer: (rows, value: number | null) => rows.integer(value),
  smallint: (rows, value: number) => rows.smallint(value),
  bigint: (rows, value: number) => rows.bigint(value),
  // Staged as the text of the line, whose digits say how many of them are kept.
  numeric: (rows, value: string | null) => rows.text(value),
  date: (rows, value: string | null) => rows.date(value),
  'timestamp(3) with time zone': (rows, value: string | null) => rows.timestamp(timeOf(value)),
  bytea: (rows, value: Buffer | null) => rows.bytea(value),
  json: (rows, value: unknown) => rows.text(value === null ? null : JSON.stringify(value)),
  jsonb: (rows, value: unknown) => rows.jsonb(value),
  tsvector: (rows, value: Words) => rows.tsvector(value),
  'text[]': (rows, value: readonly string[]) => rows.texts(value),
  'uuid[]': (rows, value: readonly string[]) => rows.uuids(value),
};

/** A line's time as RFC 3339 UTC with milliseconds. */
export function timeOf(text: string | null | undefined): string | null {
  return (text && parseTimestamp(text)) || null;
}
