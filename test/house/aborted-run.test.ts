import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ended } from '../support/command-line.ts';

describe('a run of the tests that is aborted', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
    'leaves no PostgreSQL, no process and no file behind: %s',
    { timeout: 120_000 },
    async (signal) => {
      const folder = await mkdtemp(join(tmpdir(), 'aborted-'));
      const vitest = spawn(
        process.execPath,
        ['node_modules/vitest/vitest.mjs', 'run', '--project', 'api', 'test/db/time-zones.test.ts'],
        { env: { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: folder }, stdio: 'ignore' },
      );
      try {
        await expect.poll(() => commandsNaming(folder).some(isWorker), { timeout: 60_000 }).toBe(true);
        const runs = () => readdirSync(folder).filter((name) => name.startsWith('communications-test-'));
        // As of root it lies elsewhere: PostgreSQL's user can't enter this folder.
        const pgdata = await realpath(join(folder, String(runs()[0]), 'data', 'postgres', 'pgdata'));
        expect(commandsNaming(pgdata).some((command) => command.includes('postgres\0-D'))).toBe(true);
        vitest.kill(signal);
        await ended(vitest);
        await expect.poll(() => [...commandsNaming(folder), ...commandsNaming(pgdata)]).toEqual([]);
        await expect.poll(() => [runs(), existsSync(pgdata)]).toEqual([[], false]);
      } finally {
        vitest.kill('SIGKILL');
        await rm(folder, { recursive: true, force: true });
      }
    },
  );
});

const isWorker = (command: string) => /vitest\/dist\/workers/.test(command);

/** The command lines of the processes that have the folder in their command line or environment. */
function commandsNaming(folder: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const [command = '', environment = ''] = ['cmdline', 'environ'].map((file) => read(`/proc/${pid}/${file}`));
      return command && `${command}${environment}`.includes(folder) ? [command] : [];
    });
}

function read(path: string): string {
  try {
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  } catch {
    return ''; // it has ended meanwhile, or is another user's
  }
}
