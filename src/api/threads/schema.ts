import { type Static, Type } from '@sinclair/typebox';
import {
  ACTION_STATUSES,
  BODY_TYPES,
  COMMUNICATION_TYPES,
  DIRECTIONS,
  DISPUTE_REASONS,
  type DisputeReason,
  LOG_OUTCOMES,
  SHOWN_PROMISE_STATUSES,
  type ShownPromiseStatus,
  SOURCES,
  TOUCHPOINT_STATUSES,
} from '../../domain/vocabulary.ts';
import { ListOf } from '../../http/lists/pagination.ts';
import { EXAMPLE_IDS, EXAMPLE_TIMES } from '../../http/openapi/examples.ts';
import { CompanyParams, Nullable, OneOf, Reference, ResponseObject, Timestamp, Uuid } from '../../http/schema.ts';
import { THREAD_EXAMPLES } from './examples.ts';

/** The CommunicationThread object (contract §2). */

const time = EXAMPLE_TIMES.latest;

export const EmailParty = ResponseObject(
  {
    name: Type.String({ description: 'The name in the mail; may be empty.', examples: ['Dana Reyes'] }),
    email: Type.String({ description: 'The email address in the mail.', examples: ['dana@acme.example'] }),
  },
  { $id: 'EmailParty', description: 'A sender or recipient.' },
);

const Call = Type.Object(
  {
    status: Nullable(
      Type.String({
        description:
          "The provider's status of the counterpart's line. A call that wasn't answered keeps its outcome, such as `busy`.",
        examples: ['completed'],
      }),
    ),
    from_number: Nullable(Type.String({ description: 'The caller, E.164 if possible.', examples: ['+13125550123'] })),
    to_number: Nullable(Type.String({ description: 'The callee, E.164 if possible.', examples: ['+13125550199'] })),
    started_at: Nullable(Timestamp({ description: 'When the call began.', examples: [time] })),
    ended_at: Nullable(Timestamp({ description: 'When the call ended.', examples: [EXAMPLE_TIMES.callEnd] })),
    duration_seconds: Nullable(Type.Integer({ description: 'Talk time in seconds.', examples: [250] })),
  },
  { additionalProperties: false },
);

export const Attachment = ResponseObject(
  {
    id: Uuid({ description: 'The attachment.', examples: [EXAMPLE_IDS.attachment] }),
    filename: Type.String({ description: 'The file name in the mail.', examples: ['INV-1001.pdf'] }),
    content_type: Type.String({ description: 'The media type in the mail.', examples: ['application/pdf'] }),
    size_bytes: Type.Integer({ description: 'Size in bytes.', examples: [48213] }),
    is_inline: Type.Boolean({ description: 'Whether it is shown inside the body, such as a logo.', examples: [false] }),
  },
  { $id: 'Attachment', description: 'An attachment of an email.' },
);

const InvoiceIds = (description: string) =>
  Type.Array(Type.String({ format: 'uuid' }), { description, examples: [[EXAMPLE_IDS.invoice]] });

/** The fields that collectors set (contract §5). */
const collectorFields = {
  outcome: Nullable(
    OneOf(LOG_OUTCOMES, { description: 'The result of a manual log, else null.', examples: ['promise_to_pay'] }),
  ),
  promise: Type.Unsafe<{
    id: string;
    status: ShownPromiseStatus;
    due_on: string;
    amount: string | null;
    currency: string | null;
    invoice_ids: string[];
  } | null>({
    type: ['object', 'null'],
    additionalProperties: false,
    required: ['id', 'status', 'due_on', 'amount', 'currency', 'invoice_ids'],
    properties: {
      id: Uuid({ description: 'The promise.', examples: [EXAMPLE_IDS.promise] }),
      status: OneOf(SHOWN_PROMISE_STATUSES, {
        description: '`broken`: open, and the day has passed in the company’s time zone.',
        examples: ['open'],
      }),
      due_on: Type.String({ format: 'date', description: 'The last day for keeping it.', examples: ['2026-06-05'] }),
      amount: Nullable(Type.String({ description: 'A decimal number.', examples: ['4210.00'] })),
      currency: Nullable(Type.String({ description: 'ISO 4217.', examples: ['USD'] })),
      invoice_ids: InvoiceIds('The invoices that the promise is about.'),
    },
    description: 'The promise to pay that the customer made in this message.',
  }),
  dispute: Type.Unsafe<{ reason: DisputeReason; invoice_ids: string[] } | null>({
    type: ['object', 'null'],
    additionalProperties: false,
    required: ['reason', 'invoice_ids'],
    properties: {
      reason: OneOf(DISPUTE_REASONS, { description: 'Why the customer won’t pay.', examples: ['price'] }),
      invoice_ids: InvoiceIds('The disputed invoices.'),
    },
    description: 'The dispute that the customer raised in this message.',
  }),
  assignee: Type.Unsafe<{ id: string; name: string } | null>({
    type: ['object', 'null'],
    additionalProperties: false,
    required: ['id', 'name'],
    properties: {
      id: Uuid({ description: 'The user.', examples: [EXAMPLE_IDS.user] }),
      name: Type.String({ description: "The user's name.", examples: ['Sam Ortiz'] }),
    },
    description: 'The member who is responsible for the conversation.',
  }),
  follow_up_at: Nullable(
    Timestamp({
      description: 'When to follow up. An inbound message that becomes the conversation’s latest clears it.',
      examples: [EXAMPLE_TIMES.followUp],
    }),
  ),
};

const summary = {
  id: Uuid({ description: 'The message.', examples: [EXAMPLE_IDS.thread] }),
  company_id: Uuid({ description: 'The company.', examples: [EXAMPLE_IDS.company] }),
  thread_group_id: Uuid({
    description: 'The conversation that the message belongs to.',
    examples: [EXAMPLE_IDS.threadGroup],
  }),
  customer_id: Nullable(
    Uuid({ description: 'The customer; null for mail that matched no customer.', examples: [EXAMPLE_IDS.customer] }),
  ),
  customer_name: Nullable(Type.String({ description: "The customer's name.", examples: ['Acme Corp'] })),
  contact_id: Nullable(Uuid({ description: 'The CustomerContact involved.', examples: [EXAMPLE_IDS.contact] })),
  contact_name: Nullable(Type.String({ description: "The contact's name.", examples: ['Dana Reyes'] })),
  communication_type: OneOf(COMMUNICATION_TYPES, { description: 'Type of communication.', examples: ['email'] }),
  source: OneOf(SOURCES, {
    description: 'Where the message came from; `manual` is a manual log.',
    examples: ['nylas'],
  }),
  direction: OneOf(DIRECTIONS, { description: 'From or to the customer.', examples: ['inbound'] }),
  subject: Type.String({
    description: 'Subject line; empty when a mail has none. A list shows at most 2,000 characters of it.',
    examples: ['Re: Invoice INV-1001'],
  }),
  preview: Nullable(
    Type.String({
      description: 'At most 200 characters of plain text; null for manual logs.',
      examples: ['We will pay on Friday.'],
    }),
  ),
  notes: Nullable(
    Type.String({
      description: 'The notes of a manual log, else null. Stored encrypted.',
      examples: ['Spoke with the AP manager.'],
    }),
  ),
  from: Type.Union([Reference(EmailParty), Type.Null()], { description: 'Sender of an email, else null.' }),
  to: Type.Array(Reference(EmailParty), { description: 'Recipients of an email.' }),
  cc: Type.Array(Reference(EmailParty), { description: 'Recipients in copy.' }),
  call: Type.Unsafe<Static<typeof Call> | null>({
    ...Call,
    type: ['object', 'null'],
    description: 'The call, for calls of a provider.',
  }),
  requires_response: Type.Boolean({ description: 'Whether your team still has to respond.', examples: [true] }),
  is_resolved: Type.Boolean({ description: 'Whether the outstanding issue is resolved.', examples: [false] }),
  is_ar_related: Nullable(
    Type.Boolean({ description: 'Whether it is about receivables; null when not classified.', examples: [true] }),
  ),
  strategy_tags: Type.Array(Type.String(), { description: 'Strategy tags, in order.', examples: [['escalation']] }),
  invoice_ids: Type.Array(Type.String({ format: 'uuid' }), {
    description: 'Linked invoices.',
    examples: [[EXAMPLE_IDS.invoice]],
  }),
  invoices: Type.Array(
    Type.Object(
      {
        id: Uuid({ description: 'The invoice.', examples: [EXAMPLE_IDS.invoice] }),
        number: Type.String({ description: "The invoice's number.", examples: ['INV-1001'] }),
      },
      { additionalProperties: false },
    ),
    { description: 'Linked invoices with their numbers, in the order of `invoice_ids`.' },
  ),
  scheduled_action: Type.Unsafe<{ id: string; status: string; executed_at: string | null } | null>({
    type: ['object', 'null'],
    additionalProperties: false,
    required: ['id', 'status', 'executed_at'],
    properties: {
      id: Uuid({ description: 'The ScheduledAction.', examples: [EXAMPLE_IDS.scheduledAction] }),
      status: OneOf(ACTION_STATUSES, { description: 'Its current status.', examples: ['completed'] }),
      executed_at: Nullable(Timestamp({ description: 'When it was completed.', examples: [time] })),
    },
    description: 'The ScheduledAction that this message completed or is linked to.',
  }),
  scheduled_touchpoint: Type.Unsafe<{ id: string; status: string; completed_at: string | null } | null>({
    type: ['object', 'null'],
    additionalProperties: false,
    required: ['id', 'status', 'completed_at'],
    properties: {
      id: Uuid({ description: 'The ScheduledTouchpoint.', examples: [EXAMPLE_IDS.scheduledTouchpoint] }),
      status: OneOf(TOUCHPOINT_STATUSES, { description: 'Its current status.', examples: ['completed'] }),
      completed_at: Nullable(Timestamp({ description: 'When it was completed.', examples: [time] })),
    },
    description: 'The ScheduledTouchpoint that this message completed or is linked to.',
  }),
  ...collectorFields,
  message_count: Type.Integer({ description: 'Number of messages in the conversation.', examples: [4] }),
  has_attachments: Type.Boolean({ description: 'Whether it has an attachment that is not inline.', examples: [false] }),
  logged_by: Type.Unsafe<{ id: string; name: string } | null>({
    type: ['object', 'null'],
    additionalProperties: false,
    required: ['id', 'name'],
    properties: {
      id: Uuid({ description: 'The user.', examples: [EXAMPLE_IDS.user] }),
      name: Type.String({ description: "The user's name.", examples: ['Sam Ortiz'] }),
    },
    description: 'The user who created the manual log, else null.',
  }),
  timestamp: Timestamp({ description: 'When the communication took place.', examples: [time] }),
  created_at: Timestamp({ description: 'When the message was stored.', examples: [time] }),
  updated_at: Timestamp({ description: 'When the message last changed.', examples: [time] }),
};

const detail = {
  ...summary,
  body: Nullable(
    Type.String({ description: 'As it was sent; null for manual logs.', examples: ['<p>We will pay on Friday.</p>'] }),
  ),
  body_type: Nullable(OneOf(BODY_TYPES, { description: 'Media type of `body`.', examples: ['text/html'] })),
  body_truncated: Type.Boolean({
    description: 'Whether the body is omitted: a response has at most 8 MiB, of the newest. Get it by its own id.',
    examples: [false],
  }),
  attachments: Type.Array(Reference(Attachment), { description: 'Attachments, in the order of the mail.' }),
};

const listed = {
  ...summary,
  recipients_truncated: Type.Optional(
    Type.Boolean({
      description:
        'Present and true when `from`, `to` and `cc` are shortened: a list shows at most 100 recipients of each, 6 KiB of them ' +
        'together, and 200 characters of a name. The detail has them whole.',
      examples: [true],
    }),
  ),
};

export const CommunicationThread = ResponseObject(listed, {
  $id: 'CommunicationThread',
  description: 'One message. Messages of one conversation share a `thread_group_id`.',
  examples: [THREAD_EXAMPLES.summary],
});
export type CommunicationThread = Static<typeof CommunicationThread>;

export const CommunicationThreadList = ListOf(Reference(CommunicationThread), {
  $id: 'CommunicationThreadList',
  description: 'A page of communication threads, newest first.',
  examples: [THREAD_EXAMPLES.list],
});

export const CommunicationThreadDetail = ResponseObject(detail, {
  $id: 'CommunicationThreadDetail',
  description: 'One message with its body and attachments.',
  examples: [THREAD_EXAMPLES.detail],
});
export type CommunicationThreadDetail = Static<typeof CommunicationThreadDetail>;

export const CommunicationThreadWithOthers = ResponseObject(
  {
    ...detail,
    messages: Type.Array(Reference(CommunicationThreadDetail), {
      description: 'All other messages of the conversation, oldest first.',
    }),
  },
  {
    $id: 'CommunicationThreadWithOthers',
    description: 'A message and the rest of its conversation.',
    examples: [THREAD_EXAMPLES.withOthers],
  },
);

export const ThreadParams = Type.Object({
  ...CompanyParams.properties,
  thread_id: Uuid({ description: 'Any message of the conversation.', examples: [EXAMPLE_IDS.thread] }),
});
