import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { createToken } from '../../src/crypto/token.ts';
import { connect, type Db } from '../../src/db/client.ts';
import { Callers } from '../../src/http/auth/callers.ts';
import { PATIENT, SETTINGS, startTestApp, type TestApp } from '../support/app.ts';
import { addMember, createTenant, createUser, createUserToken } from '../support/factories.ts';
import { callerWith } from '../support/http.ts';
import { openConnections, tapWire, type Wire } from '../support/wire.ts';

/** Callers who come in one turn of the event loop are looked up together, and each is who they are. */

let t: TestApp;
let wire: Wire;
let db: Db;
let callers: Callers;

beforeAll(async () => {
  t = await startTestApp();
  wire = await tapWire(t.database.serverUrl);
  db = connect({ url: wire.url, poolSize: 1, onError: () => undefined, limits: PATIENT });
  callers = new Callers(db);
  await openConnections(db);
});
afterAll(async () => {
  await db.close();
  await wire.close();
  await t.close();
});

async function memberOf(companyId: string, role: 'member' | 'viewer') {
  const userId = await createUser(t.db);
  await addMember(t.db, companyId, userId, role);
  return { userId, token: await createUserToken(t.db, userId) };
}

it('one statement finds all callers of a company, however many come with the same token', async () => {
  const { companyId, userId, token } = await createTenant(t.db);
  const viewer = await memberOf(companyId, 'viewer');
  const stranger = await createTenant(t.db);
  const tokens = [token, viewer.token, createToken().token, token, stranger.token, viewer.token];
  let found: Awaited<ReturnType<Callers['find']>>[] = [];
  const traffic = await wire.during(async () => {
    found = await Promise.all(tokens.map((each) => callers.find(each, companyId, true)));
  });

  expect(traffic).toEqual({ statements: 1, roundTrips: 1 });
  expect(found.map((row) => row && [row.user_id, row.role])).toEqual([
    [userId, 'member'],
    [viewer.userId, 'viewer'],
    undefined,
    [userId, 'member'],
    [stranger.userId, null],
    [viewer.userId, 'viewer'],
  ]);
  expect(found.map((row) => row?.version)).toEqual([UNCHANGED, UNCHANGED, undefined, UNCHANGED, null, UNCHANGED]);
});

/** No write yet, on whatever day. */
const UNCHANGED = expect.stringMatching(/^0\.[0-9]+$/);

it('the version is read when one of them reads', async () => {
  const { companyId, token } = await createTenant(t.db);
  const versionsOf = async (...isReading: boolean[]) =>
    (await Promise.all(isReading.map((each) => callers.find(token, companyId, each)))).map((row) => row?.version);

  expect(await versionsOf(false, false)).toEqual([null, null]);
  expect(await versionsOf(false, true)).toEqual([UNCHANGED, UNCHANGED]);
});

it('one token in several companies has in each the role that it has there', async () => {
  const one = await createTenant(t.db);
  const other = await createTenant(t.db);
  await addMember(t.db, other.companyId, one.userId, 'viewer');
  const third = await createTenant(t.db);
  const companies = [one.companyId, other.companyId, third.companyId, undefined];
  const found = await Promise.all(companies.map((companyId) => callers.find(one.token, companyId, true)));

  expect(found.map((row) => row?.role)).toEqual(['member', 'viewer', null, null]);
  expect(new Set(found.map((row) => row?.user_id))).toEqual(new Set([one.userId]));
});

it('who comes when the statement has left is looked up by another, though it isn’t answered yet', async () => {
  const { companyId, token } = await createTenant(t.db);
  const traffic = await wire.during(async () => {
    const found = await t.db.transaction(async (tx) => {
      await tx.query({ text: 'LOCK TABLE memberships IN ACCESS EXCLUSIVE MODE' });
      const first = callers.find(token, companyId, true);
      await expect.poll(waiting).toBe(1);
      return [first, callers.find(token, companyId, true)];
    });
    await Promise.all(found);
  });

  expect(traffic.statements).toBe(2);
});

async function waiting(): Promise<number> {
  const text = `SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'memberships'::regclass`;
  const [row] = await t.db.query<{ count: number }>({ text });
  return row?.count ?? 0;
}

it('a look-up that fails is the failure of those who came with it alone', async () => {
  const { companyId, userId, token } = await createTenant(t.db);
  const failing = [callers.find(token, 'no uuid', true), callers.find(token, 'no uuid', true)];
  const others = callers.find(token, companyId, true);

  for (const { status } of await Promise.allSettled(failing)) expect(status).toBe('rejected');
  expect((await others)?.user_id).toBe(userId);
  expect((await callers.find(token, companyId, true))?.user_id).toBe(userId);
});

it('the use of a token is noted by one statement, however many requests come with it at once', async () => {
  const { userId, token } = await createTenant(t.db);
  const { companyId } = await createTenant(t.db);
  const app = await buildApp({ db, ring: t.ring, settings: SETTINGS, log: false });
  const caller = callerWith(app, token);
  const traffic = await wire.during(async () => {
    // Of another company: nothing else is read.
    await Promise.all(
      Array.from({ length: 20 }, () => caller.get(`/api/companies/${companyId}/thread-notes?page=1`, KNOWN)),
    );
    await expect.poll(() => lastUseOf(userId)).not.toBeNull();
  });
  await app.close();

  expect(traffic.statements).toBe(2);
});

const KNOWN = { 'if-none-match': '"known"' };

async function lastUseOf(userId: string): Promise<string | null | undefined> {
  const text = 'SELECT last_used_at AS at FROM tokens WHERE user_id = $1';
  const [row] = await t.db.query<{ at: string | null }>({ text, values: [userId] });
  return row?.at;
}

it('requests of one turn are each answered as their caller may be: 200, 401 or 403', async () => {
  const { companyId, token } = await createTenant(t.db);
  const viewer = await memberOf(companyId, 'viewer');
  const stranger = await createTenant(t.db);
  const list = `/api/companies/${companyId}/communications/threads`;
  const asked = [token, viewer.token, stranger.token, createToken().token, 'no token'];
  const answers = await Promise.all(asked.map((each) => callerWith(t.app, each).get(list, KNOWN)));

  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 403, 401, 401]);
});

it('finds a caller while a list holds the connection of short lists', async () => {
  const { companyId, userId, token } = await createTenant(t.db);
  const patient = new Callers(t.db);
  await t.db.transaction(async (tx) => {
    await tx.query({ text: 'SELECT pg_advisory_xact_lock(1)' });
    let isHeld = true;
    const list = t.db
      .withShared((connection) => connection.query({ text: 'SELECT pg_advisory_xact_lock(1)' }))
      .finally(() => {
        isHeld = false;
      });
    list.catch(() => undefined);
    expect(await patient.find(token, companyId, true)).toMatchObject({ user_id: userId });
    expect(isHeld).toBe(true);
  });
});
