import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import {
  FOLDER_ROLES,
  type FolderRole,
  INGEST_STATES,
  type IngestState,
  PROVIDERS,
  type Provider,
} from '../../domain/vocabulary.ts';
import { bytea, instant, now, oneOf } from './columns.ts';
import { companies } from './tenancy.ts';
import { communicationThreads } from './threads.ts';

/**
 * The ledger of everything that a provider delivered, one row an event, committed before the provider is told 200. What
 * was left out on purpose leaves no more than its ids here.
 */
export const webhookEvents = pgTable(
  'webhook_events',
  {
    id: uuid().primaryKey(),
    provider: text().$type<Provider>().notNull(),
    /** The provider's id of the event, or a digest of its bytes where it gives none. */
    eventId: text().notNull(),
    /** As the provider names it, e.g. `message.created.truncated` or a call's status. */
    type: text().notNull(),
    state: text().$type<IngestState>().notNull(),
    /** Why it was skipped or could not be applied, in fixed words. */
    reason: text(),
    /** Null until it is known whose it is, and stays so when it belongs to no company. */
    companyId: uuid(),
    /** The call that a Vonage event belongs to, so that it can be applied when the call turns out to be a company's. */
    callUuid: text(),
    /** The message that it became or was found to be. */
    threadId: uuid(),
    /** How often it came: all but the first changed nothing. */
    deliveries: integer().notNull().default(1),
    /** How often it was tried to apply it. */
    attempts: integer().notNull().default(0),
    /** The bytes as they came; only while the event may yet be applied, or a copy be made a message of its own. */
    payload: bytea(),
    contentEncoding: text(),
    receivedAt: instant().notNull().default(now),
    updatedAt: instant().notNull().default(now),
  },
  (t) => [
    uniqueIndex('webhook_events_event').on(t.provider, t.eventId),
    foreignKey({ name: 'webhook_events_company', columns: [t.companyId], foreignColumns: [companies.id] }),
    check('webhook_events_provider', oneOf(t.provider, PROVIDERS)),
    check('webhook_events_state', oneOf(t.state, INGEST_STATES)),
    index('webhook_events_open').on(t.state, t.id).where(sql`${t.state} IN ('received', 'failed')`),
    index('webhook_events_of_call').on(t.callUuid).where(sql`${t.payload} IS NOT NULL`),
  ],
);

/** Ids of signed webhooks that were taken, for as long as their signature would still count. */
export const usedJwtIds = pgTable('used_jwt_ids', { jti: text().primaryKey(), expiresAt: instant().notNull() }, (t) => [
  index('used_jwt_ids_expiry').on(t.expiresAt),
]);

/** Where else a mail was seen: the first mailbox's ids stand in the message itself, those of the others here. */
export const mailCopies = pgTable(
  'mail_copies',
  {
    companyId: uuid().notNull(),
    grantId: text().notNull(),
    providerMessageId: text().notNull(),
    providerThreadId: text(),
    threadId: uuid().notNull(),
  },
  (t) => [
    primaryKey({ name: 'mail_copies_pk', columns: [t.companyId, t.grantId, t.providerMessageId] }),
    foreignKey({
      name: 'mail_copies_thread',
      columns: [t.companyId, t.threadId],
      foreignColumns: [communicationThreads.companyId, communicationThreads.id],
    }).onDelete('cascade'),
    index('mail_copies_conversation').on(t.companyId, t.grantId, t.providerThreadId),
    index('mail_copies_of_thread').on(t.companyId, t.threadId),
  ],
);

/** What a mailbox's folders are for, as the provider tells it: their ids say nothing, and names come in every language. */
export const mailboxFolders = pgTable(
  'mailbox_folders',
  {
    companyId: uuid().notNull(),
    grantId: text().notNull(),
    folderId: text().notNull(),
    role: text().$type<FolderRole>().notNull(),
  },
  (t) => [
    primaryKey({ name: 'mailbox_folders_pk', columns: [t.companyId, t.grantId, t.folderId] }),
    foreignKey({ name: 'mailbox_folders_company', columns: [t.companyId], foreignColumns: [companies.id] }),
    check('mailbox_folders_role', oneOf(t.role, FOLDER_ROLES)),
  ],
);

/** Stored mails of folders whose role isn't known (yet). */
export const unplacedMails = pgTable(
  'unplaced_mails',
  {
    companyId: uuid().notNull(),
    grantId: text().notNull(),
    folderId: text().notNull(),
    threadId: uuid().notNull(),
  },
  (t) => [
    primaryKey({ name: 'unplaced_mails_pk', columns: [t.companyId, t.grantId, t.folderId, t.threadId] }),
    foreignKey({
      name: 'unplaced_mails_thread',
      columns: [t.companyId, t.threadId],
      foreignColumns: [communicationThreads.companyId, communicationThreads.id],
    }).onDelete('cascade'),
    index('unplaced_mails_of_thread').on(t.companyId, t.threadId),
  ],
);

/** Mails that were not sent when they were told of last, so that an update of them, however late, tells that they were. */
export const draftMails = pgTable(
  'draft_mails',
  {
    companyId: uuid().notNull(),
    grantId: text().notNull(),
    providerMessageId: text().notNull(),
    seenAt: instant().notNull().default(now),
  },
  (t) => [
    primaryKey({ name: 'draft_mails_pk', columns: [t.companyId, t.grantId, t.providerMessageId] }),
    foreignKey({ name: 'draft_mails_company', columns: [t.companyId], foreignColumns: [companies.id] }),
    index('draft_mails_by_time').on(t.companyId, t.seenAt),
  ],
);

/** Message-IDs that a stored mail answers and that have not arrived (yet). */
export const awaitedMails = pgTable(
  'awaited_mails',
  {
    companyId: uuid().notNull(),
    rfcMessageId: text().notNull(),
    /** The mail that answers it. */
    threadId: uuid().notNull(),
  },
  (t) => [
    primaryKey({ name: 'awaited_mails_pk', columns: [t.companyId, t.rfcMessageId, t.threadId] }),
    foreignKey({
      name: 'awaited_mails_thread',
      columns: [t.companyId, t.threadId],
      foreignColumns: [communicationThreads.companyId, communicationThreads.id],
    }).onDelete('cascade'),
    index('awaited_mails_of_thread').on(t.companyId, t.threadId),
  ],
);

/** What a call's events add up to, beside its message: enough to take the next event in any order. */
export const calls = pgTable(
  'calls',
  {
    companyId: uuid().notNull(),
    threadId: uuid().notNull(),
    /** `Call` of `ingest/vonage/call.ts`. */
    state: jsonb().notNull(),
  },
  (t) => [
    primaryKey({ name: 'calls_pk', columns: [t.companyId, t.threadId] }),
    foreignKey({
      name: 'calls_thread',
      columns: [t.companyId, t.threadId],
      foreignColumns: [communicationThreads.companyId, communicationThreads.id],
    }).onDelete('cascade'),
  ],
);

/** Conversations and legs by which a call's events name it: after a transfer a leg goes on under another conversation. */
export const callKeys = pgTable(
  'call_keys',
  {
    companyId: uuid().notNull(),
    key: text().notNull(),
    threadId: uuid().notNull(),
  },
  (t) => [
    primaryKey({ name: 'call_keys_pk', columns: [t.companyId, t.key] }),
    foreignKey({
      name: 'call_keys_thread',
      columns: [t.companyId, t.threadId],
      foreignColumns: [communicationThreads.companyId, communicationThreads.id],
    }).onDelete('cascade'),
    index('call_keys_of_thread').on(t.companyId, t.threadId),
  ],
);

/** How far a mailbox's back-fill has come, so that it goes on where it stopped. */
export const mailboxBackfills = pgTable(
  'mailbox_backfills',
  {
    companyId: uuid().notNull(),
    grantId: text().notNull(),
    /** What was asked for: mail received after this. */
    receivedAfter: instant().notNull(),
    /** The next page; null before the first and after the last. */
    pageToken: text(),
    messages: integer().notNull().default(0),
    startedAt: instant().notNull().default(now),
    updatedAt: instant().notNull().default(now),
    finishedAt: instant(),
  },
  (t) => [
    primaryKey({ name: 'mailbox_backfills_pk', columns: [t.companyId, t.grantId] }),
    foreignKey({ name: 'mailbox_backfills_company', columns: [t.companyId], foreignColumns: [companies.id] }),
  ],
);
