import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createToken } from '../../src/crypto/token.ts';
import { signNylas } from '../../src/ingest/nylas/signature.ts';
import { createWorld, PROVIDER_SECRETS, type World } from '../faults/world.ts';
import { createCustomer, createMessage, createTenant, createUser } from '../support/factories.ts';

/**
 * Canaries go through every input and every error path of a real server that logs as much as it can; then they are
 * looked for in its log, PostgreSQL's log, its metrics and every error that it answered.
 */
const CANARY = {
  password: 'canary-password-5f1c',
  note: 'canary-note-77ab',
  mail: 'canary-mail-body-90de',
  unknownToken: createToken().token,
};

let world: World;
let token: string;
let databasePassword: string;
let encryptionKey: string;
const errors: string[] = [];
beforeAll(async () => {
  world = await createWorld({ LOG_LEVEL: 'trace' });
  await world.startServer();
  const credentials = JSON.parse(await readFile(join(world.dataDir, 'postgres', 'credentials.json'), 'utf8'));
  databasePassword = credentials.server;
  encryptionKey = (await readFile(join(world.dataDir, 'encryption-keys'), 'utf8')).trim().slice(2);
  await sendCanaries();
}, 120_000);
afterAll(() => world.close());

type Sent = { method?: string; headers?: Record<string, string>; body?: string | Buffer };

async function send(path: string, { method, headers = {}, body }: Sent = {}): Promise<number> {
  const answer = await fetch(world.address + path, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { authorization: `Token ${token}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body }),
    signal: AbortSignal.timeout(5_000),
  }).catch(() => undefined);
  const text = (await answer?.text().catch(() => '')) ?? '';
  if (!answer || answer.status >= 400) errors.push(`${JSON.stringify([...(answer?.headers ?? [])])} ${text}`);
  return answer?.status ?? 0;
}

async function sendCanaries(): Promise<void> {
  const { companyId, token: ours } = await createTenant(world.db);
  token = ours;
  const customerId = await createCustomer(world.db, companyId);
  const { id: threadId } = await createMessage(world.db, world.ring, companyId, { customerId });
  await createUser(world.db, { username: 'canary-user', password: CANARY.password });
  const company = `/api/companies/${companyId}`;
  const log = `${company}/communications/log-manual`;
  const notes = `${company}/thread-notes`;
  const json = (value: object) => JSON.stringify(value);

  const login = (username: string, password: string) =>
    send('/api/auth/login/', { body: json({ username, password }), headers: { authorization: '' } });
  expect(await login('canary-user', CANARY.password)).toBe(200);
  await login('canary-user', `${CANARY.password} `);
  await login(CANARY.password, 'x');
  await send('/api/auth/login/', { body: `{"username":"canary-user","password":"${CANARY.password}` });
  await send('/api/auth/login/', { body: json({ username: 'a', password: [CANARY.password] }) });
  await send(`/api/auth/login/?password=${CANARY.password}`, { body: '{}' });
  await send(`/${CANARY.password}`);

  for (const authorization of [
    CANARY.unknownToken,
    `Token ${CANARY.unknownToken}`,
    `Bearer ${token}`,
    `Token ${token} x`,
  ])
    await send(notes, { headers: { authorization } });
  await send(`${notes}?token=${token}&page=0`);
  await send(`${company}/communications/threads?cursor=${token}`);

  const valid = { communication_type: 'call', customer_id: customerId, notes: CANARY.note };
  expect(await send(log, { body: json(valid), headers: { 'idempotency-key': 'k' } })).toBe(201);
  expect(await send(log, { body: json(valid), headers: { 'idempotency-key': 'k' } })).toBe(201);
  await send(log, { body: json({ ...valid, notes: `${CANARY.note} changed` }), headers: { 'idempotency-key': 'k' } });
  await send(log, { body: json({ ...valid, communication_type: CANARY.note }) });
  await send(log, {
    body: json({ ...valid, customer_id: CANARY.note, timestamp: CANARY.note, subject: [CANARY.note] }),
  });
  await send(log, { body: json({ ...valid, notes: `${CANARY.note}\0` }) });
  await send(log, { body: `{"notes":"${CANARY.note}` });
  await send(log, { body: Buffer.from(`{"notes":"${CANARY.note}\xff"}`, 'latin1') });
  await send(log, { body: json({ ...valid, notes: CANARY.note.repeat(2_000) }) });
  await send(log, { body: json({ ...valid, notes: CANARY.note.repeat(100_000) }) });
  await send(log, { body: CANARY.note, headers: { 'content-type': 'text/plain' } });
  expect(await send(notes, { body: json({ thread_id: threadId, content: CANARY.note }) })).toBe(201);
  await send(notes, { body: json({ thread_id: customerId, content: CANARY.note }) });
  await send(notes, { body: json({ thread_id: CANARY.note, content: CANARY.note }) });
  await send(`${company}/communications/threads?search=${CANARY.note}&date_from=${CANARY.note}`);
  await send(notes);

  const mail = json({ type: 'message.created', data: { object: { id: 'm', grant_id: 'g', body: CANARY.mail } } });
  const signed = { 'x-nylas-signature': signNylas(Buffer.from(mail), PROVIDER_SECRETS.nylas) };
  await send('/api/webhooks/nylas', { body: mail, headers: signed });
  await send('/api/webhooks/nylas', { body: mail });
  await send('/api/webhooks/nylas', { body: mail, headers: { 'x-nylas-signature': PROVIDER_SECRETS.nylas } });
  await send('/api/webhooks/vonage', { body: mail, headers: { authorization: `Bearer ${PROVIDER_SECRETS.vonage}` } });

  // Statements with canaries in them fail inside PostgreSQL too.
  await world.db.query({ text: 'BEGIN' }).catch(() => undefined);
  await world.db.query({ text: `SELECT $1::uuid`, values: [CANARY.note] }).catch(() => undefined);
  await world.db.query({ text: `SELECT '${CANARY.note}'::uuid` }).catch(() => undefined);
  await world.db.query({ text: 'ROLLBACK' }).catch(() => undefined);
  const cancelled = Array.from({ length: 20 }, () => send(log, { body: json(valid) }));
  await world.db
    .query({
      text: `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'communications-api'`,
    })
    .catch(() => undefined);
  await Promise.all(cancelled);
  await world.killPostgres();
  await Promise.all([send(log, { body: json(valid) }), send(notes), login('canary-user', CANARY.password)]);
  await world.ready();
  await sleep(200);
}

async function postgresLog(): Promise<string> {
  const folder = join(world.dataDir, 'postgres', 'pgdata');
  const names = await readdir(join(folder, 'log'));
  const files = [join(folder, 'startup.log'), ...names.map((name) => join(folder, 'log', name))];
  return (await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')))).join('\n');
}

const places: [string, () => Promise<string>][] = [
  ["the server's log", async () => world.log()],
  ["PostgreSQL's log", postgresLog],
  ['the metrics', async () => (await fetch(`${world.address}/metrics`)).text()],
  ['errors answered', async () => errors.join('\n')],
];

describe.each(places)('%s', (_place, read) => {
  it.each<[string, () => string]>([
    ['a password', () => CANARY.password],
    ['a token that works', () => token.slice('comms_'.length)],
    ['a token that does not', () => CANARY.unknownToken.slice('comms_'.length)],
    ['a note', () => CANARY.note],
    ['the body of a mail', () => CANARY.mail],
    ["Nylas' secret", () => PROVIDER_SECRETS.nylas],
    ["Vonage's secret", () => PROVIDER_SECRETS.vonage],
    ["the database's password", () => databasePassword],
    ['an encryption key', () => encryptionKey],
  ])('does not hold %s', async (_what, secret) => {
    const text = await read();
    const [path = ''] = text.split(secret()).slice(0, 1);
    expect(text.includes(secret()) ? path.slice(-300) : 'nowhere').toBe('nowhere');
  });
});

it('there was something to look through', async () => {
  expect(errors.length).toBeGreaterThan(25);
  expect(world.log().length).toBeGreaterThan(1_000);
  expect(await postgresLog()).toContain('database system is ready');
});
