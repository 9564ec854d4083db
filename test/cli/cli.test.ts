import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { generateEncryptionKey } from '../../src/crypto/key-ring.ts';
import { connect, type Db } from '../../src/db/client.ts';
import { openKeyRing } from '../../src/keys/open-key-ring.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { type CommandLine, ended, openCommandLine } from '../support/command-line.ts';
import { openEventStream } from '../support/event-stream.ts';
import { callerWith } from '../support/http.ts';
import { COMPANY, FOUNDATION, idOf, threadLine, toText } from '../support/import-world.ts';

// A command is a process, and machines are shared.
vi.setConfig({ testTimeout: 120_000 });

let world: TestApp;
let owner: Db;
let comms: CommandLine;

beforeAll(async () => {
  world = await startTestApp();
  owner = connect({ url: world.database.ownerUrl, poolSize: 2, purpose: 'batch', onError: () => undefined });
  // The application made a key that nobody else knows.
  await owner.query({ text: 'DELETE FROM encryption_keys' });
  const keys = generateEncryptionKey(1);
  await openKeyRing(owner, keys);
  comms = await openCommandLine({
    DATABASE_URL: world.database.serverUrl,
    DATABASE_MIGRATION_URL: world.database.ownerUrl,
    ENCRYPTION_KEYS: keys,
  });
});
afterAll(async () => {
  await comms.close();
  await owner.close();
  await world.close();
});

const MAILBOX = ['mailbox', 'add', '--company', COMPANY, '--user', 'dana', '--email', 'ar@acme.example'];

describe('exit codes', () => {
  test('2 for wrong usage, said on standard error, and with --json as an object, too', async () => {
    const usages = [
      ['frobnicate'],
      ['token', 'frobnicate'],
      ['token', 'create'],
      ['token', 'create', '--user'],
      ['token', 'list', '--user', 'dana', '--frobnicate'],
      ['token', 'create', '--user', 'dana', '--expires-in', '5 weeks'],
      ['member', 'add', '--company', COMPANY, '--user', 'dana', '--role', 'king'],
      ['member', 'remove', '--company', COMPANY],
      ['import'],
      ['import', 'one', 'two'],
    ];
    for (const { code, stdout, stderr } of await Promise.all(usages.map((args) => comms.run(args)))) {
      expect([code, stdout], stderr).toEqual([2, '']);
      expect(stderr).toMatch(/error: .+/);
    }
    const asJson = await Promise.all([
      comms.run(['user', 'create', '--json']),
      comms.run(['--json', 'token']),
      comms.run(['token', 'create', '--user', 'dana', '--expires-in', '5 weeks', '--json']),
    ]);
    expect(asJson.map(({ code, stdout }) => [code, JSON.parse(stdout)])).toEqual([
      [2, { error: "required option '--username <username>' not specified" }],
      [2, { error: 'No command is named. Try --help.' }],
      [2, { error: expect.stringContaining('It must be like 30s') }],
    ]);
  });

  test('2 for a value that can not be one of its option: one line, and the same as JSON', async () => {
    const values: [string[], RegExp][] = [
      [['company', 'create', '--name', 'N', '--timezone', 'Mars'], /^--timezone must be an IANA time zone/],
      [['company', 'create', '--name', 'N', '--timezone', 'IST'], /^--timezone must be an IANA time zone/],
      [['company', 'create', '--name', 'N', '--id', '5'], /^--id must be a UUID\.\n$/],
      [['company', 'create', '--name', ' '], /^--name must not be blank/],
      [['user', 'create', '--username', ' '], /^--username must have 1 to 150 characters/],
      [['member', 'add', '--company', 'zz', '--user', 'dana'], /^--company must be a UUID/],
      [['phone', 'add', '--company', idOf('nowhere'), '--number', '123'], /^--number must be in E\.164 form/],
      [[...MAILBOX, '--grant-id', 'g'.repeat(321)], /^--grant-id must have 1 to 320 characters/],
      [['mailbox', 'backfill', '--grant-id', 'g', '--after', 'yesterday'], /^--after must be a day/],
      [['audit', '--since', 'yesterday'], /^--since must be an RFC 3339 time/],
      [['webhook', 'send', 'gmail', 'file'], /^The provider must be nylas or vonage/],
    ];
    for (const [args, reason] of values) {
      const { code, stdout, stderr } = await comms.run([...args, '--json']);
      expect([code, stderr]).toEqual([2, expect.stringMatching(reason)]);
      expect(stdout).toBe(`${JSON.stringify({ error: stderr.trimEnd() })}\n`);
    }
  });

  test('1 when it is refused or fails: one line with the reason, and the reason as JSON', async () => {
    const refusals: [string[], RegExp][] = [
      [['token', 'create', '--user', 'nobody'], /^There is no user named nobody\.\n$/],
      [['member', 'add', '--company', idOf('nowhere'), '--user', 'nobody'], /^There is no company [0-9a-f-]{36}\.\n$/],
      [['token', 'revoke', '--id', idOf('no token')], /^There is no token/],
      [
        ['member', 'remove', '--company', idOf('nowhere'), '--user', 'nobody'],
        /^There is no company [0-9a-f-]{36}\.\n$/,
      ],
      [['import', 'no-such-file'], /^no-such-file can't be read \(ENOENT\)\.\n$/],
    ];
    for (const [args, reason] of refusals) {
      const { code, stdout, stderr } = await comms.run([...args, '--json']);
      expect([code, stderr]).toEqual([1, expect.stringMatching(reason)]);
      expect(stdout).toBe(`${JSON.stringify({ error: stderr.trimEnd() })}\n`);
    }
  });

  test('1 for a wrong setting, which is named and never shown', async () => {
    const { code, stdout, stderr } = await comms.run(['migrate'], { settings: { PORT: 'hunter2' } });
    expect([code, stdout, stderr]).toEqual([1, '', 'PORT must be a port number from 0 to 65535.\n']);
  });

  test('1 when the database is away', async () => {
    const settings = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/x', DATABASE_MIGRATION_URL: '' };
    const { code, stderr } = await comms.run(['token', 'list', '--user', 'dana'], { settings });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^The database can't be reached .*\(ECONNREFUSED\)/)]);
  });

  test('1 when what answers is no PostgreSQL, saying which setting to look at', async () => {
    const other = createServer((socket) => socket.on('error', () => undefined).end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await once(other.listen(0, '127.0.0.1'), 'listening');
    const { port } = other.address() as { port: number };
    const settings = { DATABASE_URL: `postgres://nobody@127.0.0.1:${port}/x`, DATABASE_MIGRATION_URL: '' };
    const { code, stderr } = await comms.run(['token', 'list', '--user', 'dana'], { settings });
    other.close();
    expect([code, stderr]).toEqual([
      1,
      'The database ended the connection (Connection terminated unexpectedly): check that DATABASE_URL points to a PostgreSQL server.\n',
    ]);
  });

  test('1 when the schema is behind, saying what to run', async () => {
    const url = new URL(world.database.ownerUrl);
    url.pathname = '/postgres';
    const settings = { DATABASE_URL: url.href, DATABASE_MIGRATION_URL: url.href };
    const { code, stderr } = await comms.run(['company', 'create', '--name', 'N'], { settings });
    expect([code, stderr]).toEqual([1, expect.stringContaining('Run `comms migrate` first.')]);
  });

  test('1 when the role may not change the schema, saying which setting takes the one that may', async () => {
    const settings = { DATABASE_URL: world.database.serverUrl, DATABASE_MIGRATION_URL: '' };
    const { code, stderr } = await comms.run(['migrate'], { settings });
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^The role \S+ may not .* DATABASE_MIGRATION_URL its owner\.\n$/),
    ]);
  });

  test('0 for help', async () => {
    const { code, stdout } = await comms.run(['token', '--help']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('revoke')]);
  });
});

describe('a reader that goes away', () => {
  const company = idOf('read by nobody');
  beforeAll(async () => {
    await comms.json(['company', 'create', '--name', 'Read by nobody', '--id', company]);
    await comms.json(['user', 'create', '--username', 'reader']);
  });

  test.each([
    ['a list', ['token', 'list', '--user', 'reader']],
    ['the audit trail', ['audit', '--company', company]],
    ['an export', ['export', '--company', company, '--json']],
    ['the help', ['--help']],
  ])('ends the command without a word: %s', async (_, args) => {
    const child = comms.start(args);
    child.stdout.destroy();
    const [stderr] = await Promise.all([text(child.stderr), ended(child)]);
    expect([child.exitCode, child.signalCode, stderr]).toEqual([1, null, '']);
  });

  test('a disk that is full is told in one line', async () => {
    const line = '"$0" --import tsx src/cli.ts --help > /dev/full';
    const shell = spawn('sh', ['-c', line, process.execPath], { env: { PATH: process.env.PATH } });
    const [stderr] = await Promise.all([text(shell.stderr), ended(shell)]);
    expect([shell.exitCode, stderr]).toEqual([1, "The output can't be written (ENOSPC).\n"]);
  });
});

describe('settings', () => {
  test('come from a .env file, which what is set already goes before', async () => {
    await writeFile(join(comms.folder, '.env'), 'PORT=wrong\nLOG_LEVEL=loud\n');
    try {
      expect((await comms.run(['migrate'])).stderr).toContain('PORT must be');
      expect((await comms.run(['migrate'], { settings: { PORT: '1' } })).stderr).toContain('LOG_LEVEL must be');
    } finally {
      await writeFile(join(comms.folder, '.env'), '');
    }
  });
});

describe('a .env file that is none', () => {
  test('ends every command, and even the help, with one line', async () => {
    const elsewhere = await openCommandLine({});
    onTestFinished(() => elsewhere.close());
    await mkdir(join(elsewhere.folder, '.env'));
    const line = "The file .env can't be read: it must be a regular file that this user may read.";
    expect(await elsewhere.run(['--help'])).toEqual({ code: 1, stdout: '', stderr: `${line}\n` });
    const { code, stdout } = await elsewhere.run(['migrate', '--json']);
    expect([code, stdout]).toEqual([1, `${JSON.stringify({ error: line })}\n`]);
  });
});

describe('a new company by command', () => {
  test('company, user, member, token, login: from nothing to an answer', async () => {
    const { id: companyId } = await comms.json([
      'company',
      'create',
      '--name',
      'Acme AR',
      '--timezone',
      'Europe/Berlin',
    ]);
    const user = [
      'user',
      'create',
      '--username',
      'eva',
      '--email',
      'eva@acme.example',
      '--name',
      'Eva',
      '--password-stdin',
    ];
    const { id: userId } = await comms.json(user, { stdin: 'correct horse\n' });
    const member = ['member', 'add', '--company', String(companyId), '--user', 'eva', '--role', 'admin'];
    expect(await comms.json(member)).toEqual({ company_id: companyId, user_id: userId, role: 'admin' });
    const { id: tokenId, token } = await comms.json([
      'token',
      'create',
      '--user',
      'eva',
      '--name',
      'laptop',
      '--expires-in',
      '90d',
    ]);

    const path = `/api/companies/${companyId}/communications/threads`;
    const get = () => callerWith(world.app, String(token)).get(path);
    expect((await get()).statusCode).toBe(200);
    const login = await callerWith(world.app).post('/api/auth/login/', { username: 'eva', password: 'correct horse' });
    expect(login.json()).toMatchObject({
      user: { id: userId, username: 'eva', email: 'eva@acme.example', name: 'Eva' },
      companies: [{ id: companyId, name: 'Acme AR', role: 'admin', timezone: 'Europe/Berlin' }],
    });

    const { tokens } = (await comms.json(['token', 'list', '--user', 'eva'])) as { tokens: Record<string, unknown>[] };
    expect(tokens.map(({ id, name }) => [id, name])).toContainEqual([tokenId, 'laptop']);
    expect(JSON.stringify(tokens)).not.toContain(String(token));
    const listed = tokens.find(({ id }) => id === tokenId);
    const lifetime = Date.parse(String(listed?.expires_at)) - Date.parse(String(listed?.created_at));
    expect(Math.round(lifetime / 86_400_000)).toBe(90);

    await comms.json(['token', 'revoke', '--id', String(tokenId)]);
    expect((await get()).statusCode).toBe(401);
  });

  test('what is there already is not made again, and a role can be changed', async () => {
    const id = idOf('twice').toUpperCase();
    expect(await comms.json(['company', 'create', '--name', 'Twice', '--id', id])).toEqual({ id: id.toLowerCase() });
    expect((await comms.run(['company', 'create', '--name', 'Twice', '--id', id])).code).toBe(1);
    await comms.json(['user', 'create', '--username', 'twin']);
    const again = await comms.run(['user', 'create', '--username', 'twin']);
    expect([again.code, again.stderr]).toEqual([1, 'A user named twin already exists.\n']);
    const member = ['member', 'add', '--company', id, '--user', 'twin'];
    expect(await comms.json(member)).toMatchObject({ role: 'member' });
    expect(await comms.json([...member, '--role', 'viewer'])).toMatchObject({ role: 'viewer' });
  });

  test('a member who is removed is out at once, whatever they have open; what they may elsewhere stays', async () => {
    const [{ id: company }, { id: other }, { id: userId }] = await Promise.all([
      comms.json(['company', 'create', '--name', 'Left']),
      comms.json(['company', 'create', '--name', 'Kept']),
      comms.json(['user', 'create', '--username', 'leaver', '--name', 'Lee']),
    ]);
    const of = (id: unknown) => ['--company', String(id), '--user', 'leaver'];
    await comms.json(['member', 'add', ...of(other)]);
    await comms.json(['member', 'add', ...of(company), '--role', 'viewer']);
    const { token } = await comms.json(['token', 'create', '--user', 'leaver']);
    const answer = async (id: unknown) => {
      const path = `/api/companies/${id}/communications/threads`;
      return (await callerWith(world.app, String(token)).get(path)).statusCode;
    };
    const base = await world.app.listen({ host: '127.0.0.1', port: 0 });
    const events = `${base}/api/companies/${company}/communications/events`;
    const stream = await openEventStream(events, { authorization: `Token ${token}` });
    expect([await answer(company), await answer(other), stream.response.statusCode]).toEqual([200, 200, 200]);
    expect(await comms.json(['member', 'list', '--company', String(company)])).toEqual({
      members: [
        {
          company_id: company,
          user_id: userId,
          username: 'leaver',
          name: 'Lee',
          role: 'viewer',
          created_at: expect.stringMatching(/Z$/),
        },
      ],
    });

    const removed = await comms.json(['member', 'remove', ...of(company)]);

    expect(removed).toEqual({ company_id: company, user_id: userId, role: 'viewer' });
    expect([await answer(company), await answer(other)]).toEqual([403, 200]);
    await stream.ended;
    const again = await comms.run(['member', 'remove', ...of(company)]);
    expect([again.code, again.stderr]).toEqual([1, `leaver is not a member of company ${company}.\n`]);
    const listed = await comms.run(['member', 'list', '--company', String(company)]);
    expect(listed.stdout).toBe('There are no members.\n');
    const trail = await owner.query({
      text: `SELECT actor_kind, action, details FROM audit_events WHERE company_id = $1 AND subject_id = $2 ORDER BY transaction_id`,
      values: [company, userId],
    });
    expect(trail).toEqual([
      { actor_kind: 'operator', action: 'member.added', details: { role: 'viewer' } },
      { actor_kind: 'operator', action: 'member.removed', details: { role: 'viewer' } },
    ]);
  });

  test('a user without a password, as an import makes them, is given one, and then another', async () => {
    const { id } = await comms.json(['user', 'create', '--username', 'imported']);
    const set = ['user', 'password', '--username', 'imported', '--password-stdin'];
    const login = async (password: string) =>
      (await callerWith(world.app).post('/api/auth/login/', { username: 'imported', password })).statusCode;
    expect(await login('first words')).toBe(401);
    expect(await comms.json(set, { stdin: 'first words\n' })).toEqual({ id });
    expect(await login('first words')).toBe(200);
    const { stdout } = await comms.run(set, { stdin: 'other words\n' });
    expect(stdout).toBe('Set the password of user imported. Their tokens stay valid.\n');
    expect([await login('first words'), await login('other words')]).toEqual([401, 200]);

    const events = await owner.query({
      text: `
        SELECT actor_kind, user_id, subject_id, details FROM security_events
        WHERE action = 'user.password_set' ORDER BY occurred_at`,
    });
    const event = { actor_kind: 'operator', user_id: null, subject_id: id, details: { user_id: id } };
    expect(events).toEqual([event, event]);
    const { tokens } = (await comms.json(['token', 'list', '--user', 'imported'])) as { tokens: object[] };
    expect(tokens).toMatchObject([{ revoked_at: null }, { revoked_at: null }]);
  });

  test('a password is refused that is empty, short or for nobody, and none is read without being asked for', async () => {
    const to = (username: string) => ['user', 'password', '--username', username, '--password-stdin'];
    const refused = await Promise.all([
      comms.run(to('nobody'), { stdin: 'a few words\n' }),
      comms.run(to('imported'), { stdin: '\n' }),
      comms.run(to('imported'), { stdin: 'seven c\n' }),
      comms.run(to('imported').slice(0, -1), { stdin: 'a few words\n' }),
    ]);
    expect(refused.map(({ code, stderr }) => [code, stderr.split('\n')[0]])).toEqual([
      [1, 'There is no user named nobody.'],
      [1, 'There is no password on standard input.'],
      [1, 'A password has at least 8 characters.'],
      [2, "error: required option '--password-stdin' not specified"],
    ]);
  });

  test('a token for ever, and one for seconds', async () => {
    await comms.json(['user', 'create', '--username', 'robot']);
    const forever = await comms.run(['token', 'create', '--user', 'robot', '--expires-in', 'never']);
    expect(forever.stdout).toMatch(
      /^comms_[0-9A-Za-z]{38} \(id [0-9a-f-]{36}\)\. It never expires\. It is not shown again\.\n$/,
    );
    const { token } = await comms.json(['token', 'create', '--user', 'robot', '--expires-in', '1s']);
    await sleep(1_100);
    const path = `/api/companies/${idOf('x')}/communications/threads`;
    expect((await callerWith(world.app, String(token)).get(path)).statusCode).toBe(401);
  });

  test('mailboxes and phones are connected, listed and removed', async () => {
    const { id } = await comms.json(['company', 'create', '--name', 'Connected']);
    await comms.json(['user', 'create', '--username', 'owner']);
    const of = ['--company', String(id)];
    const add = [
      'mailbox',
      'add',
      ...of,
      '--user',
      'owner',
      '--grant-id',
      'g-1',
      '--email',
      'ar@acme.example',
      '--sync',
      'all',
    ];
    await comms.json(add);
    await comms.json(['phone', 'add', ...of, '--number', '+15550100000']);
    expect((await comms.run(add)).stderr).toBe('The grant g-1 is already connected.\n');
    expect(await comms.json(['mailbox', 'list', ...of])).toMatchObject({
      mailboxes: [{ company_id: id, username: 'owner', grant_id: 'g-1', email: 'ar@acme.example', sync: 'all' }],
    });
    await owner.query({ text: "UPDATE phones SET created_at = '2026-05-12 16:45:31.724+00'" });
    expect(await comms.json(['phone', 'list', ...of])).toMatchObject({
      phones: [{ number: '+15550100000', created_at: '2026-05-12T16:45:31.724Z' }],
    });
    await comms.json(['mailbox', 'remove', '--grant-id', 'g-1']);
    await comms.json(['phone', 'remove', '--number', '+15550100000']);
    expect((await comms.run(['mailbox', 'list', ...of])).stdout).toBe('No mailboxes are connected.\n');
    expect((await comms.run(['phone', 'remove', '--number', '+15550100000'])).code).toBe(1);
  });
});

describe('comms import and export', () => {
  const FILE = toText([...FOUNDATION, threadLine('mail', { subject: 'Invoice' })]);

  test('a file, standard input and the way back', async () => {
    await writeFile(join(comms.folder, 'file.ndjson'), FILE);
    const dry = await comms.json(['import', 'file.ndjson', '--dry-run']);
    expect(dry).toMatchObject({ dry_run: true, created: 14, replaced: 0, unchanged: 0 });
    expect((await comms.run(['import', 'file.ndjson'])).stdout).toMatch(
      /^Imported: 14 created, 0 replaced, 0 unchanged \(/,
    );
    const again = await comms.json(['import', '-'], { stdin: FILE });
    expect(again).toMatchObject({ created: 0, replaced: 0, unchanged: 14, counts: { thread: { unchanged: 1 } } });
    const { code, stdout, stderr } = await comms.run(['export', '--company', COMPANY]);
    expect([code, stderr, stdout.split('\n').length]).toEqual([0, '', 15]);
    expect(await comms.json(['import', '-'], { stdin: stdout })).toMatchObject({ unchanged: 14, replaced: 0 });
  });

  test('every bad line is reported with its number and reason', async () => {
    const stdin = `${FILE}nonsense\n${JSON.stringify(threadLine('x', { contact_id: idOf('nobody') }))}\n`;
    const { code, stdout, stderr } = await comms.run(['import', '-'], { stdin });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(
      `line 15: is not valid JSON\nline 16: contact_id: there is no contact ${idOf('nobody')} in this company\n` +
        'Nothing was imported: 2 errors in the file.\n',
    );
    const asJson = await comms.run(['import', '-', '--json'], { stdin });
    expect(JSON.parse(asJson.stdout)).toEqual({
      error: 'Nothing was imported: 2 errors in the file.',
      error_count: 2,
      errors: [
        { line: 15, reason: 'is not valid JSON' },
        { line: 16, reason: expect.stringContaining('contact_id') },
      ],
    });
  });

  test('an import that is killed midway leaves nothing', async () => {
    const before = await count();
    const messages = Array.from({ length: 30_000 }, (_, nth) =>
      threadLine(`killed ${nth}`, { body: 'word '.repeat(200) }),
    );
    await writeFile(join(comms.folder, 'big.ndjson'), toText([...FOUNDATION, ...messages]));
    const child = comms.start(['import', 'big.ndjson']);
    await until(async () => (await activity()).some((query) => query.startsWith('COPY communication_threads')));
    child.kill('SIGKILL');
    await ended(child);
    await until(async () => (await activity()).length === 0);
    expect(await count()).toBe(before);
    expect(await comms.json(['import', '-'], { stdin: toText(messages.slice(0, 1)) })).toMatchObject({ created: 1 });
  });

  test('one that is asked to stop says that nothing was changed', async () => {
    const before = await count();
    const messages = Array.from({ length: 30_000 }, (_, nth) =>
      threadLine(`stopped ${nth}`, { body: 'word '.repeat(200) }),
    );
    await writeFile(join(comms.folder, 'big.ndjson'), toText(messages));
    const child = comms.start(['import', 'big.ndjson']);
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    await until(async () => (await activity()).some((query) => query.startsWith('COPY communication_threads')));
    child.kill('SIGTERM');
    await ended(child);
    expect([child.exitCode, stderr]).toEqual([1, 'Stopped before the end; nothing was changed.\n']);
    expect(await count()).toBe(before);
  });

  async function count(): Promise<number> {
    const [row] = await owner.query<{ count: number }>({ text: 'SELECT count(*) FROM communication_threads' });
    return row?.count ?? 0;
  }

  /** What the commands are doing in the database. */
  async function activity(): Promise<string[]> {
    const running = await owner.query<{ query: string }>({
      text: `
        SELECT query FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'communications-api command'`,
    });
    return running.map(({ query }) => query);
  }

  async function until(isSo: () => Promise<boolean>): Promise<void> {
    for (let attempt = 0; attempt < 600; attempt += 1) {
      if (await isSo()) return;
      await sleep(25);
    }
    throw new Error('it never came to that');
  }
});

describe('comms serve', () => {
  test('says that its port is taken, before anything is started', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const port = String((taken.address() as { port: number }).port);
    const { code, stderr } = await comms.run(['serve'], { settings: { PORT: port } });
    expect([code, stderr]).toEqual([
      1,
      `Port ${port} on 127.0.0.1 is in use. Stop the program that uses it, or set PORT to another port.\n`,
    ]);
    taken.close();
  });

  test('ends when it can not start, and says why', async () => {
    const settings = { ENCRYPTION_KEYS: generateEncryptionKey(1), PORT: '0' };
    const { code, stderr } = await comms.run(['serve'], { settings });
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('ENCRYPTION_KEYS must list the original material of key 1'),
    ]);
  });
});
