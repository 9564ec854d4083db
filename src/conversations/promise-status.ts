import { companyToday } from '../db/company-day.ts';

export const COMPANY_TODAY = companyToday('$1');

/** What a promise reads as, as SQL over the table under an alias; `$1` is the company. */
export function promiseStatusSql(alias: string): string {
  return `CASE WHEN ${alias}.status = 'open' AND ${alias}.due_on < ${COMPANY_TODAY} THEN 'broken' ELSE ${alias}.status END`;
}

/** The ids of a promise's invoices as an array, in the order in which they were named. `$1` is the company. */
export function promiseInvoicesSql(alias: string): string {
  return `ARRAY(SELECT v.invoice_id
                 FROM promise_invoices v
                 WHERE v.company_id = $1 AND v.promise_id = ${alias}.id
                 ORDER BY v.position)`;
}
