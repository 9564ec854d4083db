import { joinThreadGroup, linkInvoices, type NewMessage, startThreadGroup } from '../conversations/append.ts';
import { mergeThreadGroups, settleConversation } from '../conversations/merge.ts';
import type { Tx } from '../db/transaction.ts';
import { newId } from '../domain/ids.ts';
import { PROVIDER, recordAudit } from '../journal/audit.ts';
import { addressKey } from '../mail/address.ts';
import { classifyAr } from '../mail/ar-classifier.ts';
import { messageIdOf } from '../mail/identity.ts';
import { findInvoiceNumbers } from '../mail/invoice-numbers.ts';
import { fullTextOf, ownTextOf, previewOf } from '../mail/preview.ts';
import { chooseContact, counterpartKeys, type KnownContact } from './counterparts.ts';
import { directionOf } from './direction.ts';
import type { NylasAttachment, NylasMessage } from './nylas/event.ts';
import type { MailPlace } from './place-mail.ts';
import { type Customer, rematchConversation } from './rematch.ts';

/** A mail that nobody has seen yet becomes a message. */

export type PlacedMail = {
  mail: NylasMessage;
  place: MailPlace;
  contacts: readonly KnownContact[];
  /** Of all mailboxes of the company. */
  ownAddresses: readonly string[];
};

/** @returns the new message's id */
export async function storeMail(tx: Tx, companyId: string, placed: PlacedMail): Promise<string> {
  const { mail, place, contacts, ownAddresses } = placed;
  const direction = directionOf(mail, ownAddresses);
  const [conversation, contactsInvoices] = await Promise.all([
    findConversationCustomer(tx, companyId, place.threadGroupIds),
    findInvoices(
      tx,
      companyId,
      contacts.map(({ customerId }) => customerId),
    ),
  ]);
  const keys = counterpartKeys(mail, direction, ownAddresses);
  const contact = chooseContact(keys, contacts, conversation.customer?.id ?? null);
  const customer = contact ? { id: contact.customerId, name: contact.customerName } : conversation.customer;
  const isContacts = contact !== undefined || customer === undefined;
  const invoices = isContacts ? contactsInvoices : await findInvoices(tx, companyId, [customer.id]);
  const invoiceIds = customer ? namedIn(textsOf(mail), invoices, customer.id) : [];

  const verdict = classifyAr({
    subject: mail.subject,
    text: ownTextOf(...bodyOf(mail)),
    from: mail.from?.email ?? null,
    attachments: mail.attachments,
    hasInvoiceLink: invoiceIds.length > 0,
    headers: mail.headers,
    ownDomains: domainsOf(ownAddresses),
  });
  const threadGroupId =
    place.threadGroupIds.length > 0 ? mergeThreadGroups(tx, companyId, place.threadGroupIds) : newId();
  const message: NewMessage = {
    ...contentOf(mail),
    id: newId(),
    threadGroupId,
    direction,
    requiresResponse: direction === 'inbound' && verdict.isArRelated === true && !verdict.automatic,
    isArRelated: verdict.isArRelated,
    isAutomatic: verdict.automatic,
    customerId: customer?.id ?? null,
    contactId: contact?.id ?? null,
    customerName: customer?.name ?? null,
  };
  if (place.threadGroupIds.length === 0) startThreadGroup(tx, companyId, message);
  else joinThreadGroup(tx, companyId, message);
  linkInvoices(tx, companyId, message.id, invoiceIds);
  insertAttachments(tx, companyId, message.id, mail.attachments);
  rememberReferences(tx, companyId, message.id, mail, place);
  if (place.threadGroupIds.length > 0) {
    if (customer && conversation.hasUnmatched) await rematchConversation(tx, companyId, threadGroupId, customer);
    settleConversation(tx, companyId, threadGroupId, place.threadGroupIds.length > 1 ? 'conversation' : message);
  }
  recordAudit(tx, companyId, PROVIDER, {
    action: 'thread.created',
    subjectId: message.id,
    details: { source: 'nylas' },
  });
  return message.id;
}

type ConversationCustomer = { customer: Customer | undefined; hasUnmatched: boolean };

/** The customer of the conversation's newest message that has one, and whether there are mails without. */
async function findConversationCustomer(
  tx: Tx,
  companyId: string,
  threadGroupIds: readonly string[],
): Promise<ConversationCustomer> {
  if (threadGroupIds.length === 0) return { customer: undefined, hasUnmatched: false };
  const rows = await tx.query<{ id: string | null; name: string }>({
    name: 'conversation_customer',
    text: `
      SELECT c.id, c.name
      FROM (SELECT customer_id, max("timestamp") AS newest
            FROM communication_threads
            WHERE company_id = $1 AND thread_group_id = ANY($2::uuid[])
            GROUP BY customer_id) t
      LEFT JOIN customers c ON c.company_id = $1 AND c.id = t.customer_id
      ORDER BY t.newest DESC, c.id`,
    values: [companyId, threadGroupIds],
  });
  const customer = rows.find((row): row is Customer => row.id !== null);
  return { customer, hasUnmatched: rows.some(({ id }) => id === null) };
}

type Invoice = { id: string; number: string; customer_id: string };

async function findInvoices(tx: Tx, companyId: string, customerIds: readonly string[]): Promise<Invoice[]> {
  if (customerIds.length === 0) return [];
  return tx.query<Invoice>({
    name: 'invoices_of_customers',
    text: 'SELECT id, number, customer_id FROM invoices WHERE company_id = $1 AND customer_id = ANY($2::uuid[]) ORDER BY id',
    values: [companyId, [...new Set(customerIds)]],
  });
}

/** Which of the customer's invoices a text names. */
function namedIn(text: string, invoices: readonly Invoice[], customerId: string): string[] {
  const own = invoices.filter(({ customer_id }) => customer_id === customerId);
  const named = new Set(
    findInvoiceNumbers(
      text,
      own.map(({ number }) => number),
    ),
  );
  return own.filter(({ number }) => named.has(number)).map(({ id }) => id);
}

function textsOf(mail: NylasMessage): string {
  return `${mail.subject}\n${fullTextOf(...bodyOf(mail))}`;
}

/** What there is to read: of a truncated mail only the provider's first words. */
function bodyOf(mail: NylasMessage): [string | null, NylasMessage['bodyType']] {
  return mail.truncated ? [mail.snippet, 'text/plain'] : [mail.body, mail.bodyType];
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
    preview: previewOf(...bodyOf(mail)),
    body: mail.body,
    bodyType: mail.body === null ? null : mail.bodyType,
    notes: null,
    from: mail.from,
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

function domainsOf(addresses: readonly string[]): string[] {
  const domains = addresses.map((address) => addressKey(address)?.split('@').at(-1));
  return [...new Set(domains.filter((domain) => domain !== undefined))];
}

/** `position` is a smallint; no mail has more. */
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

/** So that a mail which arrives after the answers to it finds them. */
function rememberReferences(tx: Tx, companyId: string, threadId: string, mail: NylasMessage, place: MailPlace): void {
  const messageId = messageIdOf(mail.headers);
  if (messageId !== null) {
    tx.send({
      name: 'forget_awaited',
      text: 'DELETE FROM awaited_mails WHERE company_id = $1 AND rfc_message_id = $2',
      values: [companyId, messageId],
    });
  }
  if (place.missing.length === 0) return;
  tx.send({
    name: 'remember_awaited',
    text: `
      INSERT INTO awaited_mails (company_id, rfc_message_id, thread_id)
      SELECT $1, m.id, $2 FROM unnest($3::text[]) AS m(id)`,
    values: [companyId, threadId, place.missing],
  });
}
