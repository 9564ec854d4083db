/** The ids of everything that stands before the threads in the file. */

import { invoiceOf } from './invoices.ts';
import type { CustomerKey } from './people.ts';
import { uuidFor } from './script.ts';

/** The morning on which the company began to use the server. */
export const STARTED = new Date('2026-04-20T14:00:00Z');
export const userId = (key: string): string => uuidFor('user', key, STARTED);
export const customerId = (key: CustomerKey): string => uuidFor('customer', key, STARTED);
export const contactId = (key: string): string => uuidFor('contact', key, STARTED);
export const invoiceId = (number: number): string =>
  uuidFor('invoice', String(number), new Date(`2026-${invoiceOf(number).issued}T18:00:00Z`));
export const actionId = (key: string): string => uuidFor('action', key, STARTED);
export const touchpointId = (key: string): string => uuidFor('touchpoint', key, STARTED);
