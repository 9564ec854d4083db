import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Processor time of a server and of its embedded PostgreSQL. Other work on the machine slows both down, but hardly changes
 * the time that they take themselves.
 */

/** Milliseconds of processor time since each process began, by its id. */
export type CpuTimes = ReadonlyMap<number, number>;

/** Of a server and of the PostgreSQL in its DATA_DIR. */
export function cpuTimesOf(server: number, dataDir: string): CpuTimes {
  return new Map([server, ...postgresOf(dataDir)].map((pid) => [pid, ofProcess(pid)]));
}

/** @returns milliseconds between the two; a process that has ended meanwhile counts nothing */
export function cpuBetween(earlier: CpuTimes, later: CpuTimes): number {
  return [...later].reduce((sum, [pid, milliseconds]) => sum + milliseconds - (earlier.get(pid) ?? 0), 0);
}

/** The main process and its children without those of autovacuum, which come and go; empty when it isn't there. */
function postgresOf(dataDir: string): number[] {
  try {
    const [line = ''] = readFileSync(join(dataDir, 'postgres/pgdata/postmaster.pid'), 'utf8').split('\n');
    const children = readFileSync(`/proc/${line}/task/${line}/children`, 'utf8').split(' ').filter(Boolean);
    return [line, ...children].map(Number).filter((pid) => !isAutovacuum(pid));
  } catch {
    return [];
  }
}

/** Or has ended. */
function isAutovacuum(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('autovacuum worker');
  } catch {
    return true;
  }
}

function ofProcess(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/task`).reduce((sum, task) => sum + ofThread(`/proc/${pid}/task/${task}`), 0);
  } catch {
    return 0;
  }
}

/** `schedstat` begins with the nanoseconds on a processor. */
function ofThread(folder: string): number {
  return Number(readFileSync(`${folder}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
}
