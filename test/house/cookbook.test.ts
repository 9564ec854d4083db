import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  addMember,
  createAction,
  createCompany,
  createCustomer,
  createMessage,
  createUser,
} from '../support/factories.ts';
import { anId } from '../support/http.ts';

/** Every block of docs/cookbook.md and of the README's cookbook, in one shell, from top to bottom, against a real server. Needs `bash` and `curl`. */

let t: TestApp;
let environment: Record<string, string>;
let companyId: string;

beforeAll(async () => {
  t = await startTestApp();
  const base = await t.app.listen({ host: '127.0.0.1', port: 0 });
  companyId = await createCompany(t.db);
  const userId = await createUser(t.db, { username: 'robin', password: 'a long password' });
  await addMember(t.db, companyId, userId);
  const customerId = await createCustomer(t.db, companyId);
  for (let n = 0; n < 120; n++)
    await createMessage(t.db, t.ring, companyId, { customerId, requiresResponse: n % 9 === 0 });
  const action = await createAction(t.db, companyId, customerId);
  environment = { BASE: base, COMMS_USER: 'robin', COMMS_PASSWORD: 'a long password', ACTION: action };
});
afterAll(() => t.close());

const MARK = '-- block ';

/** @param section its heading; without, the whole file */
async function shellBlocks(file: string, section?: string): Promise<string[]> {
  const whole = await readFile(new URL(`../../${file}`, import.meta.url), 'utf8');
  const [text = ''] = section === undefined ? [whole] : (whole.split(`\n## ${section}\n`)[1] ?? '').split('\n## ');
  return [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map((match) => match[1] ?? '');
}

/** What each block printed. */
async function runShell(blocks: string[], shellName = 'bash'): Promise<string[]> {
  const script = ['set -euo pipefail', ...blocks.map((block, n) => `echo "${MARK}${n}"\n${block}\necho`)].join('\n');
  const shell = spawn(shellName, ['-c', script], { env: { PATH: process.env.PATH, ...environment } });
  let output = '';
  let complaints = '';
  shell.stdout.on('data', (chunk) => {
    output += chunk;
  });
  shell.stderr.on('data', (chunk) => {
    complaints += chunk;
  });
  const exitCode = await new Promise((resolve, reject) => shell.on('close', resolve).on('error', reject));
  expect({ exitCode, output: exitCode === 0 ? '' : `${output.slice(-2_000)}\n${complaints}` }).toEqual({
    exitCode: 0,
    output: '',
  });
  return output
    .split(new RegExp(`^${MARK}\\d+$`, 'm'))
    .slice(1)
    .map((part) => part.trim());
}

/** The feed waits for every older transaction of the PostgreSQL, those of other tests too. */
const UNTIL_TOLD =
  'until [[ $(curl -sS -H "$AUTH" "$API/communications/events?limit=2") == *note.created* ]]; do sleep 0.1; done';

it('every command of the cookbook works, and answers what its text says', async () => {
  const blocks = await shellBlocks('docs/cookbook.md');
  const printed = await runShell(
    blocks.map((block) => (block.includes('events?limit=2') ? `${UNTIL_TOLD}\n${block}` : block)),
  );
  const answerTo = (words: string) => printed[blocks.findIndex((block) => block.includes(words))] ?? '';

  expect(blocks.length).toBeGreaterThanOrEqual(14);
  expect(JSON.parse(answerTo('requires_response=true&is_resolved=false'))).toMatchObject({ count: 14, page_size: 5 });
  expect(answerTo('If-None-Match')).toBe('304');
  expect(answerTo('log-manual')).toBe('completed');
  expect(answerTo('-X DELETE')).toContain('check 4711');
  expect(answerTo('If-Match: $ETAG')).toBe('true');
  expect(answerTo('for N in').split('\n')).toEqual(['50', '50', '21']);
  expect(JSON.parse(answerTo('status=broken'))).toMatchObject({
    count: 1,
    data: [{ status: 'broken', amount: '4210.00' }],
  });
  expect(JSON.parse(answerTo('assignee_id=me'))).toMatchObject({
    count: 1,
    data: [{ promise: { status: 'broken' }, assignee: { name: 'Sam Ortiz' } }],
  });
  expect(answerTo('"status": "kept"')).toMatch(/^kept\n\d{4}-\d\d-\d\dT08:00:00\.000Z$/);
  // Of 120 mails one is resolved; the first call is neither snoozed nor assigned, the second is both.
  expect(answerTo('is_snoozed=false')).toBe('120\n120');
  expect(JSON.parse(answerTo('events?limit=2')).data).toMatchObject([
    { type: 'thread.created' },
    { type: 'note.created' },
  ]);
  expect(answerTo('TICKET=').match(/^retry: 2000$/gm)).toHaveLength(2);
  expect(Object.keys(JSON.parse(answerTo('direction=sideways')).errors).sort()).toEqual(['direction', 'page']);
  expect(answerTo('auth/logout')).toBe('401');

  const notes = await t.db.query({ text: 'SELECT 1 FROM thread_notes WHERE company_id = $1', values: [companyId] });
  expect(notes).toEqual([]);
});

const SHELLS = ['bash', 'zsh'].filter((name) => existsSync(`/usr/bin/${name}`) || existsSync(`/bin/${name}`));

it.each(SHELLS)("the README's story goes through, too, in %s", async (shellName) => {
  const customer = await createCustomer(t.db, companyId);
  environment.ACTION = await createAction(t.db, companyId, customer);
  const [printed = ''] = await runShell(await shellBlocks('README.md', 'Cookbook'), shellName);

  const steps = printed.split('\n').filter((line) => line.startsWith('Step '));
  expect(steps).toHaveLength(5);
  expect(printed.split('\n').filter((line) => !steps.includes(line))).toEqual([
    anId,
    'completed',
    'AP confirmed: check is in the mail.',
    '50',
    '50',
    String(23 + SHELLS.indexOf(shellName)),
  ]);
});

it('a failure is shown with its step and the answer', async () => {
  const [block = ''] = await shellBlocks('README.md', 'Cookbook');
  const shell = spawn('bash', ['--norc', '-c', `${block}`], {
    env: { PATH: process.env.PATH, ...environment, COMMS_PASSWORD: 'another' },
  });
  let output = '';
  for (const stream of [shell.stdout, shell.stderr])
    stream.on('data', (chunk) => {
      output += chunk;
    });
  await new Promise((resolve) => shell.on('close', resolve));
  expect(output).toMatch(/^Step 1, log in\nNo \.token in the answer: .*invalid_credentials/);
});

it("the README's story and the cookbook go through one after the other, with the same action", async () => {
  const customer = await createCustomer(t.db, companyId);
  environment.ACTION = await createAction(t.db, companyId, customer);
  const logging = (await shellBlocks('docs/cookbook.md')).filter((block) =>
    /^field\(\)|auth\/login|scheduled_action_id/m.test(block),
  );
  const printed = await runShell([...(await shellBlocks('README.md', 'Cookbook')), ...logging]);

  expect(printed.at(-1)).toBe('completed');
});
