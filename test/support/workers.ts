import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { generateEncryptionKey } from '../../src/crypto/key-ring.ts';
import { commsArguments } from './compiled.ts';
import type { TestDatabase } from './database.ts';

/** `comms serve` with two workers, in processes of its own. */
export type Workers = {
  address: string;
  server: ChildProcess;
  /** Process ids of the workers that there are now. */
  pids(): number[];
  /** What a line of the log holds, once it is there. */
  logged(pattern: RegExp): Promise<string>;
};

export const READY_WITHIN_MS = 25_000;

export async function startWorkers(
  database: TestDatabase,
  settings: Record<string, string>,
  readyWithinMs = READY_WITHIN_MS,
): Promise<Workers> {
  const server = spawn(process.execPath, commsArguments('serve'), {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      DATABASE_URL: database.serverUrl,
      DATABASE_MIGRATION_URL: database.ownerUrl,
      ENCRYPTION_KEYS: generateEncryptionKey(1),
      WORKERS: '2',
      PORT: '0',
      LOG_LEVEL: 'info',
      ...settings,
    },
  });
  const logged = (pattern: RegExp) => lineOf(server, pattern, readyWithinMs);
  return { address: await logged(/"address":"([^"]+)"/), server, logged, pids: () => workersOf(server) };
}

function lineOf(server: ChildProcess, pattern: RegExp, withinMs: number): Promise<string> {
  let seen = '';
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`Not logged: ${pattern}\n${seen}`)), withinMs);
    const read = (chunk: Buffer) => {
      seen += chunk.toString();
      const found = pattern.exec(seen);
      if (!found) return;
      clearTimeout(late);
      server.stderr?.off('data', read);
      resolve(found[1] ?? found[0]);
    };
    server.stderr?.on('data', read);
  });
}

function workersOf(server: ChildProcess): number[] {
  const processes = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(server.pid)], { encoding: 'utf8' });
  return processes
    .split('\n')
    .filter((line) => line.includes('worker.'))
    .map((line) => Number.parseInt(line, 10));
}
