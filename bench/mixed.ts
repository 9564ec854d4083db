/**
 * Runs a mixed load, nine reads to one write, for some minutes, and samples the memory of the process every half
 * minute.
 *
 *     DATABASE_URL=postgres://… ENCRYPTION_KEYS=… tsx bench/mixed.ts --minutes 15 [--clients 8] > bench/results/mixed.md
 */
import { parseArgs } from 'node:util';
import { connect } from '../src/db/client.ts';
import { residentMebibytes, startServer } from './processes.ts';
import { heading, number, table } from './report.ts';
import { biggestCompany, createBenchToken } from './subjects.ts';

const { values: options } = parseArgs({
  options: { minutes: { type: 'string', default: '15' }, clients: { type: 'string', default: '8' } },
});
const db = connect({ url: process.env.DATABASE_URL ?? '', poolSize: 1, onError: () => undefined, purpose: 'batch' });
const subject = await biggestCompany(db);
const headers = {
  authorization: `Token ${await createBenchToken(db, subject.userId)}`,
  'content-type': 'application/json',
};
const server = await startServer();
const company = `${server.address}/api/companies/${subject.companyId}`;

const reads = [
  '/communications/threads',
  '/communications/threads?view=message',
  '/communications/threads?is_resolved=false&requires_response=true',
  '/communications/threads?communication_type=call,manual',
  `/communications/threads?customer_id=${subject.customerId}`,
  `/communications/threads?date_from=${subject.day(-14)}`,
  '/communications/emails?is_ar_related=true',
  `/communications/threads/${subject.threadId}`,
  '/thread-notes?page=1',
];
const log = { communication_type: 'call', notes: 'Spoke with the AP manager.', customer_id: subject.customerId };
const note = { thread_id: subject.threadId, content: 'AP confirmed the check is in the mail.' };

const ends = Date.now() + Number(options.minutes) * 60_000;
const statuses = new Map<number, number>();
const memory: string[][] = [];
let done = 0;
const sampler = setInterval(sample, 30_000);
await Promise.all(Array.from({ length: Number(options.clients) }, (_, nth) => client(nth)));
clearInterval(sampler);
sample();
const answered = [...statuses].map(([status, times]) => `${number(times)} × ${status}`).join(', ');
process.stdout.write(
  `${await heading(db, 'Memory under a mixed day', subject)}Answers: ${answered}.\n\n${table(['Requests so far', 'Resident memory (MiB)'], memory)}`,
);
await server.stop();
await db.close();

async function client(first: number): Promise<void> {
  for (let nth = first; Date.now() < ends; nth += 1) {
    const response = await (nth % 10 === 9 ? write(nth) : fetch(company + reads[nth % reads.length], { headers }));
    await response.arrayBuffer();
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
    done += 1;
  }
}

function write(nth: number): Promise<Response> {
  const isLog = nth % 20 === 9;
  return fetch(company + (isLog ? '/communications/log-manual' : '/thread-notes'), {
    method: 'POST',
    headers,
    body: JSON.stringify(isLog ? log : note),
  });
}

function sample(): void {
  memory.push([number(done), residentMebibytes(server.pid).toFixed(0)]);
}
