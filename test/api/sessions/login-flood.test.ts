import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  hashPassword,
  PASSWORD_CONCURRENCY,
  PASSWORD_QUEUE_LENGTH,
  reservePasswordCheck,
} from '../../../src/crypto/password.ts';
import { connect } from '../../../src/db/client.ts';
import { isDatabaseUnavailable } from '../../../src/db/errors.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { createTenant } from '../../support/factories.ts';
import { run } from '../../support/global-setup.ts';
import { callerWith, expectProblem } from '../../support/http.ts';

/** Many logins at once: they are shed before they cost the database anything, and a shed one is no failure of its account. */

let t: TestApp;
let username: string;
const PASSWORD = 'correct horse battery staple';
beforeAll(async () => {
  t = await startTestApp();
  const { userId } = await createTenant(t.db);
  const values = [userId, await hashPassword(PASSWORD)];
  const [user] = await t.db.query<{ username: string }>({
    text: 'UPDATE users SET password_hash = $2 WHERE id = $1 RETURNING username',
    values,
  });
  username = user?.username ?? '';
});
afterAll(() => t.close());

const login = (password: string) => callerWith(t.app).post('/api/auth/login/', { username, password });
const failures = () => t.db.query<{ failures: number }>({ text: 'SELECT failures FROM login_failures' });

describe('a flood of logins', () => {
  it('503 without a statement when every place in the password queue is taken', async () => {
    const places = Array.from({ length: PASSWORD_CONCURRENCY + PASSWORD_QUEUE_LENGTH }, reservePasswordCheck);
    let statements = 0;
    const count = () => {
      statements += 1;
    };
    t.db.pool.on('acquire', count);
    const refused = await Promise.all([login(PASSWORD), login('wrong password')]);
    for (const answer of refused) expectProblem(answer, 'unavailable');
    t.db.pool.off('acquire', count);
    for (const leave of places) leave();
    expect(statements).toBe(0);
    expect(await failures()).toEqual([]);
    expect((await login(PASSWORD)).statusCode).toBe(200);
  });

  it('a refusal comes after a second, so that a client that repeats at once costs one request a second', async () => {
    const places = Array.from({ length: PASSWORD_CONCURRENCY + PASSWORD_QUEUE_LENGTH }, reservePasswordCheck);
    const startedAt = performance.now();
    expectProblem(await login(PASSWORD), 'unavailable');
    for (const leave of places) leave();
    expect(performance.now() - startedAt).toBeGreaterThan(990);
  });

  it('refusals that came together aren’t sent together', async () => {
    const places = Array.from({ length: PASSWORD_CONCURRENCY + PASSWORD_QUEUE_LENGTH }, reservePasswordCheck);
    const answeredAt = await Promise.all(
      Array.from({ length: 60 }, () => login(PASSWORD).then(() => performance.now())),
    );
    for (const leave of places) leave();
    const sorted = answeredAt.toSorted((one, other) => one - other);
    expect((sorted.at(-1) ?? 0) - (sorted[0] ?? 0)).toBeGreaterThan(500);
    // Half of them come in more than a quarter of that time.
    expect((sorted[45] ?? 0) - (sorted[15] ?? 0)).toBeGreaterThan(125);
  });

  it('200 for the right password after any number of attempts that the database didn’t answer', async () => {
    // The account can't be read for a while; each attempt is counted first.
    await run(t.database.ownerUrl, ['ALTER TABLE users RENAME TO users_away']);
    for (let nth = 0; nth < 12; nth += 1) expect((await login(PASSWORD)).statusCode).toBe(500);
    await run(t.database.ownerUrl, ['ALTER TABLE users_away RENAME TO users']);
    expect(await failures()).toEqual([]);
    expect((await login(PASSWORD)).statusCode).toBe(200);
  });

  it('401 for each wrong password, and nothing is taken back', async () => {
    for (let nth = 1; nth <= 3; nth += 1) {
      expectProblem(await login('wrong password'), 'invalid_credentials');
      expect(await failures()).toEqual([{ failures: nth }]);
    }
    expect((await login(PASSWORD)).statusCode).toBe(200);
    expect(await failures()).toEqual([]);
  });
});

describe('a database that is too slow to connect to', () => {
  it('is unavailable, whichever of the driver’s timers comes first', async () => {
    const silent = createServer((socket) => socket.on('error', () => undefined));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    const url = `postgres://nobody:x@127.0.0.1:${port}/none`;
    const db = connect({ url, poolSize: 4, onError: () => undefined, limits: { connectionTimeoutMillis: 50 } });
    const errors = await Promise.all(
      Array.from({ length: 12 }, () => db.query({ text: 'SELECT 1' }).catch((error: Error) => error)),
    );
    for (const error of errors) expect(isDatabaseUnavailable(error), String(error)).toBe(true);
    for (const message of ['timeout expired', 'Received unexpected commandComplete message from backend.'])
      expect(isDatabaseUnavailable(new Error(message))).toBe(true);
    await db.close();
    silent.close();
  });
});
