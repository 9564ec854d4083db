import { lockConversation, shareCompany } from '../conversations/append.ts';
import { recountFormerCustomers } from '../conversations/former-customers.ts';
import { change, IS_ANSWERED, settleConversation } from '../conversations/merge.ts';
import type { Db } from '../db/client.ts';
import { lockCompanyMail, lockThreadGroup } from '../db/locks.ts';
import { settleAll } from '../db/settle-all.ts';
import type { Tx } from '../db/transaction.ts';
import { OPERATOR, PROVIDER, recordAudit } from '../journal/audit.ts';
import { recordChange } from '../journal/counters.ts';
import { addressKey } from '../mail/address.ts';
import { classifyAr } from '../mail/ar-classifier.ts';
import { ownTextOf } from '../mail/preview.ts';
import { type CalledContact, contentOfCall } from './call-content.ts';
import {
  type Candidates,
  type Customer,
  chooseContactByPhone,
  chooseCounterpart,
  findContactsByAddress,
  findContactsByPhone,
  type KnownContact,
} from './counterparts.ts';
import { findConversationCustomers, findInvoicesOf, invoicesNamedIn } from './customer-evidence.ts';
import { findOwnNumbers } from './known-calls.ts';
import { findMailboxAddresses } from './mailboxes.ts';
import { OwnSide } from './parties.ts';
import {
  addressesOf,
  assignCustomer,
  candidatesOf,
  joinedOf,
  linkNamedInvoices,
  MESSAGE_COLUMNS,
  type MessageRow,
  textOf,
  writeSearchWords,
} from './stored-messages.ts';

/** Matching customers, contacts and invoices to mails and calls that are stored already. */

/**
 * Gives the mails of a conversation that have no customer the conversation's, but not those whose address is one of other
 * customers.
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

type Known = { contacts: KnownContact[]; own: OwnSide };

async function findParties(tx: Tx, companyId: string, rows: readonly MessageRow[]): Promise<Known> {
  const keys = rows.flatMap(addressesOf).map(addressKey);
  const [contacts, mailboxes] = await settleAll(
    findContactsByAddress(tx, companyId, [...new Set(keys.filter((key) => key !== null))]),
    findMailboxAddresses(tx, companyId),
  );
  const addresses = contacts.map(({ email }) => email);
  return { contacts, own: new OwnSide(mailboxes, addresses) };
}

const MAILS_BY_ID = `SELECT ${MESSAGE_COLUMNS} FROM communication_threads t WHERE t.company_id = $1 AND t.id = ANY($2::uuid[])`;

/** Looks for invoices in mails whose text has changed, and judges them by it. The caller holds their conversations' locks. */
export async function judgeAgain(tx: Tx, companyId: string, threadIds: readonly string[]): Promise<void> {
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
    settleConversation(tx, companyId, row.thread_group_id, joinedOf(row));
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
  change(tx, 'mark_ar_related', {
    which: 't.id = $2',
    set: `is_ar_related = true, requires_response = (t.direction = 'inbound' AND NOT t.is_automatic AND NOT ${IS_ANSWERED}), updated_at = now()`,
    values: [companyId, row.id],
  });
}

/** A mail that lies among those that its mailbox sent, as was learnt later: ours, and with its recipients. */
export async function judgeAsSent(tx: Tx, companyId: string, threadId: string): Promise<void> {
  const threadGroupId = await lockConversation(tx, companyId, threadId);
  const [found] = await tx.query<MessageRow>({
    name: 'mails_by_id',
    text: MAILS_BY_ID,
    values: [companyId, [threadId]],
  });
  if (found === undefined || found.direction === 'outbound') return;
  const row: MessageRow = { ...found, direction: 'outbound', is_answer: !found.is_automatic };
  change(tx, 'mark_as_sent', {
    which: 't.id = $2',
    set: `direction = 'outbound', requires_response = false, is_answer = NOT t.is_automatic, updated_at = now()`,
    values: [companyId, threadId],
  });
  if (row.contact_id === null) {
    const { contacts, own } = await findParties(tx, companyId, [row]);
    const contact = await findContact(tx, companyId, row, candidatesOf(row, contacts, own));
    if (contact && (row.customer_id === null || row.customer_id === contact.customerId))
      await rematchMessage(tx, companyId, row, contact);
  }
  settleConversation(tx, companyId, threadGroupId, joinedOf(row));
  recordAudit(tx, companyId, PROVIDER, {
    action: 'thread.updated',
    subjectId: threadId,
    details: { thread_group_id: threadGroupId, fields: ['direction'] },
  });
}

const PAGE = 200;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

export type Rematched = { messages: number; matched: number };

/** Matches what has no contact yet to the contacts that there are now, company by company, a page a transaction. */
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
  await shareCompany(tx, companyId);
  tx.send(lockCompanyMail(companyId));
  const rows = await tx.query<MessageRow>({
    text: `
      SELECT ${MESSAGE_COLUMNS}
      FROM communication_threads t
      WHERE t.company_id = $1 AND t.id > $2 AND t.contact_id IS NULL AND t.source IN ('nylas', 'vonage')
      ORDER BY t.id
      LIMIT ${PAGE}`,
    values: [companyId, after],
  });
  const mails = rows.filter((row) => row.communication_type !== 'call');
  const { contacts, own } = await findParties(tx, companyId, mails);
  const ownNumbers = await findOwnNumbers(tx, companyId);
  const numbersOf = (row: MessageRow) => counterpartNumbers(row, ownNumbers);
  const byPhone = await findContactsByPhone(tx, companyId, rows.flatMap(numbersOf));

  const matched: MessageRow[] = [];
  for (const row of rows) {
    const called =
      row.communication_type === 'call' ? chooseContactByPhone(numbersOf(row), byPhone, row.customer_id) : undefined;
    const contact = called ?? (await findMailContact(tx, companyId, row, { contacts, own }));
    // A customer that is there was given by a person, an import or the conversation, and stays.
    if (!contact || (row.customer_id !== null && row.customer_id !== contact.customerId)) continue;
    matched.push(row);
    await rematchMessage(tx, companyId, withSubject(row, contact), contact);
    if (called) showLegOf(tx, companyId, row, called, ownNumbers);
  }
  recordMatches(tx, companyId, matched);
  return { messages: rows.length, matched: matched.length, last: rows.length < PAGE ? undefined : rows.at(-1)?.id };
}

/** One event a conversation, however many of its messages were matched: a long conversation is one thing to look at. */
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

/** As the mail's arrival would choose now. */
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

async function findMailContact(tx: Tx, companyId: string, row: MessageRow, { contacts, own }: Known) {
  if (row.communication_type === 'call') return undefined;
  return findContact(tx, companyId, row, candidatesOf(row, contacts, own));
}

/** The outcome of a call is that of the counterpart's leg, which may have been another one's before. */
function showLegOf(
  tx: Tx,
  companyId: string,
  row: MessageRow,
  contact: CalledContact,
  ownNumbers: readonly string[],
): void {
  if (row.call_state === null) return;
  const { direction, stored } = contentOfCall(row.call_state, contact, ownNumbers);
  change(tx, 'show_leg', {
    which: 't.id = $2 AND (t.direction <> $3 OR t.call IS DISTINCT FROM $4::jsonb)',
    set: 'direction = $3, call = $4::jsonb, updated_at = now()',
    values: [companyId, row.id, direction, JSON.stringify(stored)],
  });
}

/** The numbers of all legs that aren't ours, those that the lists show first. */
function counterpartNumbers(row: MessageRow, ownNumbers: readonly string[]): string[] {
  const numbers = [row.call?.from_number, row.call?.to_number, ...(row.call_state?.numbers ?? [])];
  return [...new Set(numbers.filter((number) => typeof number === 'string'))].filter(
    (number) => !ownNumbers.includes(number),
  );
}

/** A call's subject was made of the number while its contact was unknown. */
function withSubject(row: MessageRow, contact: KnownContact): MessageRow {
  const numbers = [row.call?.from_number, row.call?.to_number, ...(row.call_state?.numbers ?? [])];
  const isGenerated = row.subject === 'Call' || numbers.some((number) => row.subject === `Call with ${number}`);
  return row.communication_type === 'call' && isGenerated ? { ...row, subject: `Call with ${contact.name}` } : row;
}

async function rematchMessage(tx: Tx, companyId: string, row: MessageRow, contact: KnownContact): Promise<void> {
  const customer = { id: contact.customerId, name: contact.customerName };
  // Before the row, as a person's change does: the two would wait for each other.
  tx.send(lockThreadGroup(companyId, row.thread_group_id));
  assignCustomer(tx, companyId, row, customer, contact.id);
  if (row.communication_type !== 'email') return recountFormerCustomers(tx, companyId, [row.thread_group_id]);
  await linkNamedInvoices(tx, companyId, [row], customer);
  const { customers, hasUnmatched } = await findConversationCustomers(tx, companyId, [row.thread_group_id]);
  if (hasUnmatched && customers.every(({ id }) => id === customer.id))
    await rematchConversation(tx, companyId, row.thread_group_id, customer);
  else recountFormerCustomers(tx, companyId, [row.thread_group_id]);
  settleConversation(tx, companyId, row.thread_group_id, joinedOf(row));
}
