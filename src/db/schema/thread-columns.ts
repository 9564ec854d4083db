import { sql } from 'drizzle-orm';
import { boolean, integer, json, jsonb, smallint, text, uuid } from 'drizzle-orm/pg-core';
import type {
  BodyType,
  CommunicationType,
  Direction,
  DisputeReason,
  LogOutcome,
  Source,
} from '../../domain/vocabulary.ts';
import { CELL_SQL } from '../count-cell.ts';
import { bytea, changedIn, instant, stamps } from './columns.ts';

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

/** The columns of `communication_threads`. */
export const messageColumns = {
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
  ...stamps(),
  changedIn: changedIn(),
};
