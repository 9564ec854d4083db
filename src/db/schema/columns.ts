import { type SQL, sql } from 'drizzle-orm';
import { customType, type ExtraConfigColumn, index, text, uniqueIndex } from 'drizzle-orm/pg-core';

/**
 * PostgreSQL's `2026-05-12 14:30:00.5+00`, in JSON `2026-05-12T14:30:00.5+00:00` (session time zone UTC) → `2026-05-12T14:30:00.500Z`.
 * What it made already stays: the driver's values come to it, and Drizzle hands them to it again.
 */
export function toIsoTimestamp(raw: string): string {
  const zoneAt = raw.indexOf('+', 19);
  if (zoneAt === -1) return raw;
  const fraction = zoneAt > 19 ? raw.slice(20, zoneAt) : '';
  return `${raw.slice(0, 10)}T${raw.slice(11, 19)}.${fraction.padEnd(3, '0')}Z`;
}

/** An instant, RFC 3339 UTC with milliseconds on our side, cut to what the column keeps. */
export const instant = customType<{ data: string; driverData: string }>({
  dataType: () => 'timestamp(3) with time zone',
  fromDriver: toIsoTimestamp,
});

/** Text that is compared byte by byte, whatever the database's own collation is: it orders a list. */
export const orderedText = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });

export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' });

/** Distinct words made by `search.ts`, never by PostgreSQL's own parser. */
export const tsvector = customType<{ data: string; driverData: string }>({ dataType: () => 'tsvector' });

/** The 64-bit id of the writing transaction; orders a feed so that nothing commits late behind a reader. */
export const xid8 = customType<{ data: string; driverData: string }>({ dataType: () => 'xid8' });

/** Which transactions had ended at a moment; `pg_visible_in_snapshot` compares one with it. */
export const pgSnapshot = customType<{ data: string; driverData: string }>({ dataType: () => 'pg_snapshot' });

export const now = sql`now()`;

/**
 * The transaction that last changed what a list shows of the row; `updated_after` compares it. An INSERT sets it by its
 * default, an UPDATE by a trigger. Never a time: a transaction's clock says nothing of when it commits.
 */
export const changedIn = () => xid8().notNull().default(sql`pg_current_xact_id()`);

/**
 * What a list of names is ordered by: the name in lower case, cut to what an index holds. The database makes it, in every
 * row that is written by whatever way.
 */
export const sortKeyOf = (column: string) =>
  orderedText()
    .notNull()
    .generatedAlwaysAs(sql.raw(`list_sort_key(${column})`));

/** The words by which a list of names is searched; by the same function that makes the words of a search. */
export const listWordsOf = (text: string) =>
  tsvector()
    .notNull()
    .generatedAlwaysAs(sql.raw(`array_to_tsvector(list_words(${text}))`));

/** Where a row without a date or time stands in a list that is ordered by it: behind all others. */
export const FAR_DATE = "'infinity'::date";
export const FAR_INSTANT = "'infinity'::timestamptz";

/** `column IN ('a', 'b')` from a closed set of `vocabulary.ts`. */
export function oneOf(column: { name: string } | SQL, values: readonly string[]) {
  return sql`${column} IN (${sql.raw(values.map((value) => `'${value}'`).join(', '))})`;
}

/**
 * Index columns for `ORDER BY <time> DESC, id DESC`. Made for each index by itself: Drizzle moves the order out of a column
 * object into the first index that takes it. `nullsFirst` because that is what a plain DESC means to PostgreSQL.
 */
export function newestFirst(time: ExtraConfigColumn, id: ExtraConfigColumn) {
  return [time.desc().nullsFirst(), id.desc().nullsFirst()] as const;
}

/** The key by which the company's ERP knows the row. */
export const externalId = () => ({ externalId: text() });

type KeyColumns = Record<'companyId' | 'externalId' | 'changedIn' | 'id', ExtraConfigColumn>;

/** The indexes of every collection of reference data: an ERP's own key, and what changed since. */
export function commonIndexes(table: string, t: KeyColumns) {
  return [
    uniqueIndex(`${table}_external_id`).on(t.companyId, t.externalId).where(sql`${t.externalId} IS NOT NULL`),
    index(`${table}_changed`).on(t.companyId, t.changedIn),
  ];
}

/** Rows without it come last, and the page after any row is one range of the index. */
export function orLast(column: ExtraConfigColumn, far: string) {
  return sql`COALESCE(${column}, ${sql.raw(far)})`;
}
