import type { Connection } from '../db/client.ts';
import type { Direction } from '../domain/vocabulary.ts';
import { addressKey, exactAddressKey, untaggedAddressKey } from '../mail/address.ts';
import type { OwnAddresses } from './parties.ts';

/** Finds the counterpart of a mail: the customer, and the contact whose address it names. */

export type Customer = { id: string; name: string };

export type KnownContact = {
  id: string;
  name: string;
  customerId: string;
  customerName: string;
  email: string | null;
  addressKey: string | null;
};

export type AddressedMail = {
  /** The author. */
  from: { email: string } | null;
  to: readonly { email: string }[];
  cc: readonly { email: string }[];
  /** Addresses that lists don't show: of Reply-To and bcc, and the failed recipients that a bounce names. */
  further: readonly string[];
};

/**
 * The addresses outside the company, in groups. The group that identifies the counterpart best comes first: the sender
 * of an inbound mail, the recipients of an outbound one.
 */
export function counterpartAddressGroups(mail: AddressedMail, direction: Direction, own: OwnAddresses): string[][] {
  const to = mail.to.map(({ email }) => email);
  const cc = mail.cc.map(({ email }) => email);
  const sender = mail.from ? [mail.from.email] : [];
  const groups = direction === 'inbound' ? [sender, [...mail.further], to, cc] : [to, cc, [...mail.further]];
  return groups.map((addresses) => addresses.filter((address) => !own.includes(address)));
}

export type Candidates = { contacts: KnownContact[]; customers: Customer[] };

/**
 * The contacts of the first group of addresses that belongs to any. For each address, an exact match of a contact's
 * counts before one that differs in its plus-tag, and that before one that differs in Gmail's dots or domain.
 */
export function candidatesIn(
  addressGroups: readonly (readonly string[])[],
  contacts: readonly KnownContact[],
): Candidates {
  for (const group of addressGroups) {
    const found = group.flatMap((address) => contactsAt(address, contacts));
    if (found.length > 0) return { contacts: found, customers: customersOf(found) };
  }
  return { contacts: [], customers: [] };
}

function contactsAt(address: string, contacts: readonly KnownContact[]): KnownContact[] {
  const key = addressKey(address);
  if (key === null) return [];
  const same = contacts.filter((contact) => contact.addressKey === key);
  for (const spelling of [exactAddressKey, untaggedAddressKey]) {
    const found = same.filter(({ email }) => email !== null && spelling(email) === spelling(address));
    if (found.length > 0) return found;
  }
  return same;
}

export function customersOf(contacts: readonly KnownContact[]): Customer[] {
  const names = new Map(contacts.map(({ customerId, customerName }) => [customerId, customerName]));
  return Array.from(names, ([id, name]) => ({ id, name }));
}

export type Evidence = {
  /** Customers of the conversation's other messages. */
  conversation: readonly Customer[];
  /** Returns those of the given customers whose invoices the text names. */
  named: (customers: readonly Customer[]) => readonly Customer[];
};

export type Counterpart = { customer: Customer | undefined; contact: KnownContact | undefined };

/**
 * Chooses the customer of a mail, and the contact. The customer is the one that the addresses belong to. If they belong
 * to several, it is the one that the conversation is with, else the one whose invoice the mail names. If they belong to
 * none, it is the conversation's customer. Where that leaves a doubt the customer stays undefined: none is better than
 * a guess.
 */
export function chooseCounterpart({ contacts, customers }: Candidates, evidence: Evidence): Counterpart {
  const possible = customers.length > 0 ? customers : evidence.conversation;
  const customer = onlyOne(possible) ?? fromEvidence(possible, evidence);
  return { customer, contact: contacts.find(({ customerId }) => customerId === customer?.id) };
}

function fromEvidence(possible: readonly Customer[], { conversation, named }: Evidence): Customer | undefined {
  const inConversation = possible.filter(({ id }) => conversation.some((customer) => customer.id === id));
  return onlyOne(inConversation) ?? onlyOne(named(possible));
}

export function onlyOne(customers: readonly Customer[]): Customer | undefined {
  return customers.length === 1 ? customers[0] : undefined;
}

export type ContactRow = {
  id: string;
  name: string;
  customer_id: string;
  customer_name: string;
  email: string | null;
  email_key: string | null;
};

/** @param keys address keys, without plus-tags */
export async function findContactsByAddress(
  connection: Connection,
  companyId: string,
  keys: readonly string[],
): Promise<KnownContact[]> {
  const rows = await connection.query<ContactRow>({
    name: 'contacts_by_address',
    text: `
      SELECT k.id, k.name, k.customer_id, c.name AS customer_name, k.email, k.email_key
      FROM contacts k
      JOIN customers c ON c.company_id = $1 AND c.id = k.customer_id
      WHERE k.company_id = $1 AND k.email_key = ANY($2::text[])
      ORDER BY k.id`,
    values: [companyId, keys],
  });
  return rows.map(toKnownContact);
}

export function toKnownContact(row: ContactRow): KnownContact {
  return {
    id: row.id,
    name: row.name,
    customerId: row.customer_id,
    customerName: row.customer_name,
    email: row.email,
    addressKey: row.email_key,
  };
}
