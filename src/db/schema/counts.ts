import { sql } from 'drizzle-orm';
import { bigint, check, date, foreignKey, integer, pgTable, primaryKey, smallint, uuid } from 'drizzle-orm/pg-core';
import { companies } from './tenancy.ts';

/** How many messages there are of each kind, as far as `thread_count_deltas` has been folded in. */
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
 * How many messages there are of each day, in UTC, as far as `thread_count_deltas` has been folded in. Fewer facts are
 * told apart than by the cells (`db/cells.ts`), or a day would have as many rows as messages.
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
 * Append-only changes to the counts: writers never wait for one another on a counter. Cells plus unfolded deltas, read
 * in one snapshot, are exact. Every write that can alter a list's answer leaves at least one row here (`messages` 0 and
 * no cell when it moves no count), so the folded number of changes plus the unfolded rows is the list's version.
 */
export const threadCountDeltas = pgTable(
  'thread_count_deltas',
  {
    companyId: uuid().notNull(),
    id: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    cell: smallint(),
    messages: integer().notNull().default(0),
    threadNotes: integer().notNull().default(0),
    /** Of the messages' `timestamp`, in UTC. */
    day: date(),
  },
  (t) => [
    primaryKey({ name: 'thread_count_deltas_pk', columns: [t.companyId, t.id] }),
    check('thread_count_deltas_day', sql`(${t.cell} IS NULL) = (${t.day} IS NULL)`),
  ],
);

/** One row a company: the folded number of changes, and of thread notes. */
export const companyTotals = pgTable(
  'company_totals',
  {
    companyId: uuid().primaryKey(),
    changes: bigint({ mode: 'number' }).notNull().default(0),
    threadNotes: bigint({ mode: 'number' }).notNull().default(0),
  },
  (t) => [foreignKey({ name: 'company_totals_company', columns: [t.companyId], foreignColumns: [companies.id] })],
);
