import { messageWords, SEARCHED_LENGTH } from '../../conversations/search-words.ts';
import type { CountCell } from '../../db/count-cell.ts';
import type { StoredAddress, StoredCall, StoredDispute } from '../../db/schema.ts';
import { ownTextOf, previewOfOwnText } from '../../mail/preview.ts';
import type { ThreadLine } from '../line-schema.ts';
import type { BinaryRows } from './copy-format.ts';
import { distinctIds, timeOf } from './staged-rows.ts';

/** A line of type `thread` as a row of `communication_threads`. */

/** What a line says; an existing row is written when one of these differs. */
export const SAID_COLUMNS = [
  ...['thread_group_id', 'timestamp', 'communication_type', 'source', 'direction', 'requires_response', 'is_resolved'],
  ...['is_ar_related', 'customer_id', 'contact_id', 'logged_by_id', 'scheduled_action_id', 'scheduled_touchpoint_id'],
  ...['subject', 'body', 'body_type', 'notes', 'from_address', 'to_addresses', 'cc_addresses', 'call', 'strategy_tags'],
  ...['grant_id', 'provider_message_id', 'provider_thread_id', 'rfc_message_id', 'call_uuid', 'recordings'],
  ...['is_truncated', 'is_automatic', 'is_answer', 'further_addresses'],
  ...['outcome', 'dispute', 'follow_up_at', 'assignee_id'],
] as const;

/** What follows from it. */
export const DERIVED_COLUMNS = ['preview', 'has_attachments'] as const;

export const MESSAGE_COLUMNS = ['company_id', 'id', ...SAID_COLUMNS, ...DERIVED_COLUMNS] as const;

/**
 * Writes the cells of `MESSAGE_COLUMNS`, in their order.
 * @param kind `isLatest`: it holds what its line says of the conversation, which on another message is nothing
 * @param words takes the row of `communication_thread_words`
 * @param notes ciphertext
 */
export function writeMessage(
  rows: BinaryRows,
  words: BinaryRows,
  line: ThreadLine,
  kind: CountCell,
  customerId: string | null,
  notes: Buffer | null,
): void {
  const subject = line.subject ?? '';
  const body = line.body ?? null;
  const bodyType = line.body_type ?? (body === null ? null : 'text/plain');
  const from = line.from ? addressOf(line.from) : null;
  const to = (line.to ?? []).map(addressOf);
  const cc = (line.cc ?? []).map(addressOf);
  const ownText = ownTextOf(body, bodyType ?? 'text/plain', SEARCHED_LENGTH);

  rows.uuid(line.company_id);
  rows.uuid(line.id);
  rows.uuid(line.thread_group_id);
  rows.timestamp(timeOf(line.timestamp));
  rows.text(kind.communicationType);
  rows.text(kind.source);
  rows.text(kind.direction);
  rows.boolean(kind.requiresResponse);
  rows.boolean(kind.isResolved);
  rows.boolean(line.is_ar_related);
  rows.uuid(customerId);
  rows.uuid(line.contact_id);
  rows.uuid(line.logged_by_id);
  rows.uuid(line.scheduled_action_id);
  rows.uuid(line.scheduled_touchpoint_id);
  rows.text(subject);
  rows.text(body);
  rows.text(bodyType);
  rows.bytea(notes);
  rows.jsonb(from);
  rows.jsonb(to);
  rows.jsonb(cc);
  rows.jsonb(line.call ? callOf(line.call) : null);
  rows.texts(line.strategy_tags ?? []);
  writeProvider(rows, line.provider ?? {});
  rows.text(line.outcome);
  rows.jsonb(line.dispute ? disputeOf(line.dispute) : null);
  rows.timestamp(kind.isLatest ? timeOf(line.follow_up_at) : null);
  rows.uuid(kind.isLatest ? line.assignee_id : null);
  rows.text(previewOfOwnText(ownText));
  rows.boolean((line.attachments ?? []).some((attachment) => !attachment.is_inline));

  words.row(WORDS_COLUMNS.length);
  words.uuid(line.company_id);
  words.uuid(line.id);
  words.tsvector(messageWords(line.company_id, { subject, ownText, from, to, cc }));
}

export const WORDS_COLUMNS = ['company_id', 'thread_id', 'words'] as const;

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

function writeProvider(rows: BinaryRows, provider: NonNullable<ThreadLine['provider']>): void {
  rows.text(provider.grant_id);
  rows.text(provider.message_id);
  rows.text(provider.thread_id);
  rows.text(provider.rfc_message_id);
  rows.text(provider.call_uuid);
  rows.jsonb(provider.recordings);
  rows.boolean(provider.truncated ?? false);
  rows.boolean(provider.automatic ?? false);
  rows.boolean(provider.answer);
  rows.texts(provider.further_addresses ?? []);
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
