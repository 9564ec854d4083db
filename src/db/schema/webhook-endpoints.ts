import { boolean, foreignKey, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytea, instant, newestFirst, now, pgSnapshot, stamps, xid8 } from './columns.ts';
import { companies } from './tenancy.ts';

/** URLs that a company's events are sent to, and the position in the feed up to which each was sent. */
export const webhookEndpoints = pgTable(
  'webhook_endpoints',
  {
    companyId: uuid().notNull(),
    id: uuid().notNull(),
    url: text().notNull(),
    /** Null: every event. */
    eventTypes: text().array(),
    description: text().notNull().default(''),
    isEnabled: boolean().notNull().default(true),
    disabledReason: text(),
    /** Ciphertext of the signing secret and, after a blank, the former one. */
    secrets: bytea().notNull(),
    /** Until when deliveries are signed with the former secret too. */
    formerSecretUntil: instant(),
    /** Every event of the feed up to this position was sent or doesn't match: transaction, then event. */
    positionTransaction: xid8().notNull(),
    positionEvent: uuid().notNull(),
    /**
     * Events committed before the endpoint was created or enabled aren't sent, even if their transaction id is greater.
     */
    startsAfter: pgSnapshot(),
    /** A replay to a disabled endpoint ends before this transaction; null: there is no such replay. */
    replayUntil: xid8(),
    /** Where the feed continues after such a replay, when the endpoint was enabled meanwhile. */
    resumeFrom: xid8(),
    /** Number of failed attempts at the next event. */
    failures: integer().notNull().default(0),
    /** Time of the first failure since the last success; null: the last attempt succeeded. */
    failingSince: instant(),
    nextAttemptAt: instant().notNull().default(now),
    /** A requested test event that isn't sent yet. */
    testEventId: uuid(),
    /** Raised by every change of a user, so that a running attempt doesn't overwrite the change. */
    revision: integer().notNull().default(0),
    /** The process that is sending. Another one may take over when the lease has expired. */
    leaseId: uuid(),
    leasedUntil: instant(),
    ...stamps(),
  },
  (t) => [
    primaryKey({ name: 'webhook_endpoints_pk', columns: [t.companyId, t.id] }),
    foreignKey({ name: 'webhook_endpoints_company', columns: [t.companyId], foreignColumns: [companies.id] }),
  ],
);

/**
 * Attempts at deliveries, kept for a week. There is no foreign key to the endpoint, so that deleting an endpoint
 * needn't delete its attempts; the purge deletes them.
 */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    companyId: uuid().notNull(),
    /** A UUID of version 7, so that the purge finds the oldest by the primary key. */
    id: uuid().notNull(),
    endpointId: uuid().notNull(),
    /** The `webhook-id`. */
    eventId: text().notNull(),
    type: text().notNull(),
    /** From 1. */
    attempt: integer().notNull(),
    /** HTTP status; null: no response came. */
    responseStatus: integer(),
    /** Null: delivered. */
    error: text(),
    attemptedAt: instant().notNull(),
    /** Null: there will be no further attempt. */
    nextAttemptAt: instant(),
  },
  (t) => [
    primaryKey({ name: 'webhook_deliveries_pk', columns: [t.companyId, t.id] }),
    foreignKey({ name: 'webhook_deliveries_company', columns: [t.companyId], foreignColumns: [companies.id] }),
    index('webhook_deliveries_of_endpoint').on(t.companyId, t.endpointId, ...newestFirst(t.attemptedAt, t.id)),
  ],
);
