import { shareCompany } from '../conversations/append.ts';
import { recountFormerCustomers } from '../conversations/former-customers.ts';
import { AS_LINKED, change, IS_ANSWERED, settleConversation, WAS_LINKED } from '../conversations/merge.ts';
import { searchVector } from '../conversations/search-words.ts';
import type { Db } from '../db/client.ts';
import { lockCompanyMail, lockThreadGroup } from '../db/locks.ts';
import type { StoredAddress, StoredCall } from '../db/schema.ts';
import type { Tx } from '../db/transaction.ts';
import type { BodyType, Direction } from '../domain/vocabulary.ts';
import { OPERATOR, recordAudit } from '../journal/audit.ts';
import { recordChange } from '../journal/counters.ts';
import { classifyAr } from '../mail/ar-classifier.ts';
import { findInvoiceNumbers } from '../mail/invoice-numbers.ts';
import { fullTextOf, ownTextOf } from '../mail/preview.ts';
import {
  chooseContact,
  counterpartKeys,
  findContactsByAddress,
  findContactsByPhone,
  type KnownContact,
} from './counterparts.ts';

/** Matching customers, contacts and invoices to mails and calls that are stored already. */

export type Customer = { id: string; name: string };

type MessageRow = {
  id: string;
  thread_group_id: string;
  timestamp: string;
  communication_type: string;
  direction: Direction;
  customer_id: string | null;
  customer_name: string | null;
  contact_id: string | null;
  is_ar_related: boolean | null;
  is_automatic: boolean;
  subject: string;
  preview: string | null;
  body: string | null;
  body_type: BodyType | null;
  from_address: StoredAddress | null;
  to_addresses: StoredAddress[];
  cc_addresses: StoredAddress[];
  call: StoredCall | null;
};

const MESSAGE_COLUMNS = `
  t.id, t.thread_group_id, t."timestamp", t.communication_type, t.direction, t.customer_id,
  (SELECT c.name FROM customers c WHERE c.company_id = $1 AND c.id = t.customer_id) AS customer_name,
  t.contact_id, t.is_ar_related, t.is_automatic, t.subject, t.preview, t.body, t.body_type,
  t.from_address, t.to_addresses, t.cc_addresses, t.call`;

/** Gives the mails of a conversation that matched nobody the conversation's customer. */
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
  for (const row of rows) assign(tx, companyId, row, customer, null);
  if (rows.length > 0) await linkNamedInvoices(tx, companyId, rows, customer);
  recountFormerCustomers(tx, companyId, [threadGroupId]);
}

/** Looks for invoices in mails whose text has changed, and judges them by it. The caller holds their conversations' locks. */
export async function judgeAgain(tx: Tx, companyId: string, threadIds: readonly string[]): Promise<void> {
  const rows = await tx.query<MessageRow>({
    name: 'mails_by_id',
    text: `SELECT ${MESSAGE_COLUMNS} FROM communication_threads t WHERE t.company_id = $1 AND t.id = ANY($2::uuid[])`,
    values: [companyId, threadIds],
  });
  for (const row of rows) {
    const customer = row.customer_id === null ? null : { id: row.customer_id, name: row.customer_name ?? '' };
    writeSearchWords(tx, companyId, row, customer?.name ?? null);
    if (row.is_ar_related !== true && !row.is_automatic) markIfAboutReceivables(tx, companyId, row);
    if (customer) await linkNamedInvoices(tx, companyId, [row], customer);
    settleConversation(tx, companyId, row.thread_group_id, row);
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
  const ownAddresses = (
    await tx.query<{ email: string }>({
      text: 'SELECT email FROM mailboxes WHERE company_id = $1',
      values: [companyId],
    })
  ).map(({ email }) => email);
  const contacts = await findContactsByAddress(
    tx,
    companyId,
    rows.flatMap((row) => keysOf(row, ownAddresses)),
  );
  const byPhone = await findContactsByPhone(tx, companyId, rows.flatMap(numbersOf));

  const matched: MessageRow[] = [];
  for (const row of rows) {
    const contact =
      row.communication_type === 'call'
        ? byPhone.find(({ phone }) => numbersOf(row).includes(phone))
        : chooseContact(keysOf(row, ownAddresses), contacts, row.customer_id);
    // A customer that is there was given by a person, an import or the conversation, and stays.
    if (!contact || (row.customer_id !== null && row.customer_id !== contact.customerId)) continue;
    matched.push(row);
    await rematchMessage(tx, companyId, row, contact);
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

async function rematchMessage(tx: Tx, companyId: string, row: MessageRow, contact: KnownContact): Promise<void> {
  const customer = { id: contact.customerId, name: contact.customerName };
  // Before the row, as a person's change does: the two would wait for each other.
  tx.send(lockThreadGroup(companyId, row.thread_group_id));
  assign(tx, companyId, row, customer, contact.id);
  if (row.communication_type !== 'email') return recountFormerCustomers(tx, companyId, [row.thread_group_id]);
  await linkNamedInvoices(tx, companyId, [row], customer);
  await rematchConversation(tx, companyId, row.thread_group_id, customer);
  settleConversation(tx, companyId, row.thread_group_id, row);
}

function keysOf(row: MessageRow, ownAddresses: readonly string[]): string[] {
  const mail = { from: row.from_address, to: row.to_addresses, cc: row.cc_addresses };
  return counterpartKeys(mail, row.direction, ownAddresses);
}

function numbersOf(row: MessageRow): string[] {
  return [row.call?.from_number, row.call?.to_number].filter((number) => typeof number === 'string');
}

function assign(tx: Tx, companyId: string, row: MessageRow, customer: Customer, contactId: string | null): void {
  tx.send({
    name: 'assign_customer',
    text: `
      UPDATE communication_threads
      SET customer_id = $3, contact_id = $4, updated_at = now()
      WHERE company_id = $1 AND id = $2`,
    values: [companyId, row.id, customer.id, contactId],
  });
  writeSearchWords(tx, companyId, row, customer.name);
}

function writeSearchWords(tx: Tx, companyId: string, row: MessageRow, customerName: string | null): void {
  const words = searchVector({
    subject: row.subject,
    preview: row.preview,
    customerName,
    from: row.from_address,
    to: row.to_addresses,
    cc: row.cc_addresses,
  });
  tx.send({
    name: 'write_search_words',
    text: 'UPDATE communication_threads SET search_words = $3::tsvector WHERE company_id = $1 AND id = $2',
    values: [companyId, row.id, words],
  });
}

/** Links the invoices that mails name. */
async function linkNamedInvoices(tx: Tx, companyId: string, rows: MessageRow[], customer: Customer): Promise<void> {
  const invoices = await tx.query<{ id: string; number: string }>({
    name: 'invoices_of_customer',
    text: 'SELECT id, number FROM invoices WHERE company_id = $1 AND customer_id = $2 ORDER BY id',
    values: [companyId, customer.id],
  });
  const numbers = invoices.map(({ number }) => number);
  for (const row of rows) {
    const text = `${row.subject}\n${fullTextOf(row.body, row.body_type ?? 'text/html') || (row.preview ?? '')}`;
    const named = new Set(findInvoiceNumbers(text, numbers));
    if (named.size === 0) continue;
    change(tx, 'link_named_invoices', {
      before: `
        linked AS (
          INSERT INTO communication_thread_invoices (company_id, thread_id, invoice_id, position)
          SELECT $1, $2, i.id,
                 COALESCE((SELECT max(p.position) + 1 FROM communication_thread_invoices p
                           WHERE p.company_id = $1 AND p.thread_id = $2), 0) + i.nth - 1
          FROM unnest($3::uuid[]) WITH ORDINALITY AS i(id, nth)
          ON CONFLICT DO NOTHING
          RETURNING thread_id
        ),`,
      which: WAS_LINKED,
      set: AS_LINKED,
      values: [companyId, row.id, invoices.filter(({ number }) => named.has(number)).map(({ id }) => id)],
    });
  }
}
