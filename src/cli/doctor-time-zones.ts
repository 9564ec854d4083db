import type { Db } from '../db/client.ts';
import { findUnreadableZones, ZONE_ADVICE } from '../db/time-zones.ts';
import { type Check, failed, ok } from './doctor-check.ts';

/** One failed check for each company whose time zone PostgreSQL and Node interpret differently. */
export async function checkTimeZones(db: Db): Promise<Check[]> {
  // The function is missing before the first migration and in the schema of an older version.
  const exists = await db.query({ text: "SELECT WHERE to_regprocedure('readable_zone(text)') IS NOT NULL" });
  if (exists.length === 0) return [];
  const companies = await db.query<{ id: string; timezone: string }>({
    text: 'SELECT id, timezone FROM companies ORDER BY id',
  });
  const zones = companies.map(({ timezone }) => timezone);
  const unreadable = new Set(await findUnreadableZones(db.query.bind(db), zones));
  const wrong = companies.filter(({ timezone }) => unreadable.has(timezone));
  if (wrong.length === 0) return [ok('time zones', 'PostgreSQL and Node agree on the time zone of every company')];
  return wrong.map(({ id, timezone }) =>
    failed(
      'time zones',
      `company ${id} has the time zone ${timezone}, which PostgreSQL interprets differently or doesn't have`,
      `import its company line with ${ZONE_ADVICE}`,
    ),
  );
}
