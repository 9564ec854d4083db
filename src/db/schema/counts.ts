import { sql } from 'drizzle-orm';
import { bigint, check, date, foreignKey, integer, pgTable, primaryKey, smallint, uuid } from 'drizzle-orm/pg-core';
import { companies } from './tenancy.ts';

/** Materialised counters of messages by count cell. The deltas in `thread_count_deltas` aren't folded in yet. */
export const threadCounts = pgTable(
  'thread_counts',
  {
    companyId: uuid().notNull(),
    /** As `communication_threads.cell`. */
    cell: smallint().notNull(),
    messages: bigint({ mode: 'number' }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'thread_counts_pk', columns: [t.companyId, t.cell] }),
    foreignKey({ name: 'thread_counts_company', columns: [t.companyId], foreignColumns: [companies.id] }),
  ],
);

/**
 * Materialised counters of messages by UTC day; the deltas in `thread_count_deltas` aren't folded in yet. The day's
 * cells have fewer facets than the others (`db/count-cell.ts`), or a day would have as many rows as messages.
 */
export const threadDayCounts = pgTable(
  'thread_day_counts',
  {
    companyId: uuid().notNull(),
    day: date().notNull(),
    cell: smallint().notNull(),
    messages: bigint({ mode: 'number' }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'thread_day_counts_pk', columns: [t.companyId, t.day, t.cell] }),
    foreignKey({ name: 'thread_day_counts_company', columns: [t.companyId], foreignColumns: [companies.id] }),
  ],
);

/**
 * Append-only deltas of the counters, so that writers never wait for each other on a counter. Counters plus deltas,
 * read in one snapshot, are exact. Every write that can alter a list's response appends at least one row (`messages` 0
 * and no cell when no count changes), so the folded number of changes plus the number of rows here is the version of
 * the lists.
 */
export const threadCountDeltas = pgTable(
  'thread_count_deltas',
  {
    companyId: uuid().notNull(),
    id: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    cell: smallint(),
    messages: integer().notNull().default(0),
    threadNotes: integer().notNull().default(0),
    /** The UTC day of the messages' `timestamp`. */
    day: date(),
  },
  (t) => [
    primaryKey({ name: 'thread_count_deltas_pk', columns: [t.companyId, t.id] }),
    check('thread_count_deltas_day', sql`(${t.cell} IS NULL) = (${t.day} IS NULL)`),
  ],
);

/** One row per company: the folded numbers of changes and of thread notes. */
export const companyTotals = pgTable(
  'company_totals',
  {
    companyId: uuid().primaryKey(),
    changes: bigint({ mode: 'number' }).notNull().default(0),
    threadNotes: bigint({ mode: 'number' }).notNull().default(0),
  },
  (t) => [foreignKey({ name: 'company_totals_company', columns: [t.companyId], foreignColumns: [companies.id] })],
);
