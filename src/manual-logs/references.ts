import type { Tx } from '../db/client.ts';
import { type FieldErrors, invalid } from '../errors.ts';
import { STEPS, type StepNames } from '../scheduled-steps.ts';
import type { ActionStatus, TouchpointStatus } from '../vocabulary.ts';
import type { ManualLog } from './schema.ts';

/** What a manual log refers to, as it stands in the database; scheduled rows are locked until the transaction ends. */
export type References = {
  customer: { id: string; name: string };
  contact: { id: string; name: string } | null;
  invoiceIds: string[];
  action: Step<ActionStatus> | null;
  touchpoint: Step<TouchpointStatus> | null;
};

/** A scheduled action or touchpoint. `threadIds`: the messages that show it already. */
export type Step<Status> = { id: string; status: Status; completedAt: string | null; threadIds: string[] };

/** A row the log names, of whichever kind, with the customer it belongs to. */
type Referred = { id: string; customer_id: string; customer_name: string };
type CustomerRow = Referred & { kind: 'customer' };
type ContactRow = Referred & { kind: 'contact'; name: string };
type InvoiceRow = Referred & { kind: 'invoice' };
type StepRow<Kind, Status> = Referred & {
  kind: Kind;
  status: Status;
  completed_at: string | null;
  thread_ids: string[];
};
type ReferredRow =
  | CustomerRow
  | ContactRow
  | InvoiceRow
  | StepRow<'action', ActionStatus>
  | StepRow<'touchpoint', TouchpointStatus>;

/**
 * Reads everything the log names in one statement and works out whose log it is.
 * @throws invalid naming every reference that isn't there, belongs to another customer or is cancelled
 */
export async function resolveReferences(tx: Tx, companyId: string, log: ManualLog): Promise<References> {
  const invoiceIds = [...new Set((log.invoice_ids ?? []).map((id) => id.toLowerCase()))];
  const rows = await tx.query<ReferredRow>({
    name: 'log_references',
    text: REFERENCES,
    values: [
      companyId,
      log.customer_id,
      log.contact_id,
      invoiceIds,
      log.scheduled_action_id,
      log.scheduled_touchpoint_id,
    ],
  });
  const found = <Kind extends ReferredRow['kind']>(kind: Kind) =>
    rows.filter((row): row is Extract<ReferredRow, { kind: Kind }> => row.kind === kind);
  const [named = null] = found('customer');
  const [contact = null] = found('contact');
  const [action = null] = found('action');
  const [touchpoint = null] = found('touchpoint');
  const invoices = found('invoice');
  const customerOf = new Map(invoices.map((invoice) => [invoice.id, invoice.customer_id]));

  const customer = ownerOf(log.customer_id ? [named] : [contact, action, touchpoint, ...invoices]);
  const errors: FieldErrors = {};
  if (log.customer_id && !customer) errors.customer_id = ['No such customer.'];
  else if (
    !customer &&
    invoiceIds.length + Number(Boolean(log.contact_id || log.scheduled_action_id || log.scheduled_touchpoint_id)) === 0
  ) {
    errors.customer_id = [
      'This field is required, unless contact_id, invoice_ids or a scheduled id says which customer.',
    ];
  }
  const check = (field: string, owner: string | undefined, what: string) => {
    if (owner === undefined || (customer && owner !== customer.id))
      errors[field] = [`No such ${what} for this customer.`];
  };
  if (log.contact_id) check('contact_id', contact?.customer_id, 'contact');
  if (log.scheduled_action_id) check('scheduled_action_id', action?.customer_id, 'scheduled action');
  if (log.scheduled_touchpoint_id) check('scheduled_touchpoint_id', touchpoint?.customer_id, 'scheduled touchpoint');
  for (const [index, id] of (log.invoice_ids ?? []).entries())
    check(`invoice_ids[${index}]`, customerOf.get(id.toLowerCase()), 'invoice');
  if (action?.status === 'cancelled' && !errors.scheduled_action_id)
    errors.scheduled_action_id = ['This scheduled action is cancelled.'];
  if (touchpoint?.status === 'cancelled' && !errors.scheduled_touchpoint_id)
    errors.scheduled_touchpoint_id = ['This scheduled touchpoint is cancelled.'];
  if (Object.keys(errors).length > 0 || !customer) throw invalid(errors);

  return {
    customer,
    contact: contact && { id: contact.id, name: contact.name },
    invoiceIds,
    action: action && stepOf(action),
    touchpoint: touchpoint && stepOf(touchpoint),
  };
}

function stepOf<Status>({ id, status, completed_at, thread_ids }: StepRow<string, Status>): Step<Status> {
  return { id, status, completedAt: completed_at, threadIds: thread_ids };
}

/** The customer that the first reference found belongs to; the others are then checked against it. */
function ownerOf(referred: (Referred | null)[]): References['customer'] | undefined {
  const found = referred.find((reference) => reference !== null);
  return found && { id: found.customer_id, name: found.customer_name };
}

/** The owner's name comes with whatever is referred to, so that no second look is needed. */
const REFERENCES = `
  WITH action AS (${lockedStep(STEPS.action, '$5')}), touchpoint AS (${lockedStep(STEPS.touchpoint, '$6')})
  SELECT r.kind, r.id, r.customer_id, c.name AS customer_name, r.name, r.status, r.completed_at, r.thread_ids
  FROM (
    SELECT 'customer' AS kind, id, id AS customer_id, name,
           NULL::text AS status, NULL::timestamptz AS completed_at, NULL::uuid[] AS thread_ids
    FROM customers WHERE company_id = $1 AND id = $2
    UNION ALL
    SELECT 'contact', id, customer_id, name, NULL, NULL, NULL FROM contacts WHERE company_id = $1 AND id = $3
    UNION ALL
    SELECT 'invoice', id, customer_id, NULL, NULL, NULL, NULL
    FROM invoices WHERE company_id = $1 AND id = ANY($4::uuid[])
    UNION ALL
    SELECT 'action', id, customer_id, NULL, status, completed_at, thread_ids FROM action
    UNION ALL
    SELECT 'touchpoint', id, customer_id, NULL, status, completed_at, thread_ids FROM touchpoint
  ) r
  JOIN customers c ON c.company_id = $1 AND c.id = r.customer_id`;

function lockedStep({ table, link, completedAt }: StepNames, id: string): string {
  return `
    SELECT s.id, s.customer_id, s.status, s.${completedAt} AS completed_at,
           ARRAY(SELECT t.id FROM communication_threads t WHERE t.company_id = $1 AND t.${link} = s.id) AS thread_ids
    FROM ${table} s
    WHERE s.company_id = $1 AND s.id = ${id}
    FOR UPDATE`;
}
