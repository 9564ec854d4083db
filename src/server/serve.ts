import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { connect } from '../db/client.ts';
import { isLoopback } from '../http/client-address.ts';
import { retryEvents } from '../ingest/ingest.ts';
import { makeSearchWords } from '../ingest/make-search-words.ts';
import { foldCounts } from '../journal/counters.ts';
import { type BackgroundTask, startBackgroundTasks } from './background-tasks.ts';
import { startWorkers } from './cluster.ts';
import { BACKGROUND_CONNECTIONS } from './connection-budget.ts';
import { type ListenOptions, listen } from './listen.ts';
import { openDatabase } from './open-database.ts';
import { purgeExpired } from './purge-expired.ts';

export type RunningServer = { address: string; port: number; close(): Promise<void> };

const FOLD_EVERY_MS = 500;
const PURGE_EVERY_MS = 60_000;
const MAKE_WORDS_EVERY_MS = 5_000;
const APPLY_RECEIVED_EVERY_MS = 3_000;

/**
 * Opens and migrates the database, starts listening (with `WORKERS` in several processes) and starts the background
 * tasks. `close` waits for requests in flight, then closes the database.
 */
export async function serve(
  config: Config,
  log: Logger,
  options: Pick<ListenOptions, 'deliveryTiming'> = {},
): Promise<RunningServer> {
  const database = await openDatabase(config, log, { supervise: true });
  const applied = await database.migrate({ isServer: true });
  if (applied > 0) log.info({ applied }, 'migrations applied');

  const { serverUrl, encryptionKeys, keyFile } = database;
  const access = { serverUrl, encryptionKeys, keyFile };
  const listener =
    config.workers > 1 ? await startWorkers(config, access, log) : await listen(config, access, log, options);
  const tasks = startTasks(config, serverUrl, log);
  warnOfTrustedClients(config, log);
  const address = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${listener.port}`;
  log.info({ address, workers: config.workers }, 'listening');
  return {
    address,
    port: listener.port,
    close: async () => {
      tasks.stop();
      await listener.close();
      await tasks.db.close();
      await database.close();
    },
  };
}

function startTasks(config: Config, serverUrl: string, log: Logger) {
  // No request waits for a background transaction, so only its statements have a timeout.
  const limits = { transaction_timeout: 0 };
  const pool = { poolSize: BACKGROUND_CONNECTIONS, limits, rowLevelSecurity: config.rowLevelSecurity };
  const db = connect({ url: serverUrl, onError: () => undefined, ...pool }).for({ tenant: 'every' });
  const tasks: BackgroundTask[] = [
    [FOLD_EVERY_MS, () => foldCounts(db)],
    [PURGE_EVERY_MS, () => purgeExpired(db)],
    [MAKE_WORDS_EVERY_MS, () => makeSearchWords(db)],
    [APPLY_RECEIVED_EVERY_MS, () => retryEvents(db, log, ['received'])],
  ];
  return { ...startBackgroundTasks(log, tasks), db };
}

function warnOfTrustedClients(config: Config, log: Logger): void {
  if (config.trustProxy === true && !isLoopback(config.host))
    log.warn(
      { setting: 'TRUST_PROXY', host: config.host },
      'TRUST_PROXY=on trusts X-Forwarded-For from every client: a client that connects directly can choose the address that ' +
        'the rate limit and the audit trail use. Set TRUST_PROXY to the addresses of the proxies, or let only them connect.',
    );
}
