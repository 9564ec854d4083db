import type { Connection } from '../db/client.ts';
import type { Direction } from '../domain/vocabulary.ts';
import { addressKey, type Correspondent } from '../mail/address.ts';

/** Who the company speaks with in a mail: the customer's contact whose address is in it. */

export type KnownContact = {
  id: string;
  name: string;
  customerId: string;
  customerName: string;
  addressKey: string | null;
};

export type AddressedMail = {
  from: Correspondent | null;
  replyTo?: readonly Correspondent[];
  to: readonly Correspondent[];
  cc: readonly Correspondent[];
  bcc?: readonly Correspondent[];
};

/**
 * Keys of the counterparts' addresses, those first that say most about whom the mail is with: the sender of an inbound
 * mail, the recipients of an outbound one. The company's own mailboxes are no counterpart.
 */
export function counterpartKeys(mail: AddressedMail, direction: Direction, ownAddresses: readonly string[]): string[] {
  const recipients = [...mail.to, ...mail.cc, ...(mail.bcc ?? [])];
  const senders = [...(mail.from ? [mail.from] : []), ...(mail.replyTo ?? [])];
  const parties = direction === 'inbound' ? [...senders, ...recipients] : recipients;
  const own = new Set(ownAddresses.map(addressKey));
  const keys = parties.map(({ email }) => addressKey(email)).filter((key) => key !== null && !own.has(key));
  return [...new Set(keys as string[])];
}

/** Every key that stands in a mail, whoever it belongs to. */
export function allKeys(mail: AddressedMail): string[] {
  const parties = [
    ...(mail.from ? [mail.from] : []),
    ...(mail.replyTo ?? []),
    ...mail.to,
    ...mail.cc,
    ...(mail.bcc ?? []),
  ];
  const keys = parties.map(({ email }) => addressKey(email)).filter((key) => key !== null);
  return [...new Set(keys)];
}

type ContactRow = {
  id: string;
  name: string;
  customer_id: string;
  customer_name: string;
  email_key: string | null;
};

export async function findContactsByAddress(
  connection: Connection,
  companyId: string,
  keys: readonly string[],
): Promise<KnownContact[]> {
  const rows = await connection.query<ContactRow>({
    name: 'contacts_by_address',
    text: `
      SELECT k.id, k.name, k.customer_id, c.name AS customer_name, k.email_key
      FROM contacts k
      JOIN customers c ON c.company_id = $1 AND c.id = k.customer_id
      WHERE k.company_id = $1 AND k.email_key = ANY($2::text[])
      ORDER BY k.id`,
    values: [companyId, keys],
  });
  return rows.map(toKnownContact);
}

/** @param numbers E.164 */
export async function findContactsByPhone(
  connection: Connection,
  companyId: string,
  numbers: readonly string[],
): Promise<(KnownContact & { phone: string })[]> {
  const rows = await connection.query<ContactRow & { phone: string }>({
    name: 'contacts_by_phone',
    text: `
      SELECT k.id, k.name, k.customer_id, c.name AS customer_name, k.email_key, k.phone
      FROM contacts k
      JOIN customers c ON c.company_id = $1 AND c.id = k.customer_id
      WHERE k.company_id = $1 AND k.phone = ANY($2::text[])
      ORDER BY k.id`,
    values: [companyId, numbers],
  });
  return rows.map((row) => ({ ...toKnownContact(row), phone: row.phone }));
}

/**
 * The contact of the first counterpart who is one. Where an address belongs to contacts of two customers, the
 * conversation's customer decides, else the contact that is there longest.
 */
export function chooseContact(
  keys: readonly string[],
  contacts: readonly KnownContact[],
  conversationCustomerId: string | null,
): KnownContact | undefined {
  for (const key of keys) {
    const candidates = contacts.filter((contact) => contact.addressKey === key);
    const chosen = candidates.find(({ customerId }) => customerId === conversationCustomerId) ?? candidates[0];
    if (chosen) return chosen;
  }
  return undefined;
}

function toKnownContact(row: ContactRow): KnownContact {
  return {
    id: row.id,
    name: row.name,
    customerId: row.customer_id,
    customerName: row.customer_name,
    addressKey: row.email_key,
  };
}
