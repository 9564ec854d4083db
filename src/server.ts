import type { Logger } from 'pino';
import { buildApp } from './app.ts';
import type { Config } from './config.ts';
import { foldCounts } from './counts.ts';
import { newId } from './crypto/ids.ts';
import { readOrCreateKeyFile } from './crypto/key-file.ts';
import { connect } from './db/client.ts';
import { openDatabase } from './db/open.ts';
import { followKeys, letGoOfKeys, openKeyRing } from './keys.ts';
import { sweepExpired } from './sweep.ts';
import { retryEvents } from './webhooks/ingest.ts';

export type RunningServer = { address: string; port: number; close(): Promise<void> };

const FOLD_EVERY_MS = 500;
const FOLLOW_KEYS_EVERY_MS = 3_000;
const SWEEP_EVERY_MS = 60_000;
const APPLY_RECEIVED_EVERY_MS = 3_000;

/** config → database → application → listen. `close` lets requests in flight end, then leaves the database. */
export async function serve(config: Config, log: Logger): Promise<RunningServer> {
  const database = await openDatabase(config, log, { supervise: true });
  const applied = await database.migrate();
  if (applied > 0) log.info({ applied }, 'migrations applied');

  const onError = (error: Error) =>
    log.warn({ error: error.name, code: (error as { code?: string }).code }, 'database connection lost');
  const db = connect({ url: database.serverUrl, poolSize: config.databasePoolSize, onError });
  const holderId = newId();
  const ring = await openKeyRing(db, database.encryptionKeys, holderId);
  const app = await buildApp({ db, ring, settings: config, log });
  await app.listen({ host: config.host, port: config.port });
  const { keyFile } = database;
  const readKeyFile = keyFile === undefined ? undefined : () => readOrCreateKeyFile(keyFile);
  const chores = startChores(log, [
    [FOLD_EVERY_MS, () => foldCounts(db)],
    [FOLLOW_KEYS_EVERY_MS, () => followKeys(db, ring, holderId, readKeyFile)],
    [SWEEP_EVERY_MS, () => sweepExpired(db)],
    [APPLY_RECEIVED_EVERY_MS, () => retryEvents(db, log, ['received'])],
  ]);

  const bound = app.server.address();
  const port = typeof bound === 'object' && bound ? bound.port : config.port;
  const address = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
  log.info({ address }, 'listening');
  return {
    address,
    port,
    close: async () => {
      chores.stop();
      await app.close();
      await letGoOfKeys(db, holderId).catch(() => undefined);
      await db.close();
      await database.close();
    },
  };
}

/** What the server does on its own, each never twice at once; a failure waits for the next turn. */
function startChores(log: Logger, chores: [everyMs: number, chore: () => Promise<void>][]): { stop(): void } {
  const timers = chores.map(([everyMs, chore]) => repeat(everyMs, chore));
  return { stop: () => timers.forEach((timer) => void clearInterval(timer)) };

  function repeat(everyMs: number, chore: () => Promise<void>): NodeJS.Timeout {
    let isRunning = false;
    return setInterval(async () => {
      if (isRunning) return;
      isRunning = true;
      await chore().catch((error: Error) => log.debug({ error: error.name }, 'chore failed'));
      isRunning = false;
    }, everyMs).unref();
  }
}
