import { sql } from 'drizzle-orm';
import {
  bigint,
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
import { ACTOR_KINDS, type ActorKind, MAILBOX_SYNCS, type MailboxSync } from '../../domain/vocabulary.ts';
import { bytea, instant, now, oneOf, xid8 } from './columns.ts';
import { companies, tokens, users } from './tenancy.ts';

/**
 * The first response to an `Idempotency-Key`, committed together with its effect. Encrypted, because it may contain
 * notes.
 */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    companyId: uuid().notNull(),
    userId: uuid().notNull(),
    key: text().notNull(),
    /** HMAC of method, path and body with a key of the ring, because a plain hash of a short note could be guessed. */
    fingerprint: bytea().notNull(),
    /** The key of the ring that made the fingerprint. */
    encryptionKeyId: bigint({ mode: 'number' }).notNull(),
    status: integer().notNull(),
    location: text(),
    response: bytea().notNull(),
    createdAt: instant().notNull().default(now),
    expiresAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ name: 'idempotency_keys_pk', columns: [t.companyId, t.userId, t.key] }),
    foreignKey({ name: 'idempotency_keys_company', columns: [t.companyId], foreignColumns: [companies.id] }),
    foreignKey({ name: 'idempotency_keys_user', columns: [t.userId], foreignColumns: [users.id] }),
    index('idempotency_keys_expiry').on(t.companyId, t.expiresAt),
  ],
);

/** The columns of both audit trails: who did what, from where. */
const auditColumns = () => ({
  occurredAt: instant().notNull().default(now),
  actorKind: text().$type<ActorKind>().notNull(),
  userId: uuid(),
  tokenId: uuid(),
  /** Where the request came from. */
  address: text(),
  /** Its `X-Request-Id`. */
  requestId: text(),
  /** `thread.created`, `note.created`, `login.failed`, `key.promoted` … */
  action: text().notNull(),
  subjectId: uuid(),
  /** Ids and field names only, never a text. */
  details: jsonb().$type<Record<string, unknown>>(),
});

/** The audit trail of a company, written in the transaction of the action itself. Insert-only for the server's role. */
export const auditEvents = pgTable(
  'audit_events',
  {
    companyId: uuid().notNull(),
    id: uuid().notNull(),
    /** Orders the feed: an event appears once every older transaction has ended. */
    transactionId: xid8().notNull().default(sql`pg_current_xact_id()`),
    ...auditColumns(),
  },
  (t) => [
    primaryKey({ name: 'audit_events_pk', columns: [t.companyId, t.id] }),
    foreignKey({ name: 'audit_events_company', columns: [t.companyId], foreignColumns: [companies.id] }),
    check('audit_events_actor', oneOf(t.actorKind, ACTOR_KINDS)),
    index('audit_events_feed').on(t.companyId, t.transactionId, t.id),
  ],
);

/**
 * The audit trail of actions that belong to no single company: logins, tokens, users, encryption keys. Insert-only for
 * the server's role. `user_id` is the actor, as in `audit_events`; for a failed login it is the account that was tried,
 * if it exists.
 */
export const securityEvents = pgTable(
  'security_events',
  {
    id: uuid().primaryKey(),
    ...auditColumns(),
  },
  (t) => [
    check('security_events_actor', oneOf(t.actorKind, ACTOR_KINDS)),
    index('security_events_by_time').on(t.occurredAt, t.id),
    index('security_events_of_user').on(t.userId, t.occurredAt),
    // Failed logins are purged after a bounded time.
    index('security_events_failed').on(t.occurredAt).where(sql`${t.action} = 'login.failed'`),
  ],
);

/**
 * Running processes with an open key ring, each with a heartbeat. A key is promoted only when all running processes
 * have it, and retired only when none still encrypts with it.
 */
export const keyHolders = pgTable('key_holders', {
  id: uuid().primaryKey(),
  keyIds: bigint({ mode: 'number' }).array().notNull(),
  /** The key that the process currently encrypts with. */
  primaryId: bigint({ mode: 'number' }).notNull(),
  startedAt: instant().notNull().default(now),
  seenAt: instant().notNull().default(now),
});

/**
 * Short-lived tickets for a company's event stream, for `EventSource`, which can't send a header. Only their SHA-256 is
 * stored.
 */
export const streamTickets = pgTable(
  'stream_tickets',
  {
    companyId: uuid().notNull(),
    hash: bytea().notNull(),
    /** The token that created the ticket. When that token ends, the stream ends. */
    tokenId: uuid().notNull(),
    expiresAt: instant().notNull(),
    /** When the ticket opened its stream. From then on it can only resume that stream. */
    usedAt: instant(),
  },
  (t) => [
    primaryKey({ name: 'stream_tickets_pk', columns: [t.companyId, t.hash] }),
    foreignKey({ name: 'stream_tickets_company', columns: [t.companyId], foreignColumns: [companies.id] }),
    foreignKey({ name: 'stream_tickets_token', columns: [t.tokenId], foreignColumns: [tokens.id] }),
  ],
);

/** An email account connected through Nylas. An event names its grant, by which the company is found. */
export const mailboxes = pgTable(
  'mailboxes',
  {
    id: uuid().primaryKey(),
    companyId: uuid().notNull(),
    userId: uuid().notNull(),
    grantId: text().notNull(),
    email: text().notNull(),
    sync: text().$type<MailboxSync>().notNull().default('known_contacts'),
    createdAt: instant().notNull().default(now),
  },
  (t) => [
    uniqueIndex('mailboxes_grant').on(t.grantId),
    foreignKey({ name: 'mailboxes_company', columns: [t.companyId], foreignColumns: [companies.id] }),
    foreignKey({ name: 'mailboxes_user', columns: [t.userId], foreignColumns: [users.id] }),
    check('mailboxes_sync', oneOf(t.sync, MAILBOX_SYNCS)),
    index('mailboxes_of_company').on(t.companyId),
  ],
);

/** A Vonage number of a company. */
export const phones = pgTable(
  'phones',
  {
    id: uuid().primaryKey(),
    companyId: uuid().notNull(),
    /** E.164. */
    number: text().notNull(),
    createdAt: instant().notNull().default(now),
  },
  (t) => [
    uniqueIndex('phones_number').on(t.number),
    foreignKey({ name: 'phones_company', columns: [t.companyId], foreignColumns: [companies.id] }),
    index('phones_of_company').on(t.companyId),
  ],
);
