import { boolean, foreignKey, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytea, instant, now, pgSnapshot, xid8 } from './columns.ts';
import { companies } from './tenancy.ts';

/** Where a company wants its events sent, and how far it has been told. */
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
    /** Encrypted: the signing secret and, behind a blank, the one before it. */
    secrets: bytea().notNull(),
    /** Until when the former secret signs too. */
    formerSecretUntil: instant(),
    /** Every event of the feed up to here was sent or is not wanted: transaction, then event. */
    positionTransaction: xid8().notNull(),
    positionEvent: uuid().notNull(),
    /** What was committed before the endpoint was made or enabled is not sent, although its transaction may lie ahead. */
    startsAfter: pgSnapshot(),
    /** A replay to a disabled endpoint ends before this transaction; null: there is none. */
    replayUntil: xid8(),
    /** Where the feed goes on after such a replay, when the endpoint was enabled meanwhile. */
    resumeFrom: xid8(),
    /** Failed attempts at the next event. */
    failures: integer().notNull().default(0),
    /** When the failures began that no success has ended. */
    failingSince: instant(),
    nextAttemptAt: instant().notNull().default(now),
    /** A test event that was asked for and not sent yet. */
    testEventId: uuid(),
    /** Raised by every change a user makes, so that an attempt under way doesn't overwrite it. */
    revision: integer().notNull().default(0),
    /** The process that is sending; another one may take over when the lease has run out. */
    leaseId: uuid(),
    leasedUntil: instant(),
    createdAt: instant().notNull().default(now),
    updatedAt: instant().notNull().default(now),
  },
  (t) => [
    primaryKey({ name: 'webhook_endpoints_pk', columns: [t.companyId, t.id] }),
    foreignKey({ name: 'webhook_endpoints_company', columns: [t.companyId], foreignColumns: [companies.id] }),
  ],
);

/**
 * Attempts at deliveries, kept for a week. Without a foreign key to the endpoint: deleting one must not wait until all
 * its attempts are deleted, which the purge does.
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
    /** Null: no answer came. */
    responseStatus: integer(),
    /** Null: delivered. */
    error: text(),
    attemptedAt: instant().notNull(),
    /** Null: there will be no other attempt. */
    nextAttemptAt: instant(),
  },
  (t) => [
    primaryKey({ name: 'webhook_deliveries_pk', columns: [t.companyId, t.id] }),
    foreignKey({ name: 'webhook_deliveries_company', columns: [t.companyId], foreignColumns: [companies.id] }),
    index('webhook_deliveries_of_endpoint').on(
      t.companyId,
      t.endpointId,
      t.attemptedAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
  ],
);
