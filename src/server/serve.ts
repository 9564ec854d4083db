import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { connect } from '../db/client.ts';
import { isLoopback } from '../http/client-address.ts';
import { retryEvents } from '../ingest/ingest.ts';
import { makeSearchWords } from '../ingest/make-search-words.ts';
import { foldCounts } from '../journal/counters.ts';
import { type BackgroundTask, startBackgroundTasks } from './background-tasks.ts';
import { startWorkers } from './cluster.ts';
import { CHORE_CONNECTIONS } from './connection-budget.ts';
import { listen, type SharedParts } from './listen.ts';
import { openDatabase } from './open-database.ts';
import { sweepExpired } from './purge-expired.ts';

export type RunningServer = { address: string; port: number; close(): Promise<void> };

const FOLD_EVERY_MS = 500;
const SWEEP_EVERY_MS = 60_000;
const MAKE_WORDS_EVERY_MS = 5_000;
const APPLY_RECEIVED_EVERY_MS = 3_000;

/** config → database → listener, or several of them → chores. `close` lets requests in flight end, then leaves the database. */
export async function serve(
  config: Config,
  log: Logger,
  parts: Pick<SharedParts, 'deliveryTiming'> = {},
): Promise<RunningServer> {
  const database = await openDatabase(config, log, { supervise: true });
  const applied = await database.migrate({ isServer: true });
  if (applied > 0) log.info({ applied }, 'migrations applied');

  const { serverUrl, encryptionKeys, keyFile } = database;
  const place = { serverUrl, encryptionKeys, keyFile };
  const listener =
    config.workers > 1 ? await startWorkers(config, place, log) : await listen(config, place, log, parts);
  // Nobody waits for a chore's transaction; its statements are bounded all the same.
  const limits = { transaction_timeout: 0 };
  const options = { poolSize: CHORE_CONNECTIONS, limits, rowLevelSecurity: config.rowLevelSecurity };
  const db = connect({ url: serverUrl, onError: () => undefined, ...options }).for({ rows: 'every' });
  const chores: BackgroundTask[] = [
    [FOLD_EVERY_MS, () => foldCounts(db)],
    [SWEEP_EVERY_MS, () => sweepExpired(db)],
    [MAKE_WORDS_EVERY_MS, () => makeSearchWords(db)],
    [APPLY_RECEIVED_EVERY_MS, () => retryEvents(db, log, ['received'])],
  ];
  const running = startBackgroundTasks(log, chores);

  if (config.trustProxy === true && !isLoopback(config.host))
    log.warn(
      { setting: 'TRUST_PROXY', host: config.host },
      'TRUST_PROXY=on believes the X-Forwarded-For of every client: one that reaches this address directly chooses its own ' +
        'address for limits and the audit trail. Name the proxies instead, or let only them connect.',
    );

  const address = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${listener.port}`;
  log.info({ address, workers: config.workers }, 'listening');
  return {
    address,
    port: listener.port,
    close: async () => {
      running.stop();
      await listener.close();
      await db.close();
      await database.close();
    },
  };
}
