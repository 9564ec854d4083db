import { findUnreadableZones, ZONE_ADVICE } from '../../db/time-zones.ts';
import { isTimeZone } from '../../domain/timestamps.ts';
import type { Faults } from './faults.ts';
import type { ImportSession } from './session.ts';
import { RECORDS } from './staging-tables.ts';

/** Checks that PostgreSQL interprets the time zones as the runtime does, which has checked each line already. */
export async function checkTimeZones(session: ImportSession, faults: Faults): Promise<void> {
  const staged = await session.query<{ line: number; timezone: string }>(
    `SELECT line, timezone FROM ${RECORDS.company.staging} ORDER BY line`,
  );
  const companies = staged.filter(({ timezone }) => isTimeZone(timezone));
  if (companies.length === 0) return;
  const zones = companies.map(({ timezone }) => timezone);
  const unreadable = new Set(await findUnreadableZones(session.query.bind(session), zones));
  for (const { line, timezone } of companies)
    if (unreadable.has(timezone)) faults.add(line, `timezone must be ${ZONE_ADVICE}`);
}
