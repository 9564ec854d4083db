import { answersIn, conversationOf, IS_ANSWERED } from '../conversations/answers.ts';
import { lockConversation } from '../conversations/append.ts';
import { applyConversationRules, changeMessages } from '../conversations/merge.ts';
import type { Tx } from '../db/transaction.ts';
import { type Actor, recordAudit } from '../journal/audit.ts';
import { recordChange } from '../journal/counters.ts';
import { classifyAr } from '../mail/ar-classifier.ts';
import { ownTextOf } from '../mail/preview.ts';
import type { NylasAttachment } from './nylas/attachments.ts';
import { findContact, findParties, rematchMessage } from './rematch-message.ts';
import {
  candidatesOf,
  joinedMessage,
  linkNamedInvoices,
  MESSAGE_COLUMNS,
  type MessageRow,
  writeSearchWords,
} from './stored-messages.ts';

/** Derives again what a stored mail says, after its text or its folder has changed. */

const MAILS_BY_ID = `SELECT ${MESSAGE_COLUMNS} FROM communication_threads t WHERE t.company_id = $1 AND t.id = ANY($2::uuid[])`;

/**
 * Updates mails whose text or files have changed: search words, AR classification, links to the invoices that the text
 * names. The caller holds the locks of their conversations.
 * @param files that the mails have now
 */
export async function reclassify(
  tx: Tx,
  companyId: string,
  threadIds: readonly string[],
  files: readonly NylasAttachment[] = [],
): Promise<void> {
  const rows = await tx.query<MessageRow>({
    name: 'mails_by_id',
    text: MAILS_BY_ID,
    values: [companyId, threadIds],
  });
  for (const row of rows) {
    const customer = row.customer_id === null ? null : { id: row.customer_id, name: row.customer_name ?? '' };
    writeSearchWords(tx, companyId, row);
    if (row.is_ar_related !== true && !row.is_automatic) markIfAboutReceivables(tx, companyId, row, files);
    if (customer) await linkNamedInvoices(tx, companyId, [row], customer);
    applyConversationRules(tx, companyId, row.thread_group_id, joinedMessage(row));
  }
}

function markIfAboutReceivables(tx: Tx, companyId: string, row: MessageRow, files: readonly NylasAttachment[]): void {
  const verdict = classifyAr({
    subject: row.subject,
    text: ownTextOf(row.body, row.body_type ?? 'text/html'),
    from: row.from_address?.email ?? null,
    attachments: [...files],
    hasInvoiceLink: false,
    headers: [],
  });
  if (verdict.isArRelated !== true) return;
  changeMessages(tx, 'mark_ar_related', {
    before: answersIn(conversationOf('$2')),
    where: 't.id = $2',
    set: `is_ar_related = true, requires_response = (t.direction = 'inbound' AND NOT t.is_automatic AND NOT ${IS_ANSWERED}), updated_at = now()`,
    values: [companyId, row.id],
  });
}

/**
 * Turns a mail into an outbound one, after its folder was found to be one of sent mail. Its recipients are then the
 * counterparts.
 */
export async function reclassifyAsSent(tx: Tx, actor: Actor, companyId: string, threadId: string): Promise<void> {
  const threadGroupId = await lockConversation(tx, companyId, threadId);
  const found = await findMail(tx, companyId, threadId);
  if (found === undefined || found.direction === 'outbound') return;
  changeMessages(tx, 'mark_as_sent', {
    where: 't.id = $2',
    set: `direction = 'outbound', requires_response = false, is_answer = NOT t.is_automatic, updated_at = now()`,
    values: [companyId, threadId],
  });
  await matchRecipients(tx, companyId, { ...found, direction: 'outbound', is_answer: !found.is_automatic });
  recordAudit(tx, companyId, actor, {
    action: 'thread.updated',
    subjectId: threadId,
    details: { thread_group_id: threadGroupId, fields: ['direction'] },
  });
}

/** Adds recipients of an outbound mail's blind copies, which only the sender's own copy names. */
export async function addHiddenRecipients(
  tx: Tx,
  actor: Actor,
  companyId: string,
  threadId: string,
  addresses: readonly string[],
): Promise<void> {
  const threadGroupId = await lockConversation(tx, companyId, threadId);
  const found = await findMail(tx, companyId, threadId);
  const further = [...new Set([...(found?.further_addresses ?? []), ...addresses])];
  if (found === undefined || further.length === found.further_addresses.length) return;
  changeMessages(tx, 'add_hidden_recipients', {
    where: `t.id = $2 AND t.direction = 'outbound'`,
    set: 'further_addresses = $3::text[], is_answer = NOT t.is_automatic, updated_at = now()',
    values: [companyId, threadId, further],
  });
  await matchRecipients(tx, companyId, { ...found, further_addresses: further, is_answer: !found.is_automatic });
  recordChange(tx, companyId);
  recordAudit(tx, companyId, actor, {
    action: 'thread.updated',
    subjectId: threadId,
    details: { thread_group_id: threadGroupId, fields: ['contact_id'] },
  });
}

async function findMail(tx: Tx, companyId: string, threadId: string): Promise<MessageRow | undefined> {
  const values = [companyId, [threadId]];
  const [found] = await tx.query<MessageRow>({ name: 'mails_by_id', text: MAILS_BY_ID, values });
  return found;
}

/** Matches an outbound mail to the contact among its recipients, and applies what it answers. */
async function matchRecipients(tx: Tx, companyId: string, row: MessageRow): Promise<void> {
  if (row.contact_id === null) {
    const { contacts, own } = await findParties(tx, companyId, [row]);
    const contact = await findContact(tx, companyId, row, candidatesOf(row, contacts, own));
    if (contact && (row.customer_id === null || row.customer_id === contact.customerId))
      await rematchMessage(tx, companyId, row, contact);
  }
  applyConversationRules(tx, companyId, row.thread_group_id, joinedMessage(row));
}
