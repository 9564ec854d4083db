import { sql } from 'drizzle-orm';
import {
  check,
  date,
  foreignKey,
  index,
  numeric,
  type PgTableExtraConfigValue,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { INVOICE_STATUSES, type InvoiceStatus } from '../../domain/vocabulary.ts';
import {
  changedIn,
  commonIndexes,
  externalId,
  FAR_DATE,
  instant,
  listWordsOf,
  oneOf,
  orLast,
  referTo,
  sortKeyOf,
  stamps,
  tsvector,
} from './columns.ts';
import { companies } from './tenancy.ts';

/** A buyer who owes the company money. */
export const customers = pgTable(
  'customers',
  {
    companyId: uuid().notNull(),
    id: uuid().notNull(),
    ...externalId(),
    name: text().notNull(),
    sortKey: sortKeyOf('name'),
    listWords: listWordsOf("name || ' ' || COALESCE(external_id, '')"),
    /** Search words of the name, by which messages are found; null: not made yet (`conversations/search-words.ts`). */
    nameWords: tsvector(),
    /** When messages began to show another name; null: they never did. */
    renamedAt: instant(),
    ...stamps(),
    changedIn: changedIn(),
  },
  (t): PgTableExtraConfigValue[] => [
    primaryKey({ name: 'customers_pk', columns: [t.companyId, t.id] }),
    foreignKey({ name: 'customers_company', columns: [t.companyId], foreignColumns: [companies.id] }),
    ...commonIndexes('customers', t),
    index('customers_by_name').on(t.companyId, t.sortKey, t.id),
    index('customers_by_words').using('gin', t.companyId, t.listWords),
    index('customers_name_words').using('gin', t.nameWords),
    index('customers_without_words').on(t.companyId, t.id).where(sql`${t.nameWords} IS NULL`),
  ],
);

/** CustomerContact: a person at a customer. */
export const contacts = pgTable(
  'contacts',
  {
    companyId: uuid().notNull(),
    id: uuid().notNull(),
    ...externalId(),
    customerId: uuid().notNull(),
    name: text().notNull(),
    email: text(),
    /** `addressKey` of `email`, compared with counterparts' addresses: in lower case, without plus-tag. */
    emailKey: text(),
    /** E.164. */
    phone: text(),
    sortKey: sortKeyOf('name'),
    listWords: listWordsOf("name || ' ' || COALESCE(email, '') || ' ' || COALESCE(external_id, '')"),
    /** When messages began to show another name; null: they never did. */
    renamedAt: instant(),
    ...stamps(),
    changedIn: changedIn(),
  },
  (t): PgTableExtraConfigValue[] => [
    primaryKey({ name: 'contacts_pk', columns: [t.companyId, t.id] }),
    referTo('contacts_customer', [t.companyId, t.customerId], customers),
    index('contacts_by_email').on(t.companyId, t.emailKey).where(sql`${t.emailKey} IS NOT NULL`),
    index('contacts_by_phone').on(t.companyId, t.phone).where(sql`${t.phone} IS NOT NULL`),
    ...commonIndexes('contacts', t),
    index('contacts_by_name').on(t.companyId, t.sortKey, t.id),
    index('contacts_of_customer').on(t.companyId, t.customerId, t.sortKey, t.id),
    index('contacts_by_address').on(t.companyId, sql`lower(${t.email})`).where(sql`${t.email} IS NOT NULL`),
    index('contacts_by_words').using('gin', t.companyId, t.listWords),
  ],
);

export const invoices = pgTable(
  'invoices',
  {
    companyId: uuid().notNull(),
    id: uuid().notNull(),
    ...externalId(),
    customerId: uuid().notNull(),
    number: text().notNull(),
    /** As given: this server doesn't compute with money. */
    amount: numeric(),
    /** ISO 4217. */
    currency: text(),
    dueDate: date(),
    status: text().$type<InvoiceStatus>(),
    sortKey: sortKeyOf('number'),
    listWords: listWordsOf("number || ' ' || COALESCE(external_id, '')"),
    /**
     * Search words of the number, by which messages are found; null: not made yet (`conversations/search-words.ts`).
     */
    numberWords: tsvector(),
    /** When messages began to show another name; null: they never did. */
    renamedAt: instant(),
    ...stamps(),
    changedIn: changedIn(),
  },
  (t): PgTableExtraConfigValue[] => [
    primaryKey({ name: 'invoices_pk', columns: [t.companyId, t.id] }),
    referTo('invoices_customer', [t.companyId, t.customerId], customers),
    check('invoices_status', oneOf(t.status, INVOICE_STATUSES)),
    ...commonIndexes('invoices', t),
    index('invoices_by_number').on(t.companyId, t.sortKey, t.id),
    // With the column itself: PostgreSQL doesn't count from an index of an expression alone.
    index('invoices_by_due_date').on(t.companyId, orLast(t.dueDate, FAR_DATE), t.id, t.dueDate),
    index('invoices_of_customer').on(t.companyId, t.customerId, t.sortKey, t.id),
    index('invoices_of_customer_by_due_date').on(t.companyId, t.customerId, orLast(t.dueDate, FAR_DATE), t.id),
    index('invoices_of_status').on(t.companyId, t.status, t.sortKey, t.id),
    index('invoices_of_status_by_due_date').on(t.companyId, t.status, orLast(t.dueDate, FAR_DATE), t.id),
    index('invoices_by_words').using('gin', t.companyId, t.listWords),
    index('invoices_number_words').using('gin', t.numberWords),
    index('invoices_without_words').on(t.companyId, t.id).where(sql`${t.numberWords} IS NULL`),
  ],
);
