import { date, pgTable, primaryKey, smallint, uuid } from 'drizzle-orm/pg-core';
import { orderedText } from './columns.ts';

/**
 * Tables of the words of customers, contacts and invoices (`list_words`), one row for each word, in the order of the list.
 * From the primary key alone a search for one word reads its first matches in order, and counts and sorts many matches.
 * Triggers write these tables whenever the words of a row or its sort keys change; nothing else does.
 */

const ofWord = () => ({
  companyId: uuid().notNull(),
  word: orderedText().notNull(),
  /** The row's sort key. */
  sortKey: orderedText().notNull(),
  /** The row's id. */
  id: uuid().notNull(),
  /**
   * The number of leading characters that the word shares with an earlier word of the row. A search for the beginning of a
   * word finds each row once: by the word that shares fewer characters than the search has.
   */
  shared: smallint().notNull(),
});

export const customerListWords = pgTable('customer_list_words', ofWord(), (t) => [
  primaryKey({ name: 'customer_list_words_pk', columns: [t.companyId, t.word, t.sortKey, t.id, t.shared] }),
]);

export const contactListWords = pgTable('contact_list_words', ofWord(), (t) => [
  primaryKey({ name: 'contact_list_words_pk', columns: [t.companyId, t.word, t.sortKey, t.id, t.shared] }),
]);

export const invoiceListWords = pgTable(
  'invoice_list_words',
  {
    ...ofWord(),
    /** The invoice's due date; infinity when it has none. */
    dueDate: date().notNull(),
  },
  (t) => [
    primaryKey({ name: 'invoice_list_words_pk', columns: [t.companyId, t.word, t.sortKey, t.id, t.shared, t.dueDate] }),
  ],
);
