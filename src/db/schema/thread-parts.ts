import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytea, changedIn, instant, newestFirst, referTo, stamps, tsvector } from './columns.ts';
import { customers, invoices } from './receivables.ts';
import { companies, users } from './tenancy.ts';
import { communicationThreads } from './threads.ts';

/** Which invoices a message is about. */
export const communicationThreadInvoices = pgTable(
  'communication_thread_invoices',
  {
    companyId: uuid().notNull(),
    threadId: uuid().notNull(),
    invoiceId: uuid().notNull(),
    /** Order in which the invoices were given, from 0. */
    position: smallint().notNull(),
  },
  (t) => [
    primaryKey({ name: 'communication_thread_invoices_pk', columns: [t.companyId, t.threadId, t.invoiceId] }),
    referTo('communication_thread_invoices_thread', [t.companyId, t.threadId], communicationThreads).onDelete(
      'cascade',
    ),
    referTo('communication_thread_invoices_invoice', [t.companyId, t.invoiceId], invoices),
    index('cti_invoice').on(t.companyId, t.invoiceId, t.threadId),
  ],
);

/**
 * Search words of messages (`conversations/search-words.ts`); the names of customers and the numbers of invoices have
 * words of their own. They are in a table of their own, because a change of a conversation rewrites its messages, but
 * hardly ever their words. Each word begins with a prefix for its company.
 */
export const communicationThreadWords = pgTable(
  'communication_thread_words',
  {
    companyId: uuid().notNull(),
    threadId: uuid().notNull(),
    words: tsvector().notNull(),
    /**
     * The message's own, so that a search can read its matches in the order of the list. Null until the background task
     * has copied it.
     */
    timestamp: instant(),
  },
  (t) => [
    primaryKey({ name: 'communication_thread_words_pk', columns: [t.companyId, t.threadId] }),
    referTo('communication_thread_words_thread', [t.companyId, t.threadId], communicationThreads).onDelete('cascade'),
    // With the week, for the matches at the beginning of a list (`search-window.ts`).
    index('ctw_words_by_week').using(
      'gin',
      t.words,
      sql`(ARRAY[date_bin('7 days', COALESCE("timestamp", 'epoch'), 'epoch')])`,
    ),
  ],
);

/**
 * Companies with messages that have no search words yet, and the position up to which the background task has made
 * them.
 */
export const searchWordsProgress = pgTable('search_words_progress', {
  companyId: uuid().primaryKey(),
  /** The messages before this timestamp and id, that is the older ones, have none. */
  beforeTimestamp: instant().notNull(),
  beforeId: uuid().notNull(),
});

/** Customers of a conversation's messages other than the latest one's customer; maintained by `former-customers.ts`. */
export const formerCustomers = pgTable(
  'former_customers',
  { companyId: uuid().notNull(), customerId: uuid().notNull(), threadGroupId: uuid().notNull() },
  (t) => [
    primaryKey({ name: 'former_customers_pk', columns: [t.companyId, t.customerId, t.threadGroupId] }),
    referTo('former_customers_customer', [t.companyId, t.customerId], customers),
    index('former_customers_of_group').on(t.companyId, t.threadGroupId),
  ],
);

/**
 * The contact and invoices that a message had before it was assigned to another customer. They are restored when it is
 * assigned back. The contact or an invoice may have been deleted since.
 */
export const formerLinks = pgTable(
  'former_links',
  {
    companyId: uuid().notNull(),
    threadId: uuid().notNull(),
    customerId: uuid().notNull(),
    contactId: uuid(),
    /** In the order in which they were given. */
    invoiceIds: uuid().array().notNull(),
  },
  (t) => [
    primaryKey({ name: 'former_links_pk', columns: [t.companyId, t.threadId, t.customerId] }),
    referTo('former_links_thread', [t.companyId, t.threadId], communicationThreads).onDelete('cascade'),
  ],
);

/**
 * Customers and invoices that a message is no longer linked to, and when one was unlinked last. Their summaries changed, and
 * no row of a message says so any more: `updated_after` finds them here. Written by triggers alone; at most one row for each
 * customer and invoice.
 */
export const messageDepartures = pgTable(
  'message_departures',
  {
    companyId: uuid().notNull(),
    /** Of a customer or an invoice. */
    subjectId: uuid().notNull(),
    changedIn: changedIn(),
  },
  (t) => [
    primaryKey({ name: 'message_departures_pk', columns: [t.companyId, t.subjectId] }),
    foreignKey({ name: 'message_departures_company', columns: [t.companyId], foreignColumns: [companies.id] }),
    index('message_departures_changed').on(t.companyId, t.changedIn),
  ],
);

/** Metadata of a message's attachments; the bytes stay with the provider. */
export const attachments = pgTable(
  'attachments',
  {
    companyId: uuid().notNull(),
    id: uuid().notNull(),
    threadId: uuid().notNull(),
    /** Order in the message, from 0. */
    position: smallint().notNull(),
    filename: text().notNull(),
    contentType: text().notNull(),
    sizeBytes: bigint({ mode: 'number' }).notNull(),
    isInline: boolean().notNull().default(false),
    providerId: text(),
  },
  (t) => [
    primaryKey({ name: 'attachments_pk', columns: [t.companyId, t.id] }),
    referTo('attachments_thread', [t.companyId, t.threadId], communicationThreads).onDelete('cascade'),
    check('attachments_size', sql`${t.sizeBytes} >= 0`),
    index('attachments_of_thread').on(t.companyId, t.threadId, t.position),
  ],
);

/** Internal notes on a message, visible only to the team. */
export const threadNotes = pgTable(
  'thread_notes',
  {
    companyId: uuid().notNull(),
    id: uuid().notNull(),
    threadId: uuid().notNull(),
    authorId: uuid().notNull(),
    /** Ciphertext. */
    content: bytea().notNull(),
    ...stamps(),
    changedIn: changedIn(),
  },
  (t) => [
    primaryKey({ name: 'thread_notes_pk', columns: [t.companyId, t.id] }),
    referTo('thread_notes_thread', [t.companyId, t.threadId], communicationThreads),
    foreignKey({ name: 'thread_notes_author', columns: [t.authorId], foreignColumns: [users.id] }),
    index('tn_list').on(t.companyId, ...newestFirst(t.createdAt, t.id)),
    index('tn_thread').on(t.companyId, t.threadId, ...newestFirst(t.createdAt, t.id)),
    index('tn_changed').on(t.companyId, t.changedIn),
    index('tn_author').on(t.companyId, t.authorId, ...newestFirst(t.createdAt, t.id)),
  ],
);
