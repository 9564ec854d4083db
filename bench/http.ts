/**
 * Measures the lists over HTTP, with 8 and 64 connections, and for comparison the bare framework, the bare database and
 * a straightforward implementation (`natural.ts`). Rounds alternate, so that other load on the machine affects all
 * alike.
 *
 *     DATABASE_URL=postgres://… ENCRYPTION_KEYS=… tsx bench/http.ts [--seconds 5] [--rounds 3] [--only 'page 1|bare'] > bench/results/http.md
 */
import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import autocannon from 'autocannon';
import { cellsOf, identityOf } from '../src/api/threads/list/filters.ts';
import { pageStatement } from '../src/api/threads/list/page.ts';
import { selectionOf } from '../src/api/threads/list/selection.ts';
import { KeyRing, parseEncryptionKeys } from '../src/crypto/key-ring.ts';
import { hashToken } from '../src/crypto/token.ts';
import { connect } from '../src/db/client.ts';
import { encodeCursor, readPaging } from '../src/http/lists/pagination.ts';
import { startScript, startServer } from './processes.ts';
import { heading, number, table } from './report.ts';
import { biggestCompany, createBenchToken } from './subjects.ts';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
  },
});
const seconds = Number(options.seconds);
const url = process.env.DATABASE_URL ?? '';
const db = connect({ url, poolSize: 1, onError: () => undefined, purpose: 'batch' });
const subject = await biggestCompany(db);
const tokens = await Promise.all(Array.from({ length: 64 }, () => createBenchToken(db, subject.userId)));
const [token = ''] = tokens;
const headers = { authorization: `Token ${token}` };
const server = await startServer();
const company = `${server.address}/api/companies/${subject.companyId}`;
const threads = `${company}/communications/threads`;

const first = await fetch(threads, { headers });
const etag = first.headers.get('etag') ?? '';
const body = await first.text();
const folder = await mkdtemp(join(tmpdir(), 'bench-'));
await writeFile(join(folder, 'body.json'), body);
const bare = await startScript('bare.ts', join(folder, 'body.json'));
const natural = await startScript('natural.ts');
const deep = await deepCursor();

type Rate = { perSecond: number; p50: number; p99: number };
type Load = (connections: number) => Promise<Rate>;
const everyLoad: Record<string, Load> = {
  'bare route, the same bytes': http(bare.address, {}),
  'bare route that serialises the same rows': http(`${bare.address}/serialised`, {}),
  'pgbench, the same SQL': pgbench,
  'threads, page 1': uncached(threads),
  'threads, page 1, asked again': http(threads, headers),
  'threads, unchanged (304)': http(threads, { ...headers, 'if-none-match': etag }),
  'the same, a token for each connection': http(threads, { 'if-none-match': etag }, 0, withOwnToken()),
  'threads, view=message': uncached(`${threads}?view=message`),
  'threads, cursor far down': uncached(`${threads}?cursor=${deep}`),
  'threads, is_resolved and direction': uncached(`${threads}?is_resolved=false&direction=inbound`),
  'threads, requires_response': uncached(`${threads}?requires_response=true`),
  'threads, is_ar_related': uncached(`${threads}?is_ar_related=true`),
  'threads, a source': uncached(`${threads}?source=vonage`),
  'threads, a common type': uncached(`${threads}?communication_type=email`),
  'threads, a rare type': uncached(`${threads}?communication_type=sms`),
  'threads, a customer': uncached(`${threads}?customer_id=${subject.customerId}`),
  'threads, a contact': uncached(`${threads}?contact_id=${subject.contactId}`),
  'threads, an invoice': uncached(`${threads}?invoice_id=${subject.invoiceId}`),
  'threads, 14 days': uncached(`${threads}?date_from=${subject.day(-14)}`),
  'threads, search: a word in 30 %': uncached(`${threads}?search=thirtieth`),
  'threads, search: in 6 %': uncached(`${threads}?search=sixth`),
  'threads, search: in 0.2 %': uncached(`${threads}?search=rarely`),
  'threads, search: in about 5 messages': uncached(`${threads}?search=ref4711`),
  'threads, search: nowhere': uncached(`${threads}?search=zzzqqq`),
  'emails, AR only': uncached(`${company}/communications/emails?is_ar_related=true`),
  'a conversation': http(`${threads}/${subject.threadId}`, headers),
  'a conversation by email': http(`${company}/communications/emails/${subject.threadId}`, headers),
  'thread notes, a page': uncached(`${company}/thread-notes?page=1`),
  'natural form': http(`${natural.address}/companies/${subject.companyId}/threads`, headers, 12),
};
const only = new RegExp(`${options.only}|^threads, page 1$`);
const loads = Object.fromEntries(Object.entries(everyLoad).filter(([name]) => !options.only || only.test(name)));

process.stdout.write(await heading(db, 'Lists over HTTP', subject));
for (const connections of [8, 64]) {
  const rates: Record<string, Rate[]> = Object.fromEntries(Object.keys(loads).map((name) => [name, []]));
  for (let round = 0; round < Number(options.rounds); round += 1) {
    for (const [name, load] of Object.entries(loads)) {
      await databaseIdle();
      rates[name]?.push(await load(connections));
    }
  }
  const median = (name: string) => middle(rates[name] ?? []);
  const ours = median('threads, page 1');
  process.stdout.write(
    `\n## ${connections} connections\n\n${table(
      ['What', 'per second', 'p50 (ms)', 'p99 (ms)', 'against threads, page 1'],
      Object.keys(loads).map((name) => {
        const { perSecond, p50, p99 } = median(name);
        return [
          name,
          perSecond < 100 ? perSecond.toFixed(1) : number(perSecond),
          String(p50),
          Number.isNaN(p99) ? '' : String(p99),
          (perSecond / ours.perSecond).toFixed(2),
        ];
      }),
    )}`,
  );
}
await Promise.all([server.stop(), bare.stop(), natural.stop()]);
await db.close();

/**
 * Waits until PostgreSQL is idle: a query of the last load may still run for seconds and would disturb the next load.
 */
async function databaseIdle(): Promise<void> {
  const text = `SELECT FROM pg_stat_activity WHERE state = 'active' AND usename = current_user AND pid <> pg_backend_pid()`;
  while ((await db.query({ text })).length > 0) await setTimeout(100);
}

/**
 * Alternates more URLs than the response cache holds, by an unknown parameter, so that each response is read from the
 * database.
 */
function uncached(address: string): Load {
  return (connections) => {
    let nth = 0;
    return http(address, headers, 0, (client) => {
      const paths = Array.from({ length: 2_000 / connections }, () => {
        nth += 1;
        return `${address}${address.includes('?') ? '&' : '?'}nth=${nth}`;
      });
      client.setRequests(paths.map((path) => ({ path: path.slice(server.address.length) })));
    })(connections);
  };
}

/** Gives each connection a token of its own. */
function withOwnToken(): (client: autocannon.Client) => void {
  let nth = 0;
  return (client) => {
    client.setHeaders({ 'if-none-match': etag, authorization: `Token ${tokens[nth % tokens.length]}` });
    nth += 1;
  };
}

/** @param atLeast seconds, for requests that may take seconds: they use one connection, so that the round ends */
function http(
  address: string,
  sent: Record<string, string>,
  atLeast = 0,
  setupClient: (client: autocannon.Client) => void = () => undefined,
): Load {
  return async (connections) => {
    const result = await autocannon({
      url: address,
      connections: atLeast > 0 ? 1 : connections,
      duration: Math.max(seconds, atLeast),
      timeout: 60,
      headers: sent,
      setupClient,
    });
    if (result['2xx'] + result['3xx'] === 0 && atLeast === 0) throw new Error(`Nothing was answered at ${address}`);
    // Refused requests get a fast response, which doesn't count.
    const answered = (result['2xx'] + result['3xx']) / result.duration;
    return { perSecond: answered, p50: result.latency.p50, p99: result.latency.p99 };
  };
}

/** The statements for authorisation, page and count, prepared and in one batch, as the server sends them. */
async function pgbench(connections: number): Promise<Rate> {
  const selection = selectionOf(subject.companyId, 'thread', {}, undefined);
  const paging = readPaging({}, [], undefined as never);
  const page = pageStatement(selection, paging, { isCounted: true });
  const values = {
    company: subject.companyId,
    cells: `\\x${cellsOf('thread', {}).bits.toString('hex')}`,
    hash: `\\x${hashToken(token).toString('hex')}`,
  };
  const named = page.text.replaceAll('$1', ':company').replaceAll('$2', ':cells');
  const authorize = `SELECT t.id, u.id, m.role FROM tokens t JOIN users u ON u.id = t.user_id
    LEFT JOIN memberships m ON m.company_id = :company AND m.user_id = u.id WHERE t.hash = :hash AND t.revoked_at IS NULL`;
  const flush = [authorize, named].map((text) => `${text.replaceAll(/\s*\n\s*/g, ' ').trim()};`);
  const script = join(folder, 'list.sql');
  await writeFile(script, ['\\startpipeline', ...flush, '\\endpipeline', ''].join('\n'));
  const variables = Object.entries(values).flatMap(([name, value]) => ['-D', `${name}=${value}`]);
  const jobs = ['-M', 'prepared', '-n', '-c', String(Math.min(connections, 8)), '-j', '2', '-T', String(seconds)];
  const { stdout } = await promisify(execFile)('pgbench', [...jobs, '-f', script, ...variables, url]);
  const perSecond = Number(/tps = ([0-9.]+)/.exec(stdout)?.[1] ?? 0);
  const latency = Number(/latency average = ([0-9.]+)/.exec(stdout)?.[1] ?? 0);
  return { perSecond, p50: latency, p99: Number.NaN };
}

/** The cursor of a page at nine tenths of the list. */
async function deepCursor(): Promise<string> {
  const ring = new KeyRing(parseEncryptionKeys(process.env.ENCRYPTION_KEYS ?? ''), 1);
  const [row] = await db.query<{ time: string; id: string }>({
    text: `SELECT "timestamp" AS time, id FROM communication_threads WHERE company_id = $1 AND is_latest
           ORDER BY "timestamp" DESC, id DESC LIMIT 1 OFFSET $2`,
    values: [subject.companyId, Math.floor(subject.conversations * 0.9)],
  });
  if (!row) throw new Error('The list is too short.');
  return encodeCursor(ring, identityOf(subject.companyId, 'thread', {}), row);
}

function middle(rates: Rate[]): Rate {
  const sorted = rates.toSorted((one, other) => one.perSecond - other.perSecond);
  return sorted[Math.floor(sorted.length / 2)] ?? { perSecond: 0, p50: 0, p99: 0 };
}
