import { type Static, Type } from '@sinclair/typebox';
import {
  ACTION_STATUSES,
  BODY_TYPES,
  COMMUNICATION_TYPES,
  DIRECTIONS,
  DISPUTE_REASONS,
  LOG_OUTCOMES,
  SHOWN_PROMISE_STATUSES,
  SOURCES,
  TOUCHPOINT_STATUSES,
} from '../../domain/vocabulary.ts';
import { ListOf } from '../../http/lists/pagination.ts';
import { EXAMPLE_IDS, EXAMPLE_TIMES } from '../../http/openapi/examples.ts';
import {
  CompanyParams,
  doc,
  Nullable,
  OneOf,
  Reference,
  ResponseObject,
  Timestamp,
  UserOrNull,
  Uuid,
} from '../../http/schema.ts';
import { THREAD_EXAMPLES } from './examples.ts';

/** The CommunicationThread object (contract §2). */

const time = EXAMPLE_TIMES.latest;

export const EmailParty = ResponseObject(
  {
    name: Type.String(doc('The name in the mail; may be empty.', 'Dana Reyes')),
    email: Type.String(doc('The email address in the mail.', 'dana@acme.example')),
  },
  { $id: 'EmailParty', description: 'A sender or recipient.' },
);

const Call = Type.Object(
  {
    status: Nullable(
      Type.String(
        doc(
          "The provider's status of the counterpart's line. A call that wasn't answered keeps its outcome, such as `busy`.",
          'completed',
        ),
      ),
    ),
    from_number: Nullable(Type.String(doc('The caller, E.164 if possible.', '+13125550123'))),
    to_number: Nullable(Type.String(doc('The callee, E.164 if possible.', '+13125550199'))),
    started_at: Nullable(Timestamp(doc('When the call began.', time))),
    ended_at: Nullable(Timestamp(doc('When the call ended.', EXAMPLE_TIMES.callEnd))),
    duration_seconds: Nullable(Type.Integer(doc('Talk time in seconds.', 250))),
  },
  { additionalProperties: false },
);

export const Attachment = ResponseObject(
  {
    id: Uuid(doc('The attachment.', EXAMPLE_IDS.attachment)),
    filename: Type.String(doc('The file name in the mail.', 'INV-1001.pdf')),
    content_type: Type.String(doc('The media type in the mail.', 'application/pdf')),
    size_bytes: Type.Integer(doc('Size in bytes.', 48213)),
    is_inline: Type.Boolean(doc('Whether it is shown inside the body, such as a logo.', false)),
  },
  { $id: 'Attachment', description: 'An attachment of an email.' },
);

const InvoiceIds = (description: string) =>
  Type.Array(Type.String({ format: 'uuid' }), doc(description, [EXAMPLE_IDS.invoice]));

/** The fields that collectors set (contract §5). */
const collectorFields = {
  outcome: Nullable(OneOf(LOG_OUTCOMES, doc('The result of a manual log, else null.', 'promise_to_pay'))),
  promise: Nullable(
    ResponseObject(
      {
        id: Uuid(doc('The promise.', EXAMPLE_IDS.promise)),
        status: OneOf(
          SHOWN_PROMISE_STATUSES,
          doc('`broken`: open, and the day has passed in the company’s time zone.', 'open'),
        ),
        due_on: Type.String({ format: 'date', ...doc('The last day for keeping it.', '2026-06-05') }),
        amount: Nullable(Type.String(doc('A decimal number.', '4210.00'))),
        currency: Nullable(Type.String(doc('ISO 4217.', 'USD'))),
        invoice_ids: InvoiceIds('The invoices that the promise is about.'),
      },
      { description: 'The promise to pay that the customer made in this message.' },
    ),
  ),
  dispute: Nullable(
    ResponseObject(
      {
        reason: OneOf(DISPUTE_REASONS, doc('Why the customer won’t pay.', 'price')),
        invoice_ids: InvoiceIds('The disputed invoices.'),
      },
      { description: 'The dispute that the customer raised in this message.' },
    ),
  ),
  assignee: UserOrNull('The member who is responsible for the conversation.'),
  follow_up_at: Nullable(
    Timestamp(
      doc(
        'When to follow up. An inbound message that becomes the conversation’s latest clears it.',
        EXAMPLE_TIMES.followUp,
      ),
    ),
  ),
};

const summary = {
  id: Uuid(doc('The message.', EXAMPLE_IDS.thread)),
  company_id: Uuid(doc('The company.', EXAMPLE_IDS.company)),
  thread_group_id: Uuid(doc('The conversation that the message belongs to.', EXAMPLE_IDS.threadGroup)),
  customer_id: Nullable(Uuid(doc('The customer; null for mail that matched no customer.', EXAMPLE_IDS.customer))),
  customer_name: Nullable(Type.String(doc("The customer's name.", 'Acme Corp'))),
  contact_id: Nullable(Uuid(doc('The CustomerContact involved.', EXAMPLE_IDS.contact))),
  contact_name: Nullable(Type.String(doc("The contact's name.", 'Dana Reyes'))),
  communication_type: OneOf(COMMUNICATION_TYPES, doc('Type of communication.', 'email')),
  source: OneOf(SOURCES, doc('Where the message came from; `manual` is a manual log.', 'nylas')),
  direction: OneOf(DIRECTIONS, doc('From or to the customer.', 'inbound')),
  subject: Type.String(
    doc(
      'Subject line; empty when a mail has none. A list shows at most 2,000 characters of it.',
      'Re: Invoice INV-1001',
    ),
  ),
  preview: Nullable(
    Type.String(doc('At most 200 characters of plain text; null for manual logs.', 'We will pay on Friday.')),
  ),
  notes: Nullable(
    Type.String(doc('The notes of a manual log, else null. Stored encrypted.', 'Spoke with the AP manager.')),
  ),
  from: Type.Union([Reference(EmailParty), Type.Null()], { description: 'Sender of an email, else null.' }),
  to: Type.Array(Reference(EmailParty), { description: 'Recipients of an email.' }),
  cc: Type.Array(Reference(EmailParty), { description: 'Recipients in copy.' }),
  call: Nullable({ ...Call, description: 'The call, for calls of a provider.' }),
  requires_response: Type.Boolean(doc('Whether your team still has to respond.', true)),
  is_resolved: Type.Boolean(doc('Whether the outstanding issue is resolved.', false)),
  is_ar_related: Nullable(Type.Boolean(doc('Whether it is about receivables; null when not classified.', true))),
  strategy_tags: Type.Array(Type.String(), doc('Strategy tags, in order.', ['escalation'])),
  invoice_ids: Type.Array(Type.String({ format: 'uuid' }), doc('Linked invoices.', [EXAMPLE_IDS.invoice])),
  invoices: Type.Array(
    Type.Object(
      {
        id: Uuid(doc('The invoice.', EXAMPLE_IDS.invoice)),
        number: Type.String(doc("The invoice's number.", 'INV-1001')),
      },
      { additionalProperties: false },
    ),
    { description: 'Linked invoices with their numbers, in the order of `invoice_ids`.' },
  ),
  scheduled_action: Nullable(
    ResponseObject(
      {
        id: Uuid(doc('The ScheduledAction.', EXAMPLE_IDS.scheduledAction)),
        status: OneOf(ACTION_STATUSES, doc('Its current status.', 'completed')),
        executed_at: Nullable(Timestamp(doc('When it was completed.', time))),
      },
      { description: 'The ScheduledAction that this message completed or is linked to.' },
    ),
  ),
  scheduled_touchpoint: Nullable(
    ResponseObject(
      {
        id: Uuid(doc('The ScheduledTouchpoint.', EXAMPLE_IDS.scheduledTouchpoint)),
        status: OneOf(TOUCHPOINT_STATUSES, doc('Its current status.', 'completed')),
        completed_at: Nullable(Timestamp(doc('When it was completed.', time))),
      },
      { description: 'The ScheduledTouchpoint that this message completed or is linked to.' },
    ),
  ),
  ...collectorFields,
  message_count: Type.Integer(doc('Number of messages in the conversation.', 4)),
  has_attachments: Type.Boolean(doc('Whether it has an attachment that is not inline.', false)),
  logged_by: UserOrNull('The user who created the manual log, else null.'),
  timestamp: Timestamp(doc('When the communication took place.', time)),
  created_at: Timestamp(doc('When the message was stored.', time)),
  updated_at: Timestamp(doc('When the message last changed.', time)),
};

const detail = {
  ...summary,
  body: Nullable(Type.String(doc('As it was sent; null for manual logs.', '<p>We will pay on Friday.</p>'))),
  body_type: Nullable(OneOf(BODY_TYPES, doc('Media type of `body`.', 'text/html'))),
  body_truncated: Type.Boolean(
    doc('Whether the body is omitted: a response has at most 8 MiB, of the newest. Get it by its own id.', false),
  ),
  attachments: Type.Array(Reference(Attachment), { description: 'Attachments, in the order of the mail.' }),
};

const listed = {
  ...summary,
  recipients_truncated: Type.Optional(
    Type.Boolean(
      doc(
        'Present and true when `from`, `to` and `cc` are shortened: a list shows at most 100 recipients of each, 6 KiB of them ' +
          'together, and 200 characters of a name. The detail has them whole.',
        true,
      ),
    ),
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
  thread_id: Uuid(doc('Any message of the conversation.', EXAMPLE_IDS.thread)),
});
