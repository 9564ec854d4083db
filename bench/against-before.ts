/**
 * Is the present version as fast as an older one? Both import the same file, each into an embedded PostgreSQL of its own, and
 * are then asked in turns in one run; so is the present one a second time, on a third database, whose distance from the
 * first is what the machine alone makes of the same code. The processor time of a request is measured too, because other
 * work on the machine hardly changes it.
 *
 *     tsx bench/against-before.ts [--before 5eef8aa] [--messages 100000] [--imports 3] [--rounds 5] [--seconds 5] > bench/results/against-before.md
 *
 * With `--words-of-first 200` the older version is the present one, except that it makes search words of the first 200
 * characters of each body only. The difference is the cost of searching whole bodies, without that of all other changes.
 *
 *     tsx bench/against-before.ts --words-of-first 200 --messages 40000 > bench/results/whole-bodies.md
 *
 * With `--present`, a commit, that version takes the place of this checkout: for a change that is followed by others.
 *
 *     tsx bench/against-before.ts --before 4580fcf --present 022f1f8 --messages 40000 > bench/results/moved-files.md
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { connect } from '../src/db/client.ts';
import { startEmbedded } from '../src/db/embedded/index.ts';
import { newId } from '../src/domain/ids.ts';
import { signNylas } from '../src/ingest/nylas/signature.ts';
import { freePort } from '../test/faults/world.ts';
import { temporaryFolder } from '../test/support/temporary-folder.ts';
import { type CpuTimes, cpuBetween, cpuTimesOf } from './cpu-time.ts';
import { prose, rareWords } from './made-up-prose.ts';
import { number, table } from './report.ts';

const { values: options } = parseArgs({
  options: {
    before: { type: 'string', default: '5eef8aa' },
    present: { type: 'string' },
    'words-of-first': { type: 'string' },
    messages: { type: 'string', default: '100000' },
    imports: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '5' },
  },
});
const SECONDS = Number(options.seconds);
const SECRET = 'bench-secret';
const GRANT = 'bench-grant';
const OWN_ADDRESS = 'ar@bench.example';
const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };
/** What a search finds messages by, whose size is compared. */
const SEARCH_INDEXES = ['ct_search', 'ctw_words', 'ctw_words_by_week', 'customers_name_words', 'invoices_number_words'];

type Side = {
  name: 'before' | 'present' | 'again';
  source: string;
  dataDir: string;
  port: number;
  token: string;
  server?: ChildProcess;
};
type Subject = { companyId: string; username: string; customerId: string; contactEmail: string };
/** Of each side, round by round. */
type Rates = Record<Side['name'], number[]>;
/** Operations a second, and milliseconds of processor time for one; NaN where it isn't measured. */
type Measured = { rates: Rates; cpu: Rates };

const folder = await temporaryFolder('comms-against-');
const file = join(folder, 'messages.ndjson');
const beforeSource = join(folder, 'before');
const presentSource = options.present === undefined ? process.cwd() : join(folder, 'present');
const servers: ChildProcess[] = [];
const checkouts: string[] = [];
try {
  checkOut(beforeSource, options['words-of-first'] === undefined ? options.before : 'HEAD');
  if (options.present !== undefined) checkOut(presentSource, options.present);
  if (options['words-of-first'] !== undefined) cutWords(Number(options['words-of-first']));
  execFileSync(process.execPath, ['--import', 'tsx', 'bench/generate.ts', '--messages', options.messages], {
    stdio: ['ignore', openSync(file, 'w'), 'inherit'],
  });
  const sides = [
    await sideOf('before', beforeSource),
    await sideOf('present', presentSource),
    await sideOf('again', presentSource),
  ];
  const subject = await readSubject();
  const results: [string, Measured][] = [
    ['import, messages', await takeTurns(sides, Number(options.imports), importing)],
  ];
  for (const side of sides) await prepare(side, subject);
  for (const side of sides) {
    side.server = await serve(side);
    servers.push(side.server);
  }
  for (const [name, load] of loadsOn(subject)) {
    for (const side of sides) await load(side);
    results.push([name, await takeTurns(sides, Number(options.rounds), load)]);
  }
  await Promise.all(servers.splice(0).map(stop));
  const sizes: string[][] = [];
  for (const side of sides) sizes.push([side.name, ...(await sizesOf(side))]);
  report(results, sizes);
} finally {
  await Promise.all(servers.map(stop));
  for (const source of checkouts) execFileSync('git', ['worktree', 'remove', '--force', source]);
  rmSync(folder, { recursive: true, force: true });
}

/** With the packages of this checkout where they have all that the commit needs, else with its own. */
function checkOut(source: string, commit: string): void {
  execFileSync('git', ['worktree', 'add', '--detach', source, commit], { stdio: 'ignore' });
  checkouts.push(source);
  const { dependencies } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  const present = join(process.cwd(), 'node_modules');
  if (Object.keys(dependencies).every((name) => existsSync(join(present, name))))
    symlinkSync(present, join(source, 'node_modules'));
  else execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: source, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Changes the checkout so that a body has search words of its first characters only. */
function cutWords(characters: number): void {
  const path = join(beforeSource, 'src/conversations/search-words.ts');
  const text = readFileSync(path, 'utf8');
  const whole = 'words.addField(ownText, ';
  if (!text.includes(whole))
    throw new Error('src/conversations/search-words.ts adds the words of a body in another way.');
  writeFileSync(path, text.replace(whole, `words.addField(ownText.slice(0, ${characters}), `));
}

async function sideOf(name: Side['name'], source: string): Promise<Side> {
  return { name, source, dataDir: join(folder, `data-${name}`), port: await freePort(), token: '' };
}

/** The biggest company is the first of the file. */
async function readSubject(): Promise<Subject> {
  const firsts = new Map<string, Record<string, string>>();
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const row = JSON.parse(line);
    if (!firsts.has(row.type)) firsts.set(row.type, row);
    if (firsts.has('contact')) break;
  }
  const { company, user, customer, contact } = Object.fromEntries(firsts);
  return {
    companyId: company?.id ?? '',
    username: user?.username ?? '',
    customerId: customer?.id ?? '',
    contactEmail: contact?.email ?? '',
  };
}

/** Each side once a round, in changing order. */
async function takeTurns(sides: Side[], rounds: number, run: (side: Side) => Promise<number>): Promise<Measured> {
  const rates: Rates = { before: [], present: [], again: [] };
  const cpu: Rates = { before: [], present: [], again: [] };
  for (let round = 0; round < rounds; round += 1) {
    const turn = sides.map((_, nth) => sides[(nth + round) % sides.length] as Side);
    for (const side of turn) {
      const began = performance.now();
      const earlier = cpuOf(side);
      const rate = await run(side);
      const operations = rate * ((performance.now() - began) / 1_000);
      rates[side.name].push(rate);
      const later = cpuOf(side);
      cpu[side.name].push(earlier && later ? cpuBetween(earlier, later) / operations : Number.NaN);
    }
  }
  return { rates, cpu };
}

/** @returns undefined while the server isn't running */
function cpuOf({ server, dataDir }: Side): CpuTimes | undefined {
  return server?.pid === undefined ? undefined : cpuTimesOf(server.pid, dataDir);
}

/** Into an empty database; the last one stays. @returns messages a second */
async function importing(side: Side): Promise<number> {
  rmSync(side.dataDir, { recursive: true, force: true });
  await command(side, 'migrate');
  const began = performance.now();
  await command(side, 'import', file);
  return Number(options.messages) / ((performance.now() - began) / 1_000);
}

async function prepare(side: Side, { companyId, username }: Subject): Promise<void> {
  const created = await command(side, 'token', 'create', '--user', username, '--json');
  side.token = JSON.parse(created).token;
  const mailbox = ['--company', companyId, '--user', username, '--grant-id', GRANT, '--email', OWN_ADDRESS];
  await command(side, 'mailbox', 'add', ...mailbox, '--sync', 'all');
}

function environment({ dataDir, port }: Side): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  const settings = { PORT: String(port), NYLAS_WEBHOOK_SECRET: SECRET, RATE_LIMIT_PER_MINUTE: '0', LOG_LEVEL: 'error' };
  return { PATH, HOME, DATA_DIR: dataDir, ...settings };
}

function start(side: Side, args: string[], stdout: 'pipe' | 'ignore'): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...args], {
    cwd: side.source,
    env: environment(side),
    stdio: ['ignore', stdout, 'inherit'],
  });
}

async function command(side: Side, ...args: string[]): Promise<string> {
  const child = start(side, args, 'pipe');
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${side.name}: ${args.join(' ')} ended with ${code}`);
  return output;
}

async function serve(side: Side): Promise<ChildProcess> {
  const child = start(side, ['serve'], 'ignore');
  for (let left = 600; left > 0; left -= 1) {
    const answer = await fetch(`http://127.0.0.1:${side.port}/readyz`).catch(() => undefined);
    if (answer?.ok) return child;
    await sleep(100);
  }
  throw new Error(`${side.name} did not become ready`);
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  await ended;
}

function loadsOn(subject: Subject): [string, (side: Side) => Promise<number>][] {
  const mails = [1_400, 20_000].flatMap((size): [string, (side: Side) => Promise<number>][] =>
    [1, 8].map((connections) => [
      `deliveries of mail of ${size / 1_000} KB, ${connections} connection${connections > 1 ? 's' : ''}`,
      (side) => delivering(side, subject, (nth) => prose(nth, size), connections),
    ]),
  );
  return [
    ['threads, page 1, 8 connections', (side) => reading(side, subject)],
    ['log-manual, 1 connection', (side) => logging(side, subject, 1)],
    ['log-manual, 8 connections', (side) => logging(side, subject, 8)],
    ...mails,
    [
      'deliveries of mail of 20 KB of rare words, 1 connection',
      (side) => delivering(side, subject, (nth) => rareWords(nth, 20_000), 1),
    ],
  ];
}

/** More addresses in turn than answers are kept, so that each is read from the database: an unknown parameter is ignored. */
function reading(side: Side, { companyId }: Subject): Promise<number> {
  const path = `/api/companies/${companyId}/communications/threads`;
  let nth = 0;
  const setupClient = (client: autocannon.Client) => {
    client.setRequests(Array.from({ length: 250 }, (_, more) => ({ path: `${path}?nth=${nth + more}` })));
    nth += 250;
  };
  return perSecond(side, { connections: 8, setupClient });
}

function logging(side: Side, { companyId, customerId }: Subject, connections: number): Promise<number> {
  const body = JSON.stringify({
    communication_type: 'call',
    notes: 'Spoke with the AP manager. She confirmed that payment will process on June 5.',
    customer_id: customerId,
  });
  const path = `/api/companies/${companyId}/communications/log-manual`;
  return perSecond(side, { connections, requests: [{ method: 'POST', path, body }] });
}

async function perSecond(
  side: Side,
  load: Pick<autocannon.Options, 'connections' | 'requests' | 'setupClient'>,
): Promise<number> {
  const headers = { authorization: `Token ${side.token}`, 'content-type': 'application/json' };
  const result = await autocannon({ url: `http://127.0.0.1:${side.port}`, duration: SECONDS, headers, ...load });
  const refused = result.non2xx + result.errors;
  if (refused > 0) throw new Error(`${side.name}: ${refused} requests were refused.`);
  return result.requests.average;
}

/**
 * Signed, each another mail; four make a conversation.
 * @param bodyOf the text of the n-th mail
 * @returns answers a second
 */
async function delivering(
  side: Side,
  subject: Subject,
  bodyOf: (nth: number) => string,
  connections: number,
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const run = newId();
  const ends = performance.now() + SECONDS * 1_000;
  const began = performance.now();
  let sent = 0;
  const sender = async () => {
    while (performance.now() < ends) {
      sent += 1;
      const status = await post(agent, side.port, mail(subject, run, sent, bodyOf(sent)));
      if (status !== 200) throw new Error(`${side.name}: a delivery was answered with ${status}.`);
    }
  };
  await Promise.all(Array.from({ length: connections }, sender));
  agent.destroy();
  return sent / ((performance.now() - began) / 1_000);
}

function mail({ contactEmail }: Subject, run: string, nth: number, body: string): Buffer {
  const date = Math.floor(Date.now() / 1_000);
  const object = {
    id: `${run}-${nth}`,
    grant_id: GRANT,
    object: 'message',
    thread_id: `${run}-t${Math.floor(nth / 4)}`,
    subject: 'Re: Remittance advice INV-10042',
    from: [{ name: 'Ann', email: contactEmail }],
    to: [{ name: 'AR', email: OWN_ADDRESS }],
    date,
    folders: ['INBOX'],
    snippet: 'We will pay on Friday.',
    body: `<div dir="ltr">${body}</div>`,
    headers: [{ name: 'Message-ID', value: `<${run}.${nth}@customer.example>` }],
  };
  const event = { type: 'message.created', id: `e-${run}-${nth}`, time: date, data: { object } };
  return Buffer.from(JSON.stringify(event));
}

function post(agent: Agent, port: number, bytes: Buffer): Promise<number> {
  const headers = { 'content-type': 'application/json', 'x-nylas-signature': signNylas(bytes, SECRET) };
  const target = { agent, method: 'POST', host: '127.0.0.1', port, path: '/api/webhooks/nylas', headers };
  return new Promise((resolve, reject) => {
    const sent = request(target, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    sent.on('error', reject);
    sent.end(bytes);
  });
}

/** Mebibytes of the database and of what searches it, and how many messages it has. */
async function sizesOf({ dataDir }: Side): Promise<string[]> {
  const embedded = await startEmbedded({ dataDir, log: SILENT });
  const db = connect({ url: embedded.ownerUrl, poolSize: 1, onError: () => undefined, purpose: 'batch' });
  const [sizes] = await db.query<{ messages: number; database: number; search: number }>({
    text: `SELECT (SELECT count(*) FROM communication_threads) AS messages,
                  pg_database_size(current_database()) AS database,
                  (SELECT sum(pg_relation_size(oid)) FROM pg_class WHERE relname = ANY($1))::bigint AS search`,
    values: [SEARCH_INDEXES],
  });
  await db.close();
  await embedded.stop();
  const mebibytes = (bytes = 0) => number(bytes / 2 ** 20);
  return [number(sizes?.messages ?? 0), mebibytes(sizes?.database), mebibytes(sizes?.search)];
}

function rowOf(name: string, { before, present, again }: Rates, format: (value: number) => string): string[] {
  const medians = [before, present, again].map((values) => format(median(values)));
  return [name, ...medians, ratio(present, before), ratio(again, present)];
}

function report(results: [string, Measured][], sizes: string[][]): void {
  const columns = ['before', 'present', 'again', 'present / before', 'again / present'];
  const rates = results.map(([name, measured]) => rowOf(name, measured.rates, number));
  const costs = results
    .filter(([, { cpu }]) => !Number.isNaN(cpu.before[0]))
    .map(([name, { cpu }]) => rowOf(name, cpu, (value) => value.toFixed(2)));
  const first = options['words-of-first'];
  const older = first === undefined ? options.before : `itself with the words of the first ${first} characters`;
  const commit = options.present ?? execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  process.stdout.write(
    `# ${commit} against ${older}\n\n` +
      `${number(Number(options.messages))} messages. Ratios are the median of the rounds, then the lowest and the highest.\n\n` +
      `    tsx bench/against-before.ts ${process.argv.slice(2).join(' ')}\n\n` +
      `${table(['A second', ...columns], rates)}\n` +
      `${table(['Processor time of one, ms', ...columns], costs)}\n` +
      `${table(['After that', 'messages', 'database, MiB', 'indexes of a search, MiB'], sizes)}`,
  );
}

/** Round by round: what the machine does at the time falls on both. */
function ratio(rates: number[], others: number[]): string {
  const ratios = rates.map((rate, round) => rate / (others[round] ?? Number.NaN)).toSorted((a, b) => a - b);
  return `${median(ratios).toFixed(2)} (${ratios[0]?.toFixed(2)}–${ratios.at(-1)?.toFixed(2)})`;
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}
