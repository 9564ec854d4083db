import { combineStatements } from '../db/combined-statement.ts';
import { type CountCell, cellNumber, daySql, LATEST } from '../db/count-cell.ts';
import { lockThreadGroup, tryLockCompanyShared } from '../db/locks.ts';
import { communicationThreads, type StoredAddress } from '../db/schema.ts';
import { settleAll } from '../db/settle-all.ts';
import type { Statement } from '../db/statement.ts';
import { insertColumns } from '../db/table-columns.ts';
import type { Tx } from '../db/transaction.ts';
import { notFound, unavailable } from '../domain/errors.ts';
import { joinFormerCustomers } from './former-customers.ts';
import { listedParties } from './listed-parties.ts';
import { insertWords } from './write-words.ts';

/** Adds messages to conversations. Each conversation keeps exactly one latest message, and the counters are updated. */

type MessageInsert = typeof communicationThreads.$inferInsert;
type MessageRow = typeof communicationThreads.$inferSelect;

/**
 * Columns that a caller doesn't give: this file or PostgreSQL sets them, or they come from `from`, `to`, `cc` and
 * `provider`.
 */
type OwnColumns =
  | ('companyId' | 'isLatest' | 'messageCount' | 'updatedAt' | 'changedIn')
  | ('fromAddress' | 'toAddresses' | 'ccAddresses' | 'listedParties')
  | ('grantId' | 'providerMessageId' | 'providerThreadId' | 'rfcMessageId' | 'callUuid' | 'recordings' | 'isTruncated');

/** Columns that every caller must give, although they have defaults or may be null. */
type RequiredColumns =
  | ('createdAt' | 'requiresResponse' | 'isResolved' | 'isArRelated' | 'hasAttachments' | 'customerId' | 'contactId')
  | ('loggedById' | 'scheduledActionId' | 'scheduledTouchpointId' | 'subject' | 'preview' | 'body' | 'bodyType')
  | ('notes' | 'call' | 'strategyTags');

/** A message to be stored. Times are RFC 3339 UTC with milliseconds. A column with a default may be left out. */
export type NewMessage = Omit<MessageInsert, OwnColumns | RequiredColumns> &
  Pick<MessageRow, RequiredColumns> & {
    from: StoredAddress | null;
    to: StoredAddress[];
    cc: StoredAddress[];
    /** What the sender wrote in the body. Only its search words are stored. */
    ownText: string | null;
    provider?: {
      grantId?: string;
      messageId?: string;
      threadId?: string;
      rfcMessageId?: string;
      callUuid?: string;
      recordings?: unknown[];
      isTruncated?: boolean;
    };
  };

/**
 * Takes the company's lock in shared mode, until the transaction ends.
 * @throws unavailable while the company is imported
 */
export async function lockCompanyShared(tx: Tx, companyId: string): Promise<void> {
  const [lock] = await tx.query<{ locked: boolean }>(tryLockCompanyShared(companyId));
  if (!lock?.locked) throw unavailable(undefined, 'The company is being imported. Try again shortly.');
}

/**
 * Takes the company's lock in shared mode, then the lock of a message's conversation.
 * @returns the conversation's id
 * @throws notFound; unavailable while the company is imported
 */
export async function lockConversation(tx: Tx, companyId: string, threadId: string): Promise<string> {
  const [, [found]] = await settleAll(
    lockCompanyShared(tx, companyId),
    tx.query<GroupRow>(groupOfThread(companyId, threadId)),
  );
  let threadGroupId = found?.thread_group_id;
  // Meanwhile a mail may have merged the conversation into another one, whose lock is then the one to take.
  for (let locked: string | undefined; threadGroupId !== undefined && threadGroupId !== locked; ) {
    locked = threadGroupId;
    tx.send(lockThreadGroup(companyId, locked));
    threadGroupId = (await tx.query<GroupRow>(groupOfThread(companyId, threadId)))[0]?.thread_group_id;
  }
  if (threadGroupId === undefined) throw notFound();
  return threadGroupId;
}

type GroupRow = { thread_group_id: string };

function groupOfThread(companyId: string, threadId: string): Statement {
  return {
    name: 'group_of_thread',
    text: 'SELECT thread_group_id FROM communication_threads WHERE company_id = $1 AND id = $2',
    values: [companyId, threadId],
  };
}

/**
 * Inserts the first message of a new conversation. No other transaction can see the conversation yet, so no lock is
 * taken.
 * @param others further writes to send in the same statement
 */
export function startThreadGroup(tx: Tx, companyId: string, message: NewMessage, ...others: Statement[]): void {
  const first = {
    name: 'first_message',
    text: insertMessage(
      { isLatest: 'true', messageCount: '1', followUpAt: OWN_FOLLOW_UP, assigneeId: OWN_ASSIGNEE },
      'VALUES',
    ),
    values: valuesOf(companyId, message),
  };
  const counted = {
    name: 'count',
    text: `INSERT INTO thread_count_deltas (company_id, cell, day, messages)
           VALUES ($1, $2, ${daySql('$3::timestamptz')}, 1)`,
    values: [companyId, cellNumber(cellOf(message, true)), message.timestamp],
  };
  tx.send(combineStatements(first, insertWords(companyId, message), counted, ...others));
}

/**
 * Inserts a message into an existing conversation, whether it is newer than the latest message or arrives late. Waits
 * for the conversation's lock; the caller holds the company's in shared mode. An inbound message that becomes the
 * latest clears the conversation's follow-up.
 * @param others further writes to send with the message's search words, in one statement
 */
export function joinThreadGroup(tx: Tx, companyId: string, message: NewMessage, ...others: Statement[]): void {
  const company = COLUMNS.parameter('companyId');
  const id = COLUMNS.parameter('id');
  const group = COLUMNS.parameter('threadGroupId');
  const timestamp = COLUMNS.parameter('timestamp');
  const customer = COLUMNS.parameter('customerId');
  const direction = COLUMNS.parameter('direction');
  const cell = `$${PARAMETERS + 1}::int`;
  tx.send(lockThreadGroup(companyId, message.threadGroupId));
  tx.send({
    name: 'join_thread_group',
    // `joined` reads `moved`. Otherwise PostgreSQL may insert first, and two messages would be the latest.
    text: `
      WITH latest AS MATERIALIZED (
        SELECT g.id, g.message_count, g.cell, ${daySql('g."timestamp"')} AS day, g.customer_id, g.assignee_id,
               CASE WHEN ${direction} = 'outbound' THEN g.follow_up_at END AS follow_up_at,
               (g."timestamp", g.id) < (${timestamp}, ${id}) AS is_older
        FROM communication_threads g
        WHERE g.company_id = ${company} AND g.thread_group_id = ${group} AND g.is_latest
      ), position AS (
        SELECT COALESCE(l.is_older, true) AS is_latest, COALESCE(l.message_count, 0) + 1 AS messages, l.cell, l.day,
               l.id IS NULL AS is_first, l.follow_up_at, l.assignee_id
        FROM (SELECT) message
        LEFT JOIN latest l ON true
      ), moved AS (
        UPDATE communication_threads m
        SET is_latest = NOT l.is_older,
            message_count = CASE WHEN NOT l.is_older THEN l.message_count + 1 END,
            follow_up_at = CASE WHEN NOT l.is_older THEN m.follow_up_at END,
            assignee_id = CASE WHEN NOT l.is_older THEN m.assignee_id END,
            updated_at = GREATEST(m.updated_at, ${COLUMNS.parameter('updatedAt')})
        FROM latest l
        WHERE m.company_id = ${company} AND m.id = l.id
        RETURNING m.id
      ),${joinFormerCustomers(company, group, customer)}
      joined AS (
        ${insertMessage(JOINED, 'SELECT')}
        FROM position p
        WHERE (SELECT count(*) FROM moved) IS NOT NULL
      )
      INSERT INTO thread_count_deltas (company_id, cell, day, messages)
      SELECT ${company}, d.cell, d.day, d.messages
      FROM position p
      CROSS JOIN LATERAL (
        VALUES (${cell} + p.is_latest::int * ${LATEST}, ${daySql(timestamp)}, 1, true),
               (p.cell::int, p.day, -1, p.is_latest AND p.cell IS NOT NULL),
               (p.cell - ${LATEST}, p.day, 1, p.is_latest AND p.cell IS NOT NULL)
      ) AS d(cell, day, messages, has_changed)
      WHERE d.has_changed`,
    values: [...valuesOf(companyId, message), cellNumber(cellOf(message, false))],
  });
  tx.send(combineStatements(insertWords(companyId, message), ...others));
}

function cellOf(message: NewMessage, isLatest: boolean): CountCell {
  const { communicationType, source, direction, requiresResponse, isResolved } = message;
  return {
    isLatest,
    communicationType,
    source,
    direction,
    requiresResponse,
    isResolved,
    isArRelated: message.isArRelated ?? false,
  };
}

/** The columns that depend on the message only, not on its conversation. */
const COLUMNS = insertColumns(communicationThreads, [
  'isLatest',
  'messageCount',
  'followUpAt',
  'assigneeId',
  'changedIn',
]);
/** The number of parameters in `valuesOf`: `COLUMNS`, and the follow-up and the assignee of a new conversation. */
const PARAMETERS = COLUMNS.count + 2;
const OWN_FOLLOW_UP = `$${COLUMNS.count + 1}::timestamptz`;
const OWN_ASSIGNEE = `$${COLUMNS.count + 2}::uuid`;

/** SQL of the columns that depend on the conversation. */
type OfConversation = { isLatest: string; messageCount: string; followUpAt: string; assigneeId: string };

/** A new latest message takes over the follow-up and the assignee from the one before it. */
const JOINED: OfConversation = {
  isLatest: 'p.is_latest',
  messageCount: 'CASE WHEN p.is_latest THEN p.messages END',
  followUpAt: `CASE WHEN p.is_first THEN ${OWN_FOLLOW_UP} WHEN p.is_latest THEN p.follow_up_at END`,
  assigneeId: `CASE WHEN p.is_first THEN ${OWN_ASSIGNEE} WHEN p.is_latest THEN p.assignee_id END`,
};

/**
 * INSERT of the values of `valuesOf`. With `SELECT`, the caller appends the FROM clause that `ofConversation` refers
 * to.
 */
function insertMessage(ofConversation: OfConversation, from: 'VALUES' | 'SELECT'): string {
  const { isLatest, messageCount, followUpAt, assigneeId } = ofConversation;
  const values = `${COLUMNS.parameters}, ${isLatest}, ${messageCount}, ${followUpAt}, ${assigneeId}`;
  return `
        INSERT INTO communication_threads (${COLUMNS.names}, is_latest, message_count, follow_up_at, assignee_id)
        ${from === 'VALUES' ? `VALUES (${values})` : `SELECT ${values}`}`;
}

function valuesOf(companyId: string, message: NewMessage): unknown[] {
  const { provider = {}, from, to, cc, followUpAt = null, assigneeId = null } = message;
  const values = COLUMNS.values({
    ...message,
    companyId,
    isLatest: false,
    updatedAt: message.createdAt,
    fromAddress: from,
    toAddresses: to,
    ccAddresses: cc,
    listedParties: listedParties(message),
    grantId: provider.grantId,
    providerMessageId: provider.messageId,
    providerThreadId: provider.threadId,
    rfcMessageId: provider.rfcMessageId,
    callUuid: provider.callUuid,
    recordings: provider.recordings,
    isTruncated: provider.isTruncated,
  });
  return [...values, followUpAt, assigneeId];
}

/** The write that links invoices to an added message, in the order given; none without invoices. */
export function invoiceLinks(companyId: string, threadId: string, invoiceIds: string[]): Statement[] {
  if (invoiceIds.length === 0) return [];
  return [
    {
      name: 'link_invoices',
      text: `
      INSERT INTO communication_thread_invoices (company_id, thread_id, invoice_id, position)
      SELECT $1::uuid, $2::uuid, i.id, i.nth - 1
      FROM unnest($3::uuid[]) WITH ORDINALITY AS i(id, nth)`,
      values: [companyId, threadId, invoiceIds],
    },
  ];
}
