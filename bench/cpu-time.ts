import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Processor time of a server and of its embedded PostgreSQL. Other work on the machine slows both down, but hardly changes
 * the time that they take themselves.
 */

/** @returns milliseconds since these processes began; those that have ended count nothing */
export function cpuMilliseconds(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + ofProcess(pid), 0);
}

/** The main process of the PostgreSQL of this DATA_DIR, and its children; empty when it isn't there. */
export function postgresOf(dataDir: string): number[] {
  try {
    const [line = ''] = readFileSync(join(dataDir, 'postgres/pgdata/postmaster.pid'), 'utf8').split('\n');
    const children = readFileSync(`/proc/${line}/task/${line}/children`, 'utf8').split(' ').filter(Boolean);
    return [line, ...children].map(Number);
  } catch {
    return [];
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
