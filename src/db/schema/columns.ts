import { type SQL, sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  customType,
  type ExtraConfigColumn,
  foreignKey,
  index,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

/**
 * Converts PostgreSQL's `2026-05-12 14:30:00.5+00`, or its JSON form `2026-05-12T14:30:00.5+00:00` (session time zone
 * UTC), to `2026-05-12T14:30:00.500Z`. Returns its own result unchanged, because Drizzle applies it to values that the
 * driver has converted already.
 */
export function toIsoTimestamp(raw: string): string {
  const zoneAt = raw.indexOf('+', 19);
  if (zoneAt === -1) return raw;
  const fraction = zoneAt > 19 ? raw.slice(20, zoneAt) : '';
  return `${raw.slice(0, 10)}T${raw.slice(11, 19)}.${fraction.padEnd(3, '0')}Z`;
}

/** An instant: RFC 3339 UTC with milliseconds in TypeScript. */
export const instant = customType<{ data: string; driverData: string }>({
  dataType: () => 'timestamp(3) with time zone',
  fromDriver: toIsoTimestamp,
});

/** Text that orders a list. It is compared byte by byte, whatever the database's collation. */
export const orderedText = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });

export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' });

/** Search words, made by `conversations/search-words.ts` or `list_words`, never by PostgreSQL's own parser. */
export const tsvector = customType<{ data: string; driverData: string }>({ dataType: () => 'tsvector' });

/**
 * The 64-bit id of the writing transaction. A feed in this order can wait for open transactions, so no reader misses an
 * event.
 */
export const xid8 = customType<{ data: string; driverData: string }>({ dataType: () => 'xid8' });

/** Which transactions had ended at a point in time, for `pg_visible_in_snapshot`. */
export const pgSnapshot = customType<{ data: string; driverData: string }>({ dataType: () => 'pg_snapshot' });

export const now = sql`now()`;

/** When the row was created and last changed. */
export const stamps = () => ({
  createdAt: instant().notNull().default(now),
  updatedAt: instant().notNull().default(now),
});

/**
 * The transaction that last changed what lists show of the row, for `updated_after`. The default sets it on INSERT, a
 * trigger on UPDATE. It isn't a time, because a transaction's clock doesn't tell when it commits.
 */
export const changedIn = () => xid8().notNull().default(sql`pg_current_xact_id()`);

/**
 * The key that orders a list of names: the name in lower case, cut to what an index can hold. PostgreSQL generates it,
 * so that every way of writing rows sets it.
 */
export const sortKeyOf = (column: string) =>
  orderedText()
    .notNull()
    .generatedAlwaysAs(sql.raw(`list_sort_key(${column})`));

/** The words by which a list of names is searched. The words of a search are made by the same SQL function. */
export const listWordsOf = (text: string) =>
  tsvector()
    .notNull()
    .generatedAlwaysAs(sql.raw(`array_to_tsvector(list_words(${text}))`));

/** Replaces a missing date or time in the order of a list, so that such rows come last. */
export const FAR_DATE = "'infinity'::date";
export const FAR_INSTANT = "'infinity'::timestamptz";

/** `column IN ('a', 'b')` from a closed set of `vocabulary.ts`. */
export function oneOf(column: { name: string } | SQL, values: readonly string[]) {
  return sql`${column} IN (${sql.raw(values.map((value) => `'${value}'`).join(', '))})`;
}

/**
 * Index columns for `ORDER BY <time> DESC, id DESC`. Each index needs column objects of its own, because Drizzle moves
 * the order out of a column object into the first index that uses it. `nullsFirst` is PostgreSQL's default for DESC.
 */
export function newestFirst(time: ExtraConfigColumn, id: ExtraConfigColumn) {
  return [time.desc().nullsFirst(), id.desc().nullsFirst()] as const;
}

/** The key of the row in the company's ERP. */
export const externalId = () => ({ externalId: text() });

/** The foreign key from a company's row to another row of the same company, by `company_id` and the other's id. */
export function referTo(
  name: string,
  columns: [companyId: AnyPgColumn, id: AnyPgColumn],
  { companyId, id }: Record<'companyId' | 'id', AnyPgColumn>,
) {
  return foreignKey({ name, columns, foreignColumns: [companyId, id] });
}

type KeyColumns = Record<'companyId' | 'externalId' | 'changedIn' | 'id', ExtraConfigColumn>;

/** The indexes that every collection of reference data has: by `external_id`, and by `changed_in`. */
export function commonIndexes(table: string, t: KeyColumns) {
  return [
    uniqueIndex(`${table}_external_id`).on(t.companyId, t.externalId).where(sql`${t.externalId} IS NOT NULL`),
    index(`${table}_changed`).on(t.companyId, t.changedIn),
  ];
}

/**
 * The column with a far value instead of NULL: such rows come last, and the page after any row is one range of the
 * index.
 */
export function orLast(column: ExtraConfigColumn, far: string) {
  return sql`COALESCE(${column}, ${sql.raw(far)})`;
}
