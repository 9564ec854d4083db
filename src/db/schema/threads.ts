import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  type PgTableExtraConfigValue,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import {
  BODY_TYPES,
  type BodyType,
  COMMUNICATION_TYPES,
  type CommunicationType,
  DIRECTIONS,
  type Direction,
  SOURCES,
  type Source,
} from '../../domain/vocabulary.ts';
import { CELL_SQL } from '../count-cell.ts';
import { bytea, changedIn, instant, newestFirst, now, oneOf, tsvector } from './columns.ts';
import { contacts, customers, invoices, scheduledActions, scheduledTouchpoints } from './receivables.ts';
import { companies, users } from './tenancy.ts';

/** A name and an address, as the contract's `from`, `to` and `cc` hold them. */
export type StoredAddress = { name: string; email: string };

/** The contract's `call`, times RFC 3339 UTC with milliseconds. */
export type StoredCall = {
  status: string | null;
  from_number: string | null;
  to_number: string | null;
  started_at: string | null;
  ended_at: string | null;
  duration_seconds: number | null;
};

/** One row is one message. Its conversation is its `thread_group_id`. */
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
    /** The newest message of its group by (timestamp, id); kept by `conversations/append.ts` under the group's lock. */
    isLatest: boolean().notNull(),
    /** Messages in the group; kept on the latest message only, null on the others. */
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
    /** Ciphertext; only manual logs have notes. */
    notes: bytea(),
    fromAddress: jsonb().$type<StoredAddress>(),
    toAddresses: jsonb().$type<StoredAddress[]>().notNull().default([]),
    ccAddresses: jsonb().$type<StoredAddress[]>().notNull().default([]),
    call: jsonb().$type<StoredCall>(),
    strategyTags: text().array().notNull().default([]),
    searchWords: tsvector().notNull(),
    grantId: text(),
    providerMessageId: text(),
    providerThreadId: text(),
    rfcMessageId: text(),
    callUuid: text(),
    recordings: jsonb().$type<unknown[]>(),
    /** The provider left the body out because the message was too large. */
    isTruncated: boolean().notNull().default(false),
    /** Sent by a program: nobody waits for an answer. */
    isAutomatic: boolean().notNull().default(false),
    /** What the lists filter on, in one number (`db/cells.ts`). */
    cell: smallint().notNull().generatedAlwaysAs(sql.raw(CELL_SQL)),
    createdAt: instant().notNull().default(now),
    updatedAt: instant().notNull().default(now),
    changedIn: changedIn(),
  },
  (t): PgTableExtraConfigValue[] => {
    return [
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
      check('communication_threads_type', oneOf(t.communicationType, COMMUNICATION_TYPES)),
      check('communication_threads_source', oneOf(t.source, SOURCES)),
      check('communication_threads_direction', oneOf(t.direction, DIRECTIONS)),
      check('communication_threads_body_type', oneOf(t.bodyType, BODY_TYPES)),
      check(
        'communication_threads_text',
        sql`CASE WHEN ${t.source} = 'manual' THEN ${t.body} IS NULL ELSE ${t.notes} IS NULL END`,
      ),
      check('communication_threads_message_count', sql`(${t.messageCount} IS NOT NULL) = ${t.isLatest}`),
      check(
        'communication_threads_year',
        sql`${t.timestamp} >= '0001-01-01T00:00:00Z' AND ${t.timestamp} < '10000-01-01T00:00:00Z'`,
      ),
      index('ct_list_latest')
        .on(t.companyId, ...newestFirst(t.timestamp, t.id), t.cell)
        .where(sql`${t.isLatest}`),
      index('ct_list_message').on(t.companyId, ...newestFirst(t.timestamp, t.id), t.cell),
      index('ct_cell').on(t.companyId, t.cell, ...newestFirst(t.timestamp, t.id)),
      uniqueIndex('ct_one_latest').on(t.companyId, t.threadGroupId).where(sql`${t.isLatest}`),
      index('ct_group').on(t.companyId, t.threadGroupId),
      index('ct_customer').on(t.companyId, t.customerId, ...newestFirst(t.timestamp, t.id), t.cell),
      // Only of those with a customer, or PostgreSQL takes it for a list of dates where customers are few.
      index('ct_customer_latest')
        .on(t.companyId, t.customerId, ...newestFirst(t.timestamp, t.id), t.cell)
        .where(sql`${t.isLatest} AND ${t.customerId} IS NOT NULL`),
      index('ct_contact').on(t.companyId, t.contactId, ...newestFirst(t.timestamp, t.id), t.cell),
      index('ct_action').on(t.companyId, t.scheduledActionId).where(sql`${t.scheduledActionId} IS NOT NULL`),
      index('ct_touchpoint')
        .on(t.companyId, t.scheduledTouchpointId)
        .where(sql`${t.scheduledTouchpointId} IS NOT NULL`),
      index('ct_changed').on(t.companyId, t.changedIn, t.isLatest),
      index('ct_search').using('gin', t.companyId, t.searchWords),
      index('ct_provider_message')
        .on(t.companyId, t.grantId, t.providerMessageId)
        .where(sql`${t.providerMessageId} IS NOT NULL`),
      index('ct_provider_thread')
        .on(t.companyId, t.grantId, t.providerThreadId)
        .where(sql`${t.providerThreadId} IS NOT NULL`),
      index('ct_rfc_message').on(t.companyId, t.rfcMessageId).where(sql`${t.rfcMessageId} IS NOT NULL`),
      uniqueIndex('ct_call').on(t.companyId, t.callUuid).where(sql`${t.callUuid} IS NOT NULL`),
    ];
  },
);

/** Which invoices a message is about. */
export const communicationThreadInvoices = pgTable(
  'communication_thread_invoices',
  {
    companyId: uuid().notNull(),
    threadId: uuid().notNull(),
    invoiceId: uuid().notNull(),
    /** Order in which the invoices were named, from 0. */
    position: smallint().notNull(),
  },
  (t) => [
    primaryKey({ name: 'communication_thread_invoices_pk', columns: [t.companyId, t.threadId, t.invoiceId] }),
    foreignKey({
      name: 'communication_thread_invoices_thread',
      columns: [t.companyId, t.threadId],
      foreignColumns: [communicationThreads.companyId, communicationThreads.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'communication_thread_invoices_invoice',
      columns: [t.companyId, t.invoiceId],
      foreignColumns: [invoices.companyId, invoices.id],
    }),
    index('cti_invoice').on(t.companyId, t.invoiceId, t.threadId),
  ],
);

/** Customers that a conversation has messages of, but not its latest one; kept by `former-customers.ts`. */
export const formerCustomers = pgTable(
  'former_customers',
  { companyId: uuid().notNull(), customerId: uuid().notNull(), threadGroupId: uuid().notNull() },
  (t) => [
    primaryKey({ name: 'former_customers_pk', columns: [t.companyId, t.customerId, t.threadGroupId] }),
    foreignKey({
      name: 'former_customers_customer',
      columns: [t.companyId, t.customerId],
      foreignColumns: [customers.companyId, customers.id],
    }),
    index('former_customers_of_group').on(t.companyId, t.threadGroupId),
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
    foreignKey({
      name: 'attachments_thread',
      columns: [t.companyId, t.threadId],
      foreignColumns: [communicationThreads.companyId, communicationThreads.id],
    }).onDelete('cascade'),
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
    createdAt: instant().notNull().default(now),
    updatedAt: instant().notNull().default(now),
    changedIn: changedIn(),
  },
  (t) => {
    return [
      primaryKey({ name: 'thread_notes_pk', columns: [t.companyId, t.id] }),
      foreignKey({
        name: 'thread_notes_thread',
        columns: [t.companyId, t.threadId],
        foreignColumns: [communicationThreads.companyId, communicationThreads.id],
      }),
      foreignKey({ name: 'thread_notes_author', columns: [t.authorId], foreignColumns: [users.id] }),
      index('tn_list').on(t.companyId, ...newestFirst(t.createdAt, t.id)),
      index('tn_thread').on(t.companyId, t.threadId, ...newestFirst(t.createdAt, t.id)),
      index('tn_changed').on(t.companyId, t.changedIn),
      index('tn_author').on(t.companyId, t.authorId, ...newestFirst(t.createdAt, t.id)),
    ];
  },
);
