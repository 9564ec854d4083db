import { type Static, Type } from '@sinclair/typebox';
import { COMMUNICATION_TYPES, DIRECTIONS, DISPUTE_REASONS, LOG_OUTCOMES } from '../../domain/vocabulary.ts';
import { EXAMPLE_IDS } from '../../http/openapi/examples.ts';
import { doc, Nullable, OneOf, Timestamp, Uuid } from '../../http/schema.ts';

/** Null means "not given", as for the top-level fields of the body. */
const InvoiceIds = (description: string) =>
  Type.Optional(
    Nullable(
      Type.Array(Type.String({ format: 'uuid' }), { maxItems: 200, ...doc(description, [EXAMPLE_IDS.invoice]) }),
    ),
  );

const NewPromise = Type.Object(
  {
    due_on: Type.String({
      format: 'date',
      ...doc('The last day for keeping the promise, in the company’s time zone.', '2026-06-05'),
    }),
    amount: Type.Optional(
      Nullable(
        Type.String({
          format: 'positive-amount',
          ...doc('A decimal number above zero: up to 15 digits before the point and 6 after it.', '4210.00'),
        }),
      ),
    ),
    currency: Type.Optional(Nullable(Type.String({ format: 'currency', ...doc('ISO 4217.', 'USD') }))),
    invoice_ids: InvoiceIds('The invoices that the promise is about, of the same customer.'),
  },
  { description: 'The customer’s promise to pay. It is stored as a promise of the customer.' },
);

const NewDispute = Type.Object(
  {
    reason: OneOf(DISPUTE_REASONS, doc('Why the customer won’t pay.', 'price')),
    invoice_ids: InvoiceIds('The disputed invoices, of the same customer.'),
  },
  { description: 'The customer’s dispute.' },
);

/** The body of log-manual (contract §3 and §5). */
export const ManualLog = Type.Object(
  {
    communication_type: OneOf(
      COMMUNICATION_TYPES,
      doc('Type of communication: call, email, meeting, or another supported type.', 'call'),
    ),
    notes: Type.String({
      minLength: 1,
      maxLength: 20_000,
      'x-trim': true,
      ...doc(
        'Notes or summary of the communication. Stored encrypted.',
        'Spoke with AP manager. She confirmed payment will process on June 5.',
      ),
    }),
    customer_id: Type.Optional(
      Uuid(
        doc(
          'The customer. Optional when the contact, the invoices or a scheduled id determine it.',
          EXAMPLE_IDS.customer,
        ),
      ),
    ),
    direction: Type.Optional(OneOf(DIRECTIONS, { default: 'outbound', ...doc('inbound or outbound.', 'outbound') })),
    subject: Type.Optional(
      Type.String({
        maxLength: 500,
        'x-trim': true,
        ...doc(
          'Subject line. If omitted, a subject is generated from the communication type and customer name.',
          'Call with Acme Corp',
        ),
      }),
    ),
    contact_id: Type.Optional(Uuid(doc('UUID of the CustomerContact involved.', EXAMPLE_IDS.contact))),
    invoice_ids: Type.Optional(
      Type.Array(Type.String({ format: 'uuid' }), {
        maxItems: 200,
        ...doc('List of invoice UUIDs to link to this communication.', [EXAMPLE_IDS.invoice]),
      }),
    ),
    timestamp: Type.Optional(
      Timestamp(doc('ISO datetime when the communication occurred. Defaults to now.', '2026-05-12T14:30:00Z')),
    ),
    is_resolved: Type.Optional(
      Type.Boolean({ default: false, ...doc('Whether this communication resolved the outstanding issue.', false) }),
    ),
    strategy_tags: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 100, 'x-trim': true }), {
        maxItems: 50,
        ...doc('List of strategy tag strings to attach.', ['promise-to-pay']),
      }),
    ),
    scheduled_action_id: Type.Optional(
      Uuid(doc('UUID of a ScheduledAction to mark completed after logging.', EXAMPLE_IDS.scheduledAction)),
    ),
    scheduled_touchpoint_id: Type.Optional(
      Uuid(doc('UUID of a ScheduledTouchpoint to mark completed after logging.', EXAMPLE_IDS.scheduledTouchpoint)),
    ),
    outcome: Type.Optional(
      OneOf(
        LOG_OUTCOMES,
        doc(
          'The result of the communication. Defaults to `promise_to_pay` with a promise, else to `dispute` with a dispute.',
          'promise_to_pay',
        ),
      ),
    ),
    promise: Type.Optional(NewPromise),
    dispute: Type.Optional(NewDispute),
    follow_up_at: Type.Optional(
      Timestamp(doc('When to follow up on the conversation; until then it is snoozed.', '2026-06-08T07:00:00Z')),
    ),
    assignee_id: Type.Optional(
      Uuid(doc('The member of the company who is responsible for the conversation.', EXAMPLE_IDS.user)),
    ),
  },
  {
    $id: 'ManualLog',
    description: 'A communication outside the connected channels, logged manually.',
    examples: [
      {
        customer_id: EXAMPLE_IDS.customer,
        communication_type: 'call',
        notes: 'Spoke with AP manager. She confirmed payment will process on June 5.',
        invoice_ids: [EXAMPLE_IDS.invoice],
        timestamp: '2026-05-12T14:30:00Z',
        is_resolved: false,
        promise: { due_on: '2026-06-05', amount: '4210.00', currency: 'USD', invoice_ids: [EXAMPLE_IDS.invoice] },
        follow_up_at: '2026-06-08T07:00:00Z',
      },
    ],
  },
);
export type ManualLog = Static<typeof ManualLog>;
