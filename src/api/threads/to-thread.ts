import { decryptField } from '../../crypto/field-encryption.ts';
import { notesRef } from '../../crypto/field-refs.ts';
import type { KeyRing } from '../../crypto/key-ring.ts';
import { cellOf } from '../../db/count-cell.ts';
import { toIsoTimestamp } from '../../db/schema/columns.ts';
import type { DetailRow, SummaryRow } from './rows.ts';
import type { CommunicationThread, CommunicationThreadDetail } from './schema.ts';

/** Maps the rows that `rows.ts` selects to the CommunicationThread of the contract (§2), with the notes decrypted. */

/** @throws DecryptionError when the notes can't be decrypted */
export function toThread(row: SummaryRow, companyId: string, ring: KeyRing): CommunicationThread {
  const { communicationType, source, direction, requiresResponse, isResolved } = cellOf(row.cell ?? -1);
  const { id, notes } = row;
  const invoices = row.invoices?.toSorted((a, b) => a.position - b.position) ?? [];
  return {
    id,
    thread_group_id: row.threadGroupId,
    company_id: companyId,
    customer_id: row.customerId,
    customer_name: row.customerName,
    contact_id: row.contactId,
    contact_name: row.contactName,
    communication_type: communicationType,
    source,
    direction,
    subject: row.subject,
    preview: row.preview,
    notes: notes === null ? null : decryptField(ring, notesRef(companyId, id), fromJsonBytea(notes)),
    ...partiesOf(row),
    call: row.call,
    requires_response: requiresResponse,
    is_resolved: isResolved,
    is_ar_related: row.isArRelated,
    strategy_tags: row.strategyTags,
    outcome: row.outcome,
    promise: promiseOf(row),
    dispute: row.dispute,
    ...ofConversation(row.latest ?? row),
    invoice_ids: invoices.map((invoice) => invoice.id),
    invoices: invoices.map((invoice) => ({ id: invoice.id, number: invoice.number })),
    scheduled_action: actionOf(row),
    scheduled_touchpoint: touchpointOf(row),
    has_attachments: row.hasAttachments,
    logged_by: row.loggedById === null ? null : { id: row.loggedById, name: row.loggedBy?.name ?? '' },
    timestamp: toIsoTimestamp(row.timestamp),
    created_at: toIsoTimestamp(row.createdAt),
    updated_at: updatedAt(row),
  };
}

/** @throws DecryptionError when the notes can't be decrypted */
export function toDetail(row: DetailRow, companyId: string, ring: KeyRing): CommunicationThreadDetail {
  return Object.assign(toThread(row, companyId, ring), {
    body: row.body,
    body_type: row.bodyType,
    body_truncated: row.bodyTruncated,
    attachments: row.attachments ?? [],
  });
}

/** The fields that are stored with the latest message, and that every message of the conversation shows. */
function ofConversation(latest: Pick<SummaryRow, 'assigneeId' | 'assignee' | 'followUpAt' | 'messageCount'>) {
  const { assigneeId, assignee, followUpAt, messageCount } = latest;
  return {
    assignee: assigneeId === null ? null : { id: assigneeId, name: assignee?.name ?? '' },
    follow_up_at: followUpAt && toIsoTimestamp(followUpAt),
    message_count: messageCount ?? 0,
  };
}

function actionOf({ scheduledActionId: id, action }: SummaryRow) {
  if (id === null || action === null) return null;
  return { id, status: action.status, executed_at: action.completedAt && toIsoTimestamp(action.completedAt) };
}

function touchpointOf({ scheduledTouchpointId: id, touchpoint }: SummaryRow) {
  if (id === null || touchpoint === null) return null;
  return {
    id,
    status: touchpoint.status,
    completed_at: touchpoint.completedAt && toIsoTimestamp(touchpoint.completedAt),
  };
}

function promiseOf({ promise }: SummaryRow): CommunicationThread['promise'] {
  if (!promise) return null;
  const { brokenAt: _, ...shown } = promise;
  return shown;
}

function partiesOf({ listedParties, fromAddress, toAddresses, ccAddresses }: SummaryRow) {
  return listedParties
    ? { ...listedParties, recipients_truncated: true }
    : { from: fromAddress, to: toAddresses, cc: ccAddresses };
}

/**
 * When the message or something that it shows changed last. A new message of the conversation writes only the latest
 * message, but all messages show the changed count.
 */
function updatedAt({ changedAt, latest, invoices, loggedBy, assignee, promise }: SummaryRow): string {
  let last = toIsoTimestamp(changedAt);
  const renamed = [loggedBy, latest?.assignee ?? assignee, ...(invoices ?? [])];
  const others = [latest?.updatedAt, promise?.brokenAt, ...renamed.map((shown) => shown?.renamedAt)];
  for (const time of others) if (time && toIsoTimestamp(time) > last) last = toIsoTimestamp(time);
  return last;
}

/** PostgreSQL writes `bytea` into JSON as `\x` and hexadecimal digits. */
function fromJsonBytea(text: string): Buffer {
  return Buffer.from(text.slice(2), 'hex');
}
