import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile, realpath, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openCluster } from '../../src/db/embedded/cluster.ts';
import { findPostmaster } from '../../src/db/embedded/postmaster.ts';
import { type CommandLine, ended, openCommandLine } from '../support/command-line.ts';
import { commsArguments } from '../support/compiled.ts';

vi.setConfig({ testTimeout: 180_000 });

let comms: CommandLine;

beforeAll(async () => {
  comms = await openCommandLine({ PORT: await freePort(), LOG_LEVEL: 'warn' });
});
afterAll(() => comms.close());

type Shown = { base: string; token: string; companyId: string; curls: string[]; inbox: string; login: object };

test('the demo: curl lines that work as they stand, the same again, and a token that is only made anew when it must be', async () => {
  const first = await withDemo(['SIGINT', 'SIGINT'], async (shown) => {
    expect(shown.curls.length).toBe(3);
    const [list, conversation, logged] = await Promise.all(shown.curls.map(paste));
    expect(list.data.length).toBe(5);
    expect(conversation.messages.length).toBeGreaterThan(1);
    expect(logged).toMatchObject({ source: 'manual', notes: expect.stringContaining('Friday') });
    expect((await stat(join(comms.folder, 'data/demo-token'))).mode & 0o777).toBe(0o600);
    await logInToInbox(shown);
    await operateAsReadmeSays(shown);
    return shown;
  });

  const { tokens } = (await comms.json(['token', 'list', '--user', 'dana'])) as {
    tokens: { id: string; name: string }[];
  };
  expect(tokens.map(({ name }) => name)).toEqual(['demo']);

  await withDemo(['SIGHUP'], async (shown) => {
    expect(shown).toEqual(first);
    // What was logged before is still there, once: nothing is imported twice.
    const manual = await paste(
      (shown.curls[0] ?? '').replace('page_size=5', 'page_size=500&communication_type=manual'),
    );
    const logged = manual.data.filter(({ notes }: { notes: string }) => notes.includes('Payment goes out Friday'));
    expect(logged.length).toBe(1);
    // Other commands work while the server runs.
    await comms.json(['token', 'revoke', '--id', tokens[0]?.id ?? '']);
    expect((await paste(shown.curls[0] ?? '')).status).toBe(401);
  });

  await withDemo(['SIGTERM'], async (shown) => {
    expect(shown.token).not.toBe(first.token);
    expect((await paste(shown.curls[0] ?? '')).data.length).toBe(5);
  });
});

test("what npm starts waits until the server has ended: tsx's own process kills one that is busy for 60 ms", async () => {
  const { scripts } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
  for (const name of ['start', 'demo', 'comms']) expect(scripts[name]).toMatch(/^node scripts\/start\.mjs/);

  const settings = { PORT: await freePort(), DATA_DIR: join(comms.folder, 'started'), LOG_LEVEL: 'info' };
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...settings };
  const started = spawn(process.execPath, ['scripts/start.mjs', 'serve'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  started.stderr.on('data', (chunk) => {
    log += chunk;
  });
  while (!log.includes('listening')) await Promise.race([once(started.stderr, 'data'), failedToStart(started)]);
  const [, server] = /"pid":(\d+)/.exec(log) ?? [];
  // A terminal's Ctrl+C reaches both.
  process.kill(Number(server), 'SIGINT');
  started.kill('SIGINT');
  await ended(started);

  expect([started.exitCode, started.signalCode]).toEqual([0, null]);
  expect(() => process.kill(Number(server), 0)).toThrow('ESRCH');
});

/** @param signals that end it, as a terminal (whose Ctrl+C npm hands on), one that is closed, or a supervisor does */
async function withDemo<Result>(signals: NodeJS.Signals[], use: (shown: Shown) => Promise<Result>): Promise<Result> {
  const child = comms.start(['demo']);
  child.stderr.pipe(process.stderr);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    text += chunk;
  });
  try {
    while (!text.includes('Ctrl+C')) await Promise.race([once(child.stdout, 'data'), failedToStart(child)]);
    return await use({
      base: /Base URL +(\S+)/.exec(text)?.[1] ?? '',
      token: /Token +(\S+)/.exec(text)?.[1] ?? '',
      companyId: /Company id +(\S+)/.exec(text)?.[1] ?? '',
      inbox: /Inbox +(\S+)/.exec(text)?.[1] ?? '',
      login: { username: /User +(\S+)/.exec(text)?.[1], password: /Password +(\S+)/.exec(text)?.[1] },
      curls: text.split('\n').filter((line) => line.startsWith('curl')),
    });
  } finally {
    for (const signal of signals) {
      child.kill(signal);
      await setTimeout(20); // so that it isn't one signal for the system
    }
    await ended(child);
    expect([child.exitCode, child.signalCode]).toEqual([0, null]);
    expect(await runningPostgres()).toBeUndefined();
  }
}

async function runningPostgres() {
  const cluster = await openCluster(await realpath(join(comms.folder, 'data')));
  return cluster && findPostmaster(cluster);
}

async function failedToStart(child: ChildProcess): Promise<never> {
  await ended(child);
  throw new Error(`the demo ended with ${child.exitCode}`);
}

/** What the demo prints first. */
async function logInToInbox({ base, inbox, login, companyId }: Shown): Promise<void> {
  expect((await fetch(inbox)).status).toBe(200);
  expect((await stat(join(comms.folder, 'data/demo-password'))).mode & 0o777).toBe(0o600);
  const session = await paste(
    `curl -s '${base}/api/auth/login/' -H 'Content-Type: application/json' -d '${JSON.stringify(login)}'`,
  );
  expect(session).toMatchObject({ user: { username: 'sam' }, companies: [{ id: companyId, role: 'admin' }] });
}

/** Every line of the README's "Operating it", beside the demo. Nylas is made up: its mailbox is empty. */
async function operateAsReadmeSays({ base, companyId }: Shown): Promise<void> {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const [, lines = ''] = /^## Operating it$.*?^```sh$(.*?)^```$/ms.exec(readme) ?? [];
  expect(lines.match(/^npm run -s comms -- /gm)?.length).toBeGreaterThan(10);
  const company = { type: 'company', id: randomUUID(), name: 'With history' };
  await writeFile(join(comms.folder, 'history.ndjson'), `${JSON.stringify(company)}\n`);
  await writeFile(join(comms.folder, 'password.txt'), 'correct horse\n');
  await symlink(fileURLToPath(new URL('../../demo', import.meta.url)), join(comms.folder, 'demo'));
  const nylas = createHttpServer((_, answer) => answer.end('{"request_id":"r","data":[]}')).listen(0, '127.0.0.1');
  await once(nylas, 'listening');

  const command = [process.execPath, ...commsArguments()].map((part) => `'${part}'`).join(' ');
  const npm = `npm() { shift 4; ${command} "$@"; }`;
  const env = {
    PATH: process.env.PATH,
    PORT: new URL(base).port,
    COMPANY_ID: companyId,
    GRANT_ID: 'a-grant',
    NYLAS_API_KEY: 'key',
    NYLAS_API_URL: `http://127.0.0.1:${(nylas.address() as AddressInfo).port}`,
  };
  try {
    await promisify(execFile)('bash', ['-c', `set -euo pipefail\n${npm}\n${lines}`], { env, cwd: comms.folder });
  } finally {
    nylas.close();
  }
}

/** Into a shell, as a person does; again, as the answer asks, when a starved machine shed it. */
async function paste(line: string) {
  for (let again = 0; ; again += 1) {
    const { stdout } = await promisify(execFile)('bash', ['-c', line]);
    const answer = JSON.parse(stdout);
    if (answer.code !== 'unavailable' || again === 5) return answer;
    await setTimeout(1_000);
  }
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return String(port);
}
