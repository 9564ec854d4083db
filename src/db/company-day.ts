import { zoneSql } from './time-zones.ts';

/**
 * Today in a company's time zone, as SQL. PostgreSQL evaluates it once a statement, and only when a row needs it.
 * @param company its id, as SQL
 */
export function companyToday(company: string): string {
  return `(SELECT (now() AT TIME ZONE ${zoneSql('co')})::date FROM companies co WHERE co.id = ${company})`;
}
