import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  json,
  jsonb,
  type PgTableExtraConfigValue,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import {
  ACTION_STATUSES,
  ACTION_TYPES,
  type ActionStatus,
  type BodyType,
  type CommunicationType,
  type Direction,
  type DisputeReason,
  type LogOutcome,
  type Source,
  STEP_TYPES,
  TOUCHPOINT_STATUSES,
  type TouchpointStatus,
} from '../../domain/vocabulary.ts';
import { CELL_SQL } from '../count-cell.ts';
import { bytea, changedIn, commonIndexes, externalId, FAR_INSTANT, instant, now, oneOf, orLast } from './columns.ts';
import { contacts, customers, invoices } from './receivables.ts';
import { companies, users } from './tenancy.ts';
import { checksOfMessages, indexesOfLinks, indexesOfLists, indexesOfProviders } from './thread-indexes.ts';

/** A name and an address, as in the contract's `from`, `to` and `cc`. */
export type StoredAddress = { name: string; email: string };

/** The parties of a mail. */
export type StoredParties = { from: StoredAddress | null; to: StoredAddress[]; cc: StoredAddress[] };

/** The contract's `call`, times RFC 3339 UTC with milliseconds. */
export type StoredCall = {
  status: string | null;
  from_number: string | null;
  to_number: string | null;
  started_at: string | null;
  ended_at: string | null;
  duration_seconds: number | null;
};

/** Why a customer refuses to pay, and for which invoices. */
export type StoredDispute = { reason: DisputeReason; invoice_ids: string[] };

/** One row per message. Messages of one conversation share a `thread_group_id`. */
export const communicationThreads = pgTable(
  'communication_threads',
  {
    companyId: uuid().notNull(),
    id: uuid().notNull(),
    threadGroupId: uuid().notNull(),
    timestamp: instant().notNull(),
    communicationType: text().$type<CommunicationType>().notNull(),
    source: text().$type<Source>().notNull(),
    direction: text().$type<Direction>().notNull(),
    requiresResponse: boolean().notNull().default(false),
    isResolved: boolean().notNull().default(false),
    isArRelated: boolean(),
    /**
     * The newest message of its conversation by (timestamp, id); maintained by `conversations/` under the
     * conversation's lock.
     */
    isLatest: boolean().notNull(),
    /** Number of messages of the conversation; on its latest message only, null on the others. */
    messageCount: integer(),
    hasAttachments: boolean().notNull().default(false),
    customerId: uuid(),
    contactId: uuid(),
    loggedById: uuid(),
    scheduledActionId: uuid(),
    scheduledTouchpointId: uuid(),
    subject: text().notNull().default(''),
    preview: text(),
    body: text(),
    bodyType: text().$type<BodyType>(),
    /** Ciphertext. Only manual logs have notes. */
    notes: bytea(),
    fromAddress: jsonb().$type<StoredAddress>(),
    toAddresses: jsonb().$type<StoredAddress[]>().notNull().default([]),
    ccAddresses: jsonb().$type<StoredAddress[]>().notNull().default([]),
    /**
     * What lists show of the three before, when that is less; else null (`conversations/listed-parties.ts`). `json`,
     * because PostgreSQL copies its text into a response without encoding it again.
     */
    listedParties: json().$type<StoredParties>(),
    call: jsonb().$type<StoredCall>(),
    strategyTags: text().array().notNull().default([]),
    /** Manual logs only. */
    outcome: text().$type<LogOutcome>(),
    /** Manual logs only. */
    dispute: jsonb().$type<StoredDispute>(),
    /**
     * The conversation's follow-up: when a user wants to look at it again. On the latest message only, null on the
     * others; `conversations/` moves it together with `is_latest`.
     */
    followUpAt: instant(),
    /** The conversation's assignee. Stored like `follow_up_at`. */
    assigneeId: uuid(),
    grantId: text(),
    providerMessageId: text(),
    providerThreadId: text(),
    rfcMessageId: text(),
    callUuid: text(),
    recordings: jsonb().$type<unknown[]>(),
    /** The provider left the body out because the message was too large. */
    isTruncated: boolean().notNull().default(false),
    /** Whether a program sent the message, so that no person waits for an answer. */
    isAutomatic: boolean().notNull().default(false),
    /**
     * Whether an outbound message answers earlier ones; null: not classified, so an outbound message counts as an
     * answer.
     */
    isAnswer: boolean(),
    /**
     * Addresses that lists don't show but that identify customers: of Reply-To and bcc, and the failed ones of a
     * bounce.
     */
    furtherAddresses: text().array().notNull().default([]),
    /** The facets that the lists filter on, in one number (`db/count-cell.ts`). */
    cell: smallint().notNull().generatedAlwaysAs(sql.raw(CELL_SQL)),
    createdAt: instant().notNull().default(now),
    updatedAt: instant().notNull().default(now),
    changedIn: changedIn(),
  },
  (t): PgTableExtraConfigValue[] => [
    primaryKey({ name: 'communication_threads_pk', columns: [t.companyId, t.id] }),
    foreignKey({ name: 'communication_threads_company', columns: [t.companyId], foreignColumns: [companies.id] }),
    foreignKey({
      name: 'communication_threads_customer',
      columns: [t.companyId, t.customerId],
      foreignColumns: [customers.companyId, customers.id],
    }),
    foreignKey({
      name: 'communication_threads_contact',
      columns: [t.companyId, t.contactId],
      foreignColumns: [contacts.companyId, contacts.id],
    }),
    foreignKey({ name: 'communication_threads_logged_by', columns: [t.loggedById], foreignColumns: [users.id] }),
    foreignKey({
      name: 'communication_threads_action',
      columns: [t.companyId, t.scheduledActionId],
      foreignColumns: [scheduledActions.companyId, scheduledActions.id],
    }),
    foreignKey({
      name: 'communication_threads_touchpoint',
      columns: [t.companyId, t.scheduledTouchpointId],
      foreignColumns: [scheduledTouchpoints.companyId, scheduledTouchpoints.id],
    }),
    foreignKey({ name: 'communication_threads_assignee', columns: [t.assigneeId], foreignColumns: [users.id] }),
    ...checksOfMessages(t),
    ...indexesOfLists(t),
    ...indexesOfLinks(t),
    ...indexesOfProviders(t),
  ],
);

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
    createdAt: instant().notNull().default(now),
    updatedAt: instant().notNull().default(now),
    changedIn: changedIn(),
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
    createdAt: instant().notNull().default(now),
    updatedAt: instant().notNull().default(now),
    changedIn: changedIn(),
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
