import { answersIn, conversationOf, IS_ANSWERED } from '../conversations/answers.ts';
import { recountFormerCustomers } from '../conversations/former-customers.ts';
import { changeMessages } from '../conversations/merge.ts';
import type { Tx } from '../db/transaction.ts';
import { type Actor, recordAudit } from '../journal/audit.ts';
import type { Customer } from './counterparts.ts';
import { findInvoicesOf, invoicesNamedIn, type NumberedInvoice } from './customer-evidence.ts';
import { assignCustomer, linkNamedInvoices, MESSAGE_COLUMNS, type MessageRow, textOf } from './stored-messages.ts';

/**
 * A mail of an unknown person gets its conversation's customer. When the conversation turns out to be with another customer
 * too, whose invoice the mail names, the mail is that customer's, as it would be if it had arrived last.
 */

const MOST_MAILS = 200;

/**
 * Assigns a customer who is new to the conversation to those mails of unknown people that name only this customer's
 * invoices. Mails with a promise, and conversations that a person has assigned, stay. The caller holds the conversation's lock.
 */
export async function claimNamedMails(
  tx: Tx,
  actor: Actor,
  companyId: string,
  threadGroupId: string,
  customer: Customer,
): Promise<void> {
  const rows = await tx.query<MessageRow>({
    name: 'mails_with_conversations_customer',
    text: `
      SELECT ${MESSAGE_COLUMNS}
      FROM communication_threads t
      WHERE t.company_id = $1 AND t.thread_group_id = $2 AND t.source = 'nylas' AND t.contact_id IS NULL
        AND t.customer_id <> $3
        AND NOT EXISTS (SELECT FROM promises p WHERE p.company_id = $1 AND p.thread_id = t.id)
      ORDER BY t."timestamp" DESC
      LIMIT ${MOST_MAILS}`,
    values: [companyId, threadGroupId, customer.id],
  });
  if (rows.length === 0) return;
  const customerIds = rows.map((row) => row.customer_id).filter((id) => id !== null);
  const invoices = await findInvoicesOf(tx, companyId, [customer.id, ...customerIds]);
  const claimed = rows.filter((row) => namesOnlyInvoicesOf(customer, row, invoices));
  if (claimed.length === 0) return;
  const changed = await findFieldsChangedByPeople(tx, companyId, threadGroupId, claimed);
  if (changed.has('customer_id')) return;
  for (const row of claimed)
    await moveTo(tx, actor, companyId, row, customer, { isJudged: changed.has('requires_response') });
  recountFormerCustomers(tx, companyId, [threadGroupId]);
}

/** The fields of the conversation that people have changed since its first of these messages arrived. */
async function findFieldsChangedByPeople(
  tx: Tx,
  companyId: string,
  threadGroupId: string,
  rows: readonly MessageRow[],
): Promise<Set<string>> {
  const [firstId] = rows.map(({ id }) => id).toSorted();
  const fields = await tx.query<{ field: string }>({
    name: 'fields_changed_by_people',
    text: `
      SELECT DISTINCT f.field
      FROM audit_events a
      CROSS JOIN LATERAL jsonb_array_elements_text(a.details->'fields') AS f(field)
      WHERE a.company_id = $1 AND a.id > $3 AND a.actor_kind = 'user' AND a.details->>'thread_group_id' = $2::text`,
    values: [companyId, threadGroupId, firstId],
  });
  return new Set(fields.map(({ field }) => field));
}

function namesOnlyInvoicesOf(customer: Customer, row: MessageRow, invoices: readonly NumberedInvoice[]): boolean {
  const text = textOf(row);
  const names = (id: string | null) => id !== null && invoicesNamedIn(text, invoices, id).length > 0;
  return names(customer.id) && !names(row.customer_id);
}

/** @param options.isJudged whether a person has said which mails of the conversation require a response */
async function moveTo(
  tx: Tx,
  actor: Actor,
  companyId: string,
  row: MessageRow,
  customer: Customer,
  { isJudged }: { isJudged: boolean },
): Promise<void> {
  assignCustomer(tx, companyId, row, customer, null);
  tx.send({
    name: 'delete_links_of_others',
    text: `
      DELETE FROM communication_thread_invoices l
      USING invoices i
      WHERE l.company_id = $1 AND l.thread_id = $2 AND i.company_id = $1 AND i.id = l.invoice_id AND i.customer_id <> $3`,
    values: [companyId, row.id, customer.id],
  });
  await linkNamedInvoices(tx, companyId, [row], customer);
  if (!isJudged)
    changeMessages(tx, 'judge_moved_mail', {
      before: answersIn(conversationOf('$2')),
      where: `t.id = $2 AND t.direction = 'inbound' AND t.is_ar_related AND NOT t.is_automatic`,
      set: `requires_response = NOT ${IS_ANSWERED}, updated_at = now()`,
      values: [companyId, row.id],
    });
  recordAudit(tx, companyId, actor, {
    action: 'thread.updated',
    subjectId: row.id,
    details: { thread_group_id: row.thread_group_id, fields: ['customer_id'] },
  });
}
