import { answersIn, conversationOf, IS_ANSWERED } from '../conversations/answers.ts';
import { lockCompanyShared, lockConversation } from '../conversations/append.ts';
import { recountFormerCustomers } from '../conversations/former-customers.ts';
import { applyConversationRules, changeMessages } from '../conversations/merge.ts';
import type { Db } from '../db/client.ts';
import { lockCompanyMail, lockThreadGroup } from '../db/locks.ts';
import { settleAll } from '../db/settle-all.ts';
import type { Tx } from '../db/transaction.ts';
import { type Actor, OPERATOR, recordAudit } from '../journal/audit.ts';
import { recordChange } from '../journal/counters.ts';
import { addressKey } from '../mail/address.ts';
import { classifyAr } from '../mail/ar-classifier.ts';
import { ownTextOf } from '../mail/preview.ts';
import { type CalledContact, findContactsByPhone, matchContact } from './call-contacts.ts';
import { contentOfCall } from './call-content.ts';
import {
  type Candidates,
  type Customer,
  chooseCounterpart,
  findContactsByAddress,
  type KnownContact,
} from './counterparts.ts';
import { findConversationCustomers, findInvoicesOf, invoicesNamedIn } from './customer-evidence.ts';
import { findOwnNumbers } from './known-calls.ts';
import { findMailboxAddresses } from './mailboxes.ts';
import { OwnAddresses } from './parties.ts';
import {
  addressesOf,
  assignCustomer,
  candidatesOf,
  joinedMessage,
  linkNamedInvoices,
  MESSAGE_COLUMNS,
  type MessageRow,
  textOf,
  writeSearchWords,
} from './stored-messages.ts';
import { callersOf } from './vonage/call.ts';

/** Matches stored mails and calls to customers, contacts and invoices again. */

/**
 * Assigns `customer` to the mails of its conversation that have no customer, except those whose addresses belong to
 * other customers.
 */
export async function rematchConversation(
  tx: Tx,
  companyId: string,
  threadGroupId: string,
  customer: Customer,
): Promise<void> {
  const rows = await tx.query<MessageRow>({
    name: 'mails_without_customer',
    text: `
      SELECT ${MESSAGE_COLUMNS}
      FROM communication_threads t
      WHERE t.company_id = $1 AND t.thread_group_id = $2 AND t.customer_id IS NULL AND t.source = 'nylas'`,
    values: [companyId, threadGroupId],
  });
  if (rows.length > 0) {
    const { contacts, own } = await findParties(tx, companyId, rows);
    const matched = rows.filter((row) => {
      const { customers } = candidatesOf(row, contacts, own);
      return customers.length === 0 || customers.some(({ id }) => id === customer.id);
    });
    for (const row of matched) assignCustomer(tx, companyId, row, customer, null);
    if (matched.length > 0) await linkNamedInvoices(tx, companyId, matched, customer);
  }
  recountFormerCustomers(tx, companyId, [threadGroupId]);
}

type KnownParties = { contacts: KnownContact[]; own: OwnAddresses };

async function findParties(tx: Tx, companyId: string, rows: readonly MessageRow[]): Promise<KnownParties> {
  const keys = rows.flatMap(addressesOf).map(addressKey);
  const [contacts, mailboxes] = await settleAll(
    findContactsByAddress(tx, companyId, [...new Set(keys.filter((key) => key !== null))]),
    findMailboxAddresses(tx, companyId),
  );
  const addresses = contacts.map(({ email }) => email);
  return { contacts, own: new OwnAddresses(mailboxes, addresses) };
}

const MAILS_BY_ID = `SELECT ${MESSAGE_COLUMNS} FROM communication_threads t WHERE t.company_id = $1 AND t.id = ANY($2::uuid[])`;

/**
 * Updates mails whose text has changed: search words, AR classification, links to the invoices that the text names. The
 * caller holds the locks of their conversations.
 */
export async function reclassify(tx: Tx, companyId: string, threadIds: readonly string[]): Promise<void> {
  const rows = await tx.query<MessageRow>({
    name: 'mails_by_id',
    text: MAILS_BY_ID,
    values: [companyId, threadIds],
  });
  for (const row of rows) {
    const customer = row.customer_id === null ? null : { id: row.customer_id, name: row.customer_name ?? '' };
    writeSearchWords(tx, companyId, row);
    if (row.is_ar_related !== true && !row.is_automatic) markIfAboutReceivables(tx, companyId, row);
    if (customer) await linkNamedInvoices(tx, companyId, [row], customer);
    applyConversationRules(tx, companyId, row.thread_group_id, joinedMessage(row));
  }
}

function markIfAboutReceivables(tx: Tx, companyId: string, row: MessageRow): void {
  const verdict = classifyAr({
    subject: row.subject,
    text: ownTextOf(row.body, row.body_type ?? 'text/html'),
    from: row.from_address?.email ?? null,
    attachments: [],
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
  const [found] = await tx.query<MessageRow>({
    name: 'mails_by_id',
    text: MAILS_BY_ID,
    values: [companyId, [threadId]],
  });
  if (found === undefined || found.direction === 'outbound') return;
  const row: MessageRow = { ...found, direction: 'outbound', is_answer: !found.is_automatic };
  changeMessages(tx, 'mark_as_sent', {
    where: 't.id = $2',
    set: `direction = 'outbound', requires_response = false, is_answer = NOT t.is_automatic, updated_at = now()`,
    values: [companyId, threadId],
  });
  if (row.contact_id === null) {
    const { contacts, own } = await findParties(tx, companyId, [row]);
    const contact = await findContact(tx, companyId, row, candidatesOf(row, contacts, own));
    if (contact && (row.customer_id === null || row.customer_id === contact.customerId))
      await rematchMessage(tx, companyId, row, contact);
  }
  applyConversationRules(tx, companyId, threadGroupId, joinedMessage(row));
  recordAudit(tx, companyId, actor, {
    action: 'thread.updated',
    subjectId: threadId,
    details: { thread_group_id: threadGroupId, fields: ['direction'] },
  });
}

const PAGE_SIZE = 200;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

export type Rematched = { messages: number; matched: number };

/** Matches messages without a contact to the contacts that exist now, company by company, one page per transaction. */
export async function rematchAll(db: Db, onPage: (rematched: Rematched) => void = () => undefined): Promise<Rematched> {
  const total = { messages: 0, matched: 0 };
  const companies = await db.query<{ id: string }>({ text: 'SELECT id FROM companies ORDER BY id' });
  for (const { id: companyId } of companies) {
    let after: string | undefined = FIRST_ID;
    while (after !== undefined) {
      const page = await db.transaction((tx) => rematchPage(tx, companyId, after ?? FIRST_ID));
      total.messages += page.messages;
      total.matched += page.matched;
      after = page.last;
      onPage(total);
    }
  }
  return total;
}

async function rematchPage(
  tx: Tx,
  companyId: string,
  after: string,
): Promise<Rematched & { last: string | undefined }> {
  await lockCompanyShared(tx, companyId);
  tx.send(lockCompanyMail(companyId));
  const rows = await tx.query<MessageRow>({
    text: `
      SELECT ${MESSAGE_COLUMNS}
      FROM communication_threads t
      WHERE t.company_id = $1 AND t.id > $2 AND t.contact_id IS NULL AND t.source IN ('nylas', 'vonage')
      ORDER BY t.id
      LIMIT ${PAGE_SIZE}`,
    values: [companyId, after],
  });
  const mails = rows.filter((row) => row.communication_type !== 'call');
  const { contacts, own } = await findParties(tx, companyId, mails);
  const ownNumbers = await findOwnNumbers(tx, companyId);
  const byPhone = await findContactsByPhone(
    tx,
    companyId,
    rows.flatMap((row) => counterpartNumbers(row, ownNumbers)),
  );

  const matched: MessageRow[] = [];
  for (const row of rows) {
    const called = findCalledContact(row, byPhone, ownNumbers);
    const contact = called ?? (await findMailContact(tx, companyId, row, { contacts, own }));
    // A customer that a person, an import or the conversation assigned stays.
    if (!contact || (row.customer_id !== null && row.customer_id !== contact.customerId)) continue;
    matched.push(row);
    await rematchMessage(tx, companyId, withSubject(row, contact), contact);
    if (called) updateCallFields(tx, companyId, row, called, ownNumbers);
  }
  recordMatches(tx, companyId, matched);
  return {
    messages: rows.length,
    matched: matched.length,
    last: rows.length < PAGE_SIZE ? undefined : rows.at(-1)?.id,
  };
}

/** Records one audit event per conversation, however many of its messages were matched. */
function recordMatches(tx: Tx, companyId: string, matched: readonly MessageRow[]): void {
  if (matched.length === 0) return;
  recordChange(tx, companyId);
  const byGroup = new Map(matched.map((row) => [row.thread_group_id, row.id]));
  for (const [threadGroupId, id] of byGroup)
    recordAudit(tx, companyId, OPERATOR, {
      action: 'thread.updated',
      subjectId: id,
      details: { thread_group_id: threadGroupId, fields: ['customer_id', 'contact_id'] },
    });
}

/** The contact that the mail would get if it arrived now. */
async function findContact(
  tx: Tx,
  companyId: string,
  row: MessageRow,
  candidates: Candidates,
): Promise<KnownContact | undefined> {
  const { contacts, customers } = candidates;
  if (row.customer_id !== null || customers.length <= 1)
    return contacts.find(({ customerId }) => row.customer_id === null || customerId === row.customer_id);
  const conversation = await findConversationCustomers(tx, companyId, [row.thread_group_id]);
  const customerIds = customers.map(({ id }) => id);
  const invoices = await findInvoicesOf(tx, companyId, customerIds);
  const text = textOf(row);
  const named = (possible: readonly Customer[]) =>
    possible.filter(({ id }) => invoicesNamedIn(text, invoices, id).length > 0);
  return chooseCounterpart(candidates, { conversation: conversation.customers, named }).contact;
}

async function findMailContact(tx: Tx, companyId: string, row: MessageRow, { contacts, own }: KnownParties) {
  if (row.communication_type === 'call') return undefined;
  return findContact(tx, companyId, row, candidatesOf(row, contacts, own));
}

function findCalledContact(
  row: MessageRow,
  contacts: readonly CalledContact[],
  ownNumbers: readonly string[],
): CalledContact | undefined {
  if (row.communication_type !== 'call') return undefined;
  const callers = row.call_state ? callersOf(row.call_state, ownNumbers) : [];
  return matchContact(counterpartNumbers(row, ownNumbers), callers, contacts, row.customer_id).contact;
}

/**
 * Derives the call's fields again: they are those of the contact's leg, which may not have been the chosen one before.
 */
function updateCallFields(
  tx: Tx,
  companyId: string,
  row: MessageRow,
  contact: CalledContact,
  ownNumbers: readonly string[],
): void {
  if (row.call_state === null) return;
  const { direction, stored } = contentOfCall(row.call_state, contact, ownNumbers);
  changeMessages(tx, 'update_call_fields', {
    where: 't.id = $2 AND (t.direction <> $3 OR t.call IS DISTINCT FROM $4::jsonb)',
    set: 'direction = $3, call = $4::jsonb, updated_at = now()',
    values: [companyId, row.id, direction, JSON.stringify(stored)],
  });
}

/** The numbers of all legs, without the company's own; those that the lists show come first. */
function counterpartNumbers(row: MessageRow, ownNumbers: readonly string[]): string[] {
  const numbers = [row.call?.from_number, row.call?.to_number, ...(row.call_state?.numbers ?? [])];
  return [...new Set(numbers.filter((number) => typeof number === 'string'))].filter(
    (number) => !ownNumbers.includes(number),
  );
}

/** Replaces a subject that was generated from the number while the contact was unknown. */
function withSubject(row: MessageRow, contact: KnownContact): MessageRow {
  const numbers = [row.call?.from_number, row.call?.to_number, ...(row.call_state?.numbers ?? [])];
  const isGenerated = row.subject === 'Call' || numbers.some((number) => row.subject === `Call with ${number}`);
  return row.communication_type === 'call' && isGenerated ? { ...row, subject: `Call with ${contact.name}` } : row;
}

async function rematchMessage(tx: Tx, companyId: string, row: MessageRow, contact: KnownContact): Promise<void> {
  const customer = { id: contact.customerId, name: contact.customerName };
  // The conversation's lock before the row's, as a user's change takes them: in the other order the two could deadlock.
  tx.send(lockThreadGroup(companyId, row.thread_group_id));
  assignCustomer(tx, companyId, row, customer, contact.id);
  if (row.communication_type !== 'email') return recountFormerCustomers(tx, companyId, [row.thread_group_id]);
  await linkNamedInvoices(tx, companyId, [row], customer);
  const { customers, hasUnmatched } = await findConversationCustomers(tx, companyId, [row.thread_group_id]);
  if (hasUnmatched && customers.every(({ id }) => id === customer.id))
    await rematchConversation(tx, companyId, row.thread_group_id, customer);
  else recountFormerCustomers(tx, companyId, [row.thread_group_id]);
  applyConversationRules(tx, companyId, row.thread_group_id, joinedMessage(row));
}
