import { recountFormerCustomers } from '../conversations/former-customers.ts';
import { applyConversationRules } from '../conversations/merge.ts';
import { lockThreadGroup } from '../db/locks.ts';
import { settleAll } from '../db/settle-all.ts';
import type { Tx } from '../db/transaction.ts';
import { addressKey } from '../mail/address.ts';
import {
  type Candidates,
  type Customer,
  chooseCounterpart,
  findContactsByAddress,
  type KnownContact,
} from './counterparts.ts';
import { findConversationCustomers, findInvoicesOf, invoicesNamedIn } from './customer-evidence.ts';
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
} from './stored-messages.ts';

/** Matches a stored message to a customer and a contact again. */

/** Assigns the contact's customer to a message, and to its conversation's other mails if they have none. */
export async function rematchMessage(tx: Tx, companyId: string, row: MessageRow, contact: KnownContact): Promise<void> {
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
    const withCandidates = rows.map((row) => ({ row, candidates: candidatesOf(row, contacts, own) }));
    const matched: MessageRow[] = [];
    for (const { row, candidates } of withCandidates) {
      const contact = candidates.contacts.find(({ customerId }) => customerId === customer.id);
      if (candidates.customers.length > 0 && !contact) continue;
      matched.push(row);
      assignCustomer(tx, companyId, row, customer, contact?.id ?? null);
    }
    if (matched.length > 0) await linkNamedInvoices(tx, companyId, matched, customer);
  }
  recountFormerCustomers(tx, companyId, [threadGroupId]);
}

/** The contact that the mail would get if it arrived now. */
export async function findContact(
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

export type KnownParties = { contacts: KnownContact[]; own: OwnAddresses };

export async function findParties(tx: Tx, companyId: string, rows: readonly MessageRow[]): Promise<KnownParties> {
  const keys = rows.flatMap(addressesOf).map(addressKey);
  const [contacts, mailboxes] = await settleAll(
    findContactsByAddress(tx, companyId, [...new Set(keys.filter((key) => key !== null))]),
    findMailboxAddresses(tx, companyId),
  );
  const addresses = contacts.map(({ email }) => email);
  return { contacts, own: new OwnAddresses(mailboxes, addresses) };
}
