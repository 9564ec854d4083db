import type { Connection } from '../../db/client.ts';
import { settleAll } from '../../db/settle-all.ts';
import type { Tx } from '../../db/transaction.ts';
import { type FieldErrors, invalid } from '../../domain/errors.ts';
import { UUID_PATTERN } from '../../domain/ids.ts';
import { lowerCase } from '../../domain/normalize-text.ts';
import { STEPS, type StepNames } from '../../domain/scheduled-steps.ts';
import type { ActionStatus, TouchpointStatus } from '../../domain/vocabulary.ts';
import type { ManualLog } from './schema.ts';

/** What a manual log refers to, as it stands in the database; scheduled rows are locked until the transaction ends. */
export type References = {
  customer: { id: string; name: string };
  contact: { id: string; name: string } | null;
  /** In the order of `invoice_ids`, each once. */
  invoices: { id: string; number: string }[];
  action: Step<ActionStatus> | null;
  touchpoint: Step<TouchpointStatus> | null;
  promiseInvoiceIds: string[];
  disputeInvoiceIds: string[];
  assignee: { id: string; name: string } | null;
};

/** A scheduled action or touchpoint. `threadIds`: the messages that show it already. */
export type Step<Status> = { id: string; status: Status; completedAt: string | null; threadIds: string[] };

/** A row the log names, of whichever kind, with the customer it belongs to. */
type Referred = { id: string; customer_id: string; customer_name: string };
type CustomerRow = Referred & { kind: 'customer' };
type ContactRow = Referred & { kind: 'contact'; name: string };
/** `name`: the invoice's number. */
type InvoiceRow = Referred & { kind: 'invoice'; name: string };
type StepRow<Kind, Status> = Referred & {
  kind: Kind;
  status: Status;
  completed_at: string | null;
  thread_ids: string[];
};
type AssigneeRow = { kind: 'assignee'; id: string; name: string };
type ReferredRow =
  | AssigneeRow
  | CustomerRow
  | ContactRow
  | InvoiceRow
  | StepRow<'action', ActionStatus>
  | StepRow<'touchpoint', TouchpointStatus>;

/** What a log says of them: ids in the plain form, lower-case; null where it says nothing, or nothing that is an id. */
type Named = {
  customerId: string | null;
  contactId: string | null;
  /** In their places. */
  invoiceIds: (string | null)[];
  actionId: string | null;
  touchpointId: string | null;
  /** In their places, like those of the dispute. */
  promiseInvoiceIds: (string | null)[];
  disputeInvoiceIds: (string | null)[];
  assigneeId: string | null;
};

/**
 * Reads everything the log names in one statement and works out whose log it is.
 * @throws invalid naming every reference that isn't there, belongs to another customer or is cancelled
 */
export async function resolveReferences(tx: Tx, companyId: string, log: ManualLog): Promise<References> {
  const named = namedIn(log);
  const [, found] = await settleAll(
    keepInvoices(tx, companyId, named),
    readReferences(tx, companyId, named, { isLocking: true }),
  );
  const errors = { ...missingCustomer(log), ...referenceErrors(named, found) };
  const { customer, contact, action, touchpoint, assignee } = found;
  if (Object.keys(errors).length > 0 || !customer) throw invalid(errors);
  return {
    customer,
    contact: contact && { id: contact.id, name: contact.name },
    invoices: distinct(named.invoiceIds).map((id) => ({
      id,
      number: found.invoicesById.get(id)?.name ?? '',
    })),
    action: action && stepOf(action),
    touchpoint: touchpoint && stepOf(touchpoint),
    promiseInvoiceIds: distinct(named.promiseInvoiceIds),
    disputeInvoiceIds: distinct(named.disputeInvoiceIds),
    assignee: assignee && { id: assignee.id, name: assignee.name },
  };
}

/** A dispute holds its invoices' ids without a foreign key: locked, they can't be deleted before the log is committed. */
async function keepInvoices(tx: Tx, companyId: string, { disputeInvoiceIds }: Named): Promise<void> {
  if (disputeInvoiceIds.length === 0) return;
  await tx.query({
    name: 'keep_invoices',
    text: 'SELECT FROM invoices WHERE company_id = $1 AND id = ANY($2::uuid[]) ORDER BY id FOR KEY SHARE',
    values: [companyId, distinct(disputeInvoiceIds)],
  });
}

/** The same errors for a log that is refused for its form, so that all is named at once; looks at what is an id only. */
export async function findReferenceErrors(
  connection: Connection,
  companyId: string,
  log: Record<string, unknown>,
): Promise<FieldErrors> {
  const named = namedIn(log);
  const found = await readReferences(connection, companyId, named, { isLocking: false });
  return { ...missingCustomer(log), ...referenceErrors(named, found) };
}

function namedIn(log: { [Field in keyof ManualLog]?: unknown }): Named {
  return {
    customerId: idIn(log.customer_id),
    contactId: idIn(log.contact_id),
    invoiceIds: idsIn(log),
    actionId: idIn(log.scheduled_action_id),
    touchpointId: idIn(log.scheduled_touchpoint_id),
    promiseInvoiceIds: idsIn(log.promise),
    disputeInvoiceIds: idsIn(log.dispute),
    assigneeId: idIn(log.assignee_id),
  };
}

/** Of an object's `invoice_ids`, in their places; null for an entry that is no id. */
function idsIn(object: unknown): (string | null)[] {
  const { invoice_ids: ids } = (object ?? {}) as { invoice_ids?: unknown };
  return Array.isArray(ids) ? ids.map(idIn) : [];
}

function distinct(ids: (string | null)[]): string[] {
  return [...new Set(ids.filter((id) => id !== null))];
}

function idIn(value: unknown): string | null {
  return typeof value === 'string' && UUID_PATTERN.test(value) ? lowerCase(value) : null;
}

type Found = {
  customer: References['customer'] | undefined;
  contact: ContactRow | null;
  action: StepRow<'action', ActionStatus> | null;
  touchpoint: StepRow<'touchpoint', TouchpointStatus> | null;
  invoicesById: ReadonlyMap<string, InvoiceRow>;
  assignee: AssigneeRow | null;
};

async function readReferences(
  connection: Connection,
  companyId: string,
  named: Named,
  { isLocking }: { isLocking: boolean },
): Promise<Found> {
  const invoiceIds = distinct([...named.invoiceIds, ...named.promiseInvoiceIds, ...named.disputeInvoiceIds]);
  const { customerId, contactId, actionId, touchpointId, assigneeId } = named;
  const rows = await connection.query<ReferredRow>({
    ...(isLocking ? LOCKED_REFERENCES : { text: referencesSql('') }),
    values: [companyId, customerId, contactId, invoiceIds, actionId, touchpointId, assigneeId],
  });
  const found = <Kind extends ReferredRow['kind']>(kind: Kind) =>
    rows.filter((row): row is Extract<ReferredRow, { kind: Kind }> => row.kind === kind);
  const [customer = null] = found('customer');
  const [contact = null] = found('contact');
  const [action = null] = found('action');
  const [touchpoint = null] = found('touchpoint');
  const [assignee = null] = found('assignee');
  const invoices = found('invoice');
  const linked = invoices.filter(({ id }) => named.invoiceIds.includes(id));
  return {
    customer: ownerOf(customerId ? [customer] : [contact, action, touchpoint, ...linked]),
    contact,
    action,
    touchpoint,
    invoicesById: new Map(invoices.map((invoice) => [invoice.id, invoice])),
    assignee,
  };
}

/** When a log says nothing that could tell whose it is. */
function missingCustomer(log: { [Field in keyof ManualLog]?: unknown }): FieldErrors {
  const { customer_id, contact_id, invoice_ids, scheduled_action_id, scheduled_touchpoint_id } = log;
  const said = [customer_id, contact_id, scheduled_action_id, scheduled_touchpoint_id, ...[invoice_ids ?? []].flat()];
  if (said.some(Boolean)) return {};
  return {
    customer_id: ['This field is required, unless contact_id, invoice_ids or a scheduled id says which customer.'],
  };
}

function referenceErrors(
  named: Named,
  { customer, contact, action, touchpoint, invoicesById, assignee }: Found,
): FieldErrors {
  const errors: FieldErrors = {};
  const check = (field: string, id: string | null, owner: string | undefined, what: string) => {
    if (id !== null && (owner === undefined || (customer && owner !== customer.id)))
      errors[field] = [`No such ${what} for this customer.`];
  };
  if (named.customerId && !customer) errors.customer_id = ['No such customer.'];
  check('contact_id', named.contactId, contact?.customer_id, 'contact');
  check('scheduled_action_id', named.actionId, action?.customer_id, 'scheduled action');
  check('scheduled_touchpoint_id', named.touchpointId, touchpoint?.customer_id, 'scheduled touchpoint');
  const invoiceLists = {
    invoice_ids: named.invoiceIds,
    'promise.invoice_ids': named.promiseInvoiceIds,
    'dispute.invoice_ids': named.disputeInvoiceIds,
  };
  for (const [field, ids] of Object.entries(invoiceLists)) {
    for (const [index, id] of ids.entries())
      check(`${field}[${index}]`, id, invoicesById.get(id ?? '')?.customer_id, 'invoice');
  }
  if (named.assigneeId && !assignee) errors.assignee_id = ['No such member of this company.'];
  if (action?.status === 'cancelled' && !errors.scheduled_action_id)
    errors.scheduled_action_id = ['This scheduled action is cancelled.'];
  if (touchpoint?.status === 'cancelled' && !errors.scheduled_touchpoint_id)
    errors.scheduled_touchpoint_id = ['This scheduled touchpoint is cancelled.'];
  return errors;
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
const referencesSql = (lock: '' | 'FOR UPDATE') => `
  WITH action AS (${stepSql(STEPS.action, '$5', lock)}), touchpoint AS (${stepSql(STEPS.touchpoint, '$6', lock)})
  SELECT r.kind, r.id, r.customer_id, c.name AS customer_name, r.name, r.status, r.completed_at, r.thread_ids
  FROM (
    SELECT 'customer' AS kind, id, id AS customer_id, name,
           NULL::text AS status, NULL::timestamptz AS completed_at, NULL::uuid[] AS thread_ids
    FROM customers WHERE company_id = $1 AND id = $2
    UNION ALL
    SELECT 'contact', id, customer_id, name, NULL, NULL, NULL FROM contacts WHERE company_id = $1 AND id = $3
    UNION ALL
    SELECT 'invoice', id, customer_id, number, NULL, NULL, NULL
    FROM invoices WHERE company_id = $1 AND id = ANY($4::uuid[])
    UNION ALL
    SELECT 'action', id, customer_id, NULL, status, completed_at, thread_ids FROM action
    UNION ALL
    SELECT 'touchpoint', id, customer_id, NULL, status, completed_at, thread_ids FROM touchpoint
    UNION ALL
    SELECT 'assignee', u.id, NULL, COALESCE(NULLIF(u.name, ''), u.username), NULL, NULL, NULL
    FROM memberships m
    JOIN users u ON u.id = m.user_id
    WHERE m.company_id = $1 AND m.user_id = $7
  ) r
  LEFT JOIN customers c ON c.company_id = $1 AND c.id = r.customer_id`;

const LOCKED_REFERENCES = { name: 'log_references', text: referencesSql('FOR UPDATE') };

function stepSql({ table, link, completedAt }: StepNames, id: string, lock: string): string {
  return `
    SELECT s.id, s.customer_id, s.status, s.${completedAt} AS completed_at,
           ARRAY(SELECT t.id FROM communication_threads t WHERE t.company_id = $1 AND t.${link} = s.id) AS thread_ids
    FROM ${table} s
    WHERE s.company_id = $1 AND s.id = ${id}
    ${lock}`;
}
