import { get } from './api.js';
import { money, shortDate } from './dom.js';

/** Customers, contacts, invoices and members, for the pickers. */

const LIMIT = 500;

export const findCustomers = async (search) =>
  (await list('customers', { search, page_size: 20 })).map(({ id, name, external_id: externalId }) => ({
    id,
    name,
    detail: externalId,
  }));

export const listContacts = async (customerId) =>
  (await list('contacts', { customer_id: customerId, page_size: LIMIT })).map(({ id, name, email, phone }) => [
    id,
    [name, email ?? phone].filter(Boolean).join(' · '),
  ]);

/** Invoices that aren't paid or void come first. */
export const listInvoices = async (customerId) =>
  (await list('invoices', { customer_id: customerId, page_size: LIMIT }))
    .sort((one, other) => Number(isClosed(one)) - Number(isClosed(other)))
    .map((invoice) => ({
      id: invoice.id,
      number: invoice.number,
      detail: [
        money(invoice.amount, invoice.currency),
        invoice.due_date && `due ${shortDate(invoice.due_date)}`,
        isClosed(invoice) && invoice.status,
      ]
        .filter(Boolean)
        .join(' · '),
    }));

export const listMembers = async () =>
  (await list('members', { page_size: LIMIT })).map(({ user_id: id, name, username }) => [id, name || username]);

const isClosed = ({ status }) => status === 'paid' || status === 'void';

async function list(collection, query) {
  return (await get(collection, query)).data;
}
