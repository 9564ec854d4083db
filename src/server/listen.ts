import type { Logger } from 'pino';
import { WebhookDeliveries } from '../api/webhook-endpoints/deliver.ts';
import type { DeliveryTiming } from '../api/webhook-endpoints/schedule.ts';
import { type AppOptions, buildApp } from '../app.ts';
import type { Config } from '../config.ts';
import { readKeyFile } from '../crypto/key-file.ts';
import { connect } from '../db/client.ts';
import { newId } from '../domain/ids.ts';
import { Metrics } from '../http/metrics.ts';
import { followKeys, openKeyRing, removeKeyHolder } from '../keys/open-key-ring.ts';
import { startBackgroundTasks } from './background-tasks.ts';
import { DELIVERY_CONNECTIONS } from './connection-budget.ts';
import type { OpenDatabase } from './open-database.ts';

const FOLLOW_KEYS_EVERY_MS = 3_000;

/** Where the database and its keys are, as a process needs to know it. */
export type Place = Pick<OpenDatabase, 'serverUrl' | 'encryptionKeys' | 'keyFile'>;

/** A process that answers requests, or several on one port. */
export type Listener = { port: number; close(): Promise<void> };

/** What several processes share, and how deliveries are timed where it isn't as the contract says. */
export type SharedParts = Pick<AppOptions, 'rateLimitStore' | 'metrics'> & { deliveryTiming?: Partial<DeliveryTiming> };

/** Two hundred endpoints may wait for the one connection. */
const DELIVERY_LIMITS = { connectionTimeoutMillis: 5_000 };

/** Connects, builds the application and listens. `close` lets requests in flight end first. */
export async function listen(
  config: Config,
  { serverUrl, encryptionKeys, keyFile }: Place,
  log: Logger,
  { deliveryTiming, ...shared }: SharedParts = {},
): Promise<Listener> {
  const onError = (error: Error) =>
    log.warn({ error: error.name, code: (error as { code?: string }).code }, 'database connection lost');
  const { databasePoolSize: poolSize, rowLevelSecurity } = config;
  const db = connect({ url: serverUrl, poolSize, onError, rowLevelSecurity });
  const holderId = newId();
  const ring = await openKeyRing(db, encryptionKeys, holderId);
  const metrics = shared.metrics ?? new Metrics();
  metrics.watchProcess();
  const app = await buildApp({ db, ring, settings: config, log, ...shared, metrics });
  await app.listen({ host: config.host, port: config.port });
  const readSetting = () => (keyFile === undefined ? undefined : readKeyFile(keyFile));
  const deliveryDb = connect({
    url: serverUrl,
    poolSize: DELIVERY_CONNECTIONS,
    onError,
    rowLevelSecurity,
    limits: DELIVERY_LIMITS,
  });
  const deliveries = new WebhookDeliveries({
    db: deliveryDb.for({ rows: 'every' }),
    ring,
    log,
    rules: { allowPrivate: config.webhookAllowPrivate },
    ...(deliveryTiming ? { timing: deliveryTiming } : {}),
  });
  const chores = startBackgroundTasks(log, [
    [FOLLOW_KEYS_EVERY_MS, () => followKeys(db, ring, holderId, readSetting)],
    [deliveries.timing.pollMs, () => deliveries.startDue()],
  ]);

  const bound = app.server.address();
  return {
    port: typeof bound === 'object' && bound ? bound.port : config.port,
    close: async () => {
      chores.stop();
      await deliveries.stop();
      await deliveryDb.close();
      await app.close();
      await removeKeyHolder(db, holderId).catch(() => undefined);
      await db.close();
    },
  };
}
