/**
 * The domain's words and closed sets, each written once: a list here feeds the CHECK constraint, the request and
 * response schemas and the TypeScript type. Imports nothing.
 *
 * - **CommunicationThread**: one message (an email, a call, a logged meeting …); one row of the lists.
 * - **thread group**: the conversation; its messages share a `thread_group_id`.
 * - **latest message**: the newest of a group by (`timestamp`, `id`); what `view=thread` shows.
 * - **manual log**: a message recorded by hand through `log-manual` (`source` = `manual`).
 * - **AR**: accounts receivable. `is_ar_related` null means not classified.
 * - **ScheduledAction**: one recommended outreach step on a customer. **ScheduledTouchpoint**: one step of a sequence.
 * - **promise**: a customer's promise to pay by a certain day. **dispute**: why a customer refuses to pay.
 * - **follow-up**: when a user wants to look at a conversation again; until then it is snoozed. **assignee**: the user
 *   who is responsible for it.
 * - **mailbox**: an email account connected through Nylas, named by its grant. **phone**: a Vonage number.
 */

export const COMMUNICATION_TYPES = ['email', 'call', 'meeting', 'note', 'sms', 'letter', 'manual', 'other'] as const;
export type CommunicationType = (typeof COMMUNICATION_TYPES)[number];

export const SOURCES = ['nylas', 'vonage', 'manual', 'import'] as const;
export type Source = (typeof SOURCES)[number];

export const DIRECTIONS = ['inbound', 'outbound'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const BODY_TYPES = ['text/html', 'text/plain'] as const;
export type BodyType = (typeof BODY_TYPES)[number];

/** The result of a communication that was logged by hand. */
export const LOG_OUTCOMES = [
  'spoke',
  'left_message',
  'no_answer',
  'wrong_number',
  'promise_to_pay',
  'dispute',
  'paid',
  'refused',
  'other',
] as const;
export type LogOutcome = (typeof LOG_OUTCOMES)[number];

export const DISPUTE_REASONS = ['price', 'quantity', 'quality', 'not_received', 'duplicate', 'terms', 'other'] as const;
export type DisputeReason = (typeof DISPUTE_REASONS)[number];

/** The stored statuses of a promise to pay. */
export const PROMISE_STATUSES = ['open', 'kept', 'cancelled'] as const;
export type PromiseStatus = (typeof PROMISE_STATUSES)[number];

/**
 * The shown statuses of a promise. `broken` is an open one whose day has passed in the company's time zone; it isn't
 * stored.
 */
export const SHOWN_PROMISE_STATUSES = [...PROMISE_STATUSES, 'broken'] as const;
export type ShownPromiseStatus = (typeof SHOWN_PROMISE_STATUSES)[number];

/** `thread`: one row per thread group, its latest message. `message`: every message. */
export const VIEWS = ['thread', 'message'] as const;
export type View = (typeof VIEWS)[number];

/** `admin` and `member` read and write, `viewer` only reads. */
export const ROLES = ['admin', 'member', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

export const INVOICE_STATUSES = ['open', 'paid', 'void'] as const;
export type InvoiceStatus = (typeof INVOICE_STATUSES)[number];

export const ACTION_TYPES = ['email', 'call', 'task'] as const;
export const ACTION_STATUSES = ['proposed', 'scheduled', 'processing', 'completed', 'cancelled'] as const;
export type ActionStatus = (typeof ACTION_STATUSES)[number];

export const STEP_TYPES = ['reminder', 'call', 'task'] as const;
export const TOUCHPOINT_STATUSES = ['pending', 'ready', 'processing', 'completed', 'cancelled'] as const;
export type TouchpointStatus = (typeof TOUCHPOINT_STATUSES)[number];

/**
 * Which mail of a connected mailbox is stored. `known_contacts`: mail with a contact or in a stored conversation;
 * `all`: all mail.
 */
export const MAILBOX_SYNCS = ['known_contacts', 'all'] as const;
export type MailboxSync = (typeof MAILBOX_SYNCS)[number];

export const PROVIDERS = ['nylas', 'vonage'] as const;
export type Provider = (typeof PROVIDERS)[number];

/**
 * The states of a provider's event. `received`: stored, not applied yet; `applied`: it changed what the lists show;
 * `duplicate`: it brought nothing new; `skipped`: left out on purpose, for the `reason`; `failed`: it could not be
 * applied, for the `reason`, and can be retried.
 */
export const INGEST_STATES = ['received', 'applied', 'duplicate', 'skipped', 'failed'] as const;
export type IngestState = (typeof INGEST_STATES)[number];

/** What a folder of a mailbox is for. */
export const FOLDER_ROLES = ['sent', 'drafts', 'outbox', 'scheduled', 'junk', 'trash', 'inbox'] as const;
export type FolderRole = (typeof FOLDER_ROLES)[number];

/** Kinds of actors in the audit trail. `server`: the server acted by itself, as when it disables a webhook endpoint. */
export const ACTOR_KINDS = ['user', 'operator', 'provider', 'server'] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

/** Actions of the audit trail that the event feed contains (`…/communications/events`). */
export const EVENT_TYPES = [
  'thread.created',
  'thread.updated',
  'thread.deleted',
  'note.created',
  'note.updated',
  'note.deleted',
  'promise.created',
  'promise.updated',
  'customer.created',
  'customer.updated',
  'customer.deleted',
  'contact.created',
  'contact.updated',
  'contact.deleted',
  'invoice.created',
  'invoice.updated',
  'invoice.deleted',
  'action.created',
  'action.updated',
  'action.deleted',
  'touchpoint.created',
  'touchpoint.updated',
  'touchpoint.deleted',
  'import.completed',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** The event that a test of a webhook endpoint sends. The event feed doesn't contain it. */
export const TEST_EVENT_TYPE = 'endpoint.test';

/**
 * The longest id, username or address that rows are looked up by, in characters: a key of two of them fits an index
 * row, whatever the characters. No provider's ids are longer.
 */
export const INDEXED_LENGTH = 320;

/** By table: the column that messages show and that a search of messages covers. */
export const LABELS = { customers: 'name', contacts: 'name', invoices: 'number' } as const;

/** The column of `LABELS` for a table; undefined for tables whose rows messages don't show. */
export function labelOf(table: string): string | undefined {
  return Object.hasOwn(LABELS, table) ? LABELS[table as keyof typeof LABELS] : undefined;
}

/** The longest `external_id`, the key of a row in the company's ERP (contract §4), in characters. */
export const EXTERNAL_ID_LENGTH = 200;

/** No surrounding blanks, no control characters, and no commas, because a query has a comma-separated list of them. */
const EXTERNAL_ID = /^(?!\s)[^,\p{Cc}]+(?<!\s)$/u;

export function isExternalId(text: string): boolean {
  return EXTERNAL_ID.test(text) && [...text].length <= EXTERNAL_ID_LENGTH;
}
