import { Type } from '@sinclair/typebox';
import {
  ACTION_STATUSES,
  ACTION_TYPES,
  INDEXED_LENGTH,
  INVOICE_STATUSES,
  STEP_TYPES,
  TOUCHPOINT_STATUSES,
} from '../../domain/vocabulary.ts';
import { EXAMPLE_IDS } from '../../http/openapi/examples.ts';
import { OneOf, Uuid } from '../../http/schema.ts';
import type { Collection, CollectionName } from './collection.ts';
import {
  completedByField,
  customerField,
  customerFilter,
  dueBeforeFilter,
  dueDateFilter,
  dueOrder,
  enumField,
  equalityFilter,
  invoiceFilter,
  nameField,
  SORT_KEY,
  statusesFilter,
  textField,
  timeField,
} from './fields.ts';

/** The collections of reference data (contract §4). A new field is one line here and one in `db/schema/`. */

const MESSAGES = 'communication_threads';

/** The disputed invoices, to which no foreign key refers. */
const DISPUTED = `(
  SELECT t.company_id, i.id::uuid AS invoice_id
  FROM communication_threads t
  CROSS JOIN LATERAL jsonb_array_elements_text(t.dispute -> 'invoice_ids') AS i(id)
  WHERE t.dispute IS NOT NULL)`;

export const COLLECTIONS: Record<CollectionName, Collection> = {
  customers: {
    name: 'customers',
    singular: 'Customer',
    plural: 'Customers',
    table: 'customers',
    event: 'customer',
    tag: 'Customers',
    fields: { name: nameField('The name.', 'Acme Corp') },
    filters: {},
    wordTable: 'customer_list_words',
    orders: { name: SORT_KEY },
    usedBy: [
      { what: 'contacts', table: 'contacts', column: 'customer_id' },
      { what: 'invoices', table: 'invoices', column: 'customer_id' },
      { what: 'actions', table: 'scheduled_actions', column: 'customer_id' },
      { what: 'touchpoints', table: 'scheduled_touchpoints', column: 'customer_id' },
      { what: 'promises', table: 'promises', column: 'customer_id' },
      { what: 'communications', table: MESSAGES, column: 'customer_id' },
    ],
  },
  contacts: {
    name: 'contacts',
    singular: 'Contact',
    plural: 'Contacts',
    table: 'contacts',
    event: 'contact',
    tag: 'Contacts',
    fields: {
      customer_id: customerField,
      name: nameField('The name.', 'Dana Reyes'),
      email: {
        schema: Type.String({
          minLength: 1,
          maxLength: INDEXED_LENGTH,
          'x-trim': true,
          description: 'The email address, by which mail is matched to the contact.',
          examples: ['dana@acme.example'],
        }),
        type: 'text',
      },
      phone: {
        schema: Type.String({ format: 'e164', description: 'E.164.', examples: ['+15551234567'] }),
        type: 'text',
      },
    },
    filters: {
      customer_id: customerFilter,
      email: {
        schema: Type.String({
          maxLength: INDEXED_LENGTH,
          description: 'Exactly this email address, without case.',
          examples: ['dana@acme.example'],
        }),
        sql: (value) => `t.email IS NOT NULL AND lower(t.email) = lower(${value}::text)`,
      },
      phone: equalityFilter(
        'phone',
        'text',
        Type.String({ maxLength: 16, description: 'Exactly this number.', examples: ['+15551234567'] }),
      ),
    },
    wordTable: 'contact_list_words',
    orders: { name: SORT_KEY },
    usedBy: [{ what: 'communications', table: MESSAGES, column: 'contact_id' }],
  },
  invoices: {
    name: 'invoices',
    singular: 'Invoice',
    plural: 'Invoices',
    table: 'invoices',
    event: 'invoice',
    tag: 'Invoices',
    fields: {
      customer_id: customerField,
      number: nameField('The number by which mail refers to the invoice.', 'INV-1001'),
      amount: {
        schema: Type.String({
          format: 'amount',
          description: 'A decimal number, negative for a credit note. Stored as given.',
          examples: ['1250.00'],
        }),
        type: 'numeric',
      },
      currency: {
        schema: Type.String({ format: 'currency', description: 'ISO 4217.', examples: ['USD'] }),
        type: 'text',
      },
      due_date: {
        schema: Type.String({ format: 'date', description: 'The due date.', examples: ['2026-05-31'] }),
        type: 'date',
      },
      status: enumField(INVOICE_STATUSES, 'The status in the ERP.', false),
    },
    filters: {
      customer_id: customerFilter,
      number: {
        schema: Type.String({ maxLength: 500, description: 'Exactly this number.', examples: ['INV-1001'] }),
        sql: (value) => `t.sort_key = list_sort_key(${value}::text) AND t.number = ${value}::text`,
      },
      status: equalityFilter(
        'status',
        'text',
        OneOf(INVOICE_STATUSES, { description: 'Invoices with this status.', examples: ['open'] }),
      ),
      due_from: dueDateFilter('>=', 'Due on this day or later.'),
      due_to: dueDateFilter('<=', 'Due on this day or earlier.'),
    },
    wordTable: 'invoice_list_words',
    orders: { number: SORT_KEY, due_date: dueOrder('due_date', 'date') },
    usedBy: [
      { what: 'actions', table: 'scheduled_actions', column: 'invoice_id' },
      { what: 'promises', table: 'promise_invoices', column: 'invoice_id' },
      { what: 'communications', table: 'communication_thread_invoices', column: 'invoice_id' },
      { what: 'disputes', table: DISPUTED, column: 'invoice_id' },
    ],
  },
  actions: {
    name: 'actions',
    singular: 'Action',
    plural: 'Actions',
    table: 'scheduled_actions',
    event: 'action',
    tag: 'Actions',
    fields: {
      customer_id: customerField,
      invoice_id: {
        schema: Uuid({ description: 'The invoice that the action is about.', examples: [EXAMPLE_IDS.invoice] }),
        type: 'uuid',
        parent: 'invoices',
      },
      action_type: enumField(ACTION_TYPES, 'The type of action.'),
      status: enumField(ACTION_STATUSES, 'The status. A completed action keeps it.'),
      description: textField('A description of the action.', 'Call about INV-1001'),
      due_at: timeField('When the action is due.'),
      executed_at: timeField('When the action was completed.'),
      completed_by_thread_id: completedByField,
    },
    filters: {
      customer_id: customerFilter,
      invoice_id: invoiceFilter,
      status: statusesFilter(ACTION_STATUSES),
      due_before: dueBeforeFilter('due_at'),
    },
    orders: { due_at: dueOrder('due_at', 'timestamptz') },
    usedBy: [{ what: 'communications', table: MESSAGES, column: 'scheduled_action_id' }],
    completedAt: 'executed_at',
  },
  touchpoints: {
    name: 'touchpoints',
    singular: 'Touchpoint',
    plural: 'Touchpoints',
    table: 'scheduled_touchpoints',
    event: 'touchpoint',
    tag: 'Touchpoints',
    fields: {
      customer_id: customerField,
      step_type: enumField(STEP_TYPES, 'The type of step.'),
      status: enumField(TOUCHPOINT_STATUSES, 'The status. A completed touchpoint keeps it.'),
      label: textField('A label.', 'Day 30 call'),
      scheduled_for: timeField('When the touchpoint is due.'),
      completed_at: timeField('When the touchpoint was completed.'),
      completed_by_thread_id: completedByField,
    },
    filters: {
      customer_id: customerFilter,
      status: statusesFilter(TOUCHPOINT_STATUSES),
      due_before: dueBeforeFilter('scheduled_for'),
    },
    orders: { scheduled_for: dueOrder('scheduled_for', 'timestamptz') },
    usedBy: [{ what: 'communications', table: MESSAGES, column: 'scheduled_touchpoint_id' }],
    completedAt: 'completed_at',
  },
};
