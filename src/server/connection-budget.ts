import type { Config } from '../config.ts';

/** The maximum number of connections to PostgreSQL that a server opens, by purpose. */

type Sizes = Pick<Config, 'workers' | 'databasePoolSize'>;

/** For the background tasks of the primary process, so that they take no connection from requests. */
export const BACKGROUND_CONNECTIONS = 2;
/** In each process, for recording the attempts of outgoing webhooks. */
export const DELIVERY_CONNECTIONS = 1;
/** A worker needs a second connection while a transaction uses the first. */
const MIN_POOL_SIZE = 2;
/**
 * In each process, shared by all requests (`db/shared-connection.ts`): one for short lists, one for looking up callers.
 */
const SHARED_CONNECTIONS = 2;

/** The pool size of a process that serves requests: its share of `DATABASE_POOL_SIZE`. */
export function poolSizePerProcess({ workers, databasePoolSize }: Sizes): number {
  if (workers === 1) return databasePoolSize;
  return Math.max(MIN_POOL_SIZE, Math.ceil(databasePoolSize / workers));
}

export function connectionsOfServer(sizes: Sizes): number {
  return (
    sizes.workers * (poolSizePerProcess(sizes) + SHARED_CONNECTIONS + DELIVERY_CONNECTIONS) + BACKGROUND_CONNECTIONS
  );
}
