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
 * - **promise**: what a customer said that they will pay, and by which day. **dispute**: why they won't.
 * - **follow-up**: when a conversation is to be looked at again; until then it is snoozed. **assignee**: who looks after it.
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

/** What came of a communication that was logged by hand. */
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

/** What is stored of a promise to pay. */
export const PROMISE_STATUSES = ['open', 'kept', 'cancelled'] as const;
export type PromiseStatus = (typeof PROMISE_STATUSES)[number];

/** What a promise reads as: `broken` is an open one whose day has passed in the company's time zone. Never stored. */
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

/** Which mail of a connected mailbox is kept: `known_contacts` only with a contact or in a known conversation; `all` everything. */
export const MAILBOX_SYNCS = ['known_contacts', 'all'] as const;
export type MailboxSync = (typeof MAILBOX_SYNCS)[number];

export const PROVIDERS = ['nylas', 'vonage'] as const;
export type Provider = (typeof PROVIDERS)[number];

/**
 * What became of a provider's event. `received`: stored, not applied yet; `applied`: it changed what the lists show;
 * `duplicate`: it said nothing new; `skipped`: left out on purpose, `reason` says why; `failed`: could not be applied,
 * `reason` says why, and it can be applied again.
 */
export const INGEST_STATES = ['received', 'applied', 'duplicate', 'skipped', 'failed'] as const;
export type IngestState = (typeof INGEST_STATES)[number];

/** What a folder of a mailbox is for. */
export const FOLDER_ROLES = ['sent', 'drafts', 'outbox', 'scheduled', 'junk', 'trash', 'inbox'] as const;
export type FolderRole = (typeof FOLDER_ROLES)[number];

/** Who acted, for the audit trail; `server`: what it does by itself, such as disabling a webhook endpoint. */
export const ACTOR_KINDS = ['user', 'operator', 'provider', 'server'] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

/** Acts of the audit trail that a program may follow (`…/communications/events`). */
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

/** The event that a test of a webhook endpoint sends; it is none of the feed. */
export const TEST_EVENT_TYPE = 'endpoint.test';

/**
 * Characters of an id, a username or an address that is looked up by: two to a key, whatever they are, fit a row of an
 * index. No provider's ids are longer.
 */
export const INDEXED_LENGTH = 320;

/** The column by which messages show a row of these tables and a search finds them. */
export const LABELS = { customers: 'name', contacts: 'name', invoices: 'number' } as const;

/** Undefined for a table whose rows messages don't show by a name. */
export function labelOf(table: string): string | undefined {
  return Object.hasOwn(LABELS, table) ? LABELS[table as keyof typeof LABELS] : undefined;
}

/** Characters of an `external_id`, the key by which a company's ERP knows a row (contract §4). */
export const EXTERNAL_ID_LENGTH = 200;

/** Without blanks at its ends, commas (it stands in a comma-separated list of a query) and control characters. */
const EXTERNAL_ID = /^(?!\s)[^,\p{Cc}]+(?<!\s)$/u;

export function isExternalId(text: string): boolean {
  return EXTERNAL_ID.test(text) && [...text].length <= EXTERNAL_ID_LENGTH;
}
