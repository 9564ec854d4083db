/**
 * Measures the cost of row-level security: the same requests to a server without it and to one with it, on one database
 * where it is disabled and enabled alternately.
 *
 *     DATABASE_URL=postgres://server… DATABASE_MIGRATION_URL=postgres://owner… ENCRYPTION_KEYS=… \
 *       tsx bench/row-level-security.ts [--seconds 4] [--rounds 5] > bench/results/row-level-security.md
 */
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import pg from 'pg';
import { connect } from '../src/db/client.ts';
import { applyRowLevelSecurity } from '../src/db/row-level-security.ts';
import { startServer } from './processes.ts';
import { heading, number, table } from './report.ts';
import { biggestCompany, createBenchToken } from './subjects.ts';

const { values: options } = parseArgs({
  options: { seconds: { type: 'string', default: '4' }, rounds: { type: 'string', default: '5' } },
});
const ownerUrl = process.env.DATABASE_MIGRATION_URL ?? '';
const db = connect({ url: ownerUrl, poolSize: 1, onError: () => undefined, purpose: 'batch' });
const owner = new pg.Client({ connectionString: ownerUrl });
await owner.connect();
const subject = await biggestCompany(db);
const headers = {
  authorization: `Token ${await createBenchToken(db, subject.userId)}`,
  'content-type': 'application/json',
};
const servers = {
  off: await startServer({ ROW_LEVEL_SECURITY: 'off' }),
  on: await startServer({ ROW_LEVEL_SECURITY: 'on' }),
};
const company = `/api/companies/${subject.companyId}`;
const log = JSON.stringify({ communication_type: 'call', customer_id: subject.customerId, notes: 'We spoke.' });
const loads: Record<string, { path: string; body?: string; connections: number }> = {
  'threads, page 1': { path: `${company}/communications/threads`, connections: 8 },
  'threads, page 1, one client': { path: `${company}/communications/threads`, connections: 1 },
  'threads, a customer': {
    path: `${company}/communications/threads?customer_id=${subject.customerId}`,
    connections: 8,
  },
  'threads, search': { path: `${company}/communications/threads?search=remittance`, connections: 8 },
  'log-manual': { path: `${company}/communications/log-manual`, body: log, connections: 8 },
  'log-manual, one client': { path: `${company}/communications/log-manual`, body: log, connections: 1 },
};

const rates = new Map<string, Record<'off' | 'on', number[]>>();
for (let round = 0; round < Number(options.rounds); round += 1) {
  for (const setting of round % 2 ? (['on', 'off'] as const) : (['off', 'on'] as const)) {
    await applyRowLevelSecurity(owner, setting === 'on');
    for (const [name, load] of Object.entries(loads)) {
      const rate = rates.get(name) ?? { off: [], on: [] };
      rate[setting].push(await perSecond(`${servers[setting].address}${load.path}`, load));
      rates.set(name, rate);
    }
  }
}
const rows = [...rates].map(([name, { off, on }]) => {
  const ratios = on.map((rate, nth) => rate / (off[nth] ?? 1)).toSorted((a, b) => a - b);
  const [least = 0] = ratios;
  const span = `${least.toFixed(2)}–${(ratios.at(-1) ?? 0).toFixed(2)}`;
  return [name, number(median(off)), number(median(on)), median(ratios).toFixed(2), span];
});
const columns = ['What', 'off, a second', 'on, a second', 'ratio, median of the rounds', 'least to most'];
process.stdout.write(`${await heading(db, 'Row-level security', subject)}${table(columns, rows)}`);
await Promise.all([servers.off.stop(), servers.on.stop()]);
await owner.end();
await db.close();

async function perSecond(url: string, { body, connections }: { body?: string; connections: number }): Promise<number> {
  const method = body === undefined ? 'GET' : 'POST';
  const load = { url, headers, method, connections, ...(body === undefined ? {} : { body }) } as const;
  await autocannon({ ...load, duration: 1 });
  const result = await autocannon({ ...load, duration: Number(options.seconds) });
  const { non2xx: refused, '2xx': answered } = result;
  // On a machine with other load, a request may be refused now and then.
  if (refused > answered / 20) throw new Error(`${refused} of ${refused + answered} answers of ${url} were refused.`);
  return answered / result.duration;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
