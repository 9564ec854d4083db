import { companyToday } from '../db/company-day.ts';

export const COMPANY_TODAY = companyToday('$1');

/**
 * SQL of a promise's shown status (`ShownPromiseStatus`); `$1` is the company.
 * @param alias of the table `promises`
 */
export function promiseStatusSql(alias: string): string {
  return `CASE WHEN ${alias}.status = 'open' AND ${alias}.due_on < ${COMPANY_TODAY} THEN 'broken' ELSE ${alias}.status END`;
}

/** SQL of the array of a promise's invoice ids, in the order in which they were given. `$1` is the company. */
export function promiseInvoicesSql(alias: string): string {
  return `ARRAY(SELECT v.invoice_id
                 FROM promise_invoices v
                 WHERE v.company_id = $1 AND v.promise_id = ${alias}.id
                 ORDER BY v.position)`;
}
