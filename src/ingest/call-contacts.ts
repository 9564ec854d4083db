import type { Connection } from '../db/client.ts';
import {
  type ContactRow,
  type Customer,
  customersOf,
  type KnownContact,
  onlyOne,
  toKnownContact,
} from './counterparts.ts';

/** Finds the counterpart of a call: the customer, and the contact whose number it names. */

export type CalledContact = KnownContact & { phone: string };

/** @param numbers E.164 */
export async function findContactsByPhone(
  connection: Connection,
  companyId: string,
  numbers: readonly string[],
): Promise<CalledContact[]> {
  const rows = await connection.query<ContactRow & { phone: string }>({
    name: 'contacts_by_phone',
    text: `
      SELECT k.id, k.name, k.customer_id, c.name AS customer_name, k.email, k.email_key, k.phone
      FROM contacts k
      JOIN customers c ON c.company_id = $1 AND c.id = k.customer_id
      WHERE k.company_id = $1 AND k.phone = ANY($2::text[])
      ORDER BY k.id`,
    values: [companyId, numbers],
  });
  return rows.map((row) => ({ ...toKnownContact(row), phone: row.phone }));
}

/** `isDisputed`: the call is with contacts of different customers. */
export type CallMatch = { contact: CalledContact | undefined; isDisputed: boolean };

/**
 * Chooses the contact of a call. If a contact called us, that one counts alone. Otherwise it is one of the customer to
 * whom every number belongs that is a contact's, because people of two customers may be in one call. If several
 * customers share the numbers, it is the one that the call already has.
 * @param numbers of all legs without our own, those that lists show first
 * @param callers the numbers that called us
 */
export function matchContact(
  numbers: readonly string[],
  callers: readonly string[],
  contacts: readonly CalledContact[],
  callCustomerId: string | null,
): CallMatch {
  const all = numbers.flatMap((number) => contacts.filter(({ phone }) => phone === number));
  const calling = all.filter(({ phone }) => callers.includes(phone));
  const possible = calling.length > 0 ? calling : all;
  const customers = customersOfEach(possible);
  const customer = onlyOne(customers) ?? customers.find(({ id }) => id === callCustomerId);
  return {
    contact: possible.find(({ customerId }) => customerId === customer?.id),
    isDisputed: possible.length > 0 && customers.length === 0,
  };
}

/** The customers to whom each of the contacts' numbers belongs. */
function customersOfEach(contacts: readonly CalledContact[]): Customer[] {
  const numbers = [...new Set(contacts.map(({ phone }) => phone))];
  const hasNumber = (id: string, number: string) =>
    contacts.some(({ customerId, phone }) => customerId === id && phone === number);
  return customersOf(contacts).filter(({ id }) => numbers.every((number) => hasNumber(id, number)));
}
