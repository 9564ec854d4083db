/**
 * Measures log-manual with both completions over HTTP, with one client and with eight, and for comparison an
 * implementation that awaits each statement; both are warmed up. Also measures what the exact counts and `is_latest`
 * cost a write.
 *
 *     DATABASE_URL=postgres://… ENCRYPTION_KEYS=… tsx bench/writes.ts [--seconds 5] [--rounds 3] > bench/results/writes.md
 */
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { joinThreadGroup, type NewMessage } from '../src/conversations/append.ts';
import { connect } from '../src/db/client.ts';
import type { Tx } from '../src/db/transaction.ts';
import { newId } from '../src/domain/ids.ts';
import { startScript, startServer } from './processes.ts';
import { heading, number, table } from './report.ts';
import { biggestCompany, createBenchToken } from './subjects.ts';

const { values: options } = parseArgs({
  options: { seconds: { type: 'string', default: '5' }, rounds: { type: 'string', default: '3' } },
});
const seconds = Number(options.seconds);
const db = connect({ url: process.env.DATABASE_URL ?? '', poolSize: 8, onError: () => undefined, purpose: 'batch' });
const subject = await biggestCompany(db);
const { companyId, customerId } = subject;
const headers = {
  authorization: `Token ${await createBenchToken(db, subject.userId)}`,
  'content-type': 'application/json',
};
const server = await startServer();
const natural = await startScript('natural.ts');
const ours = `${server.address}/api/companies/${companyId}/communications/log-manual`;
const plain = `${natural.address}/companies/${companyId}/log-manual`;

const steps = { action: [] as string[], touchpoint: [] as string[] };
const rows: string[][] = [];
// Warm up, so that the code is compiled as in a running server.
for (const url of [plain, ours]) await logging(url, 8);
for (const clients of [1, 8]) {
  const rates = await takeTurns({ plain: () => logging(plain, clients), ours: () => logging(ours, clients) });
  rows.push([`log-manual, ${clients} client${clients > 1 ? 's' : ''}`, ...compared(rates.plain, rates.ours)]);
}
const writes = await takeTurns({ bare: () => writing(insertAlone), kept: () => writing(insertCounted) });
rows.push(['A message joins a conversation, against the bare row', ...compared(writes.bare, writes.kept)]);
process.stdout.write(
  `${await heading(db, 'Writes', subject)}${table(['What', 'plain form, a second', 'ours, a second', 'ratio'], rows)}`,
);
await Promise.all([server.stop(), natural.stop()]);
await db.close();

type Rates<Name extends string> = Record<Name, number>;

async function takeTurns<Name extends string>(loads: Record<Name, () => Promise<number>>): Promise<Rates<Name>> {
  const names = Object.keys(loads) as Name[];
  const rates = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < Number(options.rounds); round += 1)
    for (const name of names) rates.get(name)?.push(await loads[name]());
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  return Object.fromEntries(names.map((name) => [name, median(rates.get(name) ?? [])])) as Rates<Name>;
}

function compared(before: number, after: number): string[] {
  return [number(before), number(after), (after / before).toFixed(2)];
}

async function logging(url: string, connections: number): Promise<number> {
  await moreSteps();
  const log = (): string =>
    JSON.stringify({
      communication_type: 'call',
      notes: 'Spoke with the AP manager. She confirmed that payment will process on June 5.',
      customer_id: customerId,
      scheduled_action_id: steps.action.pop(),
      scheduled_touchpoint_id: steps.touchpoint.pop(),
    });
  const requests = [{ setupRequest: (request: autocannon.Request) => ({ ...request, body: log() }) }];
  const result = await autocannon({ url, method: 'POST', connections, duration: seconds, headers, requests });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx + result.errors} logs were refused.`);
  return result.requests.average;
}

/** Creates open actions and touchpoints, a pair for each log. */
async function moreSteps(): Promise<void> {
  for (const [kind, table, type] of [
    ['action', 'scheduled_actions', 'action_type'],
    ['touchpoint', 'scheduled_touchpoints', 'step_type'],
  ] as const) {
    const ids = Array.from({ length: seconds * 2_000 }, newId);
    const status = kind === 'action' ? 'scheduled' : 'pending';
    await db.query({
      text: `INSERT INTO ${table} (company_id, id, customer_id, ${type}, status)
             SELECT $1, id, $2, 'call', '${status}' FROM unnest($3::uuid[]) id`,
      values: [companyId, customerId, ids],
    });
    steps[kind] = ids;
  }
}

function writing(insert: (tx: Tx, message: NewMessage) => Promise<void>): Promise<number> {
  const groups = Array.from({ length: 200 }, newId);
  return perSecond(1, async (nth) => {
    await db.transaction(async (tx) => {
      await insert(tx, messageIn(groups[nth % groups.length] ?? ''));
    });
  });
}

async function insertCounted(tx: Tx, message: NewMessage): Promise<void> {
  joinThreadGroup(tx, companyId, message);
}

/** Inserts the row only, as a conversation of its own: without a lock, a former latest message or a count. */
async function insertAlone(tx: Tx, message: NewMessage): Promise<void> {
  tx.send({
    name: 'bare_row',
    text: `INSERT INTO communication_threads (company_id, id, thread_group_id, is_latest, message_count, "timestamp",
             communication_type, source, direction, customer_id, subject, preview, body, body_type)
           VALUES ($1, $2, $3, true, 1, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    values: [
      companyId,
      message.id,
      newId(),
      message.timestamp,
      message.communicationType,
      message.source,
      message.direction,
      message.customerId,
      message.subject,
      message.preview,
      message.body,
      message.bodyType,
    ],
  });
}

function messageIn(threadGroupId: string): NewMessage {
  const now = new Date().toISOString();
  return {
    id: newId(),
    threadGroupId,
    timestamp: now,
    createdAt: now,
    communicationType: 'email',
    source: 'nylas',
    direction: 'inbound',
    requiresResponse: false,
    isResolved: false,
    isArRelated: true,
    hasAttachments: false,
    customerId,
    contactId: null,
    loggedById: null,
    scheduledActionId: null,
    scheduledTouchpointId: null,
    subject: 'Remittance advice',
    preview: 'We will pay on Friday.',
    body: 'We will pay on Friday. '.repeat(60),
    bodyType: 'text/plain',
    notes: null,
    from: null,
    to: [],
    cc: [],
    call: null,
    strategyTags: [],
    ownText: null,
  };
}

async function perSecond(clients: number, once: (nth: number) => Promise<void>): Promise<number> {
  const ends = Date.now() + seconds * 1_000;
  let done = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (Date.now() < ends) {
        done += 1;
        await once(done);
      }
    }),
  );
  return done / seconds;
}
