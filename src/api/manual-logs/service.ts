import { invoiceLinks, lockCompanyShared, type NewMessage, startThreadGroup } from '../../conversations/append.ts';
import { encryptField } from '../../crypto/field-encryption.ts';
import { notesRef } from '../../crypto/field-refs.ts';
import type { KeyRing } from '../../crypto/key-ring.ts';
import { settleAll } from '../../db/settle-all.ts';
import type { Statement } from '../../db/statement.ts';
import type { Tx } from '../../db/transaction.ts';
import { newId } from '../../domain/ids.ts';
import { STEPS, type StepNames } from '../../domain/scheduled-steps.ts';
import { parseTimestamp } from '../../domain/timestamps.ts';
import type { CommunicationType } from '../../domain/vocabulary.ts';
import { type Actor, auditOf, recordAudit } from '../../journal/audit.ts';
import type { CommunicationThreadDetail } from '../threads/schema.ts';
import { recordPromise } from './record-promise.ts';
import { type References, resolveReferences, type Step } from './references.ts';
import type { ManualLog } from './schema.ts';

const SUBJECT_LENGTH = 500;

/** The user who logs: the actor of the audit trail, with the name that the response shows. */
export type Logger = Actor & { userId: string; name: string };

/**
 * Logs a communication outside the connected channels and completes the scheduled action or touchpoint that it refers to.
 * @param authorized the caller, whose authorisation may be pending in the same pipelined batch; its refusal takes
 *   precedence over all other errors
 * @throws invalid when a reference doesn't exist, unavailable during an import
 */
export async function logManualCommunication(
  tx: Tx,
  ring: KeyRing,
  companyId: string,
  authorized: Promise<Logger>,
  log: ManualLog,
): Promise<CommunicationThreadDetail> {
  const [logger, , references] = await settleAll(
    authorized,
    lockCompanyShared(tx, companyId),
    resolveReferences(tx, companyId, log),
  );
  const message = messageOf(ring, companyId, logger, log, references);
  touchOtherMessages(tx, companyId, logger, message, references);
  const audit = auditOf(companyId, logger, {
    action: 'thread.created',
    subjectId: message.id,
    details: { source: 'manual' },
  });
  const invoiceIds = references.invoices.map(({ id }) => id);
  startThreadGroup(
    tx,
    companyId,
    message,
    ...completions(companyId, message, references),
    ...invoiceLinks(companyId, message.id, invoiceIds),
    audit,
  );
  const promise = log.promise ? await recordPromise(tx, companyId, logger, log.promise, message, references) : null;
  return toThread(companyId, logger, log, message, promise, {
    ...references,
    action: completed(references.action, message),
    touchpoint: completed(references.touchpoint, message),
  });
}

/** What a message from a provider may have and a manual log hasn't. */
const NOTHING_RECEIVED = {
  requiresResponse: false,
  isArRelated: null,
  hasAttachments: false,
  preview: null,
  body: null,
  bodyType: null,
  from: null,
  to: [],
  cc: [],
  call: null,
  ownText: null,
};

function messageOf(
  ring: KeyRing,
  companyId: string,
  logger: Logger,
  log: ManualLog,
  references: References,
): NewMessage {
  const id = newId();
  const now = new Date().toISOString();
  return {
    ...NOTHING_RECEIVED,
    id,
    threadGroupId: newId(),
    timestamp: (log.timestamp && parseTimestamp(log.timestamp)) ?? now,
    createdAt: now,
    communicationType: log.communication_type,
    source: 'manual',
    direction: log.direction ?? 'outbound',
    isResolved: log.is_resolved ?? false,
    customerId: references.customer.id,
    contactId: references.contact?.id ?? null,
    loggedById: logger.userId,
    scheduledActionId: references.action?.id ?? null,
    scheduledTouchpointId: references.touchpoint?.id ?? null,
    subject: log.subject || generatedSubject(log.communication_type, references.customer.name),
    notes: encryptField(ring, notesRef(companyId, id), log.notes),
    strategyTags: [...new Set(log.strategy_tags)],
    outcome: log.outcome ?? (log.promise ? 'promise_to_pay' : log.dispute ? 'dispute' : null),
    dispute: log.dispute ? { reason: log.dispute.reason, invoice_ids: references.disputeInvoiceIds } : null,
    followUpAt: (log.follow_up_at && parseTimestamp(log.follow_up_at)) ?? null,
    assigneeId: references.assignee?.id ?? null,
  };
}

const SUBJECT_WORDING: Record<CommunicationType, string> = {
  email: 'Email with',
  call: 'Call with',
  meeting: 'Meeting with',
  note: 'Note on',
  sms: 'Text message with',
  letter: 'Letter to',
  manual: 'Communication with',
  other: 'Communication with',
};

function generatedSubject(type: CommunicationType, customerName: string): string {
  return [...`${SUBJECT_WORDING[type]} ${customerName}`].slice(0, SUBJECT_LENGTH).join('');
}

/**
 * A step that is already completed isn't changed: the first completion stands. Both rows are locked by
 * `resolveReferences`.
 */
function completions(companyId: string, message: NewMessage, { action, touchpoint }: References): Statement[] {
  return [
    ...(isOpen(action) ? [completion(companyId, message, STEPS.action, action.id)] : []),
    ...(isOpen(touchpoint) ? [completion(companyId, message, STEPS.touchpoint, touchpoint.id)] : []),
  ];
}

function completion(
  companyId: string,
  message: NewMessage,
  { kind, table, completedAt }: StepNames,
  id: string,
): Statement {
  return {
    name: `complete_${kind}`,
    text: `
      UPDATE ${table}
      SET status = 'completed', ${completedAt} = $3, completed_by_thread_id = $4, updated_at = now()
      WHERE company_id = $1 AND id = $2`,
    values: [companyId, id, message.timestamp, message.id],
  };
}

function completed<Status>(step: Step<Status | 'completed'> | null, message: NewMessage) {
  return isOpen(step) ? { ...step, status: 'completed' as const, completedAt: message.timestamp } : step;
}

function isOpen<Status>(step: Step<Status> | null): step is Step<Status> {
  return step !== null && step.status !== 'completed';
}

/** Marks other messages that are linked to a step completed now as updated, because they show its status. */
function touchOtherMessages(
  tx: Tx,
  companyId: string,
  logger: Logger,
  message: NewMessage,
  references: References,
): void {
  const { action, touchpoint } = references;
  const ids = [action, touchpoint].flatMap((step) => (isOpen<string>(step) ? step.threadIds : []));
  const threadIds = [...new Set(ids)];
  if (threadIds.length === 0) return;
  tx.send({
    name: 'touch_threads',
    text: 'UPDATE communication_threads SET updated_at = $3 WHERE company_id = $1 AND id = ANY($2::uuid[])',
    values: [companyId, threadIds, message.createdAt],
  });
  for (const id of threadIds)
    recordAudit(tx, companyId, logger, {
      action: 'thread.updated',
      subjectId: id,
      details: { completed_by: message.id },
    });
}

/** The same in the contract's names. */
const NOTHING_SHOWN = {
  preview: null,
  from: null,
  to: [],
  cc: [],
  call: null,
  requires_response: false,
  is_ar_related: null,
  has_attachments: false,
  body: null,
  body_type: null,
  body_truncated: false,
  attachments: [],
};

function toThread(
  companyId: string,
  logger: Logger,
  log: ManualLog,
  message: NewMessage,
  promise: CommunicationThreadDetail['promise'],
  references: References,
): CommunicationThreadDetail {
  const { customer, contact, invoices, assignee } = references;
  return {
    ...NOTHING_SHOWN,
    id: message.id,
    company_id: companyId,
    thread_group_id: message.threadGroupId,
    customer_id: customer.id,
    customer_name: customer.name,
    contact_id: contact?.id ?? null,
    contact_name: contact?.name ?? null,
    communication_type: message.communicationType,
    source: message.source,
    direction: message.direction,
    subject: message.subject,
    notes: log.notes,
    is_resolved: message.isResolved,
    strategy_tags: message.strategyTags,
    invoice_ids: invoices.map((invoice) => invoice.id),
    invoices,
    ...stepsOf(references),
    outcome: message.outcome ?? null,
    promise,
    dispute: message.dispute ?? null,
    assignee,
    follow_up_at: message.followUpAt ?? null,
    message_count: 1,
    logged_by: { id: logger.userId, name: logger.name },
    timestamp: message.timestamp,
    created_at: message.createdAt,
    updated_at: message.createdAt,
  };
}

function stepsOf({ action, touchpoint }: References) {
  return {
    scheduled_action: action && { id: action.id, status: action.status, executed_at: action.completedAt },
    scheduled_touchpoint: touchpoint && {
      id: touchpoint.id,
      status: touchpoint.status,
      completed_at: touchpoint.completedAt,
    },
  };
}
