import { sql } from 'drizzle-orm';
import { customType, type ExtraConfigColumn } from 'drizzle-orm/pg-core';

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

export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' });

/** Distinct words made by `search.ts`, never by PostgreSQL's own parser. */
export const tsvector = customType<{ data: string; driverData: string }>({ dataType: () => 'tsvector' });

/** The 64-bit id of the writing transaction; orders a feed so that nothing commits late behind a reader. */
export const xid8 = customType<{ data: string; driverData: string }>({ dataType: () => 'xid8' });

export const now = sql`now()`;

/**
 * The transaction that last changed what a list shows of the row; `updated_after` compares it. An INSERT sets it by its
 * default, an UPDATE by a trigger. Never a time: a transaction's clock says nothing of when it commits.
 */
export const changedIn = () => xid8().notNull().default(sql`pg_current_xact_id()`);

/** `column IN ('a', 'b')` from a closed set of `vocabulary.ts`. */
export function oneOf(column: { name: string }, values: readonly string[]) {
  return sql`${column} IN (${sql.raw(values.map((value) => `'${value}'`).join(', '))})`;
}

/**
 * Index columns for `ORDER BY <time> DESC, id DESC`. Made anew for each index: Drizzle moves the order out of a column
 * object into the first index that takes it. `nullsFirst` because that is what a plain DESC means to PostgreSQL.
 */
export function newestFirst(time: ExtraConfigColumn, id: ExtraConfigColumn) {
  return [time.desc().nullsFirst(), id.desc().nullsFirst()] as const;
}
