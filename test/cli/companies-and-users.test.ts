import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { generateEncryptionKey } from '../../src/crypto/key-ring.ts';
import { VERSION } from '../../src/domain/version.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { type CommandLine, ended, openCommandLine } from '../support/command-line.ts';
import { openEventStream } from '../support/event-stream.ts';
import { callerWith } from '../support/http.ts';
import { COMPANY, FOUNDATION, idOf, threadLine, toText } from '../support/import-world.ts';

// A command is a process, and machines are shared.
vi.setConfig({ testTimeout: 120_000 });

let world: TestApp;
let comms: CommandLine;

beforeAll(async () => {
  const keys = generateEncryptionKey(1);
  world = await startTestApp({}, { encryptionKeys: keys });
  comms = await openCommandLine({
    DATABASE_URL: world.database.serverUrl,
    DATABASE_MIGRATION_URL: world.database.ownerUrl,
    ENCRYPTION_KEYS: keys,
  });
});
afterAll(async () => {
  await comms.close();
  await world.close();
});

describe('comms --version', () => {
  test('prints the version of the package, for a program as an object', async () => {
    expect(await comms.run(['--version'])).toEqual({ code: 0, stdout: `${VERSION}\n`, stderr: '' });
    expect(await comms.json(['--version'])).toEqual({ version: VERSION });
  });

  test('is the one that the server tells', async () => {
    const api = callerWith(world.app);
    expect((await api.get('/healthz')).json()).toEqual({ status: 'ok', version: VERSION });
    expect((await api.get('/readyz')).json()).toEqual({ status: 'ok' });
    expect((await api.get('/openapi.json')).json().info.version).toBe(VERSION);
    expect((await api.get('/metrics')).body).toContain(`\ncommunications_build_info{version="${VERSION}"} 1\n`);
  });
});

describe('comms serve', () => {
  test('begins its log with the version', async () => {
    const child = comms.start(['serve'], { PORT: '0' });
    const [first] = (await once(createInterface(child.stderr), 'line')) as [string];
    child.kill('SIGTERM');
    await ended(child);
    expect(JSON.parse(first)).toMatchObject({ msg: 'starting', version: VERSION });
  });
});

describe('comms company', () => {
  test('list and rename', async () => {
    expect((await comms.run(['company', 'list'])).stdout).toBe('There are no companies.\n');
    const { id } = await comms.json(['company', 'create', '--name', ' Acme ', '--timezone', 'Europe/Berlin']);
    await comms.json(['user', 'create', '--username', 'rename-witness']);
    await comms.json(['member', 'add', '--company', String(id), '--user', 'rename-witness']);

    const renamed = await comms.json(['company', 'rename', '--id', String(id).toUpperCase(), '--name', ' Acme Corp ']);

    expect(renamed).toEqual({ id, name: 'Acme Corp' });
    const created_at = expect.stringMatching(/Z$/);
    expect(await comms.json(['company', 'list'])).toEqual({
      companies: [{ id, name: 'Acme Corp', timezone: 'Europe/Berlin', members: 1, created_at }],
    });
    expect((await comms.run(['company', 'list'])).stdout).toBe(`${id}  Europe/Berlin  1 member  Acme Corp\n`);
    const { rows } = await trail(String(id));
    expect(rows.map(({ action }) => action)).toEqual(['company.created', 'member.added', 'company.renamed']);
  });

  test('rename is refused for no company (1), and for no UUID or a blank name (2)', async () => {
    const rename = (id: string, name: string) => comms.run(['company', 'rename', '--id', id, '--name', name]);
    const refused = await Promise.all([rename(idOf('none'), 'N'), rename('5', 'N'), rename(idOf('none'), ' ')]);
    expect(refused.map(({ code, stderr }) => [code, stderr])).toEqual([
      [1, `There is no company ${idOf('none')}.\n`],
      [2, '--id must be a UUID.\n'],
      [2, '--name must not be blank.\n'],
    ]);
  });
});

describe('comms user', () => {
  test('a disabled user is out at once: tokens, password, open streams; enabled they are in again', async () => {
    const password = 'correct horse';
    const { id: company } = await comms.json(['company', 'create', '--name', 'Disabling']);
    const create = ['user', 'create', '--username', 'leaver', '--name', 'Lee', '--password-stdin'];
    const { id } = await comms.json(create, { stdin: password });
    await comms.json(['member', 'add', '--company', String(company), '--user', 'leaver']);
    const { token } = await comms.json(['token', 'create', '--user', 'leaver']);
    const threads = `/api/companies/${company}/communications/threads`;
    const status = async () => (await callerWith(world.app, String(token)).get(threads)).statusCode;
    const post = async () => (await callerWith(world.app, String(token)).post(`${threads}/x`, {})).statusCode;
    const login = async () =>
      (await callerWith(world.app).post('/api/auth/login/', { username: 'leaver', password })).json();
    const base = await world.app.listen({ host: '127.0.0.1', port: 0 });
    const events = `${base}/api/companies/${company}/communications/events`;
    const stream = await openEventStream(events, { authorization: `Token ${token}` });
    expect([await status(), (await login()).user.id, stream.response.statusCode]).toEqual([200, id, 200]);

    const disabled = await comms.json(['user', 'disable', '--username', 'leaver']);

    expect(disabled).toEqual({ id, disabled_at: expect.stringMatching(/Z$/) });
    expect([await status(), (await login()).code]).toEqual([401, 'invalid_credentials']);
    await stream.ended;
    // Again: since when stays as it was.
    expect(await comms.json(['user', 'disable', '--username', 'leaver'])).toEqual(disabled);
    const { users } = (await comms.json(['user', 'list'])) as { users: { username: string }[] };
    expect(users.find(({ username }) => username === 'leaver')).toEqual({
      id,
      username: 'leaver',
      name: 'Lee',
      email: '',
      has_password: true,
      created_at: expect.stringMatching(/Z$/),
      disabled_at: disabled.disabled_at,
    });
    expect((await comms.run(['user', 'list'])).stdout).toMatch(/^\S+ {2}leaver {2}disabled since \S+Z {2}Lee$/m);

    expect(await comms.json(['user', 'enable', '--username', 'leaver'])).toEqual({ id, disabled_at: null });
    expect([await status(), (await login()).user.id]).toEqual([200, id]);
    expect(await post()).toBe(404);
    const acts = await world.db.query({
      text: "SELECT action FROM security_events WHERE subject_id = $1 AND action LIKE 'user.%' ORDER BY occurred_at, id",
      values: [id],
    });
    expect(acts.map((row) => (row as { action: string }).action)).toEqual([
      'user.created',
      'user.disabled',
      'user.disabled',
      'user.enabled',
    ]);
  });

  test.each(['disable', 'enable'])('%s is refused for nobody', async (verb) => {
    const { code, stderr } = await comms.run(['user', verb, '--username', 'nobody']);
    expect([code, stderr]).toEqual([1, 'There is no user named nobody.\n']);
  });
});

describe('an embedded database that is new', () => {
  test('gets its schema from the first command, whichever it is', { timeout: 300_000 }, async () => {
    const fresh = await openCommandLine({ DATA_DIR: 'data' });
    onTestFinished(() => fresh.close());
    const stdin = toText([...FOUNDATION, threadLine('first')]);
    expect(await fresh.json(['import', '-'], { stdin })).toMatchObject({ created: 14 });
    expect(await fresh.json(['company', 'list'])).toMatchObject({ companies: [{ id: COMPANY, members: 1 }] });
  });
});

async function trail(companyId: string): Promise<{ rows: { action: string }[] }> {
  const rows = await world.db.query<{ action: string }>({
    text: 'SELECT action FROM audit_events WHERE company_id = $1 ORDER BY transaction_id, id',
    values: [companyId],
  });
  return { rows };
}
