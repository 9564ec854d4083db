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
import {
  changedIn,
  commonIndexes,
  externalId,
  FAR_INSTANT,
  instant,
  oneOf,
  orLast,
  referTo,
  stamps,
} from './columns.ts';
import { contacts, customers, invoices } from './receivables.ts';
import { companies, users } from './tenancy.ts';
import { messageColumns } from './thread-columns.ts';
import { checksOfMessages, indexesOfLinks, indexesOfLists, indexesOfProviders } from './thread-indexes.ts';

/** One row per message. Messages of one conversation share a `thread_group_id`. */
export const communicationThreads = pgTable('communication_threads', messageColumns, (t): PgTableExtraConfigValue[] => [
  primaryKey({ name: 'communication_threads_pk', columns: [t.companyId, t.id] }),
  foreignKey({ name: 'communication_threads_company', columns: [t.companyId], foreignColumns: [companies.id] }),
  referTo('communication_threads_customer', [t.companyId, t.customerId], customers),
  referTo('communication_threads_contact', [t.companyId, t.contactId], contacts),
  foreignKey({ name: 'communication_threads_logged_by', columns: [t.loggedById], foreignColumns: [users.id] }),
  referTo('communication_threads_action', [t.companyId, t.scheduledActionId], scheduledActions),
  referTo('communication_threads_touchpoint', [t.companyId, t.scheduledTouchpointId], scheduledTouchpoints),
  foreignKey({ name: 'communication_threads_assignee', columns: [t.assigneeId], foreignColumns: [users.id] }),
  ...checksOfMessages(t),
  ...indexesOfLists(t),
  ...indexesOfLinks(t),
  ...indexesOfProviders(t),
]);

export const scheduledActions = pgTable(
  'scheduled_actions',
  {
    companyId: uuid().notNull(),
    id: uuid().notNull(),
    ...externalId(),
    customerId: uuid().notNull(),
    invoiceId: uuid(),
    actionType: text().$type<(typeof ACTION_TYPES)[number]>().notNull(),
    status: text().$type<ActionStatus>().notNull(),
    description: text().notNull().default(''),
    dueAt: instant(),
    executedAt: instant(),
    /** The manual log that completed the action; null when it was completed in another way. */
    completedByThreadId: uuid(),
    ...stamps(),
    changedIn: changedIn(),
  },
  (t): PgTableExtraConfigValue[] => [
    primaryKey({ name: 'scheduled_actions_pk', columns: [t.companyId, t.id] }),
    referTo('scheduled_actions_customer', [t.companyId, t.customerId], customers),
    referTo('scheduled_actions_invoice', [t.companyId, t.invoiceId], invoices),
    referTo('scheduled_actions_completed_by', [t.companyId, t.completedByThreadId], communicationThreads),
    ...commonIndexes('scheduled_actions', t),
    index('scheduled_actions_by_due').on(t.companyId, orLast(t.dueAt, FAR_INSTANT), t.id),
    index('scheduled_actions_of_status').on(t.companyId, t.status, orLast(t.dueAt, FAR_INSTANT), t.id),
    index('scheduled_actions_of_customer').on(t.companyId, t.customerId, orLast(t.dueAt, FAR_INSTANT), t.id),
    index('scheduled_actions_of_invoice')
      .on(t.companyId, t.invoiceId, orLast(t.dueAt, FAR_INSTANT), t.id)
      .where(sql`${t.invoiceId} IS NOT NULL`),
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
    ...externalId(),
    customerId: uuid().notNull(),
    stepType: text().$type<(typeof STEP_TYPES)[number]>().notNull(),
    status: text().$type<TouchpointStatus>().notNull(),
    label: text().notNull().default(''),
    scheduledFor: instant(),
    completedAt: instant(),
    /** The manual log that completed the touchpoint; null when it was completed in another way. */
    completedByThreadId: uuid(),
    ...stamps(),
    changedIn: changedIn(),
  },
  (t): PgTableExtraConfigValue[] => [
    primaryKey({ name: 'scheduled_touchpoints_pk', columns: [t.companyId, t.id] }),
    referTo('scheduled_touchpoints_customer', [t.companyId, t.customerId], customers),
    referTo('scheduled_touchpoints_completed_by', [t.companyId, t.completedByThreadId], communicationThreads),
    ...commonIndexes('scheduled_touchpoints', t),
    index('scheduled_touchpoints_by_time').on(t.companyId, orLast(t.scheduledFor, FAR_INSTANT), t.id),
    index('scheduled_touchpoints_of_status').on(t.companyId, t.status, orLast(t.scheduledFor, FAR_INSTANT), t.id),
    index('scheduled_touchpoints_of_customer').on(t.companyId, t.customerId, orLast(t.scheduledFor, FAR_INSTANT), t.id),
    check('scheduled_touchpoints_type', oneOf(t.stepType, STEP_TYPES)),
    check('scheduled_touchpoints_status', oneOf(t.status, TOUCHPOINT_STATUSES)),
    check(
      'scheduled_touchpoints_completion',
      sql`${t.status} = 'completed' OR (${t.completedAt} IS NULL AND ${t.completedByThreadId} IS NULL)`,
    ),
  ],
);
