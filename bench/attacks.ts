/**
 * What a healthy client of one company notices while another company, or a stranger, attacks. A server of its own on an
 * embedded database of its own; a quiet stretch, an attack, a quiet stretch, the next attack:
 *
 *     tsx bench/attacks.ts [--seconds 8] [--messages 50000] [--only fat-rows,logins] > bench/results/attacks.md
 *
 * Attackers run in a process of their own at the lowest priority (nice 19): on a small machine attacker, server and
 * database would otherwise compete for the processors, and that competition alone would be measured. There is no rate
 * limit, so that the attacks aren't shed by it. The client isn't at a lower priority.
 */
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { connect as connectSocket } from 'node:net';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { readConfig } from '../src/config.ts';
import { hashPassword } from '../src/crypto/password.ts';
import { createToken } from '../src/crypto/token.ts';
import { connect, type Db } from '../src/db/client.ts';
import { newId } from '../src/domain/ids.ts';
import { signNylas } from '../src/ingest/nylas/signature.ts';
import { openDatabase } from '../src/server/open-database.ts';
import { temporaryFolder } from '../test/support/temporary-folder.ts';
import { residentMebibytes, startServer } from './processes.ts';
import { heading, number, table } from './report.ts';
import { biggestCompany, createBenchToken } from './subjects.ts';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '8' },
    messages: { type: 'string', default: '50000' },
    only: { type: 'string', default: '' },
    // Of the attackers' process.
    attack: { type: 'string' },
    target: { type: 'string', default: '{}' },
  },
});
const SECONDS = Number(options.seconds);
const SECRET = 'bench-secret';
const MEBIBYTE = 1024 * 1024;
const MARK = '\u0301';
/** The first line of an attackers' process. */
const BEGUN = 'begun\n';
const FAT_MAILS = 20;
const RECIPIENTS = 18_000;
const LONG_MAILS = 120;

/** The company that attackers have a token, an account and a mailbox of. */
type Target = { address: string; companyId: string; token: string; grantId: string; threadId: string };

/** One attacker's next step; `nth` counts them. Ends with the response's status, 0 when there was none. */
type Step = (target: Target, nth: number) => Promise<number>;
type Attack = { what: string; connections: number; step: Step };

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

const ATTACKS: Record<string, Attack> = {
  unicode: {
    what: 'signed mails with 25,000 or 4.6 MiB of combining marks in subject, names and addresses',
    connections: 4,
    step: (target, nth) => deliver(target, unicodeMail(target, nth)),
  },
  'nested-bodies': {
    what: '977 KiB of nested arrays with ill-formed strings, to login and to log-manual',
    connections: 6,
    step: ({ address, companyId, token }, nth) => {
      const [path, headers] =
        nth % 2 === 0
          ? ['/api/auth/login/', {}]
          : [`/api/companies/${companyId}/communications/log-manual`, { authorization: `Token ${token}` }];
      return statusOf(address, 'POST', path, { 'content-type': 'application/json', ...headers }, nestedBody());
    },
  },
  'slow-bodies': {
    what: '300 bodies of 5 MiB that come slowly, half without a signature, half with one that is wrong',
    connections: 300,
    step: slowBody,
  },
  'fat-rows': {
    what: 'lists of 20 mails with 18,000 recipients and long subjects, never the same address twice',
    connections: 8,
    step: ({ address, companyId, token }, nth) =>
      statusOf(
        address,
        'GET',
        `/api/companies/${companyId}/communications/threads?page_size=500&view=message&_=${newId()}-${nth}`,
        { authorization: `Token ${token}` },
      ),
  },
  'long-conversation': {
    what: 'details of a conversation of 120 mails of 1.1 MB, 40 clients that take nothing',
    connections: 40,
    step: askAndRest,
  },
  logins: {
    what: 'wrong logins on 200 connections',
    connections: 200,
    step: ({ address }, nth) => {
      const body = JSON.stringify({ username: `neighbour-${nth % 50}`, password: 'wrong password' });
      return statusOf(address, 'POST', '/api/auth/login/', { 'content-type': 'application/json' }, Buffer.from(body));
    },
  },
  burst: {
    what: 'bursts of 200 mails of a neighbour at once',
    connections: 200,
    step: (target, nth) => deliver(target, mailOf(target, `burst-${newId()}`, { thread_id: `burst-${nth % 20}` })),
  },
};

/** What the healthy client does, each on a connection of its own, and how long it pauses between two of them. */
const WORK: Record<string, { pauseMs: number; send(healthy: Healthy, nth: number): Promise<number> }> = {
  'page 1, as it is asked for again and again': {
    pauseMs: 10,
    send: (healthy) => get(healthy, 'communications/threads'),
  },
  'page 1, never cached': {
    pauseMs: 10,
    send: (healthy, nth) => get(healthy, `communications/threads?_=${nth}`),
  },
  'log-manual': {
    pauseMs: 100,
    send: ({ address, companyId, token, customerId }) =>
      statusOf(
        address,
        'POST',
        `/api/companies/${companyId}/communications/log-manual`,
        { authorization: `Token ${token}`, 'content-type': 'application/json' },
        Buffer.from(JSON.stringify({ communication_type: 'call', notes: 'Spoke.', customer_id: customerId })),
      ),
  },
  'a mail that is delivered': {
    pauseMs: 200,
    send: (healthy) => deliver({ ...healthy, threadId: '' }, mailOf(healthy, newId(), {})),
  },
};

let sent = 0;

if (options.attack !== undefined) await attack(options.attack, JSON.parse(options.target));
else await measure();

// The attackers' process.

async function attack(name: string, target: Target): Promise<void> {
  setPriority(19);
  const { connections, step } = ATTACKS[name] as Attack;
  const statuses: Record<string, number> = {};
  let isOver = false;
  process.stdout.write(BEGUN);
  process.once('SIGTERM', () => {
    isOver = true;
    process.stdout.write(JSON.stringify(statuses), () => process.exit(0));
  });
  await Promise.all(
    Array.from({ length: connections }, async (_, connection) => {
      for (let nth = connection; !isOver; nth += connections) {
        const status = await step(target, nth);
        const key = status === 0 ? 'closed' : String(status);
        statuses[key] = (statuses[key] ?? 0) + 1;
        // A closed connection is opened anew, but not in an idle circle.
        await sleep(status === 0 ? 50 : 0);
      }
    }),
  );
}

function mailOf({ grantId }: Pick<Target, 'grantId'>, id: string, object: object): Buffer {
  const message = {
    id,
    grant_id: grantId,
    object: 'message',
    thread_id: id,
    subject: `Invoice ${id}`,
    from: [{ name: 'Ann', email: 'ann@acme.example' }],
    to: [{ name: 'AR', email: 'ar@neighbour.example' }],
    date: 1_760_000_000,
    folders: ['INBOX'],
    snippet: '',
    body: '<p>We will pay on Friday.</p>',
    headers: [{ name: 'Message-ID', value: `<${id}@acme.example>` }],
    ...object,
  };
  return Buffer.from(JSON.stringify({ type: 'message.created', id: `event-${id}`, data: { object: message } }));
}

function unicodeMail(target: Target, nth: number): Buffer {
  const marks = `a${MARK.repeat(25_000)}`;
  const party = { name: marks, email: `ann${marks}@acme.example` };
  const shapes = [
    { subject: marks },
    { subject: `a${`${MARK}\u0316`.repeat(2_300_000 / 2)}` },
    { to: Array.from({ length: 40 }, () => party) },
    { subject: '\ufdfa'.repeat(250_000), cc: [{ name: '\uff76\uff9e'.repeat(50_000), email: 'x@acme.example' }] },
  ];
  return mailOf(target, `unicode-${newId()}`, shapes[nth % shapes.length] as object);
}

function nestedBody(): Buffer {
  const strings = Array(4_000).fill('"\\ud800"').join(',');
  const lists = `${'['.repeat(30)}${strings}${']'.repeat(30)}`;
  const text = `{"username":"x","notes":[${Array(30).fill(lists).join(',')}]}`;
  return Buffer.from(text.slice(0, 977 * 1024));
}

function deliver({ address }: Target, bytes: Buffer): Promise<number> {
  const headers = { 'content-type': 'application/json', 'x-nylas-signature': signNylas(bytes, SECRET) };
  return statusOf(address, 'POST', '/api/webhooks/nylas', headers, bytes);
}

async function statusOf(
  address: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: Buffer,
): Promise<number> {
  return send(address, method, path, headers, body).then(
    ({ status }) => status,
    () => 0,
  );
}

function send(
  address: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: Buffer,
): Promise<{ status: number; headers: IncomingHttpHeaders }> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, address), { agent, method, headers }, (response) => {
      response.resume();
      response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
      response.once('error', reject);
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

/** Ends when the server has closed the connection, or has answered. */
function slowBody({ address }: Target, nth: number): Promise<number> {
  const signature = nth % 2 === 0 ? [] : [`X-Nylas-Signature: ${'a'.repeat(64)}`];
  return onSocket(
    address,
    ['POST /api/webhooks/nylas HTTP/1.1', 'Host: bench', `Content-Length: ${5 * MEBIBYTE}`, ...signature],
    (socket) => {
      const piece = Buffer.alloc(64 * 1024, 'x');
      const timer = setInterval(() => socket.write(piece), 250);
      socket.once('close', () => clearInterval(timer));
    },
  );
}

function askAndRest({ address, companyId, token, threadId }: Target, nth: number): Promise<number> {
  const list = nth % 2 === 0 ? 'threads' : 'emails';
  const path = `/api/companies/${companyId}/communications/${list}/${threadId}`;
  return onSocket(
    address,
    [`GET ${path} HTTP/1.1`, 'Host: bench', `Authorization: Token ${token}`],
    (socket) => void socket.pause(),
  );
}

function onSocket(
  address: string,
  head: string[],
  use: (socket: ReturnType<typeof connectSocket>) => void,
): Promise<number> {
  const { port, hostname } = new URL(address);
  return new Promise((resolve) => {
    const socket = connectSocket(Number(port), hostname);
    let status = 0;
    socket.on('error', () => undefined);
    socket.once('data', (data) => {
      status = Number(data.toString('latin1').split(' ')[1] ?? 0);
    });
    socket.once('close', () => resolve(status));
    socket.once('connect', () => {
      socket.write([...head, '', ''].join('\r\n'));
      use(socket);
    });
  });
}

// The measuring process.

async function measure(): Promise<void> {
  const folder = await temporaryFolder('communications-attacks-');
  const env = {
    DATA_DIR: join(folder, 'data'),
    PORT: '0',
    NYLAS_WEBHOOK_SECRET: SECRET,
    RATE_LIMIT_PER_MINUTE: '0',
    LOG_LEVEL: 'warn',
  };
  const database = await openDatabase(readConfig(env), pino({ level: 'warn' }, pino.destination(2)));
  const db = connect({ url: database.ownerUrl, poolSize: 2, onError: () => undefined, purpose: 'batch' });
  try {
    await fill(folder, env);
    const subject = await biggestCompany(db);
    const server = await startServer({ ...env, LOG_LEVEL: 'info' });
    try {
      const healthy: Healthy = {
        address: server.address,
        companyId: subject.companyId,
        customerId: subject.customerId,
        token: await createBenchToken(db, subject.userId),
        grantId: await addMailbox(db, subject.companyId, subject.userId, 'ar@healthy.example'),
      };
      const target = await createNeighbour(db, server.address);
      const only = options.only === '' ? Object.keys(ATTACKS) : options.only.split(',');
      await during(healthy, server.pid, 2);
      let quiet = await during(healthy, server.pid, SECONDS);
      const rows: string[][] = [];
      for (const name of only) {
        const attackers = await startAttack(name, target);
        // The first second is the attack's beginning.
        await sleep(1_000);
        const attacked = await during(healthy, server.pid, SECONDS);
        const statuses = await attackers.stop();
        await sleep(2_000);
        const after = await during(healthy, server.pid, SECONDS);
        rows.push(...report(name, [quiet, after], attacked, statuses));
        quiet = after;
      }
      process.stdout.write(await document(db, subject, rows));
    } finally {
      await server.stop();
    }
  } finally {
    agent.destroy();
    await db.close();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Generated correspondence of one company. */
async function fill(folder: string, env: Record<string, string>): Promise<void> {
  const file = join(folder, 'messages.ndjson');
  await run(['bench/generate.ts', '--messages', options.messages, '--companies', '1', '--seed', '1'], {}, file);
  await run(['src/cli.ts', 'import', file], env);
  await rm(file);
}

function run(args: string[], env: Record<string, string>, output?: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...env },
    });
    if (output) child.stdout.pipe(createWriteStream(output));
    else child.stdout.resume();
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${args[0]} ended with ${code}`))));
  });
}

async function addMailbox(db: Db, companyId: string, userId: string, email: string): Promise<string> {
  const grantId = newId();
  await db.query({
    text: `INSERT INTO mailboxes (id, company_id, user_id, grant_id, email, sync) VALUES ($1, $2, $3, $4, $5, 'all')`,
    values: [newId(), companyId, userId, grantId, email],
  });
  return grantId;
}

/** Everything of it comes the way that an attacker has: signed deliveries. */
async function createNeighbour(db: Db, address: string): Promise<Target> {
  const [companyId, userId] = [newId(), newId()];
  const { token, hash, prefix } = createToken();
  const insert = (text: string, ...values: unknown[]) => db.query({ text, values });
  await insert('INSERT INTO companies (id, name) VALUES ($1, $2)', companyId, 'Neighbour');
  await insert('INSERT INTO users (id, username) VALUES ($1, $2)', userId, 'neighbour');
  await insert('INSERT INTO memberships (company_id, user_id) VALUES ($1, $2)', companyId, userId);
  await insert('INSERT INTO tokens (id, user_id, prefix, hash) VALUES ($1, $2, $3, $4)', newId(), userId, prefix, hash);
  await insert(
    `INSERT INTO users (id, username, password_hash) SELECT gen_random_uuid(), 'neighbour-' || n, $1 FROM generate_series(0, 49) n`,
    await hashPassword('right password'),
  );
  const grantId = await addMailbox(db, companyId, userId, 'ar@neighbour.example');
  const target = { address, companyId, token, grantId, threadId: '' };
  // Sent again as a provider does: on a machine with other work the server may refuse the largest ones at first.
  const taken = async (bytes: Buffer, attempts = 5): Promise<void> => {
    const status = await deliver(target, bytes);
    if (status === 503 && attempts > 1) return sleep(500).then(() => taken(bytes, attempts - 1));
    if (status !== 200) throw new Error(`A mail of the neighbour's was answered with ${status}.`);
  };
  const to = Array.from({ length: RECIPIENTS }, (_, nth) => ({ name: `Person ${nth}`, email: `p${nth}@acme.example` }));
  for (let nth = 0; nth < FAT_MAILS; nth += 1)
    await taken(mailOf(target, `fat-${nth}`, { to, subject: `Invoice ${'x'.repeat(100_000)}` }));
  for (let nth = 0; nth < LONG_MAILS; nth += 1) {
    const words = Array.from({ length: 90_000 }, () => Math.random().toString(36).slice(2, 13));
    const body = `<p>${words.join(' ')}</p>`.slice(0, 1_100_000);
    await taken(mailOf(target, `long-${nth}`, { thread_id: 'long', body }));
  }
  const [longest] = await db.query<{ id: string }>({
    text: `SELECT id FROM communication_threads WHERE company_id = $1 AND is_latest ORDER BY message_count DESC LIMIT 1`,
    values: [companyId],
  });
  return { ...target, threadId: longest?.id ?? '' };
}

async function startAttack(name: string, target: Target) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'bench/attacks.ts', '--attack', name, '--target', JSON.stringify(target)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let output = '';
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk) => {
      output += chunk;
      resolve();
    });
  });
  return {
    stop: async (): Promise<Record<string, number>> => {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGTERM');
      await ended;
      return JSON.parse(output.slice(BEGUN.length) || '{}');
    },
  };
}

type Healthy = Omit<Target, 'threadId'> & { customerId: string };
/** Milliseconds of each request by what it asks for, how many were refused, and the server's memory. */
type Stretch = { times: Record<string, number[]>; refused: number; mebibytes: number };

function get({ address, companyId, token }: Healthy, path: string): Promise<number> {
  return statusOf(address, 'GET', `/api/companies/${companyId}/${path}`, { authorization: `Token ${token}` });
}

async function during(healthy: Healthy, pid: number, seconds: number): Promise<Stretch> {
  const endsAt = Date.now() + seconds * 1_000;
  const stretch: Stretch = { times: {}, refused: 0, mebibytes: 0 };
  const work = Object.entries(WORK).map(async ([name, { pauseMs, send: sendOne }]) => {
    const times: number[] = [];
    stretch.times[name] = times;
    while (Date.now() < endsAt) {
      sent += 1;
      const began = performance.now();
      const status = await sendOne(healthy, sent);
      times.push(performance.now() - began);
      if (status !== 200 && status !== 201) stretch.refused += 1;
      await sleep(pauseMs);
    }
  });
  const memory = (async () => {
    while (Date.now() < endsAt) {
      stretch.mebibytes = Math.max(stretch.mebibytes, residentMebibytes(pid));
      await sleep(50);
    }
  })();
  await Promise.all([...work, memory]);
  return stretch;
}

function report(
  name: string,
  quiet: [Stretch, Stretch],
  attacked: Stretch,
  statuses: Record<string, number>,
): string[][] {
  const answered = Object.entries(statuses).map(([status, times]) => `${number(times)} × ${status}`);
  return Object.keys(WORK).map((what, nth) => {
    const calm = quiet.flatMap(({ times }) => times[what] ?? []);
    const own = attacked.times[what] ?? [];
    const ratio = (share: number) => (percentile(own, share) / percentile(calm, share)).toFixed(1);
    return [
      nth === 0 ? name : '',
      what,
      percentile(calm, 0.5).toFixed(1),
      percentile(calm, 0.99).toFixed(1),
      percentile(own, 0.5).toFixed(1),
      percentile(own, 0.99).toFixed(1),
      `${ratio(0.5)} / ${ratio(0.99)}`,
      number(own.length),
      ...(nth === 0 ? [number(attacked.refused), number(attacked.mebibytes), answered.join(', ')] : ['', '', '']),
    ];
  });
}

function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

async function document(db: Db, subject: Awaited<ReturnType<typeof biggestCompany>>, rows: string[][]) {
  const load = (await readFile('/proc/loadavg', 'utf8')).split(' ')[0];
  const attacks = Object.entries(ATTACKS).map(([name, { what }]) => `- \`${name}\`: ${what}\n`);
  return `${await heading(db, 'A healthy client while others attack', subject)}${SECONDS} s each; attackers at nice 19; no rate limit; load average at the end ${load}. *Quiet* is before and after each attack together.\n\n${attacks.join('')}\n${table(
    [
      'Attack',
      'The healthy client’s',
      'quiet p50 (ms)',
      'p99',
      'attacked p50 (ms)',
      'p99',
      'ratio p50 / p99',
      'requests',
      'not 200 or 201',
      'memory at most (MiB)',
      'answers to attackers',
    ],
    rows,
  )}`;
}
