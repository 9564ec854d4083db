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

type Referred = { id: string; customer_id: string; customer_name: string };
type ContactRow = Referred & { name: string };
type StepRow<Status> = Referred & { status: Status; completed_at: string | null; thread_ids: string[] };

/**
 * Reads everything the log names in one round trip and works out whose log it is.
 * @throws invalid naming every reference that isn't there, belongs to another customer or is cancelled
 */
export async function resolveReferences(tx: Tx, companyId: string, log: ManualLog): Promise<References> {
  const invoiceIds = [...new Set((log.invoice_ids ?? []).map((id) => id.toLowerCase()))];
  const [contacts, invoices, actions, touchpoints, customers] = await Promise.all([
    log.contact_id ? findContact(tx, companyId, log.contact_id) : [],
    invoiceIds.length > 0 ? findInvoices(tx, companyId, invoiceIds) : [],
    log.scheduled_action_id ? lockStep<ActionStatus>(tx, companyId, STEPS.action, log.scheduled_action_id) : [],
    log.scheduled_touchpoint_id
      ? lockStep<TouchpointStatus>(tx, companyId, STEPS.touchpoint, log.scheduled_touchpoint_id)
      : [],
    log.customer_id ? findCustomer(tx, companyId, log.customer_id) : [],
  ]);
  const [contact = null] = contacts;
  const [action = null] = actions;
  const [touchpoint = null] = touchpoints;
  const customerOf = new Map(invoices.map((invoice) => [invoice.id, invoice.customer_id]));

  const customer = log.customer_id ? customers[0] : ownerOf([contact, action, touchpoint, ...invoices]);
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

function stepOf<Status>({ id, status, completed_at, thread_ids }: StepRow<Status>): Step<Status> {
  return { id, status, completedAt: completed_at, threadIds: thread_ids };
}

/** The customer that the first reference found belongs to; the others are then checked against it. */
function ownerOf(referred: (Referred | null)[]): References['customer'] | undefined {
  const found = referred.find((reference) => reference !== null);
  return found && { id: found.customer_id, name: found.customer_name };
}

function findCustomer(tx: Tx, companyId: string, id: string): Promise<References['customer'][]> {
  return tx.query({
    name: 'log_customer',
    text: 'SELECT id, name FROM customers WHERE company_id = $1 AND id = $2',
    values: [companyId, id],
  });
}

/** The owner's name comes with whatever is referred to, so that no second look is needed. */
const OWNER = 'JOIN customers c ON c.company_id = $1 AND c.id = r.customer_id';

function findContact(tx: Tx, companyId: string, id: string): Promise<ContactRow[]> {
  return tx.query({
    name: 'log_contact',
    text: `
      SELECT r.id, r.customer_id, c.name AS customer_name, r.name
      FROM contacts r ${OWNER}
      WHERE r.company_id = $1 AND r.id = $2`,
    values: [companyId, id],
  });
}

function findInvoices(tx: Tx, companyId: string, ids: string[]): Promise<Referred[]> {
  return tx.query({
    name: 'log_invoices',
    text: `
      SELECT r.id, r.customer_id, c.name AS customer_name
      FROM invoices r ${OWNER}
      WHERE r.company_id = $1 AND r.id = ANY($2::uuid[])`,
    values: [companyId, ids],
  });
}

function lockStep<Status>(
  tx: Tx,
  companyId: string,
  { table, link, completedAt }: StepNames,
  id: string,
): Promise<StepRow<Status>[]> {
  return tx.query({
    name: `lock_${table}`,
    text: `
      SELECT r.id, r.customer_id, c.name AS customer_name, r.status, r.${completedAt} AS completed_at,
             ARRAY(SELECT t.id FROM communication_threads t WHERE t.company_id = $1 AND t.${link} = $2) AS thread_ids
      FROM ${table} r ${OWNER}
      WHERE r.company_id = $1 AND r.id = $2
      FOR UPDATE OF r`,
    values: [companyId, id],
  });
}
