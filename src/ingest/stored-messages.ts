import { answersIn, conversationOf } from '../conversations/answers.ts';
import { changeMessages, LINKED_MESSAGES, SET_AR_RELATED } from '../conversations/merge.ts';
import { SEARCHED_LENGTH, type Searchable } from '../conversations/search-words.ts';
import { replaceWords } from '../conversations/write-words.ts';
import type { communicationThreads } from '../db/schema.ts';
import type { StoredRow } from '../db/table-columns.ts';
import type { Tx } from '../db/transaction.ts';
import { findInvoiceNumbers } from '../mail/invoice-numbers.ts';
import { fullTextOf, ownTextOf } from '../mail/preview.ts';
import {
  type Candidates,
  type Customer,
  candidatesIn,
  counterpartAddressGroups,
  type KnownContact,
} from './counterparts.ts';
import type { OwnAddresses } from './parties.ts';
import type { Call } from './vonage/call.ts';

/**
 * Updates stored mails and calls when something about them is learned later: customer, contact, search words, invoices.
 */

export type MessageRow = StoredRow<
  typeof communicationThreads,
  | ('id' | 'threadGroupId' | 'timestamp' | 'communicationType' | 'direction' | 'customerId' | 'contactId' | 'call')
  | ('isArRelated' | 'isAutomatic' | 'isAnswer' | 'subject' | 'preview' | 'body' | 'bodyType')
  | ('fromAddress' | 'toAddresses' | 'ccAddresses' | 'furtherAddresses')
> & {
  customer_name: string | null;
  /** The call's state, built from its events; null for mails and for imported calls. */
  call_state: Call | null;
};

export const MESSAGE_COLUMNS = `
  t.id, t.thread_group_id, t."timestamp", t.communication_type, t.direction, t.customer_id,
  (SELECT c.name FROM customers c WHERE c.company_id = $1 AND c.id = t.customer_id) AS customer_name,
  t.contact_id, t.is_ar_related, t.is_automatic, t.is_answer, t.subject, t.preview, t.body, t.body_type,
  t.from_address, t.to_addresses, t.cc_addresses, t.further_addresses, t.call,
  (SELECT s.state FROM calls s WHERE s.company_id = $1 AND s.thread_id = t.id) AS call_state`;

/** Addresses of all parties, for the look-up of contacts. */
export function addressesOf(row: MessageRow): string[] {
  const parties = [...(row.from_address ? [row.from_address] : []), ...row.to_addresses, ...row.cc_addresses];
  return [...parties.map(({ email }) => email), ...row.further_addresses];
}

/** The contacts that a mail's arrival would have found. */
export function candidatesOf(row: MessageRow, contacts: readonly KnownContact[], own: OwnAddresses): Candidates {
  const { from_address: from, to_addresses: to, cc_addresses: cc, further_addresses: further } = row;
  return candidatesIn(counterpartAddressGroups({ from, to, cc, further }, row.direction, own), contacts);
}

/** The changed message in the form that `applyConversationRules` takes. */
export function joinedMessage(row: MessageRow) {
  const isAnswer = row.direction === 'outbound' && !row.is_automatic && row.is_answer !== false;
  return { id: row.id, isAnswer, timestamp: row.timestamp };
}

export function assignCustomer(
  tx: Tx,
  companyId: string,
  row: MessageRow,
  customer: Customer,
  contactId: string | null,
): void {
  tx.send({
    name: 'assign_customer',
    text: `
      UPDATE communication_threads
      SET customer_id = $3, contact_id = $4, subject = $5, updated_at = now()
      WHERE company_id = $1 AND id = $2`,
    values: [companyId, row.id, customer.id, contactId, row.subject],
  });
  writeSearchWords(tx, companyId, row);
}

export function writeSearchWords(tx: Tx, companyId: string, row: MessageRow): void {
  replaceWords(tx, companyId, row.id, searchableOf(row));
}

export type SearchableRow = Pick<
  MessageRow,
  'subject' | 'body' | 'body_type' | 'preview' | 'from_address' | 'to_addresses' | 'cc_addresses'
>;

/** The texts of a stored message that its search words are made from. */
export function searchableOf(row: SearchableRow): Searchable {
  return {
    subject: row.subject,
    ownText: row.body === null ? row.preview : ownTextOf(row.body, row.body_type ?? 'text/html', SEARCHED_LENGTH),
    from: row.from_address,
    to: row.to_addresses,
    cc: row.cc_addresses,
  };
}

/** The text of a stored mail that is searched for invoice numbers. */
export function textOf(row: MessageRow): string {
  return `${row.subject}\n${fullTextOf(row.body, row.body_type ?? 'text/html') || (row.preview ?? '')}`;
}

/** Links each mail to the customer's invoices that its text names. */
export async function linkNamedInvoices(
  tx: Tx,
  companyId: string,
  rows: readonly MessageRow[],
  customer: Customer,
): Promise<void> {
  const invoices = await tx.query<{ id: string; number: string }>({
    name: 'invoices_of_customer',
    text: 'SELECT id, number FROM invoices WHERE company_id = $1 AND customer_id = $2 ORDER BY id',
    values: [companyId, customer.id],
  });
  const numbers = invoices.map(({ number }) => number);
  for (const row of rows) {
    const named = new Set(findInvoiceNumbers(textOf(row), numbers));
    if (named.size === 0) continue;
    changeMessages(tx, 'link_named_invoices', {
      before: `${answersIn(conversationOf('$2'))}
        linked AS (
          INSERT INTO communication_thread_invoices (company_id, thread_id, invoice_id, position)
          SELECT $1, $2, i.id,
                 COALESCE((SELECT max(p.position) + 1 FROM communication_thread_invoices p
                           WHERE p.company_id = $1 AND p.thread_id = $2), 0) + i.nth - 1
          FROM unnest($3::uuid[]) WITH ORDINALITY AS i(id, nth)
          ON CONFLICT DO NOTHING
          RETURNING thread_id
        ),`,
      where: LINKED_MESSAGES,
      set: SET_AR_RELATED,
      values: [companyId, row.id, invoices.filter(({ number }) => named.has(number)).map(({ id }) => id)],
    });
  }
}
