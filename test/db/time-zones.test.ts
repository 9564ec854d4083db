import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findUnreadableZones } from '../../src/db/time-zones.ts';
import { newId } from '../../src/domain/ids.ts';
import { offsetsOf } from '../../src/domain/timestamps.ts';
import { createCustomer, createMessage, createPromise, createTenant } from '../support/factories.ts';
import { callerWith } from '../support/http.ts';
import { type ImportWorld, startImportWorld } from '../support/import-world.ts';

/** A zone is accepted only when PostgreSQL and the runtime read it as the same zone (contract §1, Dates). */

let world: ImportWorld;
beforeAll(async () => {
  world = await startImportWorld();
});
afterAll(() => world.close());

const READ_ALIKE = [
  ...[
    'UTC',
    'Etc/UTC',
    'GMT',
    'Europe/Berlin',
    'America/Chicago',
    'Asia/Kolkata',
    'Asia/Kathmandu',
    'Australia/Sydney',
  ],
  ...['US/Pacific', 'EST5EDT', 'Etc/GMT+5', 'Japan', 'EST', 'MST', 'HST', 'europe/berlin', 'Africa/Casablanca'],
  // Names that are abbreviations as well.
  ...['CET', 'MET', 'EET', 'WET', 'cet'],
  // Their rules change; which of the two has the newer data is no matter.
  'America/Vancouver',
];

const REFUSED = [
  // PostgreSQL has another zone of that abbreviation, the runtime the name of an old Java.
  ...['IST', 'BST', 'PST', 'CST', 'ACT', 'ART', 'AST', 'NST'],
  // The same at all times, and no zone of the IANA database.
  ...['JST', 'EAT', 'SystemV/PST8'],
  // Known to the runtime alone, and to PostgreSQL alone.
  ...['AET', 'CTT', 'ECT', 'MIT', 'VST', 'US/Pacific-New'],
  ...['MSK', 'CEST', 'EDT', 'Z', 'Factory', 'posixrules', 'America', ''],
  ...['+02:00', '<X>-2', 'CET-1CEST', 'Mars/Olympus', "'; DROP TABLE companies"],
];

describe('a time zone', () => {
  it.each(READ_ALIKE)('%s is accepted by import, and its days are those of the runtime', async (timezone) => {
    const id = newId();
    await world.import([{ type: 'company', id, name: 'N', timezone }]);
    for (const instant of [Date.UTC(2026, 0, 15, 12), Date.UTC(2026, 6, 15, 12)]) {
      const [row] = await world.db.query<{ offset: number }>({
        text: `SELECT extract(epoch FROM ($1::timestamptz AT TIME ZONE readable_zone(timezone)) - ($1::timestamptz AT TIME ZONE 'UTC'))::int AS offset
               FROM companies WHERE id = $2`,
        values: [new Date(instant).toISOString(), id],
      });
      expect([row?.offset]).toEqual(offsetsOf(timezone, [instant]));
    }
  });

  it.each(REFUSED)('%s is refused by import, by the line', async (timezone) => {
    expect(await world.faultsOf([{ type: 'company', id: newId(), name: 'N', timezone }])).toEqual([
      expect.stringMatching(/^1: timezone must be an IANA time zone/),
    ]);
  });

  it('is compared for every name that the runtime lists, most of which are alike', async () => {
    const names = Intl.supportedValuesOf('timeZone');
    const unreadable = await findUnreadableZones(world.db.query.bind(world.db), names);
    expect(unreadable.length).toBeLessThan(names.length / 50);
  });
});

describe('a company with summer time under the name of an abbreviation', () => {
  it.each([
    ['CET', '2026-07-14T22:00:00Z', '2026-07-15T21:59:59.999Z'],
    ['MET', '2026-07-14T22:00:00Z', '2026-07-15T21:59:59.999Z'],
    ['EET', '2026-07-14T21:00:00Z', '2026-07-15T20:59:59.999Z'],
    ['WET', '2026-07-14T23:00:00Z', '2026-07-15T22:59:59.999Z'],
  ])('in %s has its days begin an hour earlier in July', async (timezone, first, last) => {
    const { companyId, token } = await createTenant(world.db, { timezone });
    for (const timestamp of [first, last]) await createMessage(world.db, world.ring, companyId, { timestamp });
    for (const instant of [Date.parse(first) - 1, Date.parse(last) + 1])
      await createMessage(world.db, world.ring, companyId, { timestamp: new Date(instant).toISOString() });
    const url = `/api/companies/${companyId}/communications/threads?date_from=2026-07-15&date_to=2026-07-15`;
    expect((await callerWith(world.app, token).get(url)).json().count).toBe(2);
  });
});

describe('a company with a zone that PostgreSQL doesn’t know', () => {
  it.each(['AET', 'US/Pacific-New', 'IST', '', 'Mars/Olympus'])('%s is answered', async (timezone) => {
    const { companyId, token } = await createTenant(world.db, { timezone });
    const customerId = await createCustomer(world.db, companyId);
    const { id: threadId } = await createMessage(world.db, world.ring, companyId, { customerId });
    const promiseId = await createPromise(world.db, companyId, { customerId, threadId });
    const get = (path: string) => callerWith(world.app, token).get(`/api/companies/${companyId}/${path}`);
    for (const path of [
      'communications/threads',
      'communications/threads?date_from=2020-01-01&date_to=2999-01-01',
      'communications/emails?date_from=2020-01-01',
      `communications/threads/${threadId}`,
      'promises',
      'promises?status=open',
      `promises/${promiseId}`,
    ]) {
      const response = await get(path);
      expect([path, response.statusCode]).toEqual([path, 200]);
      expect(response.json().count ?? 1).toBe(1);
    }
  });
});
