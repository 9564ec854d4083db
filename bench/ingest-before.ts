import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { newId } from '../src/domain/ids.ts';
import { freePort } from '../test/faults/world.ts';
import { temporaryFolder } from '../test/support/temporary-folder.ts';
import { type Company, deliver, nextMail, SECRET } from './deliveries.ts';
import { number, table } from './report.ts';
import { checkOut, command, serveVersion, stopVersion, type Version } from './versions.ts';

/** The same deliveries to an earlier version and to this one, in turns, so that both meet the same moods of the machine. */

const COMPANIES = 4;
const SHAPES = [
  { companies: 1, connections: 1 },
  { companies: 1, connections: 16 },
  { companies: 4, connections: 16 },
] as const;

/** @returns a report in Markdown: deliveries a second of both, and the ratio now / before of every round */
export async function compareWith(
  commit: string,
  { deliveries, rounds }: { deliveries: number; rounds: number },
): Promise<string> {
  const folder = await temporaryFolder('comms-ingest-before-');
  const removeOld = checkOut(commit, join(folder, 'checkout'));
  const stops: (() => Promise<void>)[] = [];
  try {
    const [loadBefore = 0] = loadavg();
    const sides = [];
    for (const [name, source] of [
      ['before', join(folder, 'checkout')],
      ['now', process.cwd()],
    ] as const) {
      const dataDir = join(folder, name);
      const version = { name, source, dataDir, port: await freePort(), settings: { NYLAS_WEBHOOK_SECRET: SECRET } };
      const companies = await importCompanies(version);
      const server = await serveVersion(version);
      stops.push(() => stopVersion(server));
      sides.push({ name, port: version.port, companies });
    }
    const [before, now] = sides as [Side, Side];
    for (const side of [before, now]) await rate(side, SHAPES[2], Math.min(deliveries, 500));
    const rows: string[][] = [];
    for (const shape of SHAPES) {
      const pairs: [before: number, now: number][] = [];
      for (let round = 0; round < rounds; round += 1) {
        // The one that begins changes, since the second of a pair meets the first one's write-back.
        const rates = new Map<Side, number>();
        for (const side of round % 2 === 0 ? [before, now] : [now, before])
          rates.set(side, await rate(side, shape, deliveries));
        pairs.push([rates.get(before) ?? 0, rates.get(now) ?? 0]);
      }
      rows.push(row(shape, pairs));
    }
    return report({ commit, deliveries, rounds, loadBefore, rows });
  } finally {
    for (const stop of stops) await stop();
    removeOld();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Side = { name: string; port: number; companies: Company[] };
type Shape = (typeof SHAPES)[number];

async function rate({ name, port, companies }: Side, shape: Shape, deliveries: number): Promise<number> {
  const next = (nth: number) => nextMail(companies[nth % shape.companies] as Company);
  const { aSecond, refused } = await deliver(port, shape.connections, deliveries, next);
  if (refused > 0) throw new Error(`${refused} deliveries to ${name} were not answered 200.`);
  return aSecond;
}

/** By the import, which both versions have. */
async function importCompanies(version: Version): Promise<Company[]> {
  mkdirSync(version.dataDir, { recursive: true });
  const userId = newId();
  const lines: object[] = [{ type: 'user', id: userId, username: 'bench' }];
  const companies = Array.from({ length: COMPANIES }, (_, nth) => ({
    companyId: newId(),
    grantId: `g${nth}`,
    sent: 0,
  }));
  for (const { companyId: company_id, grantId } of companies) {
    const customer_id = newId();
    lines.push({ type: 'company', id: company_id, name: 'Bench' });
    lines.push({ type: 'membership', company_id, user_id: userId, role: 'member' });
    lines.push({ type: 'customer', id: customer_id, company_id, name: 'Acme' });
    for (let nth = 0; nth < 100; nth += 1) {
      const email = `c${nth}@acme.example`;
      lines.push({ type: 'contact', id: newId(), company_id, customer_id, name: `Contact ${nth}`, email });
    }
    for (let nth = 10_000; nth < 10_200; nth += 1) {
      lines.push({ type: 'invoice', id: newId(), company_id, customer_id, number: `INV-${nth}` });
    }
    const mailbox = { grant_id: grantId, email: 'ar@bench.example', sync: 'all' };
    lines.push({ type: 'mailbox', id: newId(), company_id, user_id: userId, ...mailbox });
  }
  const file = `${version.dataDir}.ndjson`;
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  await command(version, 'migrate');
  await command(version, 'import', file);
  return companies;
}

function row({ companies, connections }: Shape, pairs: [before: number, now: number][]): string[] {
  const ratios = pairs.map(([before, now]) => now / before);
  const [lowest, middle, highest] = [0, 0.5, 1].map((share) => quantile(ratios, share).toFixed(2));
  return [
    `companies: ${companies}, connections: ${connections}`,
    ...[0, 1].map((side) =>
      number(
        quantile(
          pairs.map((pair) => pair[side] as number),
          0.5,
        ),
      ),
    ),
    `${middle}`,
    `${lowest} – ${highest}`,
  ];
}

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const at = share * (sorted.length - 1);
  return ((sorted[Math.floor(at)] ?? 0) + (sorted[Math.ceil(at)] ?? 0)) / 2;
}

type Measured = { commit: string; deliveries: number; rounds: number; loadBefore: number; rows: string[][] };

function report({ commit, deliveries, rounds, loadBefore, rows }: Measured): string {
  const present = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  return [
    `# Deliveries of mail: ${present} against ${commit}`,
    '',
    `${rounds} rounds of ${number(deliveries)} deliveries to each, in turns, on Node ${process.versions.node}, ${cpus().length} cores shared by all. Load average before: ${loadBefore.toFixed(1)}.`,
    '',
    `    tsx bench/ingest.ts --before ${commit} --deliveries ${deliveries} --rounds ${rounds}`,
    '',
    table(['Deliveries', 'before, a second (median)', 'now', 'now / before (median)', 'lowest – highest'], rows),
  ].join('\n');
}
