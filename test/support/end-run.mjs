/**
 * `node end-run.mjs FOLDER`: waits until standard input ends. Without `done` before its end the run was aborted: then
 * this ends every process that works in the run's folder, PostgreSQL among them, and removes the folder.
 */
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

const [folder = ''] = process.argv.slice(2);
const PATIENCE_MS = 10_000;
/** The run's folder, and where root keeps the data of a PostgreSQL whose user can't enter a folder within. */
const places = [folder];

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

const last = await text(process.stdin).catch(() => '');
if (last !== 'done') await endAll();

async function endAll() {
  places.push(...findLinkedData());
  const begunAt = Date.now();
  // A process that was just starting another one has done so by the third look without any.
  for (let emptyLooks = 0; emptyLooks < 3 && Date.now() - begunAt < 2 * PATIENCE_MS; await sleep(100)) {
    const found = findProcesses();
    emptyLooks = found.length === 0 ? emptyLooks + 1 : 0;
    // PostgreSQL gives its shared memory back when it is told to quit, but not when it is killed.
    const isPatient = Date.now() - begunAt < PATIENCE_MS;
    for (const { pid, isPostgres } of found) end(pid, isPostgres && isPatient ? 'SIGQUIT' : 'SIGKILL');
  }
  for (const place of places)
    try {
      rmSync(place, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // a file system that a test mounted there
    }
}

/** Those whose command line, environment or working directory names one of the places, and what they have started. */
function findProcesses() {
  const all = readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid && pid !== process.pid)
    .map(describeProcess);
  const found = new Set(all.filter(({ isOfRun }) => isOfRun));
  for (const { pid } of found) for (const child of all) if (child.parent === pid) found.add(child);
  return [...found];
}

function findLinkedData() {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isSymbolicLink() && entry.name === 'postgres')
    .map((entry) => readOrEmpty(() => readlinkSync(join(entry.parentPath, entry.name))))
    .filter((target) => existsSync(join(target, 'pgdata')));
}

/** @param {number} pid */
function describeProcess(pid) {
  const command = readOrEmpty(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  const environment = readOrEmpty(() => readFileSync(`/proc/${pid}/environ`, 'utf8'));
  const workingDirectory = readOrEmpty(() => readlinkSync(`/proc/${pid}/cwd`));
  const status = readOrEmpty(() => readFileSync(`/proc/${pid}/status`, 'utf8'));
  return {
    pid,
    parent: Number(/^PPid:\s+(\d+)$/m.exec(status)?.[1]),
    isOfRun: places.some((place) => `${command}\0${environment}\0${workingDirectory}`.includes(place)),
    isPostgres: /^(\S*\/)?postgres[\0:]/.test(command),
  };
}

/** @param {() => string} read */
function readOrEmpty(read) {
  try {
    return read();
  } catch {
    return '';
  }
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function end(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // it has ended by itself
  }
}
