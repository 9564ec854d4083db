import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashToken } from '../../../src/crypto/token.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { addMember, createCompany, createTenant, createUser, createUserToken } from '../../support/factories.ts';
import { anId, callerWith, expectProblem } from '../../support/http.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ trustProxy: 1 });
});
afterAll(() => t.close());

const PASSWORD = 'correct horse battery staple';
const LOGIN = '/api/auth/login/';

const login = (username: string, password: string, address = '203.0.113.1') =>
  callerWith(t.app).post(LOGIN, { username, password }, { 'x-forwarded-for': address });

async function someone() {
  const username = `sam-${Math.random().toString(36).slice(2)}`;
  const userId = await createUser(t.db, { username, name: 'Sam Ortiz', password: PASSWORD });
  return { username, userId };
}

async function tokensOf(userId: string) {
  return t.db.query<{ hash: Buffer; days: number; revoked_at: string | null; row: string }>({
    text: `SELECT hash, revoked_at, extract(epoch FROM expires_at - now()) / 86400 AS days, t::text AS row
           FROM tokens t WHERE user_id = $1`,
    values: [userId],
  });
}

describe('POST /auth/login/', () => {
  it('answers 200 with token, user and companies', async () => {
    const { username, userId } = await someone();
    const north = await createCompany(t.db, { name: 'Northbrook', timezone: 'America/Chicago' });
    const acme = await createCompany(t.db, { name: 'Acme' });
    await createCompany(t.db, { name: 'Not theirs' });
    await addMember(t.db, north, userId, 'admin');
    await addMember(t.db, acme, userId, 'viewer');
    const response = await login(username, PASSWORD);
    expect(response.statusCode).toBe(200);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.json()).toEqual({
      token: expect.stringMatching(/^comms_[0-9A-Za-z]{38}$/),
      user: { id: userId, username, email: `${username}@northbrook.example`, name: 'Sam Ortiz' },
      companies: [
        { id: acme, name: 'Acme', role: 'viewer', timezone: 'UTC' },
        { id: north, name: 'Northbrook', role: 'admin', timezone: 'America/Chicago' },
      ],
    });
  });

  it('the token opens the companies at once; stored is only its SHA-256; it expires after 30 days', async () => {
    const { username, userId } = await someone();
    const companyId = await createCompany(t.db);
    await addMember(t.db, companyId, userId);
    const { token } = (await login(username, PASSWORD)).json();
    expect((await callerWith(t.app, token).get(`/api/companies/${companyId}/thread-notes`)).statusCode).toBe(200);
    const [stored] = await tokensOf(userId);
    expect(stored?.hash).toEqual(hashToken(token));
    expect(stored?.row).not.toContain(token);
    expect(Number(stored?.days)).toBeCloseTo(30, 2);
  });

  it('wrong password, unknown user and user without a password get the same 401', async () => {
    const { username } = await someone();
    await createUser(t.db, { username: 'passwordless' });
    const problems = [];
    for (const [name, password] of [
      [username, 'wrong'],
      ['nobody', PASSWORD],
      ['passwordless', ''.padEnd(1, 'x')],
      [`${username}x`, PASSWORD],
    ]) {
      const response = await login(String(name), String(password));
      expectProblem(response, 'invalid_credentials');
      expect(response.headers['www-authenticate']).toBe('Token');
      const { request_id: _, ...problem } = response.json();
      problems.push(problem);
    }
    expect(new Set(problems.map((problem) => JSON.stringify(problem))).size).toBe(1);
  });

  it('an unknown user takes the same time', async () => {
    const { username } = await someone();
    const names = [username, 'nobody-at-all'];
    const times: number[][] = [[], []];
    // In turns, so that what else the machine does slows both.
    for (let nth = 0; nth < 14; nth += 1) {
      const start = performance.now();
      await login(String(names[nth % 2]), 'wrong', `198.51.100.${nth}`);
      times[nth % 2]?.push(performance.now() - start);
    }
    const [known = 0, unknown = 0] = times.map((each) => Number(each.sort((one, other) => one - other)[3]));
    expect(unknown / known).toBeGreaterThan(0.3);
    expect(unknown / known).toBeLessThan(3);
  });

  it('username and password are required strings; 400 names every fault', async () => {
    const caller = callerWith(t.app);
    expectProblem(await caller.post(LOGIN, {}), 'validation_error', ['password', 'username']);
    expectProblem(await caller.post(LOGIN, { username: 5, password: null }), 'validation_error', [
      'password',
      'username',
    ]);
    expectProblem(await caller.post(LOGIN, { username: '', password: '' }), 'validation_error', [
      'password',
      'username',
    ]);
    expectProblem(await caller.post(LOGIN, { username: 'a\0', password: 'x' }), 'validation_error', ['username']);
    expectProblem(await caller.post(LOGIN, []), 'validation_error', ['body']);
  });

  it('answers 200 under /api/v1 too, with and without a final slash', async () => {
    const { username } = await someone();
    for (const url of ['/api/auth/login', '/api/auth/login/', '/api/v1/auth/login', '/api/v1/auth/login/'])
      expect((await callerWith(t.app).post(url, { username, password: PASSWORD })).statusCode, url).toBe(200);
  });

  describe('throttle', () => {
    const fail = async (username: string, times: number, address?: string) => {
      for (let nth = 0; nth < times; nth += 1)
        expectProblem(await login(username, 'wrong', address), 'invalid_credentials');
    };
    /** Lets time pass for an account's failures. */
    const later = (seconds: number) =>
      t.db.query({
        text: `UPDATE login_failures SET first_failed_at = first_failed_at - $1 * interval '1 second',
                                         last_failed_at = last_failed_at - $1 * interval '1 second'`,
        values: [seconds],
      });

    it('after 10 failures in a minute 429, even with the right password, with Retry-After and RateLimit headers', async () => {
      const { username, userId } = await someone();
      await fail(username, 10);
      const response = await login(username, PASSWORD);
      expectProblem(response, 'throttled');
      expect(Number(response.headers['retry-after'])).toBeGreaterThan(50);
      expect(response.headers).toMatchObject({ 'ratelimit-limit': '10', 'ratelimit-remaining': '0' });
      expect(response.headers['ratelimit-reset']).toBe(response.headers['retry-after']);
      expect(await tokensOf(userId)).toEqual([]);
    });

    it('the owner still gets in from elsewhere (200), and other accounts from the same address, while that address gets 429', async () => {
      const { username } = await someone();
      const neighbour = await someone();
      await fail(username, 10, '203.0.113.7');
      expectProblem(await login(username, PASSWORD, '203.0.113.7'), 'throttled');
      expect((await login(username, PASSWORD, '203.0.113.8')).statusCode).toBe(200);
      expect((await login(neighbour.username, PASSWORD, '203.0.113.7')).statusCode).toBe(200);
    });

    it('counts as one address what is one, however a proxy writes it, and so does the trail', async () => {
      const { username, userId } = await someone();
      const ways = [
        '203.0.113.9',
        '203.0.113.9:1111',
        '[::ffff:203.0.113.9]:2222',
        '::ffff:203.0.113.9',
        '203.0.113.9:3',
      ];
      for (const address of [...ways, ...ways]) await fail(username, 1, address);
      expectProblem(await login(username, PASSWORD, '203.0.113.9:4444'), 'throttled');
      const trail = await t.db.query({
        text: `SELECT DISTINCT address FROM security_events WHERE user_id = $1 AND action = 'login.failed'`,
        values: [userId],
      });
      expect(trail).toEqual([{ address: '203.0.113.9' }]);
    });

    it('Retry-After grows with every further failure', async () => {
      const { username } = await someone();
      await fail(username, 10);
      const waits = [];
      for (let nth = 0; nth < 3; nth += 1) {
        const seconds = Number((await login(username, 'wrong')).headers['retry-after']);
        waits.push(seconds);
        await later(seconds);
        await fail(username, 1);
      }
      expect(waits[1]).toBeGreaterThan(Number(waits[0]) * 1.5);
      expect(waits[2]).toBeGreaterThan(Number(waits[1]) * 1.5);
    });

    it('waiting is enough: then the right password works (200) and the failures are forgotten', async () => {
      const { username } = await someone();
      await fail(username, 10);
      await later(Number((await login(username, PASSWORD)).headers['retry-after']));
      expect((await login(username, PASSWORD)).statusCode).toBe(200);
      await fail(username, 9);
      expect((await login(username, PASSWORD)).statusCode).toBe(200);
    });

    it('failures of more than a minute ago do not count', async () => {
      const { username } = await someone();
      await fail(username, 9);
      await later(61);
      await fail(username, 9);
      expect((await login(username, PASSWORD)).statusCode).toBe(200);
    });

    it('many at once do not slip past together: 401, 429 or 503', async () => {
      const { username } = await someone();
      const responses = await Promise.all(Array.from({ length: 30 }, () => login(username, 'wrong')));
      const statuses = responses.map((response) => response.statusCode);
      expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(10);
      expect(statuses.filter((status) => status === 401 || status === 429 || status === 503)).toHaveLength(30);
    });

    it('keeps no username in the clear, which may be a password typed in the wrong field', async () => {
      await fail('hunter2-hunter2', 1);
      const rows = await t.db.query<{ row: string }>({ text: 'SELECT f::text AS row FROM login_failures f' });
      expect(JSON.stringify(rows)).not.toContain('hunter2');
    });
  });
});

describe('POST /auth/logout/', () => {
  it('204, and revokes the token that it was called with, no other', async () => {
    const { username, userId } = await someone();
    const companyId = await createCompany(t.db);
    await addMember(t.db, companyId, userId);
    const [one, other] = [
      (await login(username, PASSWORD)).json().token,
      (await login(username, PASSWORD)).json().token,
    ];
    const response = await callerWith(t.app, one).send({ method: 'POST', url: '/api/auth/logout/' });
    expect(response.statusCode).toBe(204);
    expect(response.body).toBe('');
    expect(response.headers['cache-control']).toBe('no-store');
    const url = `/api/companies/${companyId}/thread-notes`;
    expectProblem(await callerWith(t.app, one).get(url), 'not_authenticated');
    expectProblem(await callerWith(t.app, one).send({ method: 'POST', url: '/api/auth/logout/' }), 'not_authenticated');
    expect((await callerWith(t.app, other).get(url)).statusCode).toBe(200);
  });

  it.each([
    ['no body', {}],
    ['JSON', { payload: '{"x":1}', headers: { 'content-type': 'application/json' } }],
    ['broken JSON', { payload: '{', headers: { 'content-type': 'application/json' } }],
    ['a form', { payload: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
    ['bytes without a type', { payload: Buffer.from([0, 255]) }],
    ['two megabytes', { payload: Buffer.alloc(2_000_000), headers: { 'content-type': 'text/plain' } }],
  ])('answers 204 whatever its body is: %s', async (_name, request) => {
    const { token } = await createTenant(t.db);
    const response = await callerWith(t.app, token).send({ method: 'POST', url: '/api/v1/auth/logout', ...request });
    expect(response.statusCode, response.body).toBe(204);
  });

  it('401 without a token', async () => {
    expectProblem(await callerWith(t.app).send({ method: 'POST', url: '/api/auth/logout/' }), 'not_authenticated');
  });
});

describe('Authorization: Token <key>', () => {
  const urlOf = (companyId: string) => `/api/companies/${companyId}/communications/threads`;

  it('compares the scheme without case', async () => {
    const { companyId, token } = await createTenant(t.db);
    for (const scheme of ['Token', 'token', 'TOKEN'])
      expect((await callerWith(t.app).get(urlOf(companyId), { authorization: `${scheme} ${token}` })).statusCode).toBe(
        200,
      );
  });

  it('takes any number of blanks between the scheme and the token, as HTTP does, and counts it as the same token', async () => {
    const limited = await startTestApp({ rateLimitPerMinute: 3 });
    try {
      const { companyId, token } = await createTenant(limited.db);
      const get = (authorization: string) => callerWith(limited.app).get(urlOf(companyId), { authorization });
      const spellings = [`Token ${token}`, `Token  ${token}`, `TOKEN${' '.repeat(500)}${token}`, `token   ${token}`];
      const answers = [];
      for (const spelling of spellings) answers.push(await get(spelling));
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200]);
      // The first was counted for the address: the token had not proved itself.
      expect(answers.map(({ headers }) => headers['ratelimit-remaining'])).toEqual(['2', '2', '1', '0']);
      expectProblem(await get(`Token  ${token}`), 'throttled');
    } finally {
      await limited.close();
    }
  });

  it('no, wrong, expired or revoked token and wrong scheme are one 401', async () => {
    const { companyId, userId, token } = await createTenant(t.db);
    const expired = await createUserToken(t.db, userId, '2026-01-01T00:00:00.000Z');
    const revoked = await createUserToken(t.db, userId);
    await t.db.query({ text: 'UPDATE tokens SET revoked_at = now() WHERE hash = $1', values: [hashToken(revoked)] });
    const last = token.at(-1) === 'a' ? 'b' : 'a';
    for (const authorization of [
      undefined,
      '',
      'Token',
      token,
      `Bearer ${token}`,
      `Basic ${token}`,
      `Token\t${token}`,
      `Token${token}`,
      `Token ${token} x`,
      `Token ${token.slice(0, -1)}${last}`,
      `Token ${token.slice(0, -1)}`,
      'Token 9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b',
      `Token ${expired}`,
      `Token ${revoked}`,
    ]) {
      const response = await callerWith(t.app).get(
        urlOf(companyId),
        authorization === undefined ? {} : { authorization },
      );
      expectProblem(response, 'not_authenticated');
      expect(response.json().detail).toBe('Authentication credentials were not provided.');
      expect(response.headers['www-authenticate']).toBe('Token');
    }
  });

  it('a token counts until the moment it expires, then 401', async () => {
    const { companyId, userId } = await createTenant(t.db);
    const token = await createUserToken(t.db, userId, new Date(Date.now() + 1_000).toISOString());
    expect((await callerWith(t.app, token).get(urlOf(companyId))).statusCode).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expectProblem(await callerWith(t.app, token).get(urlOf(companyId)), 'not_authenticated');
  });

  it('a changed membership counts from the next request on (403)', async () => {
    const { companyId, userId, token } = await createTenant(t.db);
    const caller = callerWith(t.app, token);
    const note = () => caller.post(`/api/companies/${companyId}/thread-notes`, {});
    expectProblem(await note(), 'validation_error', ['content', 'thread_id']);
    await t.db.query({ text: `UPDATE memberships SET role = 'viewer' WHERE user_id = $1`, values: [userId] });
    expectProblem(await note(), 'permission_denied');
    expect((await caller.get(urlOf(companyId))).statusCode).toBe(200);
    await t.db.query({ text: 'DELETE FROM memberships WHERE user_id = $1', values: [userId] });
    expectProblem(await caller.get(urlOf(companyId)), 'permission_denied');
  });

  it('403 for a company that is not the caller’s and one that does not exist: the same answer', async () => {
    const { token } = await createTenant(t.db);
    const other = await createTenant(t.db);
    const problems = [];
    for (const companyId of [other.companyId, '0192f0c4-7c1e-7b43-9d5f-3c6a1f0e9b21']) {
      const response = await callerWith(t.app, token).get(urlOf(companyId));
      expectProblem(response, 'permission_denied');
      problems.push({ ...response.json(), request_id: '' });
    }
    expect(problems[0]).toEqual(problems[1]);
  });

  it('admin and member read and write; viewer only reads (403)', async () => {
    for (const [role, status] of [
      ['admin', 400],
      ['member', 400],
      ['viewer', 403],
    ] as const) {
      const { companyId, token } = await createTenant(t.db, { role });
      const caller = callerWith(t.app, token);
      expect((await caller.get(urlOf(companyId))).statusCode).toBe(200);
      expect((await caller.post(`/api/companies/${companyId}/communications/log-manual`, {})).statusCode).toBe(status);
      expect((await caller.post(`/api/companies/${companyId}/thread-notes`, {})).statusCode).toBe(status);
    }
  });

  it('last use is noted for the operator', async () => {
    const { companyId, userId, token } = await createTenant(t.db);
    await callerWith(t.app, token).get(urlOf(companyId));
    await expect
      .poll(
        async () =>
          (
            await t.db.query<{ at: string }>({
              text: 'SELECT last_used_at AS at FROM tokens WHERE user_id = $1',
              values: [userId],
            })
          )[0]?.at,
      )
      .toEqual(expect.stringMatching(/^\d{4}/));
  });

  it('a token that belongs to nobody any more is refused with 403', async () => {
    const { companyId } = await createTenant(t.db);
    const stranger = await createUser(t.db);
    const token = await createUserToken(t.db, stranger);
    expectProblem(await callerWith(t.app, token).get(urlOf(companyId)), 'permission_denied');
    expect(stranger).toEqual(anId);
  });
});
