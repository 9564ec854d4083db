import type { LineType } from '../line-schema.ts';
import { checkAttachments, checkTraces } from './check-message-parts.ts';
import { checkTimeZones } from './check-time-zones.ts';
import { checkUsernames } from './check-user-names.ts';
import { type Duplicate, duplicateLines } from './duplicate-lines.ts';
import type { Faults } from './faults.ts';
import { type Report, reportTo } from './report-faults.ts';
import type { ImportSession } from './session.ts';
import { RECORDS, type RecordType } from './staging-tables.ts';

/**
 * Checks all lines against each other and the database, before anything is written: no id occurs twice, everything that
 * is referred to exists (in an earlier line or in the database, with the same company and customer), and unique values
 * are unique.
 */
export async function checkReferences(session: ImportSession, faults: Faults): Promise<void> {
  const report = reportTo(session, faults);
  await checkDuplicates(session, report);
  await deriveCustomers(session);
  for (const reference of REFERENCES) await checkReference(report, reference);
  for (const named of INVOICES) await checkInvoices(report, named);
  await checkCustomersOfPromises(report);
  for (const type of WITH_CUSTOMER) await checkSameCustomerAsBefore(report, type);
  for (const type of ['mailbox', 'phone'] as const) await checkSameCompanyAsBefore(report, type);
  for (const unique of UNIQUE) await checkUnique(report, unique);
  await checkUsernames(report);
  await checkAttachments(report);
  await checkTraces(report);
  await checkTimeZones(session, faults);
}

type Reference = {
  from: LineType;
  column: string;
  to: LineType;
  /** Whether both must have the same customer. */
  sameCustomer?: true;
};

const REFERENCES: Reference[] = [
  { from: 'membership', column: 'company_id', to: 'company' },
  { from: 'membership', column: 'user_id', to: 'user' },
  { from: 'customer', column: 'company_id', to: 'company' },
  { from: 'contact', column: 'customer_id', to: 'customer' },
  { from: 'invoice', column: 'customer_id', to: 'customer' },
  { from: 'scheduled_action', column: 'customer_id', to: 'customer' },
  { from: 'scheduled_action', column: 'invoice_id', to: 'invoice', sameCustomer: true },
  { from: 'scheduled_touchpoint', column: 'customer_id', to: 'customer' },
  { from: 'thread', column: 'company_id', to: 'company' },
  { from: 'thread', column: 'customer_id', to: 'customer' },
  { from: 'thread', column: 'contact_id', to: 'contact', sameCustomer: true },
  { from: 'thread', column: 'logged_by_id', to: 'user' },
  { from: 'thread', column: 'assignee_id', to: 'user' },
  { from: 'thread', column: 'scheduled_action_id', to: 'scheduled_action', sameCustomer: true },
  { from: 'thread', column: 'scheduled_touchpoint_id', to: 'scheduled_touchpoint', sameCustomer: true },
  { from: 'thread_note', column: 'thread_id', to: 'thread' },
  { from: 'thread_note', column: 'author_id', to: 'user' },
  { from: 'mailbox', column: 'company_id', to: 'company' },
  { from: 'mailbox', column: 'user_id', to: 'user' },
  { from: 'phone', column: 'company_id', to: 'company' },
  { from: 'promise', column: 'customer_id', to: 'customer' },
  { from: 'promise', column: 'thread_id', to: 'thread' },
  { from: 'promise', column: 'created_by_id', to: 'user' },
];

/** Lists of invoices, which must all have the line's customer. `field`: its path in the line. */
const INVOICES = [
  { from: 'thread', column: 'invoice_ids', field: 'invoice_ids' },
  { from: 'thread', column: 'dispute_invoice_ids', field: 'dispute.invoice_ids' },
  { from: 'promise', column: 'invoice_ids', field: 'invoice_ids' },
] as const;

const WITH_CUSTOMER = ['contact', 'invoice', 'scheduled_action', 'scheduled_touchpoint'] as const;

/** `field`: its path in the line. */
type Unique = { type: LineType; column: string; field: string; within?: 'company' };

const UNIQUE: Unique[] = [
  { type: 'mailbox', column: 'grant_id', field: 'grant_id' },
  { type: 'phone', column: 'number', field: 'number' },
  { type: 'customer', column: 'external_id', field: 'external_id', within: 'company' },
  { type: 'contact', column: 'external_id', field: 'external_id', within: 'company' },
  { type: 'invoice', column: 'external_id', field: 'external_id', within: 'company' },
  { type: 'scheduled_action', column: 'external_id', field: 'external_id', within: 'company' },
  { type: 'scheduled_touchpoint', column: 'external_id', field: 'external_id', within: 'company' },
  { type: 'thread', column: 'call_uuid', field: 'provider.call_uuid', within: 'company' },
  { type: 'promise', column: 'thread_id', field: 'thread_id', within: 'company' },
];

const nounOf = (type: LineType) => (type === 'thread_note' ? 'note' : type.replace('_', ' '));

/** Reports duplicates and unstages all but the first of them, so that later checks don't report them again. */
async function checkDuplicates(session: ImportSession, report: Report): Promise<void> {
  for (const { staging, key } of Object.values<RecordType>(RECORDS)) {
    const found = duplicateLines(staging, key);
    const names = key.filter((name) => name !== 'company_id').join(' and ');
    const isAny = await report<Duplicate>(found, ({ first }) => `has the same ${names} as line ${first}`);
    if (isAny) await session.execute(`DELETE FROM ${staging} WHERE line IN (SELECT line FROM (${found}) later)`);
  }
}

/**
 * Sets the customer of messages that leave it out, from the contact, invoice, action or touchpoint (contract,
 * log-manual).
 */
async function deriveCustomers(session: ImportSession): Promise<void> {
  const joins = WITH_CUSTOMER.map((type) => {
    const id = type === 'invoice' ? 's.invoice_ids[1]' : `s.${type}_id`;
    const { staging, table } = RECORDS[type];
    return `
    LEFT JOIN ${staging} f_${type} ON f_${type}.company_id = s.company_id AND f_${type}.id = ${id}
    LEFT JOIN ${table} d_${type} ON d_${type}.company_id = s.company_id AND d_${type}.id = ${id}`;
  });
  const found = WITH_CUSTOMER.flatMap((type) => [`f_${type}.customer_id`, `d_${type}.customer_id`]);
  await session.execute(`
    UPDATE ${RECORDS.thread.staging} t
    SET customer_id = derived.customer_id
    FROM (SELECT s.line, COALESCE(${found.join(', ')}) AS customer_id
          FROM ${RECORDS.thread.staging} s ${joins.join('')}
          WHERE s.customer_id IS NULL) derived
    WHERE t.line = derived.line AND derived.customer_id IS NOT NULL`);
}

type Referenced = { id: string; later: number | null; other_customer: boolean };

/**
 * `f`: the line with the referenced row; `d`: the stored row. `OFFSET 0` makes PostgreSQL join lines with lines first.
 * Otherwise it expects few missing rows and compares each of them with every parent.
 */
async function checkReference(report: Report, reference: Reference): Promise<void> {
  const { from, column, to, sameCustomer } = reference;
  const target: RecordType = RECORDS[to];
  const joined = (alias: string) =>
    target.key.includes('company_id')
      ? `${alias}.company_id = s.company_id AND ${alias}.id = s.${column}`
      : `${alias}.id = s.${column}`;
  const isOther = sameCustomer ? 'COALESCE(s.given_customer_id, d.customer_id) <> s.customer_id' : 'false';
  const found = `
    SELECT s.line, s.${column} AS id, s.later, COALESCE(${isOther}, false) AS other_customer
    FROM (SELECT s.*, f.line AS later ${sameCustomer ? ', f.customer_id AS given_customer_id' : ''}
          FROM ${RECORDS[from].staging} s
          LEFT JOIN ${target.staging} f ON ${joined('f')}
          WHERE s.${column} IS NOT NULL
          OFFSET 0) s
    LEFT JOIN ${target.table} d ON ${joined('d')}
    WHERE (d.id IS NULL AND (s.later IS NULL OR s.later > s.line)) OR ${isOther}`;
  await report<Referenced>(found, (row) => reasonOf(column, to, row));
}

function reasonOf(field: string, to: LineType, { id, later, other_customer: isOther }: Referenced): string {
  if (isOther) return `${field}: ${nounOf(to)} ${id} belongs to another customer`;
  if (later !== null) return `${field}: ${nounOf(to)} ${id} comes only in line ${later}; parents go before children`;
  return `${field}: there is no ${nounOf(to)} ${id}${to === 'company' || to === 'user' ? '' : ' in this company'}`;
}

async function checkInvoices(report: Report, { from, column, field }: (typeof INVOICES)[number]): Promise<void> {
  const isOther = 'COALESCE(f.customer_id, d.customer_id) <> s.customer_id';
  const found = `
    SELECT s.line, i.id, f.line AS later, COALESCE(${isOther}, false) AS other_customer
    FROM ${RECORDS[from].staging} s
    CROSS JOIN unnest(s.${column}) AS i(id)
    LEFT JOIN ${RECORDS.invoice.staging} f ON f.company_id = s.company_id AND f.id = i.id
    LEFT JOIN invoices d ON d.company_id = s.company_id AND d.id = i.id
    WHERE (d.id IS NULL AND (f.line IS NULL OR f.line > s.line)) OR ${isOther}`;
  await report<Referenced>(found, (row) => reasonOf(field, 'invoice', row));
}

/**
 * A promise and the message in which it was made must have the same customer, whichever of the two is in the file. The
 * staged row of a faulty message has no timestamp and is ignored.
 */
async function checkCustomersOfPromises(report: Report): Promise<void> {
  const { promise, thread } = RECORDS;
  await report(
    `SELECT s.line
     FROM ${promise.staging} s
     LEFT JOIN ${thread.staging} f ON f.company_id = s.company_id AND f.id = s.thread_id
     LEFT JOIN communication_threads d ON d.company_id = s.company_id AND d.id = s.thread_id
     WHERE (f.line IS NULL OR f."timestamp" IS NOT NULL) AND (f.line IS NOT NULL OR d.id IS NOT NULL)
       AND s.customer_id IS DISTINCT FROM CASE WHEN f.line IS NULL THEN d.customer_id ELSE f.customer_id END`,
    () => 'customer_id: the message in which the promise was made has another customer, or none',
  );
  await report<{ id: string }>(
    `SELECT s.line, d.id
     FROM ${thread.staging} s
     JOIN promises d ON d.company_id = s.company_id AND d.thread_id = s.id
     WHERE s."timestamp" IS NOT NULL AND d.customer_id IS DISTINCT FROM s.customer_id
       AND NOT EXISTS (SELECT FROM ${promise.staging} p WHERE p.company_id = d.company_id AND p.id = d.id)`,
    ({ id }) => `customer_id: promise ${id} was made in this message by another customer`,
  );
}

/** Stored messages refer to the row together with its customer, so the customer can't change. */
async function checkSameCustomerAsBefore(report: Report, type: LineType): Promise<void> {
  const { staging, table } = RECORDS[type];
  const found = `
    SELECT s.line, d.customer_id
    FROM ${staging} s
    JOIN ${table} d ON d.company_id = s.company_id AND d.id = s.id
    WHERE d.customer_id <> s.customer_id`;
  await report<{ customer_id: string }>(
    found,
    (row) => `customer_id: this ${nounOf(type)} belongs to customer ${row.customer_id} and can't change to another`,
  );
}

/** Ids of mailboxes and phones are unique across companies, so the company can't change. */
async function checkSameCompanyAsBefore(report: Report, type: LineType): Promise<void> {
  const { staging, table } = RECORDS[type];
  const found = `
    SELECT s.line FROM ${staging} s JOIN ${table} d ON d.id = s.id WHERE d.company_id <> s.company_id`;
  await report(found, () => `id: this ${nounOf(type)} belongs to another company`);
}

async function checkUnique(report: Report, { type, column, field, within }: Unique): Promise<void> {
  const { staging, table } = RECORDS[type];
  const found = `
    SELECT s.line, NULL::int AS first, s.${column}
    FROM ${staging} s
    JOIN ${table} d ON d.${column} = s.${column} ${within ? 'AND d.company_id = s.company_id' : ''}
    WHERE d.id <> s.id
    UNION ALL ${duplicateLines(staging, within ? ['company_id', column] : [column], `${column} IS NOT NULL`)}`;
  await report<{ first: number | null }>(found, ({ first }) =>
    first === null ? `${field}: another ${nounOf(type)} has it already` : `${field}: line ${first} has the same`,
  );
}
