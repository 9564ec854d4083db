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

/** The database's URL and the encryption keys, as a process that serves requests needs them. */
export type DatabaseAccess = Pick<OpenDatabase, 'serverUrl' | 'encryptionKeys' | 'keyFile'>;

/** The listening process or, with several workers, all of them. */
export type Listener = { port: number; close(): Promise<void> };

/**
 * `rateLimitStore` and `metrics` are shared by several workers. `deliveryTiming` overrides the contract's, for tests.
 */
export type ListenOptions = Pick<AppOptions, 'rateLimitStore' | 'metrics'> & {
  deliveryTiming?: Partial<DeliveryTiming>;
};

/** Up to 200 deliveries wait for the one connection. */
const DELIVERY_LIMITS = { connectionTimeoutMillis: 5_000 };

/** Connects to the database, builds the application and listens. `close` waits for requests in flight. */
export async function listen(
  config: Config,
  { serverUrl, encryptionKeys, keyFile }: DatabaseAccess,
  log: Logger,
  { deliveryTiming, ...shared }: ListenOptions = {},
): Promise<Listener> {
  const onError = (error: Error) =>
    log.warn({ error: error.name, code: (error as { code?: string }).code }, 'database connection lost');
  const access = { url: serverUrl, onError, rowLevelSecurity: config.rowLevelSecurity };
  const db = connect({ ...access, poolSize: config.databasePoolSize });
  const holderId = newId();
  const ring = await openKeyRing(db, encryptionKeys, holderId);
  const metrics = shared.metrics ?? new Metrics();
  metrics.addProcessMetrics();
  const app = await buildApp({ db, ring, settings: config, log, ...shared, metrics });
  await app.listen({ host: config.host, port: config.port });
  const readKeys = () => (keyFile === undefined ? undefined : readKeyFile(keyFile));
  const deliveryDb = connect({ ...access, poolSize: DELIVERY_CONNECTIONS, limits: DELIVERY_LIMITS });
  const rules = { allowPrivate: config.webhookAllowPrivate };
  const timing = deliveryTiming ? { timing: deliveryTiming } : {};
  const deliveries = new WebhookDeliveries({ db: deliveryDb.for({ tenant: 'every' }), ring, log, rules, ...timing });
  const tasks = startBackgroundTasks(log, [
    [FOLLOW_KEYS_EVERY_MS, () => followKeys(db, ring, holderId, readKeys)],
    [deliveries.timing.pollMs, () => deliveries.startDue()],
  ]);

  const bound = app.server.address();
  return {
    port: typeof bound === 'object' && bound ? bound.port : config.port,
    close: async () => {
      tasks.stop();
      await deliveries.stop();
      await deliveryDb.close();
      await app.close();
      await removeKeyHolder(db, holderId).catch(() => undefined);
      await db.close();
    },
  };
}
