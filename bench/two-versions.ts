/**
 * Tests whether an older version may run while this one migrates, and at the same time afterwards. Runs `--old`, a
 * commit or tag, under load on an embedded PostgreSQL, migrates with this version, runs both, then stops the old one.
 * Counts the responses of each and checks every acknowledged write.
 *
 *     tsx bench/two-versions.ts --old v1.2.0
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startEmbedded } from '../src/db/embedded/index.ts';
import { freePort } from '../test/faults/world.ts';
import { temporaryFolder } from '../test/support/temporary-folder.ts';
import { table } from './report.ts';
import { checkOut, command, serveVersion, stopVersion, type Version } from './versions.ts';

const { values: options } = parseArgs({ options: { old: { type: 'string', default: 'HEAD~1' } } });
const PHASE_MS = 8_000;
const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

const folder = await temporaryFolder('comms-versions-');
const oldSource = join(folder, 'old');
const removeOld = checkOut(options.old, oldSource);
const dataDir = join(folder, 'data');
const embedded = await startEmbedded({ dataDir, log: SILENT });
const old: Version = { name: `old (${options.old})`, source: oldSource, port: await freePort(), dataDir };
const present: Version = { name: 'present', source: process.cwd(), port: await freePort(), dataDir };

const phases: { name: string; statuses: Map<string, number> }[] = [];
const written: string[] = [];
let subject = { companyId: '', customerId: '', token: '' };
try {
  await command(old, 'migrate');
  await command(old, 'import', join(oldSource, 'demo/demo.ndjson'));
  const oldServer = await serveVersion(old);
  subject = await makeSubject();
  const load = startLoad([old]);
  await phase('old alone', PHASE_MS);
  const migrating = command(present, 'migrate');
  await phase('while the present one migrates', PHASE_MS, migrating);
  await phase('old alone, on the migrated schema', PHASE_MS);
  const presentServer = await serveVersion(present);
  load.versions.push(present);
  await phase('both', PHASE_MS);
  load.versions.shift();
  await stopVersion(oldServer);
  await phase('present alone', PHASE_MS);
  await load.end();
  const lost = await missingWrites();
  await stopVersion(presentServer);
  report(lost);
} finally {
  await embedded.stop();
  removeOld();
  rmSync(folder, { recursive: true, force: true });
}

async function makeSubject() {
  const lines = readFileSync(join(oldSource, 'demo/demo.ndjson'), 'utf8').split('\n');
  const first = (type: string) => JSON.parse(lines.find((line) => line.startsWith(`{"type":"${type}"`)) ?? '{}');
  const answer = await command(old, 'token', 'create', '--user', first('user').username, '--json');
  return { companyId: first('company').id, customerId: first('customer').id, token: JSON.parse(answer).token };
}

/** Sends to each version in turn: a list, a search, a log, a note and a change. */
function startLoad(versions: Version[]) {
  let isOver = false;
  const clients = Array.from({ length: 3 }, async (_, client) => {
    for (let nth = 0; !isOver; nth += 1) {
      const version = versions[nth % versions.length];
      if (version) await story(version, `${client}-${nth}`);
    }
  });
  return {
    versions,
    end: async () => {
      isOver = true;
      await Promise.all(clients);
    },
  };
}

async function story(version: Version, mark: string): Promise<void> {
  await call(version, 'GET', 'communications/threads?requires_response=true&page_size=20');
  await call(version, 'GET', 'communications/threads?search=invoice');
  const log = { communication_type: 'call', customer_id: subject.customerId, notes: `Log ${mark}.` };
  const logged = await call(version, 'POST', 'communications/log-manual', log);
  if (!logged) return;
  written.push(`Log ${mark}.`);
  const note = { thread_id: logged.id, content: `Note ${mark}.` };
  if (await call(version, 'POST', 'thread-notes', note)) written.push(`Note ${mark}.`);
  await call(version, 'PATCH', `communications/threads/${logged.id}`, { is_resolved: true });
}

async function call(
  version: Version,
  method: string,
  path: string,
  body?: object,
): Promise<{ id: string } | undefined> {
  const url = `http://127.0.0.1:${version.port}/api/companies/${subject.companyId}/${path}`;
  const headers = { authorization: `Token ${subject.token}`, 'content-type': 'application/json' };
  const answer = await fetch(url, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) }).catch(
    () => undefined,
  );
  const counted = `${version.name}: ${answer?.status ?? 'no answer'}`;
  const statuses = phases.at(-1)?.statuses;
  statuses?.set(counted, (statuses.get(counted) ?? 0) + 1);
  return answer?.ok ? ((await answer.json()) as { id: string }) : void (await answer?.body?.cancel());
}

async function phase(name: string, milliseconds: number, work: Promise<unknown> = Promise.resolve()): Promise<void> {
  phases.push({ name, statuses: new Map() });
  await Promise.all([sleep(milliseconds), work]);
  for (const version of [old, present]) {
    const answer = await fetch(`http://127.0.0.1:${version.port}/readyz`).catch(() => undefined);
    if (answer) phases.at(-1)?.statuses.set(`${version.name}: /readyz at its end`, answer.status);
  }
}

async function missingWrites(): Promise<string[]> {
  const found = new Set<string>();
  for (const path of ['thread-notes', 'communications/threads?view=message&source=manual&page_size=500']) {
    for (let cursor: string | null = ''; cursor !== null; ) {
      const url = `http://127.0.0.1:${present.port}/api/companies/${subject.companyId}/${path}`;
      const answer = await fetch(cursor ? `${url}&cursor=${cursor}` : url, {
        headers: { authorization: `Token ${subject.token}` },
      });
      const page = (await answer.json()) as {
        data: { content?: string; notes?: string }[];
        next_cursor?: string | null;
      };
      for (const { content, notes } of page.data) found.add(content ?? notes ?? '');
      cursor = page.next_cursor ?? null;
    }
  }
  return written.filter((text) => !found.has(text));
}

function report(lost: string[]): void {
  const rows = phases.map(({ name, statuses }) => [
    name,
    [...statuses].map(([what, count]) => `${what}${what.includes('/readyz') ? ` ${count}` : ` × ${count}`}`).join('; '),
  ]);
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  process.stdout.write(
    `# ${options.old} beside ${commit}\n\n${table(['Phase', 'Answers'], rows)}\n` +
      `${written.length} writes acknowledged, ${lost.length} not found afterwards.\n`,
  );
}
