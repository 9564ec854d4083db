import { invoiceLinks, joinThreadGroup, type NewMessage, startThreadGroup } from '../conversations/append.ts';
import { applyConversationRules, changeMessages, mergeThreadGroups } from '../conversations/merge.ts';
import { settleAll } from '../db/settle-all.ts';
import type { Statement } from '../db/statement.ts';
import type { Tx } from '../db/transaction.ts';
import { newId } from '../domain/ids.ts';
import { type Actor, auditOf } from '../journal/audit.ts';
import { classifyAr } from '../mail/ar-classifier.ts';
import { messageIdOf } from '../mail/message-ids.ts';
import { isMailServer } from '../mail/no-reply.ts';
import { previewOfOwnText } from '../mail/preview.ts';
import { moveBehind } from './answer-times.ts';
import { previewOfReport, standingOf } from './bounce.ts';
import { claimNamedMails } from './claim-named-mails.ts';
import {
  type Counterpart,
  type Customer,
  candidatesIn,
  chooseCounterpart,
  counterpartAddressGroups,
  type KnownContact,
} from './counterparts.ts';
import {
  type ConversationCustomers,
  customersOfConversation,
  findConversationCustomers,
  findInvoicesOf,
  invoicesNamedIn,
  type NumberedInvoice,
} from './customer-evidence.ts';
import { recordUnplacedMail } from './folder-roles.ts';
import type { NylasAttachment } from './nylas/attachments.ts';
import type { NylasMessage } from './nylas/event.ts';
import type { OwnAddresses, Parties } from './parties.ts';
import type { RelatedMail } from './related-mail.ts';
import { rematchConversation } from './rematch-message.ts';

/** Stores a mail that isn't stored yet as a message. */

export type ArrivedMail = {
  mail: NylasMessage;
  related: RelatedMail;
  /** Contacts that any address in the mail belongs to. */
  contacts: readonly KnownContact[];
  /** The invoices of the contacts' customers; undefined when they weren't read. */
  invoices: readonly NumberedInvoice[] | undefined;
  own: OwnAddresses;
  parties: Parties;
  /** The addresses that a delivery report names as not reached; undefined for any other mail. */
  failed: readonly string[] | undefined;
};

/** @returns the new message's id */
export async function storeMail(tx: Tx, actor: Actor, companyId: string, arrived: ArrivedMail): Promise<string> {
  const { mail, related } = arrived;
  const furtherAddresses = furtherAddressesOf(arrived);
  const counterpart = await findCounterpart(tx, companyId, arrived, furtherAddresses);
  const { customer, invoiceIds, hasUnmatched, isOneCustomers, isFurtherCustomer } = counterpart;
  const threadGroupId =
    related.threadGroupIds.length > 0 ? mergeThreadGroups(tx, actor, companyId, related.threadGroupIds) : newId();
  const message = messageOf(arrived, counterpart, threadGroupId, furtherAddresses);
  const others = [
    ...deleteAwaited(companyId, mail),
    ...invoiceLinks(companyId, message.id, invoiceIds),
    auditOfArrival(actor, companyId, message.id),
  ];
  if (related.threadGroupIds.length === 0) startThreadGroup(tx, companyId, message, ...others);
  else joinThreadGroup(tx, companyId, message, ...others);
  insertAttachments(tx, companyId, message.id, mail.attachments);
  recordMissing(tx, companyId, message.id, related);
  recordUnplacedMail(tx, companyId, message.id, mail);
  if (related.threadGroupIds.length > 0) {
    for (const answer of related.answers) moveBehind(tx, actor, companyId, threadGroupId, answer, mail);
    if (customer && hasUnmatched && isOneCustomers) await rematchConversation(tx, companyId, threadGroupId, customer);
    if (customer && isFurtherCustomer) await claimNamedMails(tx, actor, companyId, threadGroupId, customer);
    const { id, isAnswer, timestamp, requiresResponse } = message;
    const joined = { id, isAnswer: isAnswer === true, timestamp, requiresResponse };
    applyConversationRules(tx, companyId, threadGroupId, related.threadGroupIds.length > 1 ? 'conversation' : joined);
  }
  return message.id;
}

function messageOf(
  arrived: ArrivedMail,
  { customer, contact, invoiceIds }: FoundCounterpart,
  threadGroupId: string,
  furtherAddresses: string[],
): NewMessage {
  const { mail, own, parties, failed } = arrived;
  const { direction } = parties;
  const verdict = classifyAr({
    subject: mail.subject,
    text: mail.texts.own,
    from: parties.author?.email ?? null,
    replyTo: mail.replyTo.map(({ email }) => email),
    attachments: mail.attachments,
    hasInvoiceLink: invoiceIds.length > 0,
    headers: mail.headers,
    ownDomains: [...own.domains],
  });
  const ownText = mail.texts.searched;
  const isAutomatic = verdict.automatic || failed !== undefined;
  return {
    ...contentOf(mail),
    preview: previewOfArrived(arrived, previewOfOwnText(ownText)),
    id: newId(),
    threadGroupId,
    direction,
    requiresResponse: direction === 'inbound' && verdict.isArRelated === true && !isAutomatic,
    isArRelated: verdict.isArRelated,
    isAutomatic,
    isAnswer: direction === 'outbound' && parties.reachesOutside && !isAutomatic,
    furtherAddresses,
    from: parties.author,
    customerId: customer?.id ?? null,
    contactId: contact?.id ?? null,
    ownText,
  };
}

function auditOfArrival(actor: Actor, companyId: string, subjectId: string): Statement {
  return auditOf(companyId, actor, { action: 'thread.created', subjectId, details: { source: 'nylas' } });
}

/** The preview; that of a delivery report begins with the addresses that weren't reached. */
function previewOfArrived({ mail, contacts, own, failed }: ArrivedMail, preview: string | null): string | null {
  if (failed === undefined) return preview;
  const outside = failed.filter((address) => !own.includes(address) && !isMailServer(address));
  const known = outside.filter((address) => candidatesIn([[address]], contacts).contacts.length > 0);
  return previewOfReport(preview, standingOf(mail), known.length > 0 ? known : outside.slice(0, 1));
}

const MOST_FURTHER_ADDRESSES = 100;

/** Addresses that lists don't show, stored so that `ingest rematch` has all that the arrival had. */
function furtherAddressesOf({ mail, own, parties, failed = [] }: ArrivedMail): string[] {
  const answersGoTo = parties.direction === 'inbound' ? mail.replyTo : [];
  const addresses = [...failed, ...[...answersGoTo, ...mail.bcc].map(({ email }) => email)];
  const outside = addresses.filter((address) => address !== '' && !own.includes(address));
  return [...new Set(outside)].slice(0, MOST_FURTHER_ADDRESSES);
}

type FoundCounterpart = Counterpart & {
  invoiceIds: string[];
  /** Whether the conversation has messages without a customer. */
  hasUnmatched: boolean;
  /** Whether the conversation, with this mail, has one customer only. */
  isOneCustomers: boolean;
  /** Whether the conversation was with other customers only. */
  isFurtherCustomer: boolean;
};

async function findCounterpart(
  tx: Tx,
  companyId: string,
  arrived: ArrivedMail,
  further: readonly string[],
): Promise<FoundCounterpart> {
  const { mail, related, contacts, own, parties } = arrived;
  const addressed = { from: parties.author, to: mail.to, cc: mail.cc, further };
  const candidates = candidatesIn(counterpartAddressGroups(addressed, parties.direction, own), contacts);
  const candidateIds = candidates.customers.map(({ id }) => id);
  const [conversation, candidatesInvoices] = await settleAll(
    findCustomersOf(tx, companyId, related),
    findInvoicesAmong(tx, companyId, arrived, candidateIds),
  );
  const { customers, hasUnmatched } = conversation;
  const isFromConversation = candidateIds.length === 0;
  const invoices = isFromConversation
    ? await findInvoicesOf(
        tx,
        companyId,
        customers.map(({ id }) => id),
      )
    : candidatesInvoices;
  const text = invoices.length === 0 ? '' : `${mail.subject}\n${mail.texts.full}`;
  const named = (possible: readonly Customer[]) =>
    possible.filter(({ id }) => invoicesNamedIn(text, invoices, id).length > 0);
  const counterpart = chooseCounterpart(candidates, { conversation: customers, named });
  const { customer } = counterpart;
  return {
    ...counterpart,
    invoiceIds: customer ? invoicesNamedIn(text, invoices, customer.id) : [],
    hasUnmatched,
    isOneCustomers: customers.every(({ id }) => id === customer?.id),
    isFurtherCustomer: customers.length > 0 && customers.every(({ id }) => id !== customer?.id),
  };
}

/** Sends a statement only when the mail belongs to other conversations than the provider's. */
async function findCustomersOf(tx: Tx, companyId: string, related: RelatedMail): Promise<ConversationCustomers> {
  const { threadGroupIds, answeredGroupIds, conversation } = related;
  const groupIds = threadGroupIds.length > 0 ? threadGroupIds : answeredGroupIds;
  const found = new Set(conversation.map((row) => row.thread_group_id));
  if (!groupIds.every((id) => found.has(id))) return findConversationCustomers(tx, companyId, groupIds);
  return customersOfConversation(conversation.filter((row) => groupIds.includes(row.thread_group_id)));
}

/** @param customerIds of the mail's contacts */
async function findInvoicesAmong(
  tx: Tx,
  companyId: string,
  { invoices }: ArrivedMail,
  customerIds: readonly string[],
): Promise<readonly NumberedInvoice[]> {
  if (invoices === undefined) return findInvoicesOf(tx, companyId, customerIds);
  return invoices.filter(({ customer_id }) => customerIds.includes(customer_id));
}

function contentOf(mail: NylasMessage) {
  const messageId = messageIdOf(mail.headers);
  return {
    timestamp: mail.timestamp.toISOString(),
    createdAt: new Date().toISOString(),
    communicationType: 'email' as const,
    source: 'nylas' as const,
    isResolved: false,
    hasAttachments: mail.attachments.some(({ isInline }) => !isInline),
    loggedById: null,
    scheduledActionId: null,
    scheduledTouchpointId: null,
    subject: mail.subject,
    body: mail.body,
    bodyType: mail.body === null ? null : mail.bodyType,
    notes: null,
    to: mail.to,
    cc: mail.cc,
    call: null,
    strategyTags: [],
    provider: {
      grantId: mail.grantId,
      messageId: mail.messageId,
      ...(mail.threadId === null ? {} : { threadId: mail.threadId }),
      ...(messageId === null ? {} : { rfcMessageId: `<${messageId}>` }),
      isTruncated: mail.truncated,
    },
  };
}

/** `position` is a smallint, and no mail has more. */
const MOST_ATTACHMENTS = 10_000;

function insertAttachments(tx: Tx, companyId: string, threadId: string, all: readonly NylasAttachment[]): void {
  const attachments = all.slice(0, MOST_ATTACHMENTS);
  if (attachments.length === 0) return;
  tx.send({
    name: 'insert_attachments',
    text: `
      INSERT INTO attachments (company_id, id, thread_id, position, filename, content_type, size_bytes, is_inline, provider_id)
      SELECT $1, f.id, $2, f.nth - 1, f.filename, f.content_type, f.size_bytes, f.is_inline, f.provider_id
      FROM unnest($3::uuid[], $4::text[], $5::text[], $6::bigint[], $7::bool[], $8::text[])
           WITH ORDINALITY AS f(id, filename, content_type, size_bytes, is_inline, provider_id, nth)`,
    values: [
      companyId,
      threadId,
      attachments.map(() => newId()),
      attachments.map(({ filename }) => filename),
      attachments.map(({ contentType }) => contentType),
      attachments.map(({ sizeBytes }) => sizeBytes ?? 0),
      attachments.map(({ isInline }) => isInline),
      attachments.map(({ id }) => id),
    ],
  });
}

/** Gives files to a message that has none but pictures in its body. The caller holds the conversation's lock. */
export function replaceAttachments(tx: Tx, companyId: string, threadId: string, all: readonly NylasAttachment[]): void {
  tx.send({
    name: 'delete_attachments',
    text: 'DELETE FROM attachments WHERE company_id = $1 AND thread_id = $2',
    values: [companyId, threadId],
  });
  insertAttachments(tx, companyId, threadId, all);
  changeMessages(tx, 'mark_has_attachments', {
    where: 't.id = $2',
    set: 'has_attachments = true, updated_at = now()',
    values: [companyId, threadId],
  });
}

/** The mail isn't awaited any more, now that it has arrived. */
function deleteAwaited(companyId: string, mail: NylasMessage): Statement[] {
  const messageId = messageIdOf(mail.headers);
  if (messageId === null) return [];
  return [
    {
      name: 'delete_awaited_mail',
      text: 'DELETE FROM awaited_mails WHERE company_id = $1 AND rfc_message_id = $2',
      values: [companyId, messageId],
    },
  ];
}

/** Records the Message-IDs that the mail answers and that aren't stored, for mails that arrive after their answers. */
function recordMissing(tx: Tx, companyId: string, threadId: string, { missing }: RelatedMail): void {
  if (missing.length === 0) return;
  tx.send({
    name: 'record_awaited_mails',
    text: `
      INSERT INTO awaited_mails (company_id, rfc_message_id, thread_id)
      SELECT $1, m.id, $2 FROM unnest($3::text[]) AS m(id)`,
    values: [companyId, threadId, missing],
  });
}
