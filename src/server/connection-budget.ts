import type { Config } from '../config.ts';

/** How many connections to PostgreSQL a server opens at most, and who of it has them. */

type Sizes = Pick<Config, 'workers' | 'databasePoolSize'>;

/** For the chores, in the first process: they take no connection from requests. */
export const CHORE_CONNECTIONS = 2;
/** Of each process, for what it notes down of webhooks that it sends. */
export const DELIVERY_CONNECTIONS = 1;
/** A worker needs a connection to spare while a transaction holds another. */
const FEWEST_CONNECTIONS = 2;
/** Of each process, for all its requests at once (`shared-connection.ts`): one for short lists, one for look-ups. */
const SHARED_CONNECTIONS = 2;

/** The pool of one process that answers requests: its share of `DATABASE_POOL_SIZE`. */
export function poolSizeOfEach({ workers, databasePoolSize }: Sizes): number {
  if (workers === 1) return databasePoolSize;
  return Math.max(FEWEST_CONNECTIONS, Math.ceil(databasePoolSize / workers));
}

export function connectionsOfServer(sizes: Sizes): number {
  return sizes.workers * (poolSizeOfEach(sizes) + SHARED_CONNECTIONS + DELIVERY_CONNECTIONS) + CHORE_CONNECTIONS;
}
