import { sql } from 'drizzle-orm';
import { foreignKey, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant, now } from './columns.ts';
import { companies } from './tenancy.ts';

/** A buyer who owes the company money. */
export const customers = pgTable(
  'customers',
  {
    companyId: uuid().notNull(),
    id: uuid().notNull(),
    name: text().notNull(),
    createdAt: instant().notNull().default(now),
    updatedAt: instant().notNull().default(now),
  },
  (t) => [
    primaryKey({ name: 'customers_pk', columns: [t.companyId, t.id] }),
    foreignKey({ name: 'customers_company', columns: [t.companyId], foreignColumns: [companies.id] }),
  ],
);

/** CustomerContact: a person at a customer. */
export const contacts = pgTable(
  'contacts',
  {
    companyId: uuid().notNull(),
    id: uuid().notNull(),
    customerId: uuid().notNull(),
    name: text().notNull(),
    email: text(),
    /** `email` as it is compared with a counterpart's address: lower case, no plus-tag. */
    emailKey: text(),
    /** E.164. */
    phone: text(),
    createdAt: instant().notNull().default(now),
    updatedAt: instant().notNull().default(now),
  },
  (t) => [
    primaryKey({ name: 'contacts_pk', columns: [t.companyId, t.id] }),
    foreignKey({
      name: 'contacts_customer',
      columns: [t.companyId, t.customerId],
      foreignColumns: [customers.companyId, customers.id],
    }),
    index('contacts_by_email').on(t.companyId, t.emailKey).where(sql`${t.emailKey} IS NOT NULL`),
    index('contacts_by_phone').on(t.companyId, t.phone).where(sql`${t.phone} IS NOT NULL`),
  ],
);

export const invoices = pgTable(
  'invoices',
  {
    companyId: uuid().notNull(),
    id: uuid().notNull(),
    customerId: uuid().notNull(),
    number: text().notNull(),
    createdAt: instant().notNull().default(now),
    updatedAt: instant().notNull().default(now),
  },
  (t) => [
    primaryKey({ name: 'invoices_pk', columns: [t.companyId, t.id] }),
    foreignKey({
      name: 'invoices_customer',
      columns: [t.companyId, t.customerId],
      foreignColumns: [customers.companyId, customers.id],
    }),
    index('invoices_of_customer').on(t.companyId, t.customerId),
  ],
);
