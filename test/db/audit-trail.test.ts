import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateEncryptionKey } from '../../src/crypto/key-ring.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { commsArguments } from '../support/compiled.ts';
import { addMember, createCustomer, createMessage, createTenant, createUser } from '../support/factories.ts';

let t: TestApp;
let server: pg.Client;
let desk: { companyId: string; userId: string; token: string; customerId: string; threadId: string };
beforeAll(async () => {
  t = await startTestApp();
  server = new pg.Client({ connectionString: t.database.serverUrl });
  await server.connect();
  const tenant = await createTenant(t.db);
  const customerId = await createCustomer(t.db, tenant.companyId);
  const { id: threadId } = await createMessage(t.db, t.ring, tenant.companyId, { customerId });
  desk = { ...tenant, customerId, threadId };
});
afterAll(async () => {
  await server.end();
  await t.close();
});

type Entry = {
  action: string;
  subject_id: string | null;
  user_id: string | null;
  address: string | null;
  username: string;
};

async function comms(...args: string[]): Promise<string> {
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    DATABASE_URL: t.database.serverUrl,
    DATABASE_MIGRATION_URL: t.database.ownerUrl,
    ENCRYPTION_KEYS: generateEncryptionKey(1),
  };
  const { stdout } = await promisify(execFile)(process.execPath, commsArguments(...args), { env });
  return stdout;
}

async function audit(...args: string[]): Promise<Entry[]> {
  const lines = await comms('--json', 'audit', ...args);
  return lines
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

const post = (path: string, payload: object, token = desk.token) =>
  t.app.inject({
    method: 'POST',
    url: `/api/companies/${desk.companyId}/${path}`,
    headers: { authorization: `Token ${token}` },
    payload,
  });

describe('every write is written down: who, with which token, when, from where, what, on which row', () => {
  it('a manual log and a note', async () => {
    const log = await post('communications/log-manual', {
      communication_type: 'call',
      customer_id: desk.customerId,
      notes: 'canary of a note',
    });
    const note = await post('thread-notes', { thread_id: desk.threadId, content: 'canary of a note' });
    const entries = await audit('--company', desk.companyId, '--user', await usernameOf(desk.userId));
    expect(entries).toEqual([
      {
        id: expect.any(String),
        occurred_at: expect.stringMatching(/Z$/),
        actor_kind: 'user',
        user_id: desk.userId,
        username: await usernameOf(desk.userId),
        token_id: expect.any(String),
        address: '127.0.0.1',
        request_id: log.headers['x-request-id'],
        action: 'thread.created',
        subject_id: log.json().id,
        details: { source: 'manual' },
      },
      expect.objectContaining({ action: 'note.created', subject_id: note.json().id }),
    ]);
    expect(JSON.stringify(entries)).not.toContain('canary');
  });

  it('the rows of a batch, each by itself', async () => {
    const batch = await post('customers/batch', {
      data: [
        { external_id: 'D-1', name: 'a' },
        { external_id: 'D-2', name: 'b' },
      ],
    });
    const entries = await audit('--company', desk.companyId, '--action', 'customer.created');

    expect(entries).toEqual(
      batch.json().data.map(({ id }: { id: string }) =>
        expect.objectContaining({
          user_id: desk.userId,
          token_id: expect.any(String),
          address: '127.0.0.1',
          request_id: batch.headers['x-request-id'],
          subject_id: id,
        }),
      ),
    );
  });

  it('a refused write leaves no entry', async () => {
    const before = (await audit('--company', desk.companyId)).length;
    expect((await post('thread-notes', { thread_id: desk.customerId, content: 'x' })).statusCode).toBe(400);
    expect((await audit('--company', desk.companyId)).length).toBe(before);
  });
});

describe('logins and logouts', () => {
  const login = (username: string, password: string) =>
    t.app.inject({ method: 'POST', url: '/api/auth/login/', payload: { username, password } });

  it('of a member are in the company’s trail: failures, successes and the end', async () => {
    const userId = await createUser(t.db, { username: 'dana', password: 'right password' });
    await addMember(t.db, desk.companyId, userId);
    await login('dana', 'wrong password');
    const { token } = (await login('dana', 'right password')).json();
    await t.app.inject({ method: 'POST', url: '/api/auth/logout/', headers: { authorization: `Token ${token}` } });
    const entries = await audit('--company', desk.companyId, '--user', 'dana');
    expect(entries.map(({ action, user_id, address }) => ({ action, user_id, address }))).toEqual(
      ['login.failed', 'login.succeeded', 'logout'].map((action) => ({
        action,
        user_id: userId,
        address: '127.0.0.1',
      })),
    );
  });

  it('of nobody are in the trail without what was typed', async () => {
    await login('my secret password', 'x');
    const entries = await audit('--action', 'login.failed');
    expect(entries.at(-1)).toMatchObject({ user_id: null, address: '127.0.0.1', action: 'login.failed' });
    expect(JSON.stringify(entries)).not.toContain('my secret password');
  });
});

describe('comms audit', () => {
  it('shows what the operator did, and filters by kind of action and by time', async () => {
    await comms('user', 'create', '--username', 'kim');
    await comms('member', 'add', '--company', desk.companyId, '--user', 'kim');
    const { id } = JSON.parse(await comms('--json', 'token', 'create', '--user', 'kim'));
    await comms('token', 'revoke', '--id', id);
    const entries = await audit('--company', desk.companyId);
    expect(entries.map((entry) => entry.action)).toEqual(
      expect.arrayContaining(['user.created', 'member.added', 'token.created', 'token.revoked']),
    );
    const tokens = await audit('--company', desk.companyId, '--action', 'token');
    expect(tokens.map((entry) => [entry.action, entry.subject_id])).toEqual([
      ['token.created', id],
      ['token.revoked', id],
    ]);
    expect(await audit('--company', desk.companyId, '--since', '2100-01-01T00:00:00Z')).toEqual([]);
    expect(await comms('audit', '--company', desk.companyId, '--action', 'member')).toContain('operator  member.added');
  }, 120_000);

  it('does not show another company’s', async () => {
    const { companyId } = await createTenant(t.db);
    expect(await audit('--company', companyId)).toEqual([]);
  });
});

describe("the server's role", () => {
  it.each(['audit_events', 'security_events'])('adds to %s and can neither change nor delete', async (table) => {
    for (const statement of [
      `UPDATE ${table} SET action = 'x'`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table}`,
      `DROP TABLE ${table}`,
      `ALTER TABLE ${table} ADD COLUMN x int`,
      `CREATE TRIGGER t BEFORE INSERT ON ${table} EXECUTE FUNCTION now()`,
    ]) {
      await expect(server.query(statement), statement).rejects.toMatchObject({ code: '42501' });
    }
  });

  it.each([
    'CREATE TABLE x (y int)',
    'CREATE SCHEMA x',
    'CREATE ROLE x',
    'DROP TABLE users',
    'ALTER TABLE users ADD COLUMN x int',
    'TRUNCATE users',
    'CREATE EXTENSION pg_trgm',
    'ALTER SYSTEM SET fsync = off',
    `COPY (SELECT 1) TO PROGRAM 'true'`,
    `SELECT pg_read_file('/etc/passwd')`,
    'UPDATE drizzle.__drizzle_migrations SET hash = hash',
    'SET ROLE comms_test_owner',
  ])('may not: %s', async (statement) => {
    await expect(server.query(statement)).rejects.toMatchObject({ code: expect.stringMatching(/^42501|^42P01/) });
  });
});

async function usernameOf(userId: string): Promise<string> {
  const [user] = await t.db.query<{ username: string }>({
    text: 'SELECT username FROM users WHERE id = $1',
    values: [userId],
  });
  return user?.username ?? '';
}
