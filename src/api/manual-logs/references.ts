import type { Connection } from '../../db/client.ts';
import { settleAll } from '../../db/settle-all.ts';
import type { Tx } from '../../db/transaction.ts';
import { type FieldErrors, invalid } from '../../domain/errors.ts';
import { UUID_PATTERN } from '../../domain/ids.ts';
import { lowerCase } from '../../domain/normalize-text.ts';
import { STEPS, type StepNames } from '../../domain/scheduled-steps.ts';
import type { ActionStatus, TouchpointStatus } from '../../domain/vocabulary.ts';
import type { ManualLog } from './schema.ts';

/** The rows that a manual log refers to. Scheduled actions and touchpoints are locked until the transaction ends. */
export type References = {
  customer: { id: string; name: string };
  contact: { id: string; name: string } | null;
  /** In the order of `invoice_ids`, without duplicates. */
  invoices: { id: string; number: string }[];
  action: Step<ActionStatus> | null;
  touchpoint: Step<TouchpointStatus> | null;
  promiseInvoiceIds: string[];
  disputeInvoiceIds: string[];
  assignee: { id: string; name: string } | null;
};

/** A scheduled action or touchpoint. `threadIds`: the messages that are linked to it already. */
export type Step<Status> = { id: string; status: Status; completedAt: string | null; threadIds: string[] };

/** The columns of every referenced row, with the customer that it belongs to. */
type OwnedRow = { id: string; customer_id: string; customer_name: string };
type CustomerRow = OwnedRow & { kind: 'customer' };
type ContactRow = OwnedRow & { kind: 'contact'; name: string };
/** `name`: the invoice's number. */
type InvoiceRow = OwnedRow & { kind: 'invoice'; name: string };
type StepRow<Kind, Status> = OwnedRow & {
  kind: Kind;
  status: Status;
  completed_at: string | null;
  thread_ids: string[];
};
type AssigneeRow = { kind: 'assignee'; id: string; name: string };
type ReferencedRow =
  | AssigneeRow
  | CustomerRow
  | ContactRow
  | InvoiceRow
  | StepRow<'action', ActionStatus>
  | StepRow<'touchpoint', TouchpointStatus>;

/**
 * The ids in a manual log, lower-cased; null where the log has none or the value isn't a UUID. In lists each id keeps its
 * index, which errors name.
 */
type ReferenceIds = {
  customerId: string | null;
  contactId: string | null;
  invoiceIds: (string | null)[];
  actionId: string | null;
  touchpointId: string | null;
  promiseInvoiceIds: (string | null)[];
  disputeInvoiceIds: (string | null)[];
  assigneeId: string | null;
};

/**
 * Reads all referenced rows in one statement and determines the customer of the log.
 * @throws invalid with every reference that doesn't exist, belongs to another customer or is cancelled
 */
export async function resolveReferences(tx: Tx, companyId: string, log: ManualLog): Promise<References> {
  const ids = referenceIdsOf(log);
  const [, found] = await settleAll(
    lockDisputedInvoices(tx, companyId, ids),
    readReferences(tx, companyId, ids, { isLocking: true }),
  );
  const errors = { ...missingCustomer(log), ...referenceErrors(ids, found) };
  const { customer, contact, action, touchpoint, assignee } = found;
  if (Object.keys(errors).length > 0 || !customer) throw invalid(errors);
  return {
    customer,
    contact: contact && { id: contact.id, name: contact.name },
    invoices: distinct(ids.invoiceIds).map((id) => ({
      id,
      number: found.invoicesById.get(id)?.name ?? '',
    })),
    action: action && toStep(action),
    touchpoint: touchpoint && toStep(touchpoint),
    promiseInvoiceIds: distinct(ids.promiseInvoiceIds),
    disputeInvoiceIds: distinct(ids.disputeInvoiceIds),
    assignee: assignee && { id: assignee.id, name: assignee.name },
  };
}

/**
 * A dispute has no foreign keys to its invoices, so they are locked to prevent that they are deleted before the commit.
 */
async function lockDisputedInvoices(tx: Tx, companyId: string, { disputeInvoiceIds }: ReferenceIds): Promise<void> {
  if (disputeInvoiceIds.length === 0) return;
  await tx.query({
    name: 'lock_disputed_invoices',
    text: 'SELECT FROM invoices WHERE company_id = $1 AND id = ANY($2::uuid[]) ORDER BY id FOR KEY SHARE',
    values: [companyId, distinct(disputeInvoiceIds)],
  });
}

/**
 * The reference errors of a log whose form is invalid, so that the response names all errors at once; skips malformed
 * ids.
 */
export async function findReferenceErrors(
  connection: Connection,
  companyId: string,
  log: Record<string, unknown>,
): Promise<FieldErrors> {
  const ids = referenceIdsOf(log);
  const found = await readReferences(connection, companyId, ids, { isLocking: false });
  return { ...missingCustomer(log), ...referenceErrors(ids, found) };
}

function referenceIdsOf(log: { [Field in keyof ManualLog]?: unknown }): ReferenceIds {
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

/** An object's `invoice_ids`, each at its index; null for an entry that isn't a UUID. */
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

type FoundReferences = {
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
  ids: ReferenceIds,
  { isLocking }: { isLocking: boolean },
): Promise<FoundReferences> {
  const invoiceIds = distinct([...ids.invoiceIds, ...ids.promiseInvoiceIds, ...ids.disputeInvoiceIds]);
  const { customerId, contactId, actionId, touchpointId, assigneeId } = ids;
  const rows = await connection.query<ReferencedRow>({
    ...(isLocking ? LOCKED_REFERENCES : { text: referencesSql('') }),
    values: [companyId, customerId, contactId, invoiceIds, actionId, touchpointId, assigneeId],
  });
  const rowsOf = <Kind extends ReferencedRow['kind']>(kind: Kind) =>
    rows.filter((row): row is Extract<ReferencedRow, { kind: Kind }> => row.kind === kind);
  const [customer = null] = rowsOf('customer');
  const [contact = null] = rowsOf('contact');
  const [action = null] = rowsOf('action');
  const [touchpoint = null] = rowsOf('touchpoint');
  const [assignee = null] = rowsOf('assignee');
  const invoices = rowsOf('invoice');
  const linked = invoices.filter(({ id }) => ids.invoiceIds.includes(id));
  return {
    customer: ownerOf(customerId ? [customer] : [contact, action, touchpoint, ...linked]),
    contact,
    action,
    touchpoint,
    invoicesById: new Map(invoices.map((invoice) => [invoice.id, invoice])),
    assignee,
  };
}

/** The error of a log without any reference that determines its customer. */
function missingCustomer(log: { [Field in keyof ManualLog]?: unknown }): FieldErrors {
  const { customer_id, contact_id, invoice_ids, scheduled_action_id, scheduled_touchpoint_id } = log;
  const given = [customer_id, contact_id, scheduled_action_id, scheduled_touchpoint_id, ...[invoice_ids ?? []].flat()];
  if (given.some(Boolean)) return {};
  return {
    customer_id: ['This field is required, unless contact_id, invoice_ids or a scheduled id says which customer.'],
  };
}

function referenceErrors(
  ids: ReferenceIds,
  { customer, contact, action, touchpoint, invoicesById, assignee }: FoundReferences,
): FieldErrors {
  const errors: FieldErrors = {};
  const check = (field: string, id: string | null, owner: string | undefined, what: string) => {
    if (id !== null && (owner === undefined || (customer && owner !== customer.id)))
      errors[field] = [`No such ${what} for this customer.`];
  };
  if (ids.customerId && !customer) errors.customer_id = ['No such customer.'];
  check('contact_id', ids.contactId, contact?.customer_id, 'contact');
  check('scheduled_action_id', ids.actionId, action?.customer_id, 'scheduled action');
  check('scheduled_touchpoint_id', ids.touchpointId, touchpoint?.customer_id, 'scheduled touchpoint');
  const invoiceLists = {
    invoice_ids: ids.invoiceIds,
    'promise.invoice_ids': ids.promiseInvoiceIds,
    'dispute.invoice_ids': ids.disputeInvoiceIds,
  };
  for (const [field, invoiceIds] of Object.entries(invoiceLists)) {
    for (const [index, id] of invoiceIds.entries())
      check(`${field}[${index}]`, id, invoicesById.get(id ?? '')?.customer_id, 'invoice');
  }
  if (ids.assigneeId && !assignee) errors.assignee_id = ['No such member of this company.'];
  if (action?.status === 'cancelled' && !errors.scheduled_action_id)
    errors.scheduled_action_id = ['This scheduled action is cancelled.'];
  if (touchpoint?.status === 'cancelled' && !errors.scheduled_touchpoint_id)
    errors.scheduled_touchpoint_id = ['This scheduled touchpoint is cancelled.'];
  return errors;
}

function toStep<Status>({ id, status, completed_at, thread_ids }: StepRow<string, Status>): Step<Status> {
  return { id, status, completedAt: completed_at, threadIds: thread_ids };
}

/** The customer of the first row that was found; the other rows must belong to the same customer. */
function ownerOf(rows: (OwnedRow | null)[]): References['customer'] | undefined {
  const first = rows.find((row) => row !== null);
  return first && { id: first.customer_id, name: first.customer_name };
}

/** Selects the customer's name with each row, which saves a second query. */
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
