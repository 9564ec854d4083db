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
import { bytea, instant, now, oneOf, referTo } from './columns.ts';
import { companies } from './tenancy.ts';
import { communicationThreads } from './threads.ts';

/**
 * The ledger of provider events, one row per event, committed before the provider gets its 200. Of a skipped event only
 * the ids stay, once nothing that it waits for can arrive any more.
 */
export const webhookEvents = pgTable(
  'webhook_events',
  {
    id: uuid().primaryKey(),
    provider: text().$type<Provider>().notNull(),
    /** The provider's id of the event, or the digest of its bytes when the provider gives none. */
    eventId: text().notNull(),
    /** As the provider names it, e.g. `message.created.truncated` or a call's status. */
    type: text().notNull(),
    /** The `X-Request-Id` of the first delivery's request. Audit events carry it, whenever the event is applied. */
    requestId: text(),
    state: text().$type<IngestState>().notNull(),
    /** Why it was skipped or could not be applied, in fixed words. */
    reason: text(),
    /** Null until the company is known; stays null for an event that belongs to no company. */
    companyId: uuid(),
    /** The call of a Vonage event, so that the event can be applied when the call's company becomes known. */
    callUuid: text(),
    /** The message that the event became, or that it was recognised as a copy of. */
    threadId: uuid(),
    /** Number of deliveries. All but the first changed nothing. */
    deliveries: integer().notNull().default(1),
    /** Number of attempts to apply the event. */
    attempts: integer().notNull().default(0),
    /** The bytes as delivered, kept only while the event may still be applied or a copy may still be separated. */
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

/** Ids (`jti`) of accepted signed webhooks, kept for as long as their signature would be accepted. */
export const usedJwtIds = pgTable('used_jwt_ids', { jti: text().primaryKey(), expiresAt: instant().notNull() }, (t) => [
  index('used_jwt_ids_expiry').on(t.expiresAt),
]);

/**
 * Further mailboxes that have a mail: the message itself has the ids of the first mailbox, this table those of the
 * others.
 */
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
    referTo('mail_copies_thread', [t.companyId, t.threadId], communicationThreads).onDelete('cascade'),
    index('mail_copies_conversation').on(t.companyId, t.grantId, t.providerThreadId),
    index('mail_copies_of_thread').on(t.companyId, t.threadId),
  ],
);

/** Roles of a mailbox's folders, as the provider reports them: ids are opaque, and names come in every language. */
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

/** Stored mails in folders whose role isn't known, or not yet. */
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
    referTo('unplaced_mails_thread', [t.companyId, t.threadId], communicationThreads).onDelete('cascade'),
    index('unplaced_mails_of_thread').on(t.companyId, t.threadId),
  ],
);

/** Mails that were drafts in their last event. An update of such a mail, however late, may mean that it was sent. */
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

/** Message-IDs that a stored mail answers and that haven't arrived, or not yet. */
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
    referTo('awaited_mails_thread', [t.companyId, t.threadId], communicationThreads).onDelete('cascade'),
    index('awaited_mails_of_thread').on(t.companyId, t.threadId),
  ],
);

/**
 * Skipped deliveries that would be applied if a mail of the company were stored: answers of unknown people to it, and the
 * company's own mail in the trash, of which its answer shows that it was sent.
 */
export const waitingDeliveries = pgTable(
  'waiting_deliveries',
  {
    companyId: uuid().notNull(),
    /** The Message-ID that the stored mail must have or answer. */
    rfcMessageId: text().notNull(),
    /** The row of `webhook_events`, whose payload is purged on its own. */
    eventRowId: uuid().notNull(),
    skippedAt: instant().notNull().default(now),
  },
  (t) => [
    primaryKey({ name: 'waiting_deliveries_pk', columns: [t.companyId, t.rfcMessageId, t.eventRowId] }),
    foreignKey({ name: 'waiting_deliveries_company', columns: [t.companyId], foreignColumns: [companies.id] }),
    index('waiting_deliveries_by_event').on(t.companyId, t.eventRowId),
    index('waiting_deliveries_by_time').on(t.companyId, t.skippedAt),
  ],
);

/** The state of a call, which its next event is merged into, whatever the order of events. */
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
    referTo('calls_thread', [t.companyId, t.threadId], communicationThreads).onDelete('cascade'),
  ],
);

/**
 * Ids of conversations and legs by which events name a call: after a transfer a leg continues under another
 * conversation.
 */
export const callKeys = pgTable(
  'call_keys',
  {
    companyId: uuid().notNull(),
    key: text().notNull(),
    threadId: uuid().notNull(),
  },
  (t) => [
    primaryKey({ name: 'call_keys_pk', columns: [t.companyId, t.key] }),
    referTo('call_keys_thread', [t.companyId, t.threadId], communicationThreads).onDelete('cascade'),
    index('call_keys_of_thread').on(t.companyId, t.threadId),
  ],
);

/** The position of a mailbox's back-fill, so that it continues where it stopped. */
export const mailboxBackfills = pgTable(
  'mailbox_backfills',
  {
    companyId: uuid().notNull(),
    grantId: text().notNull(),
    /** The back-fill reads mail that was received after this. */
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
