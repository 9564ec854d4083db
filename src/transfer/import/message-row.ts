import { listedParties } from '../../conversations/listed-parties.ts';
import { messageWords, SEARCHED_LENGTH } from '../../conversations/search-words.ts';
import type { CountCell } from '../../db/count-cell.ts';
import {
  communicationThreads,
  communicationThreadWords,
  type StoredAddress,
  type StoredCall,
  type StoredDispute,
} from '../../db/schema.ts';
import type { InsertKey } from '../../db/table-columns.ts';
import { ownTextOf, previewOfOwnText } from '../../mail/preview.ts';
import type { ThreadLine } from '../line-schema.ts';
import { type ColumnEncoder, type ColumnValues, columnEncoders, FIELD, timeOf, writeRow } from './column-encoders.ts';
import type { BinaryRows } from './copy-format.ts';
import { distinctIds } from './distinct-ids.ts';

/** A line of type `thread` as a row of `communication_threads` and one of `communication_thread_words`. */

/** A line with what the import found out about it. */
export type PlannedMessage = {
  line: ThreadLine;
  /** `isLatest`: the row holds what its line says of the conversation, which on another message is nothing. */
  kind: CountCell;
  customerId: string | null;
  /** Messages in the conversation; null unless this one is the latest. */
  messageCount: number | null;
  /** Ciphertext. */
  notes: Buffer | null;
  /** Stands for a `created_at` or `updated_at` that the line leaves out; null: the columns are then NULL. */
  importedAt: string | null;
  /** Of a message that is there already: its invoices, attachments or traces differ. */
  partsChanged: boolean;
};

/** What a message's row is made of. */
type ImportedMessage = PlannedMessage & {
  from: StoredAddress | null;
  to: StoredAddress[];
  cc: StoredAddress[];
  /** What the sender wrote in the body. */
  ownText: string;
};

type Values<Key extends InsertKey<typeof communicationThreads>> = ColumnValues<
  typeof communicationThreads,
  ImportedMessage,
  Key
>;

const KEY = {
  companyId: FIELD,
  id: FIELD,
} satisfies Values<'companyId' | 'id'>;

/** What follows from the line. */
const DERIVED = {
  preview: ({ ownText }) => previewOfOwnText(ownText),
  hasAttachments: ({ line }) => (line.attachments ?? []).some((attachment) => !attachment.is_inline),
  listedParties,
} satisfies Values<'preview' | 'hasAttachments' | 'listedParties'>;

/** What is new with a message; of one that is there already the import keeps or sets it by itself. */
type OfNewMessages = 'createdAt' | 'updatedAt' | 'isLatest' | 'messageCount';

/**
 * What a line says; an existing row is written when one of these differs. The compiler names a column that is missing.
 */
const SAID: Values<
  Exclude<InsertKey<typeof communicationThreads>, keyof typeof KEY | keyof typeof DERIVED | OfNewMessages | 'changedIn'>
> = {
  threadGroupId: FIELD,
  timestamp: FIELD,
  communicationType: ({ kind }) => kind.communicationType,
  source: ({ kind }) => kind.source,
  direction: ({ kind }) => kind.direction,
  requiresResponse: ({ kind }) => kind.requiresResponse,
  isResolved: ({ kind }) => kind.isResolved,
  isArRelated: FIELD,
  customerId: ({ customerId }) => customerId,
  contactId: FIELD,
  loggedById: FIELD,
  scheduledActionId: FIELD,
  scheduledTouchpointId: FIELD,
  subject: FIELD,
  body: FIELD,
  bodyType: ({ line }) => bodyTypeOf(line),
  notes: ({ notes }) => notes,
  fromAddress: ({ from }) => from,
  toAddresses: ({ to }) => to,
  ccAddresses: ({ cc }) => cc,
  call: ({ line }) => line.call && callOf(line.call),
  strategyTags: FIELD,
  outcome: FIELD,
  dispute: ({ line }) => line.dispute && disputeOf(line.dispute),
  followUpAt: ({ line, kind }) => (kind.isLatest ? line.follow_up_at : null),
  assigneeId: ({ line, kind }) => (kind.isLatest ? line.assignee_id : null),
  grantId: ({ line }) => line.provider?.grant_id,
  providerMessageId: ({ line }) => line.provider?.message_id,
  providerThreadId: ({ line }) => line.provider?.thread_id,
  rfcMessageId: ({ line }) => line.provider?.rfc_message_id,
  callUuid: ({ line }) => line.provider?.call_uuid,
  recordings: ({ line }) => line.provider?.recordings,
  isTruncated: ({ line }) => line.provider?.truncated,
  isAutomatic: ({ line }) => line.provider?.automatic,
  isAnswer: ({ line }) => line.provider?.answer,
  furtherAddresses: ({ line }) => line.provider?.further_addresses,
};

const STAMPS = {
  createdAt: ({ line, importedAt }) => line.created_at ?? importedAt,
  updatedAt: ({ line, importedAt }) => line.updated_at ?? importedAt,
} satisfies Values<'createdAt' | 'updatedAt'>;

const OF_CONVERSATION = {
  isLatest: ({ kind }) => kind.isLatest,
  messageCount: ({ messageCount }) => messageCount,
} satisfies Values<'isLatest' | 'messageCount'>;

const encodersOf = columnEncoders<ImportedMessage>();
const SAID_ENCODERS = encodersOf(communicationThreads, SAID);
const DERIVED_ENCODERS = encodersOf(communicationThreads, DERIVED);
const MESSAGE = [
  ...encodersOf(communicationThreads, KEY),
  ...SAID_ENCODERS,
  ...DERIVED_ENCODERS,
  ...encodersOf(communicationThreads, STAMPS),
];
const NEW_MESSAGE = [...MESSAGE, ...encodersOf(communicationThreads, OF_CONVERSATION)];
const PARTS_CHANGED: ColumnEncoder<ImportedMessage> = {
  name: 'parts_changed',
  type: 'boolean',
  encode: (rows, { partsChanged }) => rows.boolean(partsChanged),
};
const REPLACEMENT = [...MESSAGE, PARTS_CHANGED];
const WORDS = encodersOf(communicationThreadWords, {
  companyId: FIELD,
  threadId: ({ line }) => line.id,
  words: ({ line, ownText, from, to, cc }) =>
    messageWords(line.company_id, { subject: line.subject ?? '', ownText, from, to, cc }),
  timestamp: FIELD,
});

export const SAID_COLUMNS = namesOf(SAID_ENCODERS);
export const DERIVED_COLUMNS = namesOf(DERIVED_ENCODERS);
export const NEW_COLUMNS = namesOf(NEW_MESSAGE);
export const REPLACEMENT_COLUMNS = namesOf(REPLACEMENT);
export const WORDS_COLUMNS = namesOf(WORDS);

/** Appends a row of `NEW_COLUMNS` to `rows` and one of `WORDS_COLUMNS` to `words`. */
export function writeNewMessage(rows: BinaryRows, words: BinaryRows, planned: PlannedMessage): void {
  writeMessage(rows, words, NEW_MESSAGE, planned);
}

/** Appends a row of `REPLACEMENT_COLUMNS` to `rows` and one of `WORDS_COLUMNS` to `words`. */
export function writeReplacement(rows: BinaryRows, words: BinaryRows, planned: PlannedMessage): void {
  writeMessage(rows, words, REPLACEMENT, planned);
}

function writeMessage(
  rows: BinaryRows,
  words: BinaryRows,
  columns: readonly ColumnEncoder<ImportedMessage>[],
  planned: PlannedMessage,
): void {
  const message = messageOf(planned);
  writeRow(rows, columns, message);
  writeRow(words, WORDS, message);
}

function messageOf(planned: PlannedMessage): ImportedMessage {
  const { line } = planned;
  return {
    ...planned,
    from: line.from ? addressOf(line.from) : null,
    to: (line.to ?? []).map(addressOf),
    cc: (line.cc ?? []).map(addressOf),
    ownText: ownTextOf(line.body ?? null, bodyTypeOf(line) ?? 'text/plain', SEARCHED_LENGTH),
  };
}

function bodyTypeOf({ body, body_type: bodyType }: ThreadLine) {
  return bodyType ?? (typeof body === 'string' ? 'text/plain' : null);
}

function namesOf(encoders: ColumnEncoder<never>[]): string[] {
  return encoders.map(({ name }) => name);
}

/** What a new row is written and counted as, defaults included. */
export function kindOf(line: ThreadLine, isLatest: boolean): CountCell {
  return {
    isLatest,
    communicationType: line.communication_type,
    source: line.source ?? 'import',
    direction: line.direction,
    requiresResponse: line.requires_response ?? false,
    isResolved: line.is_resolved ?? false,
    isArRelated: line.is_ar_related ?? false,
  };
}

function disputeOf({ reason, invoice_ids: invoiceIds }: NonNullable<ThreadLine['dispute']>): StoredDispute {
  return { reason, invoice_ids: distinctIds(invoiceIds) };
}

function addressOf({ name, email }: { name?: string | null; email: string }): StoredAddress {
  return { name: name ?? '', email };
}

function callOf(call: NonNullable<ThreadLine['call']>): StoredCall {
  return {
    status: call.status ?? null,
    from_number: call.from_number ?? null,
    to_number: call.to_number ?? null,
    started_at: timeOf(call.started_at),
    ended_at: timeOf(call.ended_at),
    duration_seconds: call.duration_seconds ?? null,
  };
}
