import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  index,
  type PgTableExtraConfigValue,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import {
  ACTION_STATUSES,
  ACTION_TYPES,
  type ActionStatus,
  STEP_TYPES,
  TOUCHPOINT_STATUSES,
  type TouchpointStatus,
} from '../../domain/vocabulary.ts';
import { instant, now, oneOf } from './columns.ts';
import { companies } from './tenancy.ts';
import { communicationThreads } from './threads.ts';

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

export const scheduledActions = pgTable(
  'scheduled_actions',
  {
    companyId: uuid().notNull(),
    id: uuid().notNull(),
    customerId: uuid().notNull(),
    invoiceId: uuid(),
    actionType: text().$type<(typeof ACTION_TYPES)[number]>().notNull(),
    status: text().$type<ActionStatus>().notNull(),
    description: text().notNull().default(''),
    dueAt: instant(),
    executedAt: instant(),
    /** The log that completed it; null when it was completed by other means. */
    completedByThreadId: uuid(),
    createdAt: instant().notNull().default(now),
    updatedAt: instant().notNull().default(now),
  },
  (t): PgTableExtraConfigValue[] => [
    primaryKey({ name: 'scheduled_actions_pk', columns: [t.companyId, t.id] }),
    foreignKey({
      name: 'scheduled_actions_customer',
      columns: [t.companyId, t.customerId],
      foreignColumns: [customers.companyId, customers.id],
    }),
    foreignKey({
      name: 'scheduled_actions_invoice',
      columns: [t.companyId, t.invoiceId],
      foreignColumns: [invoices.companyId, invoices.id],
    }),
    foreignKey({
      name: 'scheduled_actions_completed_by',
      columns: [t.companyId, t.completedByThreadId],
      foreignColumns: [communicationThreads.companyId, communicationThreads.id],
    }),
    check('scheduled_actions_type', oneOf(t.actionType, ACTION_TYPES)),
    check('scheduled_actions_status', oneOf(t.status, ACTION_STATUSES)),
    check(
      'scheduled_actions_completion',
      sql`${t.status} = 'completed' OR (${t.executedAt} IS NULL AND ${t.completedByThreadId} IS NULL)`,
    ),
  ],
);

export const scheduledTouchpoints = pgTable(
  'scheduled_touchpoints',
  {
    companyId: uuid().notNull(),
    id: uuid().notNull(),
    customerId: uuid().notNull(),
    stepType: text().$type<(typeof STEP_TYPES)[number]>().notNull(),
    status: text().$type<TouchpointStatus>().notNull(),
    label: text().notNull().default(''),
    scheduledFor: instant(),
    completedAt: instant(),
    /** The log that completed it; null when it was completed by other means. */
    completedByThreadId: uuid(),
    createdAt: instant().notNull().default(now),
    updatedAt: instant().notNull().default(now),
  },
  (t): PgTableExtraConfigValue[] => [
    primaryKey({ name: 'scheduled_touchpoints_pk', columns: [t.companyId, t.id] }),
    foreignKey({
      name: 'scheduled_touchpoints_customer',
      columns: [t.companyId, t.customerId],
      foreignColumns: [customers.companyId, customers.id],
    }),
    foreignKey({
      name: 'scheduled_touchpoints_completed_by',
      columns: [t.companyId, t.completedByThreadId],
      foreignColumns: [communicationThreads.companyId, communicationThreads.id],
    }),
    check('scheduled_touchpoints_type', oneOf(t.stepType, STEP_TYPES)),
    check('scheduled_touchpoints_status', oneOf(t.status, TOUCHPOINT_STATUSES)),
    check(
      'scheduled_touchpoints_completion',
      sql`${t.status} = 'completed' OR (${t.completedAt} IS NULL AND ${t.completedByThreadId} IS NULL)`,
    ),
  ],
);
