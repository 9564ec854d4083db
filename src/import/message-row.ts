import type { StoredAddress, StoredCall } from '../db/schema.ts';
import { searchVector } from '../search.ts';
import { parseTimestamp } from '../timestamps.ts';
import { previewOf } from '../webhooks/preview.ts';
import { copyBytes, copyJson, copyPlain, copyText, copyTexts } from './copy.ts';
import type { ThreadLine } from './schema.ts';

/** A line of type `thread` as a row of `communication_threads`. */

/** What a line says; an existing row is written when one of these differs. */
export const SAID_COLUMNS = [
  ...['thread_group_id', 'timestamp', 'communication_type', 'source', 'direction', 'requires_response', 'is_resolved'],
  ...['is_ar_related', 'customer_id', 'contact_id', 'logged_by_id', 'scheduled_action_id', 'scheduled_touchpoint_id'],
  ...['subject', 'body', 'body_type', 'notes', 'from_address', 'to_addresses', 'cc_addresses', 'call', 'strategy_tags'],
  ...['grant_id', 'provider_message_id', 'provider_thread_id', 'rfc_message_id', 'call_uuid', 'recordings'],
  'is_truncated',
] as const;

/** What follows from it. */
export const DERIVED_COLUMNS = ['preview', 'search_words', 'has_attachments'] as const;

export const CELL_COLUMNS = ['company_id', 'id', ...SAID_COLUMNS, ...DERIVED_COLUMNS] as const;

/** @param notes ciphertext. @returns cells in the order of `CELL_COLUMNS` */
export function messageCells(
  line: ThreadLine,
  customer: { id: string | null; name: string | null },
  notes: Buffer | null,
): string[] {
  const subject = line.subject ?? '';
  const body = line.body ?? null;
  const bodyType = line.body_type ?? (body === null ? null : 'text/plain');
  const from = line.from ? addressOf(line.from) : null;
  const to = (line.to ?? []).map(addressOf);
  const cc = (line.cc ?? []).map(addressOf);
  const preview = body === null ? null : previewOf(body, bodyType ?? 'text/plain');
  const provider = line.provider ?? {};
  return [
    ...[id(line.company_id), id(line.id), id(line.thread_group_id), timeOf(line.timestamp) ?? ''],
    ...[line.communication_type, line.source ?? 'import', line.direction],
    ...[
      copyPlain(line.requires_response ?? false),
      copyPlain(line.is_resolved ?? false),
      copyPlain(line.is_ar_related),
    ],
    ...[copyPlain(customer.id), id(line.contact_id), id(line.logged_by_id)],
    ...[id(line.scheduled_action_id), id(line.scheduled_touchpoint_id)],
    ...[copyText(subject), copyText(body), copyPlain(bodyType), copyBytes(notes)],
    ...[copyJson(from), copyJson(to), copyJson(cc), copyJson(line.call ? callOf(line.call) : null)],
    ...[copyTexts(line.strategy_tags ?? []), copyText(provider.grant_id), copyText(provider.message_id)],
    ...[copyText(provider.thread_id), copyText(provider.rfc_message_id), copyText(provider.call_uuid)],
    ...[copyJson(provider.recordings), copyPlain(provider.truncated ?? false)],
    ...[copyText(preview), searchVector({ subject, preview, customerName: customer.name, from, to, cc })],
    copyPlain((line.attachments ?? []).some((attachment) => !attachment.is_inline)),
  ];
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

export function timeOf(text: string | null | undefined): string | null {
  return (text && parseTimestamp(text)) || null;
}

function id(uuid: string | null | undefined): string {
  return copyPlain(uuid?.toLowerCase());
}
