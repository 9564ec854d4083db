import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { FormatRegistry } from '@sinclair/typebox/type';
import { ZONE_ADVICE } from '../db/time-zones.ts';
import { UUID_PATTERN } from '../domain/ids.ts';
import { isAmount, isCurrency, isPositiveAmount } from '../domain/money.ts';
import { isTimeZone, parseDate, parseTimestamp } from '../domain/timestamps.ts';
import {
  ACTION_STATUSES,
  ACTION_TYPES,
  BODY_TYPES,
  COMMUNICATION_TYPES,
  DIRECTIONS,
  DISPUTE_REASONS,
  EXTERNAL_ID_LENGTH,
  INDEXED_LENGTH,
  INVOICE_STATUSES,
  isExternalId,
  LOG_OUTCOMES,
  MAILBOX_SYNCS,
  PROMISE_STATUSES,
  ROLES,
  SOURCES,
  STEP_TYPES,
  TOUCHPOINT_STATUSES,
} from '../domain/vocabulary.ts';

/**
 * The lines of an import file, one schema for each `type`. `must` completes the sentence "FIELD must be …" of an error.
 * Null in an optional field means that it isn't given.
 */

FormatRegistry.Set('uuid', (text) => UUID_PATTERN.test(text));
FormatRegistry.Set('time', (text) => parseTimestamp(text) !== undefined);
FormatRegistry.Set('time-zone', isTimeZone);
FormatRegistry.Set('date', (text) => parseDate(text) !== undefined);
FormatRegistry.Set('amount', isAmount);
FormatRegistry.Set('positive-amount', isPositiveAmount);
FormatRegistry.Set('currency', isCurrency);
FormatRegistry.Set('external-id', isExternalId);
FormatRegistry.Set('message-id', (text) => Buffer.byteLength(text) <= MESSAGE_ID_BYTES);

/** The longest text that fits an index row by itself. */
const MESSAGE_ID_BYTES = 2_000;
/** `position` is a smallint. */
const LIST_LENGTH = 10_000;

const Uuid = Type.String({ format: 'uuid', must: 'a UUID' });
const Text = Type.String({ must: 'a string' });
const Name = Type.String({ minLength: 1, must: 'a string that is not empty' });
const Indexed = Type.String({
  minLength: 1,
  maxLength: INDEXED_LENGTH,
  must: `a string of 1 to ${INDEXED_LENGTH} characters`,
});
/** The key of the row in the company's ERP. */
const ExternalId = Type.String({
  format: 'external-id',
  must: `a string of 1 to ${EXTERNAL_ID_LENGTH} characters without commas, control characters and blanks at its ends`,
});
const Day = Type.String({ format: 'date', must: 'a date such as 2026-05-31' });
const Amount = Type.String({
  format: 'amount',
  must: 'a decimal number in a string, such as "1250.00", of at most 15 digits before the point and 6 after it',
});
const PositiveAmount = Type.String({
  format: 'positive-amount',
  must: 'a decimal number above zero in a string, such as "1250.00", of at most 15 digits before the point and 6 after it',
});
const Currency = Type.String({ format: 'currency', must: 'a code of ISO 4217 such as EUR' });
/** At most as long as a line of a mail may be (RFC 5322). */
const MessageId = Type.String({
  minLength: 1,
  maxLength: 998,
  format: 'message-id',
  must: `a string of 1 to 998 characters, at most ${MESSAGE_ID_BYTES} bytes`,
});
const Flag = Type.Boolean({ must: 'true or false' });
const Time = Type.String({ format: 'time', must: 'an RFC 3339 time such as 2026-05-12T14:30:00Z' });
const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, must: 'a whole number from 0' });
const PhoneNumber = Type.String({ pattern: '^\\+[1-9][0-9]{1,14}$', must: 'an E.164 number such as +15551234567' });

const InvoiceIds = Type.Array(Uuid, { maxItems: LIST_LENGTH, must: 'a list of UUIDs' });

const DisputeOfLine = Type.Object(
  { reason: oneOf(DISPUTE_REASONS), invoice_ids: optional(InvoiceIds) },
  { additionalProperties: false, must: 'an object {"reason", "invoice_ids"?}' },
);

const Address = Type.Object(
  { name: optional(Text), email: Text },
  { additionalProperties: false, must: 'an object {"name"?, "email"}' },
);
const Addresses = Type.Array(Address, { must: 'a list of {"name"?, "email"}' });

export const CallOfLine = Type.Object(
  {
    status: optional(Text),
    from_number: optional(Text),
    to_number: optional(Text),
    started_at: optional(Time),
    ended_at: optional(Time),
    duration_seconds: optional(Count),
  },
  {
    additionalProperties: false,
    must: 'an object {"status"?, "from_number"?, "to_number"?, "started_at"?, "ended_at"?, "duration_seconds"?}',
  },
);

const AttachmentOfLine = Type.Object(
  {
    id: optional(Uuid),
    filename: Text,
    content_type: Text,
    size_bytes: Count,
    is_inline: optional(Flag),
    provider_id: optional(Text),
  },
  { additionalProperties: false },
);

/** The mail's ids in another mailbox. */
const MailCopy = Type.Object(
  { grant_id: Indexed, message_id: Indexed, thread_id: optional(Indexed) },
  { additionalProperties: false, must: 'an object {"grant_id", "message_id", "thread_id"?}' },
);

const Provider = Type.Object(
  {
    grant_id: optional(Indexed),
    message_id: optional(Indexed),
    thread_id: optional(Indexed),
    rfc_message_id: optional(MessageId),
    call_uuid: optional(Indexed),
    recordings: optional(Type.Array(Type.Unknown())),
    truncated: optional(Flag),
    automatic: optional(Flag),
    answer: optional(Flag),
    further_addresses: optional(list(Text, 'a list of addresses')),
    copies: optional(list(MailCopy, 'a list of {"grant_id", "message_id", "thread_id"?}')),
    awaits: optional(list(MessageId, 'a list of Message-IDs')),
    call_keys: optional(list(Indexed, `a list of strings of 1 to ${INDEXED_LENGTH} characters`)),
    call_state: optional(Type.Record(Type.String(), Type.Unknown(), { must: 'an object' })),
  },
  {
    additionalProperties: false,
    must: 'an object {"grant_id"?, "message_id"?, "thread_id"?, "rfc_message_id"?, "call_uuid"?, "recordings"?, "truncated"?, "automatic"?, "answer"?, "further_addresses"?, "copies"?, "awaits"?, "call_keys"?, "call_state"?}',
  },
);

const ofCompany = { id: Uuid, company_id: Uuid };
/** A row that the company's ERP may know by a key of its own. */
const inErp = { ...ofCompany, external_id: optional(ExternalId) };
const stamps = { created_at: optional(Time), updated_at: optional(Time) };

export const LINES = {
  company: line('company', { id: Uuid, name: Name, timezone: optional(TimeZone()) }),
  user: line('user', { id: Uuid, username: Indexed, email: optional(Text), name: optional(Text) }),
  membership: line('membership', { company_id: Uuid, user_id: Uuid, role: oneOf(ROLES) }),
  customer: line('customer', { ...inErp, name: Name }),
  contact: line('contact', {
    ...inErp,
    customer_id: Uuid,
    name: Text,
    email: optional(Indexed),
    phone: optional(PhoneNumber),
  }),
  invoice: line('invoice', {
    ...inErp,
    customer_id: Uuid,
    number: Name,
    amount: optional(Amount),
    currency: optional(Currency),
    due_date: optional(Day),
    status: optional(oneOf(INVOICE_STATUSES)),
  }),
  scheduled_action: line('scheduled_action', {
    ...inErp,
    customer_id: Uuid,
    invoice_id: optional(Uuid),
    action_type: oneOf(ACTION_TYPES),
    status: oneOf(ACTION_STATUSES),
    description: optional(Text),
    due_at: optional(Time),
    executed_at: optional(Time),
  }),
  scheduled_touchpoint: line('scheduled_touchpoint', {
    ...inErp,
    customer_id: Uuid,
    step_type: oneOf(STEP_TYPES),
    status: oneOf(TOUCHPOINT_STATUSES),
    label: optional(Text),
    scheduled_for: optional(Time),
    completed_at: optional(Time),
  }),
  thread: line('thread', {
    ...ofCompany,
    thread_group_id: Uuid,
    customer_id: optional(Uuid),
    contact_id: optional(Uuid),
    communication_type: oneOf(COMMUNICATION_TYPES),
    source: optional(oneOf(SOURCES)),
    direction: oneOf(DIRECTIONS),
    subject: optional(Text),
    body: optional(Text),
    body_type: optional(oneOf(BODY_TYPES)),
    notes: optional(Text),
    from: optional(Address),
    to: optional(Addresses),
    cc: optional(Addresses),
    call: optional(CallOfLine),
    requires_response: optional(Flag),
    is_resolved: optional(Flag),
    is_ar_related: optional(Flag),
    strategy_tags: optional(Type.Array(Text, { maxItems: LIST_LENGTH, must: 'a list of strings' })),
    invoice_ids: optional(InvoiceIds),
    attachments: optional(
      Type.Array(AttachmentOfLine, {
        maxItems: LIST_LENGTH,
        must: 'a list of {"id"?, "filename", "content_type", "size_bytes", "is_inline"?, "provider_id"?}',
      }),
    ),
    provider: optional(Provider),
    outcome: optional(oneOf(LOG_OUTCOMES)),
    dispute: optional(DisputeOfLine),
    follow_up_at: optional(Time),
    assignee_id: optional(Uuid),
    logged_by_id: optional(Uuid),
    scheduled_action_id: optional(Uuid),
    scheduled_touchpoint_id: optional(Uuid),
    timestamp: Time,
    ...stamps,
  }),
  thread_note: line('thread_note', {
    ...ofCompany,
    thread_id: Uuid,
    author_id: Uuid,
    content: Name,
    ...stamps,
  }),
  mailbox: line('mailbox', {
    ...ofCompany,
    user_id: Uuid,
    grant_id: Indexed,
    email: Text,
    sync: oneOf(MAILBOX_SYNCS),
  }),
  phone: line('phone', { ...ofCompany, number: PhoneNumber }),
  promise: line('promise', {
    ...ofCompany,
    customer_id: Uuid,
    thread_id: Uuid,
    status: oneOf(PROMISE_STATUSES),
    due_on: Day,
    amount: optional(PositiveAmount),
    currency: optional(Currency),
    invoice_ids: optional(InvoiceIds),
    created_by_id: optional(Uuid),
    ...stamps,
  }),
};

export type LineType = keyof typeof LINES;
export type LineOf<Type extends LineType> = Static<(typeof LINES)[Type]>;
export type ThreadLine = LineOf<'thread'>;

export const LINE_TYPES = Object.keys(LINES) as LineType[];

function line<Name extends string, Properties extends Record<string, TSchema>>(type: Name, properties: Properties) {
  return Type.Object({ type: Type.Literal(type), ...properties }, { additionalProperties: false });
}

function optional<Schema extends TSchema>(schema: Schema) {
  return Type.Optional(Type.Union([schema, Type.Null()], { must: schema.must }));
}

function list<Schema extends TSchema>(entry: Schema, must: string) {
  return Type.Array(entry, { maxItems: LIST_LENGTH, must });
}

function oneOf<const Values extends readonly string[]>(values: Values) {
  return Type.Union(
    values.map((value) => Type.Literal(value as Values[number])),
    { must: `one of ${values.join(', ')}` },
  );
}

function TimeZone() {
  return Type.String({ format: 'time-zone', must: ZONE_ADVICE });
}
