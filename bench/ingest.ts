/**
 * Measures the time from a provider's POST to the list that shows the mail, on a server and a database of its own:
 *
 *     tsx bench/ingest.ts [--deliveries 2000] > bench/results/ingest.md
 *
 * Server, database and sender share the machine. Bodies are typical replies of about 1.5 KB, in conversations of four.
 * Each mail is matched to a customer, a contact and an invoice.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { readConfig } from '../src/config.ts';
import { createToken } from '../src/crypto/token.ts';
import { connect } from '../src/db/client.ts';
import { newId } from '../src/domain/ids.ts';
import { signNylas } from '../src/ingest/nylas/signature.ts';
import { openDatabase } from '../src/server/open-database.ts';
import { serve } from '../src/server/serve.ts';
import { heading, number, table } from './report.ts';

const { values: options } = parseArgs({ options: { deliveries: { type: 'string', default: '2000' } } });
const DELIVERIES = Number(options.deliveries);
const [loadBefore = 0] = loadavg();
const SECRET = 'bench-secret';
const COMPANIES = 4;

const dataDir = await mkdtemp(join(tmpdir(), 'communications-bench-'));
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

type Company = { companyId: string; grantId: string; token: string; sent: number };

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

function nextMail(company: Company): Buffer {
  const nth = company.sent;
  company.sent += 1;
  const conversation = Math.floor(nth / 4);
  const isReply = nth % 4 > 0;
  const contact = { name: 'Ann', email: `c${conversation % 100}@acme.example` };
  const own = { name: 'AR', email: 'ar@bench.example' };
  const [from, to] = nth % 2 === 0 ? [own, contact] : [contact, own];
  const quoted = `<blockquote class="gmail_quote">${'<p>INV-10042 is open, please let us know.</p>'.repeat(20)}</blockquote>`;
  const date = 1_760_000_000 + nth;
  const object = {
    id: `m${nth}`,
    grant_id: company.grantId,
    object: 'message',
    thread_id: `t${conversation}`,
    subject: `${isReply ? 'Re: ' : ''}Invoice INV-${10_000 + (conversation % 200)}`,
    from: [from],
    to: [to],
    date,
    folders: ['INBOX'],
    snippet: 'We will pay on Friday.',
    body: `<div dir="ltr">We will pay on Friday, promised.</div><div class="gmail_quote">${isReply ? quoted : ''}</div>`,
    headers: [{ name: 'Message-ID', value: `<${company.companyId}.${nth}@acme.example>` }],
  };
  return Buffer.from(
    JSON.stringify({ type: 'message.created', id: `e-${company.companyId}-${nth}`, time: date, data: { object } }),
  );
}

async function run(companies: Company[], connections: number, deliveries: number): Promise<string[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  let refused = 0;
  let left = deliveries;
  const began = performance.now();
  const sender = async (nth: number) => {
    for (; left > 0; ) {
      left -= 1;
      const started = performance.now();
      const status = await post(agent, nextMail(companies[(nth + left) % companies.length] as Company));
      times.push(performance.now() - started);
      if (status !== 200) refused += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, nth) => sender(nth)));
  const seconds = (performance.now() - began) / 1000;
  agent.destroy();
  return [number(deliveries / seconds), ...percentiles(times), String(refused)];
}

async function replay(company: Company, deliveries: number): Promise<string[]> {
  const event = nextMail(company);
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const times: number[] = [];
  let refused = 0;
  let left = deliveries;
  const began = performance.now();
  const sender = async () => {
    for (; left > 0; ) {
      left -= 1;
      const started = performance.now();
      if ((await post(agent, event)) !== 200) refused += 1;
      times.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: 16 }, sender));
  const seconds = (performance.now() - began) / 1000;
  agent.destroy();
  return [number(deliveries / seconds), ...percentiles(times), String(refused)];
}

/** From the first byte of the POST to the last byte of the list that shows the mail on top. */
async function untilVisible(company: Company, mails: number): Promise<string[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const path = `/api/companies/${company.companyId}/communications/emails?page_size=1`;
  const headers = { authorization: `Token ${company.token}` };
  const times: number[] = [];
  for (let nth = 0; nth < mails; nth += 1) {
    const event = nextMail(company);
    const expected = new Date((1_760_000_000 + company.sent - 1) * 1000).toISOString();
    const started = performance.now();
    await post(agent, event);
    const { body } = await send(agent, 'GET', path, headers);
    times.push(performance.now() - started);
    if (JSON.parse(body).data[0].timestamp !== expected) throw new Error('The mail is not on top of the list.');
  }
  agent.destroy();
  return [`POST, then GET emails shows it (${mails} mails, no list was late)`, ...percentiles(times)];
}

async function post(agent: Agent, bytes: Buffer): Promise<number> {
  const headers = { 'content-type': 'application/json', 'x-nylas-signature': signNylas(bytes, SECRET) };
  return (await send(agent, 'POST', '/api/webhooks/nylas', headers, bytes)).status;
}

function send(
  agent: Agent,
  method: string,
  path: string,
  headers: Record<string, string>,
  bytes?: Buffer,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ agent, method, host: '127.0.0.1', port: server.port, path, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on('error', reject);
    sent.end(bytes);
  });
}

function percentiles(times: number[]): string[] {
  const sorted = times.toSorted((one, other) => one - other);
  return [0.5, 0.95, 0.99].map((share) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1));
}
