/**
 * `node stop-postgres.mjs PID PGDATA DATA_DIR`: waits until standard input closes, then stops that PostgreSQL (fast
 * shutdown) when its data directory still names it, and removes its data.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const [pid = '', pgdata = '', dataDir = ''] = process.argv.slice(2);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

const isRunning = () => {
  try {
    return readFileSync(join(pgdata, 'postmaster.pid'), 'utf8').split('\n')[0] === pid;
  } catch {
    return false;
  }
};

process.stdin.resume();
process.stdin.on('end', async () => {
  if (isRunning()) process.kill(Number(pid), 'SIGINT');
  for (let tries = 0; tries < 100 && isRunning(); tries++) await sleep(100);
  rmSync(pgdata, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
  process.exit(0);
});
