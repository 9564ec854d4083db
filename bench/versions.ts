import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Versions of this server, each started from its own checkout, with the dependencies of this one. */

export type Version = { name: string; source: string; port: number; dataDir: string; settings?: NodeJS.ProcessEnv };

/** Checks a commit or tag out in a folder that must not be there yet. @returns what removes the checkout again */
export function checkOut(commit: string, source: string): () => void {
  execFileSync('git', ['worktree', 'add', '--detach', source, commit], { stdio: 'ignore' });
  symlinkSync(join(process.cwd(), 'node_modules'), join(source, 'node_modules'));
  return () => {
    execFileSync('git', ['worktree', 'remove', '--force', source]);
  };
}

/** Runs one of the operator's commands to its end. @returns what it printed */
export async function command(version: Version, ...args: string[]): Promise<string> {
  const child = start(version, args, 'pipe');
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`);
  return output;
}

/** @returns the server's process, once it is ready */
export async function serveVersion(version: Version): Promise<ChildProcess> {
  const child = start(version, ['serve'], 'ignore');
  for (let left = 600; left > 0 && child.exitCode === null; left -= 1) {
    const answer = await fetch(`http://127.0.0.1:${version.port}/readyz`).catch(() => undefined);
    if (answer?.ok) return child;
    await sleep(100);
  }
  child.kill('SIGTERM');
  throw new Error(`${version.name} did not become ready`);
}

export async function stopVersion(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  await ended;
}

function start({ source, port, dataDir, settings }: Version, args: string[], stdout: 'pipe' | 'ignore'): ChildProcess {
  const { PATH, HOME } = process.env;
  return spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...args], {
    cwd: source,
    env: {
      ...{ PATH, HOME, DATA_DIR: dataDir, PORT: String(port), RATE_LIMIT_PER_MINUTE: '0', LOG_LEVEL: 'error' },
      ...settings,
    },
    stdio: ['ignore', stdout, 'inherit'],
  });
}
