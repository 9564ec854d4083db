import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, test } from 'vitest';
import { ended } from '../support/command-line.ts';
import { comms, useCommandLine, world } from '../support/command-line-world.ts';
import { commsArguments } from '../support/compiled.ts';
import { COMPANY, idOf } from '../support/import-world.ts';

useCommandLine();

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
    const line = '"$0" "$@" > /dev/full';
    const shell = spawn('sh', ['-c', line, process.execPath, ...commsArguments('--help')], {
      env: { PATH: process.env.PATH },
    });
    const [stderr] = await Promise.all([text(shell.stderr), ended(shell)]);
    expect([shell.exitCode, stderr]).toEqual([1, "The output can't be written (ENOSPC).\n"]);
  });
});
