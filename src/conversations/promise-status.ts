import { companyDayEnd, companyTimeAt, companyToday } from '../db/company-day.ts';

export const COMPANY_TODAY = companyToday('$1');

/**
 * SQL of a promise's shown status (`ShownPromiseStatus`); `$1` is the company.
 * @param alias of the table `promises`
 */
export function promiseStatusSql(alias: string): string {
  return `CASE WHEN ${isBrokenSql(alias)} THEN 'broken' ELSE ${alias}.status END`;
}

/** SQL condition of a broken promise; `$1` is the company. */
export function isBrokenSql(alias: string): string {
  return `(${alias}.status = 'open' AND ${alias}.due_on < ${COMPANY_TODAY})`;
}

/**
 * SQL condition of a promise that has become broken since an instant, which no write says; `$1` is the company.
 * @param instant SQL of a `timestamptz`
 */
export function hasBrokenSinceSql(alias: string, instant: string): string {
  return `(${isBrokenSql(alias)} AND ${alias}.due_on > ${companyTimeAt('$1', instant)} - interval '1 day')`;
}

/** SQL of the instant at which a promise became broken, null for one that isn't; `$1` is the company. */
export function brokenAtSql(alias: string): string {
  return `CASE WHEN ${isBrokenSql(alias)} THEN ${companyDayEnd('$1', `${alias}.due_on`)} END`;
}

/** SQL of the array of a promise's invoice ids, in the order in which they were given. `$1` is the company. */
export function promiseInvoicesSql(alias: string): string {
  return `ARRAY(SELECT v.invoice_id
                 FROM promise_invoices v
                 WHERE v.company_id = $1 AND v.promise_id = ${alias}.id
                 ORDER BY v.position)`;
}
