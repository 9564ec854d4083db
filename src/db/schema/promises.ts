import { sql } from 'drizzle-orm';
import {
  check,
  date,
  foreignKey,
  index,
  numeric,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { PROMISE_STATUSES, type PromiseStatus } from '../../domain/vocabulary.ts';
import { changedIn, oneOf, referTo, stamps } from './columns.ts';
import { customers, invoices } from './receivables.ts';
import { users } from './tenancy.ts';
import { communicationThreads } from './threads.ts';

/** Promises to pay. Whether one is broken is computed when it is read, never stored. */
export const promises = pgTable(
  'promises',
  {
    companyId: uuid().notNull(),
    id: uuid().notNull(),
    customerId: uuid().notNull(),
    /** The message in which the promise was made; a message has at most one. */
    threadId: uuid().notNull(),
    status: text().$type<PromiseStatus>().notNull().default('open'),
    /** The last day for the payment, in the company's time zone. */
    dueOn: date().notNull(),
    /** Keeps as many digits after the point as were given. */
    amount: numeric(),
    /** ISO 4217. */
    currency: text(),
    createdById: uuid(),
    ...stamps(),
    changedIn: changedIn(),
  },
  (t) => [
    primaryKey({ name: 'promises_pk', columns: [t.companyId, t.id] }),
    referTo('promises_customer', [t.companyId, t.customerId], customers),
    referTo('promises_thread', [t.companyId, t.threadId], communicationThreads),
    foreignKey({ name: 'promises_created_by', columns: [t.createdById], foreignColumns: [users.id] }),
    check('promises_status', oneOf(t.status, PROMISE_STATUSES)),
    check('promises_amount', sql`${t.amount} > 0`),
    uniqueIndex('promises_of_thread').on(t.companyId, t.threadId),
    index('promises_by_day').on(t.companyId, t.dueOn, t.id),
    index('promises_of_customer').on(t.companyId, t.customerId, t.dueOn, t.id),
    index('promises_changed').on(t.companyId, t.changedIn),
  ],
);

/** Which invoices a promise is about. */
export const promiseInvoices = pgTable(
  'promise_invoices',
  {
    companyId: uuid().notNull(),
    promiseId: uuid().notNull(),
    invoiceId: uuid().notNull(),
    /** Order in which the invoices were given, from 0. */
    position: smallint().notNull(),
  },
  (t) => [
    primaryKey({ name: 'promise_invoices_pk', columns: [t.companyId, t.promiseId, t.invoiceId] }),
    referTo('promise_invoices_promise', [t.companyId, t.promiseId], promises).onDelete('cascade'),
    referTo('promise_invoices_invoice', [t.companyId, t.invoiceId], invoices),
    index('promise_invoices_by_invoice').on(t.companyId, t.invoiceId, t.promiseId),
  ],
);
