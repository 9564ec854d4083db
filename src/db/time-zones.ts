import { isTimeZone, offsetsOf } from '../domain/timestamps.ts';
import type { Statement } from './statement.ts';

/** The time zones of companies, which PostgreSQL and the runtime must read alike (contract §1, Dates). */

export const ZONE_ADVICE = 'an IANA time zone such as Europe/Berlin, which PostgreSQL knows by the same name';

/** A company's zone for AT TIME ZONE, as SQL. @param company the alias of `companies` */
export function zoneSql(company: string): string {
  return `readable_zone(${company}.timezone)`;
}

/**
 * The middle of each month of twenty years. The future is left out: countries change their summer time, and of two sets of
 * zone data one is newer; that makes no other zone of it.
 */
const COMPARED = Array.from({ length: 20 * 12 }, (_, month) => Date.UTC(2000, month, 15, 12));

/** Those of the names that PostgreSQL or the runtime doesn't know, takes for an abbreviation, or reads as another zone. */
export async function findUnreadableZones(
  ask: (statement: Statement) => Promise<{ name: string; is_known: boolean; offsets: number[] }[]>,
  names: readonly string[],
): Promise<string[]> {
  const rows = await ask({
    text: `
      SELECT z.name,
             EXISTS (SELECT FROM pg_timezone_names n WHERE lower(n.name) = lower(z.name)) AS is_known,
             ARRAY(SELECT extract(epoch FROM (i.at AT TIME ZONE z.readable) - (i.at AT TIME ZONE 'UTC'))::int
                   FROM unnest($2::timestamptz[]) WITH ORDINALITY AS i(at, nth)
                   ORDER BY i.nth) AS offsets
      FROM (SELECT z.name, readable_zone(z.name) AS readable
            FROM unnest($1::text[]) AS z(name)
            OFFSET 0) z`,
    values: [[...new Set(names)], COMPARED.map((instant) => new Date(instant).toISOString())],
  });
  return rows.filter((row) => !row.is_known || !agrees(row)).map(({ name }) => name);
}

function agrees({ name, offsets }: { name: string; offsets: number[] }): boolean {
  return isTimeZone(name) && offsetsOf(name, COMPARED).every((offset, nth) => offset === offsets[nth]);
}
