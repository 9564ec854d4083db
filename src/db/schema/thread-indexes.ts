import { sql } from 'drizzle-orm';
import { check, type ExtraConfigColumn, index, uniqueIndex } from 'drizzle-orm/pg-core';
import {
  BODY_TYPES,
  COMMUNICATION_TYPES,
  DIRECTIONS,
  DISPUTE_REASONS,
  LOG_OUTCOMES,
  SOURCES,
} from '../../domain/vocabulary.ts';
import { newestFirst, oneOf } from './columns.ts';
import type { messageColumns } from './thread-columns.ts';

/** The checks and indexes of `communication_threads`. */

type Columns = Record<keyof typeof messageColumns, ExtraConfigColumn>;

export function checksOfMessages(t: Columns) {
  return [
    check('communication_threads_outcome', oneOf(t.outcome, LOG_OUTCOMES)),
    check('communication_threads_dispute', oneOf(sql`${t.dispute} ->> 'reason'`, DISPUTE_REASONS)),
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
  ];
}

/** The orders and filters of the lists, one row for each conversation or for each message. */
export function indexesOfLists(t: Columns) {
  return [
    index('ct_list_latest')
      .on(t.companyId, ...newestFirst(t.timestamp, t.id), t.cell)
      .where(sql`${t.isLatest}`),
    index('ct_list_message').on(t.companyId, ...newestFirst(t.timestamp, t.id), t.cell),
    index('ct_cell').on(t.companyId, t.cell, ...newestFirst(t.timestamp, t.id)),
    uniqueIndex('ct_one_latest').on(t.companyId, t.threadGroupId).where(sql`${t.isLatest}`),
    index('ct_group').on(t.companyId, t.threadGroupId),
    // Open conversations by customer; among those that require a response, the longest waiting first.
    index('ct_open')
      .on(t.companyId, t.customerId, t.requiresResponse, t.timestamp)
      .where(sql`${t.isLatest} AND NOT ${t.isResolved} AND ${t.customerId} IS NOT NULL`),
    index('ct_waiting')
      .on(t.companyId, t.timestamp, t.customerId)
      .where(sql`${t.isLatest} AND NOT ${t.isResolved} AND ${t.requiresResponse} AND ${t.customerId} IS NOT NULL`),
    index('ct_tagged')
      .on(t.companyId, ...newestFirst(t.timestamp, t.id), t.cell)
      .where(sql`${t.strategyTags} <> '{}'`),
    index('ct_outcome')
      .on(t.companyId, t.outcome, ...newestFirst(t.timestamp, t.id), t.cell)
      .where(sql`${t.outcome} IS NOT NULL`),
    index('ct_disputed').on(t.companyId, t.id).where(sql`${t.dispute} IS NOT NULL`),
    index('ct_follow_up').on(t.companyId, t.followUpAt, t.cell).where(sql`${t.followUpAt} IS NOT NULL`),
    index('ct_changed').on(t.companyId, t.changedIn, t.isLatest),
  ];
}

/** What a message is linked to: customer, contact, users, scheduled steps. */
export function indexesOfLinks(t: Columns) {
  return [
    index('ct_customer').on(t.companyId, t.customerId, ...newestFirst(t.timestamp, t.id), t.cell),
    // Only messages with a customer. Otherwise PostgreSQL uses it for lists by date where there are few customers.
    index('ct_customer_latest')
      .on(t.companyId, t.customerId, ...newestFirst(t.timestamp, t.id), t.cell)
      .where(sql`${t.isLatest} AND ${t.customerId} IS NOT NULL`),
    index('ct_contact').on(t.companyId, t.contactId, ...newestFirst(t.timestamp, t.id), t.cell),
    index('ct_logged_by')
      .on(t.companyId, t.loggedById, ...newestFirst(t.timestamp, t.id), t.cell)
      .where(sql`${t.loggedById} IS NOT NULL`),
    index('ct_action').on(t.companyId, t.scheduledActionId).where(sql`${t.scheduledActionId} IS NOT NULL`),
    index('ct_touchpoint').on(t.companyId, t.scheduledTouchpointId).where(sql`${t.scheduledTouchpointId} IS NOT NULL`),
    index('ct_assignee')
      .on(t.companyId, t.assigneeId, ...newestFirst(t.timestamp, t.id), t.cell)
      .where(sql`${t.assigneeId} IS NOT NULL`),
  ];
}

/** The providers' ids, by which a mail or call is found again. */
export function indexesOfProviders(t: Columns) {
  return [
    index('ct_provider_message')
      .on(t.companyId, t.grantId, t.providerMessageId)
      .where(sql`${t.providerMessageId} IS NOT NULL`),
    index('ct_provider_thread')
      .on(t.companyId, t.grantId, t.providerThreadId)
      .where(sql`${t.providerThreadId} IS NOT NULL`),
    index('ct_rfc_message').on(t.companyId, t.rfcMessageId).where(sql`${t.rfcMessageId} IS NOT NULL`),
    // Mails without a Message-ID, whose copies have to be found by time. Few where the provider sends headers.
    index('ct_mail_without_id')
      .on(t.companyId, ...newestFirst(t.timestamp, t.id))
      .where(sql`${t.rfcMessageId} IS NULL AND ${t.communicationType} = 'email' AND ${t.source} <> 'manual'`),
    uniqueIndex('ct_call').on(t.companyId, t.callUuid).where(sql`${t.callUuid} IS NOT NULL`),
  ];
}
