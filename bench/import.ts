/**
 * Measures the import and export of a file of messages, and a response with all notes of a company, with the commands
 * and the server as an operator runs them, on an embedded database of its own. For comparison: a plain COPY of the same
 * rows into a table with the same columns and indexes but no foreign keys.
 *
 *     tsx bench/import.ts --file bench/work/1m.ndjson [--notes 1000000] > bench/results/import.md
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, readdirSync, readFileSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { get } from 'node:http';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startEmbedded } from '../src/db/embedded/index.ts';
import { migrate } from '../src/db/migrate.ts';
import { newId } from '../src/domain/ids.ts';
import { temporaryFolder } from '../test/support/temporary-folder.ts';
import { startServer } from './processes.ts';
import { number, table } from './report.ts';

const { values: options } = parseArgs({
  options: { file: { type: 'string', default: 'bench/work/1m.ndjson' }, notes: { type: 'string', default: '1000000' } },
});
const folder = await temporaryFolder('communications-bench-');
const dataDir = join(folder, 'data');
const environment = { DATA_DIR: dataDir, LOG_LEVEL: 'warn', DATABASE_URL: '' };
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

try {
  const embedded = await startEmbedded({ dataDir, log });
  await migrate({ ownerUrl: embedded.ownerUrl, serverRole: new URL(embedded.serverUrl).username });
  const postmaster = Number(readFileSync(join(dataDir, 'postgres/pgdata/postmaster.pid'), 'utf8').split('\n')[0]);
  const measured: Measured[] = [];

  const imported = await measure('import', postmaster, () => command(['import', options.file, '--json']));
  measured.push({ ...imported, units: JSON.parse(imported.output).counts.thread.created });
  const plain = await plainCopy(embedded.superuserUrl, new URL(embedded.ownerUrl).pathname, postmaster);
  measured.push(plain);
  const again = await measure('import of the same file again', postmaster, () =>
    command(['import', options.file, '--json']),
  );
  measured.push({ ...again, units: JSON.parse(again.output).counts.thread.unchanged });
  const companyId = await biggest(embedded.ownerUrl);
  const exported = await measure('export of the biggest company', postmaster, () =>
    command(['export', '--company', companyId], true),
  );
  measured.push({ ...exported, units: Number(exported.output) });

  const notesFile = join(folder, 'notes.ndjson');
  const noted = await writeNotes(notesFile, Number(options.notes));
  const notes = await measure('import of notes', postmaster, () => command(['import', notesFile, '--json']));
  measured.push({ ...notes, units: JSON.parse(notes.output).counts.thread_note.created });
  const { stdout } = command(['token', 'create', '--user', noted.username, '--json']).child;
  const { token } = JSON.parse(await text(stdout as NodeJS.ReadableStream));
  const server = await startServer({ ...environment, LOG_LEVEL: 'info' });
  const path = `${server.address}/api/companies/${noted.companyId}/thread-notes`;
  const streamed = await measure('GET thread-notes', postmaster, () => ({
    pid: server.pid,
    output: download(path, token),
  }));
  measured.push({ ...streamed, units: Number(streamed.output) });
  await server.stop();
  await embedded.stop();
  process.stdout.write(await report(measured, plain));
} finally {
  await rm(folder, { recursive: true, force: true });
}

type Running = { pid: number; output: Promise<string> };
type Measured = {
  what: string;
  seconds: number;
  /** CPU seconds, of user and system. */
  nodeCpu: number;
  postgresCpu: number;
  /** Resident memory of the node process in MiB, once a second. */
  memory: number[];
  output: string;
  units?: number;
};

async function measure(what: string, postmaster: number, start: () => Running): Promise<Measured> {
  const began = performance.now();
  const { pid, output } = start();
  const [nodeBefore, before] = [cpuSeconds(pid), backendSeconds(postmaster)];
  const memory: number[] = [];
  const last = { node: 0, backends: new Map<number, number>() };
  const sample = () => {
    const node = cpuSeconds(pid);
    if (node > 0) last.node = node;
    for (const [backend, seconds] of backendSeconds(postmaster)) last.backends.set(backend, seconds);
    const resident = /VmRSS:\s+(\d+)/.exec(readProcess(pid, 'status'))?.[1];
    if (resident) memory.push(Math.round(Number(resident) / 1024));
  };
  const timer = setInterval(sample, 1_000);
  const result = await output.finally(() => clearInterval(timer));
  const seconds = (performance.now() - began) / 1_000;
  sample();
  let postgresCpu = 0;
  for (const [backend, spent] of last.backends) postgresCpu += spent - (before.get(backend) ?? 0);
  return { what, seconds, nodeCpu: last.node - nodeBefore, postgresCpu, memory, output: result };
}

function readProcess(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

/** CPU seconds: fields 14 and 15 of `stat`, in hundredths of a second, counted from the end of the name. */
function cpuSeconds(pid: number): number {
  const fields = readProcess(pid, 'stat').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / 100;
}

function backendSeconds(postmaster: number): Map<number, number> {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => Number(readProcess(pid, 'stat').split(') ')[1]?.split(' ')[1]) === postmaster);
  return new Map(children.map((pid) => [pid, cpuSeconds(pid)]));
}

/** @param countLines whether `output` is the number of lines that the command writes */
function command(args: string[], countLines = false): Running & { child: ChildProcess } {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  });
  const output = countLines ? linesIn(child.stdout) : args[0] === 'token' ? Promise.resolve('') : text(child.stdout);
  return { child, pid: child.pid ?? 0, output };
}

async function linesIn(stream: NodeJS.ReadableStream): Promise<string> {
  let count = 0;
  for await (const chunk of stream) for (const byte of chunk as Buffer) if (byte === 0x0a) count += 1;
  return String(count);
}

/** Counts the notes by their ids, without keeping them. */
async function download(url: string, token: string): Promise<string> {
  const [response] = await once(get(url, { headers: { authorization: `Token ${token}` } }), 'response');
  let tail = '';
  for await (const chunk of response) tail = (tail + chunk).slice(-100);
  const count = /"count":(\d+)\}$/.exec(tail)?.[1];
  if (!count) throw new Error(`The answer broke off: ${tail}`);
  return count;
}

/**
 * COPY on the server, from a file in PostgreSQL's folder, in one statement: the fastest way into a table with these
 * indexes.
 */
async function plainCopy(superuserUrl: string, database: string, postmaster: number): Promise<Measured> {
  const url = new URL(superuserUrl);
  url.pathname = database;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  const { rows: columns } = await client.query(`
    SELECT string_agg(quote_ident(attname), ', ') AS list
    FROM pg_attribute
    WHERE attrelid = 'communication_threads'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`);
  const directory = (await client.query('SHOW data_directory')).rows[0].data_directory;
  const path = join(directory, 'pg_stat_tmp', 'bench-rows');
  const file = pg.escapeLiteral(path);
  const list: string = columns[0].list;
  // In the order of the file.
  await client.query(`COPY (SELECT ${list} FROM communication_threads ORDER BY ctid) TO ${file} WITH (FORMAT binary)`);
  await client.query('CREATE TABLE plain_messages (LIKE communication_threads INCLUDING ALL)');
  await client.query('CHECKPOINT');
  const copied = await measure('plain COPY of the messages alone', postmaster, () => ({
    pid: 0,
    output: client
      .query(`COPY plain_messages (${list}) FROM ${file} WITH (FORMAT binary)`)
      .then(({ rowCount }) => String(rowCount)),
  }));
  await client.query('DROP TABLE plain_messages');
  await client.end();
  await rm(path);
  return { ...copied, units: Number(copied.output) };
}

async function biggest(ownerUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const { rows } = await client.query(
    'SELECT company_id FROM thread_counts GROUP BY 1 ORDER BY sum(messages) DESC LIMIT 1',
  );
  await client.end();
  return rows[0].company_id;
}

/** Writes a company with one conversation of a thousand messages, and `notes` notes of about 120 characters. */
async function writeNotes(path: string, notes: number): Promise<{ companyId: string; username: string }> {
  const [companyId, userId, groupId] = [newId(), newId(), newId()];
  const file = createWriteStream(path);
  const write = async (line: object) => {
    if (!file.write(`${JSON.stringify(line)}\n`)) await once(file, 'drain');
  };
  await write({ type: 'company', id: companyId, name: 'Notes' });
  await write({ type: 'user', id: userId, username: 'notes', name: 'Nora Notes' });
  await write({ type: 'membership', company_id: companyId, user_id: userId, role: 'admin' });
  const threads = Array.from({ length: 1_000 }, () => newId());
  const of = { company_id: companyId };
  for (const [nth, id] of threads.entries()) {
    const timestamp = new Date(Date.UTC(2025, 0, 1) + nth * 60_000).toISOString();
    await write({
      type: 'thread',
      id,
      ...of,
      thread_group_id: groupId,
      communication_type: 'email',
      direction: 'inbound',
      timestamp,
    });
  }
  for (let nth = 0; nth < notes; nth += 1) {
    const created_at = new Date(Date.UTC(2025, 1, 1) + nth * 10_000).toISOString();
    const content = `Note ${nth}: ${'spoke with accounts payable, '.repeat(3)}they pay on Friday.`;
    await write({
      type: 'thread_note',
      id: newId(),
      ...of,
      thread_id: threads[nth % 1_000],
      author_id: userId,
      content,
      created_at,
    });
  }
  file.end();
  await finished(file);
  return { companyId, username: 'notes' };
}

async function report(measured: Measured[], plain: Measured): Promise<string> {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const mebibytes = Math.round((await stat(options.file)).size / 2 ** 20);
  const lines = await countLines(options.file);
  const rate = ({ units = 0, seconds }: Measured) => units / seconds;
  const rows = measured.map((one) => [
    one.what,
    number(one.units ?? 0),
    one.seconds.toFixed(1),
    number(rate(one)),
    (rate(one) / rate(plain)).toFixed(2),
    one.nodeCpu > 0 ? one.nodeCpu.toFixed(1) : '',
    one.postgresCpu.toFixed(1),
    memoryOf(one.memory),
  ]);
  const columns = [
    'What',
    'messages, lines or notes',
    'seconds',
    'a second',
    'against COPY',
    'CPU s of node',
    'CPU s of PostgreSQL',
    'MiB of node at a tenth, half and the end of it; most',
  ];
  return [
    '# Import, export and a million notes',
    '',
    `The file: ${number(lines)} lines, ${number(mebibytes)} MiB. Commit ${commit}, Node ${process.versions.node}, PostgreSQL embedded as it comes, ${cpus().length} cores shared by all; load ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')} at the end.`,
    '',
    `    tsx bench/import.ts --file ${options.file} --notes ${options.notes}`,
    '',
    table(columns, rows),
  ].join('\n');
}

function memoryOf(memory: number[]): string {
  if (memory.length === 0) return '';
  const at = (share: number) => memory[Math.min(memory.length - 1, Math.floor(share * memory.length))];
  return `${at(0.1)}, ${at(0.5)}, ${at(0.95)}; ${Math.max(...memory)}`;
}

async function countLines(path: string): Promise<number> {
  let count = 0;
  for await (const _ of createInterface({ input: createReadStream(path) })) count += 1;
  return count;
}
