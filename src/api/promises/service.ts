import {
  brokenAtSql,
  COMPANY_TODAY,
  hasBrokenSinceSql,
  isBrokenSql,
  promiseInvoicesSql,
  promiseStatusSql,
} from '../../conversations/promise-status.ts';
import type { KeyRing } from '../../crypto/key-ring.ts';
import type { Connection } from '../../db/client.ts';
import { settleAll } from '../../db/settle-all.ts';
import type { Statement } from '../../db/statement.ts';
import { type FieldErrors, notFound } from '../../domain/errors.ts';
import { lowerCase } from '../../domain/normalize-text.ts';
import type { ShownPromiseStatus } from '../../domain/vocabulary.ts';
import {
  encodeCursor,
  type List,
  type ListIdentity,
  listOf,
  type Paging,
  pagingErrors,
  readPaging,
} from '../../http/lists/pagination.ts';
import {
  type IncrementalSync,
  renamedUsers,
  startIncrementalSync,
  updatedAfterErrors,
  withWatermark,
} from '../../http/lists/updated-after.ts';
import type { PaymentPromise, PromisesQuery } from './schema.ts';

type PromiseRow = Omit<PaymentPromise, 'company_id' | 'created_by'> & {
  created_by_id: string | null;
  created_by_name: string | null;
};

/** The columns of a promise with the names of its customer and creator, for the table `p`; `$1` is the company. */
const PROMISE_COLUMNS = `
  p.id, p.customer_id, c.name AS customer_name, p.thread_id, ${promiseStatusSql('p')} AS status, p.due_on::text AS due_on,
  p.amount::text AS amount, p.currency, ${promiseInvoicesSql('p')} AS invoice_ids, p.created_by_id,
  COALESCE(NULLIF(u.name, ''), u.username) AS created_by_name, p.created_at,
  GREATEST(p.updated_at, u.renamed_at, ${brokenAtSql('p')}) AS updated_at`;

const WITH_NAMES = `
  JOIN customers c ON c.company_id = $1 AND c.id = p.customer_id
  LEFT JOIN users u ON u.id = p.created_by_id`;

/** Errors between parameters that are valid one by one. */
export function queryErrors(query: PromisesQuery): FieldErrors {
  const errors = { ...pagingErrors(query), ...updatedAfterErrors(query) };
  const { due_from: from, due_to: to } = query;
  if (from !== undefined && to !== undefined && from > to) errors.due_from = ['Must not be after due_to.'];
  return errors;
}

/** A page of promises, ordered by due date. */
export async function listPromises(
  ring: KeyRing,
  connection: Connection,
  companyId: string,
  query: PromisesQuery,
): Promise<List<PaymentPromise>> {
  const identity = identityOf(companyId, query);
  const paging = readPaging(query, identity, ring);
  const sync =
    query.updated_after === undefined
      ? undefined
      : await startIncrementalSync(ring, connection, companyId, query.updated_after);
  const conditions = conditionsOf(companyId, query, sync);
  const [rows, total] = await settleAll(
    connection.query<PromiseRow>(pageStatement(conditions, paging)),
    paging.after ? Promise.resolve(undefined) : connection.query<{ count: number }>(countStatement(conditions)),
  );
  const promises = rows.map((row) => toPromise(row, companyId));
  const list = listOf(promises, total?.[0]?.count, paging, (last) =>
    encodeCursor(ring, identity, { time: `${last.due_on}T00:00:00.000Z`, id: last.id }),
  );
  return withWatermark(list, sync, paging);
}

type Conditions = ReturnType<typeof conditionsOf>;

function countStatement({ clauses, values }: Conditions): Statement {
  return { text: `SELECT count(*) AS count FROM promises p WHERE ${clauses.join(' AND ')}`, values };
}

function pageStatement(conditions: Conditions, { after, fetchLimit, offset }: Paging): Statement {
  const values = [...conditions.values];
  const isBehind = after
    ? [`(p.due_on, p.id) > ($${values.push(after.time.slice(0, 10))}::date, $${values.push(after.id)}::uuid)`]
    : [];
  return {
    text: `
      SELECT ${PROMISE_COLUMNS}
      FROM (SELECT p.*
            FROM promises p
            WHERE ${[...conditions.clauses, ...isBehind].join('\n              AND ')}
            ORDER BY p.due_on, p.id
            LIMIT ${fetchLimit} OFFSET ${offset}) p
      ${WITH_NAMES}
      ORDER BY p.due_on, p.id`,
    values,
  };
}

function identityOf(companyId: string, query: PromisesQuery): ListIdentity {
  return [
    companyId,
    'promises',
    query.status ? [...query.status].sort() : null,
    query.customer_id === undefined ? null : lowerCase(query.customer_id),
    query.invoice_id === undefined ? null : lowerCase(query.invoice_id),
    query.due_from ?? null,
    query.due_to ?? null,
    query.updated_after ?? null,
  ];
}

function conditionsOf(companyId: string, query: PromisesQuery, sync: IncrementalSync | undefined) {
  const values: unknown[] = [companyId];
  const given = (value: unknown) => `$${values.push(value)}`;
  const clauses = ['p.company_id = $1'];
  if (query.status) clauses.push(`(${query.status.map(hasStatus).join(' OR ')})`);
  if (query.customer_id) clauses.push(`p.customer_id = ${given(query.customer_id)}`);
  if (query.invoice_id)
    clauses.push(`p.id IN (SELECT v.promise_id FROM promise_invoices v
                      WHERE v.company_id = $1 AND v.invoice_id = ${given(query.invoice_id)})`);
  if (query.due_from) clauses.push(`p.due_on >= ${given(query.due_from)}::date`);
  if (query.due_to) clauses.push(`p.due_on <= ${given(query.due_to)}::date`);
  if (sync?.since !== undefined) {
    const hasBroken = hasBrokenSinceSql('p', `${given(sync.sinceTime)}::timestamptz`);
    const since = `${given(sync.since.toString())}::xid8`;
    const isOfRenamed = sync.hasRenamedUsers ? [`p.created_by_id IN (${renamedUsers(since)})`] : [];
    clauses.push(`(${[`p.changed_in >= ${since}`, hasBroken, ...isOfRenamed].join(' OR ')})`);
  }
  return { clauses, values };
}

/**
 * The condition for a shown status, which follows from the stored status and the current day in the company's time
 * zone.
 */
function hasStatus(status: ShownPromiseStatus): string {
  if (status === 'open') return `(p.status = 'open' AND p.due_on >= ${COMPANY_TODAY})`;
  if (status === 'broken') return isBrokenSql('p');
  return `p.status = '${status}'`;
}

/** @throws notFound */
export async function getPromise(
  connection: Connection,
  companyId: string,
  promiseId: string,
): Promise<PaymentPromise> {
  const [row] = await connection.query<PromiseRow>({
    name: 'get_promise',
    text: `
      SELECT ${PROMISE_COLUMNS}
      FROM promises p
      ${WITH_NAMES}
      WHERE p.company_id = $1 AND p.id = $2`,
    values: [companyId, promiseId],
  });
  if (!row) throw notFound();
  return toPromise(row, companyId);
}

function toPromise(row: PromiseRow, companyId: string): PaymentPromise {
  const { created_by_id: id, created_by_name: name, ...promise } = row;
  return { ...promise, company_id: companyId, created_by: id === null ? null : { id, name: name ?? '' } };
}
