/**
 * Measures the time from a provider's POST to the list that shows the mail, on a server and a database of its own:
 *
 *     tsx bench/ingest.ts [--deliveries 2000] > bench/results/ingest.md
 *     tsx bench/ingest.ts --before 5eef8aa [--deliveries 500] [--rounds 10]
 *
 * Server, database and sender share the machine. Bodies are typical replies of about 1.5 KB, in conversations of four.
 * Each mail is matched to a customer, a contact and an invoice. With `--before`, the same deliveries go to that version and to
 * this one in turns, and the ratio of each round is reported.
 */
import { rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { readConfig } from '../src/config.ts';
import { createToken } from '../src/crypto/token.ts';
import { connect } from '../src/db/client.ts';
import { newId } from '../src/domain/ids.ts';
import { openDatabase } from '../src/server/open-database.ts';
import { serve } from '../src/server/serve.ts';
import { temporaryFolder } from '../test/support/temporary-folder.ts';
import { type Company as Correspondent, deliver, nextMail, post, SECRET, send } from './deliveries.ts';
import { compareWith } from './ingest-before.ts';
import { heading, number, table } from './report.ts';

const { values: options } = parseArgs({
  options: {
    before: { type: 'string' },
    deliveries: { type: 'string' },
    rounds: { type: 'string', default: '10' },
  },
});
if (options.before !== undefined) {
  const numbers = { deliveries: Number(options.deliveries ?? 500), rounds: Number(options.rounds) };
  process.stdout.write(await compareWith(options.before, numbers));
  process.exit();
}
const DELIVERIES = Number(options.deliveries ?? 2000);
const [loadBefore = 0] = loadavg();
const COMPANIES = 4;

const dataDir = await temporaryFolder('communications-bench-');
const config = readConfig({ DATA_DIR: dataDir, PORT: '0', NYLAS_WEBHOOK_SECRET: SECRET, RATE_LIMIT_PER_MINUTE: '0' });
const log = pino({ level: 'warn' }, pino.destination(2));
const server = await serve(config, log);
const database = await openDatabase(config, log);
const db = connect({ url: database.ownerUrl, poolSize: 2, onError: () => undefined, purpose: 'batch' });
try {
  const companies = await Promise.all(Array.from({ length: COMPANIES }, createCorrespondence));
  const rows: string[][] = [];
  await run(companies, 8, Math.min(DELIVERIES, 1_000));
  for (const [companiesAtOnce, connections] of [
    [1, 1],
    [1, 4],
    [1, 16],
    [4, 4],
    [4, 16],
  ] as const) {
    const measured = await run(companies.slice(0, companiesAtOnce), connections, DELIVERIES);
    rows.push([`companies: ${companiesAtOnce}, connections: ${connections}`, ...measured]);
  }
  rows.push(['the same event again, 16 connections', ...(await replay(companies[0] as Company, DELIVERIES))]);
  const visible = await untilVisible(companies[0] as Company, Math.min(DELIVERIES, 500));
  const [first] = companies as [Company];
  const subject = { companyId: first.companyId, messages: first.sent, conversations: Math.ceil(first.sent / 4) };
  process.stdout.write(
    `${await heading(db, 'From a provider’s POST to the list', subject as never)}Load average before: ${loadBefore.toFixed(1)}.\n\n${table(
      ['Deliveries of mail', 'a second', 'p50 (ms)', 'p95 (ms)', 'p99 (ms)', 'not 200'],
      rows,
    )}\n${table(['One after the other', 'p50 (ms)', 'p95 (ms)', 'p99 (ms)'], [visible])}`,
  );
} finally {
  await db.close();
  await server.close();
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
}

type Company = Correspondent & { token: string };

async function createCorrespondence(): Promise<Company> {
  const [companyId, userId, customerId, grantId] = [newId(), newId(), newId(), newId()];
  const { token, hash, prefix } = createToken();
  const insert = (text: string, ...values: unknown[]) => db.query({ text, values });
  await insert('INSERT INTO companies (id, name) VALUES ($1, $2)', companyId, 'Bench');
  await insert('INSERT INTO users (id, username) VALUES ($1, $2)', userId, `bench-${userId}`);
  await insert('INSERT INTO memberships (company_id, user_id) VALUES ($1, $2)', companyId, userId);
  await insert('INSERT INTO tokens (id, user_id, prefix, hash) VALUES ($1, $2, $3, $4)', newId(), userId, prefix, hash);
  await insert('INSERT INTO customers (company_id, id, name) VALUES ($1, $2, $3)', companyId, customerId, 'Acme');
  await insert(
    `INSERT INTO contacts (company_id, id, customer_id, name, email, email_key)
     SELECT $1, gen_random_uuid(), $2, 'Contact ' || n, 'c' || n || '@acme.example', 'c' || n || '@acme.example'
     FROM generate_series(0, 99) n`,
    companyId,
    customerId,
  );
  await insert(
    `INSERT INTO invoices (company_id, id, customer_id, number)
     SELECT $1, gen_random_uuid(), $2, 'INV-' || n FROM generate_series(10000, 10199) n`,
    companyId,
    customerId,
  );
  await insert(
    `INSERT INTO mailboxes (id, company_id, user_id, grant_id, email, sync) VALUES ($1, $2, $3, $4, 'ar@bench.example', 'all')`,
    newId(),
    companyId,
    userId,
    grantId,
  );
  return { companyId, grantId, token, sent: 0 };
}

async function run(companies: Company[], connections: number, deliveries: number): Promise<string[]> {
  const next = (nth: number) => nextMail(companies[nth % companies.length] as Company);
  return cells(await deliver(server.port, connections, deliveries, next));
}

async function replay(company: Company, deliveries: number): Promise<string[]> {
  const event = nextMail(company);
  return cells(await deliver(server.port, 16, deliveries, () => event));
}

function cells({ times, aSecond, refused }: Awaited<ReturnType<typeof deliver>>): string[] {
  return [number(aSecond), ...percentiles(times), String(refused)];
}

/** From the first byte of the POST to the last byte of the list that shows the mail on top. */
async function untilVisible(company: Company, mails: number): Promise<string[]> {
  const target = { port: server.port, agent: new Agent({ keepAlive: true, maxSockets: 1 }) };
  const path = `/api/companies/${company.companyId}/communications/emails?page_size=1`;
  const headers = { authorization: `Token ${company.token}` };
  const times: number[] = [];
  for (let nth = 0; nth < mails; nth += 1) {
    const event = nextMail(company);
    const expected = new Date((1_760_000_000 + company.sent - 1) * 1000).toISOString();
    const started = performance.now();
    await post(target, event);
    const { body } = await send(target, 'GET', path, headers);
    times.push(performance.now() - started);
    if (JSON.parse(body).data[0].timestamp !== expected) throw new Error('The mail is not on top of the list.');
  }
  target.agent.destroy();
  return [`POST, then GET emails shows it (${mails} mails, no list was late)`, ...percentiles(times)];
}

function percentiles(times: number[]): string[] {
  const sorted = times.toSorted((one, other) => one - other);
  return [0.5, 0.95, 0.99].map((share) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1));
}
