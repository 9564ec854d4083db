import { zoneSql } from './time-zones.ts';

/**
 * SQL of today's date in a company's time zone. PostgreSQL evaluates it once per statement, and only when a row needs
 * it.
 * @param company SQL of the company's id
 */
export function companyToday(company: string): string {
  return `(SELECT (now() AT TIME ZONE ${zoneSql('co')})::date FROM companies co WHERE co.id = ${company})`;
}
