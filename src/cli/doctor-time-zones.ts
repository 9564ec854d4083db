import type { Db } from '../db/client.ts';
import { findUnreadableZones, ZONE_ADVICE } from '../db/time-zones.ts';
import { type Check, failed, ok } from './doctor-check.ts';

/** One check for each company whose zone PostgreSQL and the runtime read differently. */
export async function checkTimeZones(db: Db): Promise<Check[]> {
  // Before the first migration, and of an older version, there is nothing to compare with.
  const isThere = await db.query({ text: "SELECT WHERE to_regprocedure('readable_zone(text)') IS NOT NULL" });
  if (isThere.length === 0) return [];
  const companies = await db.query<{ id: string; timezone: string }>({
    text: 'SELECT id, timezone FROM companies ORDER BY id',
  });
  const zones = companies.map(({ timezone }) => timezone);
  const unreadable = new Set(await findUnreadableZones(db.query.bind(db), zones));
  const wrong = companies.filter(({ timezone }) => unreadable.has(timezone));
  if (wrong.length === 0) return [ok('time zones', 'PostgreSQL and the runtime read every company’s alike')];
  return wrong.map(({ id, timezone }) =>
    failed(
      'time zones',
      `company ${id} has the time zone ${timezone}, which PostgreSQL knows otherwise or not at all`,
      `import its company line with ${ZONE_ADVICE}`,
    ),
  );
}
