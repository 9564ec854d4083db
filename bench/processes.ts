import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** Starts the processes that are compared with each other. */

export type Running = { address: string; pid: number; stop(): Promise<void> };

/** The server itself, on the database of `DATABASE_URL`, without a rate limit. */
export function startServer(env: Record<string, string> = {}): Promise<Running> {
  return start(['src/cli.ts', 'serve'], /"address":"([^"]+)"/, {
    RATE_LIMIT_PER_MINUTE: '0',
    PORT: '0',
    LOG_LEVEL: 'info',
    ...env,
  });
}

/** A script of this folder that prints its address. */
export function startScript(script: string, ...args: string[]): Promise<Running> {
  return start([`bench/${script}`, ...args], /listening on (\S+)/, {});
}

async function start(args: string[], listening: RegExp, env: Record<string, string>): Promise<Running> {
  const child = spawn(process.execPath, ['--import', 'tsx', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const address = await firstMatch(child, listening);
  return {
    address,
    pid: child.pid ?? 0,
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

function firstMatch(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let seen = '';
    const read = (chunk: Buffer) => {
      seen = (seen + chunk).slice(-10_000);
      const match = pattern.exec(seen);
      if (!match?.[1]) return;
      // Its further output is discarded, because reading it would take time from the load.
      for (const stream of [child.stdout, child.stderr]) stream?.off('data', read).resume();
      resolve(match[1]);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', () => reject(new Error(`It ended before it listened:\n${seen}`)));
  });
}

/** Resident memory of a process in MiB. */
export function residentMebibytes(pid: number): number {
  const [, kibibytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) / 1024;
}
