import { zoneSql } from './time-zones.ts';

/**
 * SQL of today's date in a company's time zone. PostgreSQL evaluates it once per statement, and only when a row needs
 * it.
 * @param company SQL of the company's id
 */
export function companyToday(company: string): string {
  return inCompanyZone(company, (zone) => `(now() AT TIME ZONE ${zone})::date`);
}

/** SQL of the local time in a company's time zone at an instant, evaluated once per statement. @param at SQL of the instant */
export function companyTimeAt(company: string, at: string): string {
  return inCompanyZone(company, (zone) => `${at} AT TIME ZONE ${zone}`);
}

/** SQL of the instant at which a date ends in a company's time zone. @param day SQL of the date */
export function companyDayEnd(company: string, day: string): string {
  return inCompanyZone(company, (zone) => `(${day} + 1)::timestamp AT TIME ZONE ${zone}`);
}

function inCompanyZone(company: string, valueIn: (zone: string) => string): string {
  return `(SELECT ${valueIn(zoneSql('co'))} FROM companies co WHERE co.id = ${company})`;
}
