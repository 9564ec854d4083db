import { type Static, Type } from '@sinclair/typebox';
import { COMMUNICATION_TYPES, DIRECTIONS } from '../../domain/vocabulary.ts';
import { EXAMPLE_IDS } from '../../http/openapi/examples.ts';
import { OneOf, Timestamp, Uuid } from '../../http/schema.ts';

/** The body of log-manual (contract §3). */
export const ManualLog = Type.Object(
  {
    communication_type: OneOf(COMMUNICATION_TYPES, {
      description: 'Type of communication: call, email, meeting, or another supported type.',
      examples: ['call'],
    }),
    notes: Type.String({
      minLength: 1,
      maxLength: 20_000,
      'x-trim': true,
      description: 'Notes or summary of the communication. Stored encrypted.',
      examples: ['Spoke with AP manager. She confirmed payment will process on June 5.'],
    }),
    customer_id: Type.Optional(
      Uuid({
        description: 'The customer. May be left out when contact, invoices or a scheduled id already says which one.',
        examples: [EXAMPLE_IDS.customer],
      }),
    ),
    direction: Type.Optional(
      OneOf(DIRECTIONS, { default: 'outbound', description: 'inbound or outbound.', examples: ['outbound'] }),
    ),
    subject: Type.Optional(
      Type.String({
        maxLength: 500,
        'x-trim': true,
        description: 'Subject line. If omitted, a subject is generated from the communication type and customer name.',
        examples: ['Call with Acme Corp'],
      }),
    ),
    contact_id: Type.Optional(
      Uuid({ description: 'UUID of the CustomerContact involved.', examples: [EXAMPLE_IDS.contact] }),
    ),
    invoice_ids: Type.Optional(
      Type.Array(Type.String({ format: 'uuid' }), {
        maxItems: 200,
        description: 'List of invoice UUIDs to link to this communication.',
        examples: [[EXAMPLE_IDS.invoice]],
      }),
    ),
    timestamp: Type.Optional(
      Timestamp({
        description: 'ISO datetime when the communication occurred. Defaults to now.',
        examples: ['2026-05-12T14:30:00Z'],
      }),
    ),
    is_resolved: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'Whether this communication resolved the outstanding issue.',
        examples: [false],
      }),
    ),
    strategy_tags: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 100, 'x-trim': true }), {
        maxItems: 50,
        description: 'List of strategy tag strings to attach.',
        examples: [['promise-to-pay']],
      }),
    ),
    scheduled_action_id: Type.Optional(
      Uuid({
        description: 'UUID of a ScheduledAction to mark completed after logging.',
        examples: [EXAMPLE_IDS.scheduledAction],
      }),
    ),
    scheduled_touchpoint_id: Type.Optional(
      Uuid({
        description: 'UUID of a ScheduledTouchpoint to mark completed after logging.',
        examples: [EXAMPLE_IDS.scheduledTouchpoint],
      }),
    ),
  },
  {
    $id: 'ManualLog',
    description: 'A communication that happened outside, logged by hand.',
    examples: [
      {
        customer_id: EXAMPLE_IDS.customer,
        communication_type: 'call',
        notes: 'Spoke with AP manager. She confirmed payment will process on June 5.',
        invoice_ids: [EXAMPLE_IDS.invoice],
        timestamp: '2026-05-12T14:30:00Z',
        is_resolved: false,
      },
    ],
  },
);
export type ManualLog = Static<typeof ManualLog>;
