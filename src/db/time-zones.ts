import { isTimeZone, offsetsOf } from '../domain/timestamps.ts';
import type { Statement } from './statement.ts';

/** Companies' time zones, which PostgreSQL and the runtime have to interpret alike (contract §1, Dates). */

export const ZONE_ADVICE = 'an IANA time zone such as Europe/Berlin, which PostgreSQL knows by the same name';

/** SQL of a company's zone for AT TIME ZONE. @param company the alias of `companies` */
export function zoneSql(company: string): string {
  return `readable_zone(${company}.timezone)`;
}

/**
 * The middle of each month of twenty years, in which zones are compared. The future is left out, because countries
 * change their summer time and one of the two sets of zone data is newer, which doesn't make it another zone.
 */
const COMPARED = Array.from({ length: 20 * 12 }, (_, month) => Date.UTC(2000, month, 15, 12));

/**
 * The names that PostgreSQL or the runtime doesn't know, takes for an abbreviation, or interprets as different zones.
 */
export async function findUnreadableZones(
  query: (statement: Statement) => Promise<{ name: string; is_known: boolean; offsets: number[] }[]>,
  names: readonly string[],
): Promise<string[]> {
  const rows = await query({
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
