import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashPassword, isShortPassword } from '../../src/crypto/password.ts';
import { newId } from '../../src/domain/ids.ts';
import { normalizeUsername } from '../../src/domain/user-names.ts';
import { purgeExpired } from '../../src/server/purge-expired.ts';
import { createUser } from '../support/factories.ts';
import { run } from '../support/global-setup.ts';
import { callerWith } from '../support/http.ts';
import { type ImportWorld, startImportWorld } from '../support/import-world.ts';

/** User names are NFC, trimmed, unique without case (contract §1, Authentication); passwords have at least 8 characters. */

let world: ImportWorld;
beforeAll(async () => {
  world = await startImportWorld();
});
afterAll(() => world.close());

const forgetUsers = () => world.owner.query({ text: 'TRUNCATE users CASCADE' });

const PASSWORD = 'a long password';
const login = (username: string, password = PASSWORD) =>
  callerWith(world.app).post('/api/auth/login/', { username, password });

describe('a user name', () => {
  it.each(['Zoë', 'Zoe\u0308', 'zoë', 'ZOE\u0308', '  zoë ', '\u00a0Zoë\n'])(
    '%j is the same at login',
    async (written) => {
      await forgetUsers();
      await createUser(world.db, { username: 'Zoë', password: PASSWORD });
      const response = await login(written);
      expect([response.statusCode, response.json().user?.username]).toEqual([200, 'Zoë']);
    },
  );

  it('counts its failures together, however it is written', async () => {
    const spellings = ['Müller', 'mu\u0308ller', 'MÜLLER', ' müller'];
    const statuses: number[] = [];
    for (let nth = 0; nth < 11; nth += 1)
      statuses.push((await login(spellings[nth % spellings.length] ?? '', 'wrong password')).statusCode);
    expect(statuses).toEqual([...Array(10).fill(401), 429]);
  });

  it.each(['ANNA', 'anna', ' Anna ', 'A\u0301nna'])('%j is unique without case', async (written) => {
    await forgetUsers();
    await world.import([{ type: 'user', id: newId(), username: written.startsWith('A\u0301') ? 'ánna' : 'Anna' }]);
    expect(await world.faultsOf([{ type: 'user', id: newId(), username: written }])).toEqual([
      '1: username: another user has it already',
    ]);
    await expect(createUser(world.db, { username: normalizeUsername(written) })).rejects.toMatchObject({
      code: '23505',
    });
  });

  it('is stored in NFC and without blanks around it, and the same file again changes nothing', async () => {
    const line = { type: 'user', id: newId(), username: '  Zoe\u0308 B ' };
    await world.import([line]);
    const [row] = await world.db.query<{ username: string }>({
      text: 'SELECT username FROM users WHERE id = $1',
      values: [line.id],
    });
    expect(row?.username).toBe('Zoë B');
    expect((await world.import([line])).counts.user).toMatchObject({ unchanged: 1 });
  });

  it('stands in two lines of a file only once, and blank not at all', async () => {
    const user = (username: string) => ({ type: 'user', id: newId(), username });
    expect(await world.faultsOf([user('Bob'), user('bob'), user(' ')])).toEqual([
      '2: username: line 1 has the same',
      '3: username must be a string that is not empty',
    ]);
  });
});

describe('the migration', () => {
  it('leaves the name with the oldest of those that clash, and says whom it renamed', async () => {
    const file = (await readdir('migrations')).find((name) => name.endsWith('_user_names_and_request_ids.sql'));
    const statements = (await readFile(`migrations/${file}`, 'utf8')).split('--> statement-breakpoint');
    const [trims = '', renames = '', unique = ''] = [
      'SET username = regexp',
      'WITH ordered',
      'CREATE UNIQUE INDEX',
    ].map((part) => statements.find((statement) => statement.includes(part)));
    await run(world.database.ownerUrl, ['TRUNCATE users CASCADE', 'DROP INDEX users_username']);
    const names = ['kim', 'Kim', ' KIM ', 'Zoe\u0308', 'Zoë', 'alone', ''];
    const ids: string[] = [];
    for (const username of names) ids.push(await createUser(world.db, { username }));
    await run(world.database.ownerUrl, ['BEGIN', trims, renames, unique, 'COMMIT']);

    const rows = await world.db.query<{ id: string; username: string }>({ text: 'SELECT id, username FROM users' });
    const stored = new Map(rows.map(({ id, username }) => [id, username]));
    expect(ids.map((id) => stored.get(id))).toEqual([
      'kim',
      `Kim~${ids[1]}`,
      `KIM~${ids[2]}`,
      'Zoë',
      `Zoë~${ids[4]}`,
      'alone',
      `~${ids[6]}`,
    ]);
    const renamed = await world.owner.query<{ subject_id: string }>({
      text: `SELECT subject_id FROM security_events WHERE action = 'user.renamed'`,
    });
    expect(renamed.map(({ subject_id }) => subject_id).sort()).toEqual([ids[1], ids[2], ids[4], ids[6]].sort());
  });
});

describe('a password', () => {
  it.each(['', 'seven77', 'caf\u00e9 ab', 'cafe\u0301 ab', '😀😀😀😀😀😀😀'])('%j is too short', async (password) => {
    expect(isShortPassword(password)).toBe(true);
    await expect(hashPassword(password)).rejects.toThrow('A password has at least 8 characters.');
  });

  it.each(['eight888', 'cafe\u0301 abc', '😀😀😀😀😀😀😀😀'])('%j is long enough', (password) => {
    expect(isShortPassword(password)).toBe(false);
  });
});

describe('the trail', () => {
  it('carries the id of the request, which its answer has', async () => {
    await forgetUsers();
    await createUser(world.db, { username: 'robin', password: PASSWORD });
    const headers = { 'x-request-id': 'my-request-1' };
    const payload = { username: 'robin', password: PASSWORD };
    const { token } = (await world.app.inject({ method: 'POST', url: '/api/auth/login/', headers, payload })).json();
    const out = { authorization: `Token ${token}`, 'x-request-id': 'my-request-2' };
    await world.app.inject({ method: 'POST', url: '/api/auth/logout/', headers: out });
    const events = await world.owner.query<{ action: string; request_id: string }>({
      text: `SELECT action, request_id FROM security_events WHERE request_id LIKE 'my-request-%' ORDER BY id`,
    });
    expect(events).toEqual([
      { action: 'login.succeeded', request_id: 'my-request-1' },
      { action: 'logout', request_id: 'my-request-2' },
    ]);
  });

  it('keeps failed logins for ninety days, and all else', async () => {
    await world.owner.query({ text: 'DELETE FROM security_events' });
    for (const [action, days] of [
      ['login.failed', 89],
      ['login.failed', 91],
      ['login.succeeded', 91],
    ])
      await world.owner.query({
        text: `INSERT INTO security_events (id, actor_kind, action, occurred_at)
               VALUES (gen_random_uuid(), 'user', $1, now() - $2 * interval '1 day')`,
        values: [action, days],
      });
    await purgeExpired(world.db);
    const left = await world.owner.query<{ action: string }>({ text: 'SELECT action FROM security_events ORDER BY 1' });
    expect(left.map(({ action }) => action)).toEqual(['login.failed', 'login.succeeded']);
  });
});
