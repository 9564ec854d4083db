import pg from 'pg';
import { getTypeParser, PipeliningClient } from './pipelining-client.ts';

/** How connections are opened, and how long what goes over them may take. */

export type ConnectOptions = {
  url: string;
  /** Connections at most; about two a core serve best. */
  poolSize: number;
  onError: (error: Error) => void;
  /**
   * `request`: every statement ends or is shed within two seconds. `batch`: imports, exports and migrations, which
   * bring their own bounds.
   */
  purpose?: 'request' | 'batch';
  /** Milliseconds, instead of those that `purpose` sets. */
  limits?: Partial<typeof REQUEST_LIMITS>;
  /** Whether connections name the company whose rows they are borrowed for; without a name no row is visible. */
  rowLevelSecurity?: boolean;
  applicationName?: string;
};

const REQUEST_LIMITS = {
  answerWithinMs: 1_900,
  connectionTimeoutMillis: 400,
  statement_timeout: 1_500,
  transaction_timeout: 1_600,
  lock_timeout: 1_000,
  query_timeout: 1_700,
  idle_in_transaction_session_timeout: 5_000,
};

const BATCH_LIMITS: Limits = { connectionTimeoutMillis: 10_000 };

/** Milliseconds; what isn't there isn't limited. */
export type Limits = { connectionTimeoutMillis: number } & Partial<typeof REQUEST_LIMITS>;

export function limitsOf({ purpose, limits }: ConnectOptions): Limits {
  return { ...(purpose === 'batch' ? BATCH_LIMITS : REQUEST_LIMITS), ...limits };
}

/**
 * What is asked most lies in memory: at PostgreSQL's price for a page out of order, made for disks, one user is found by
 * reading a hundred. Compiling a statement takes longer than any of ours runs.
 */
const SESSION_SETTINGS = ['TimeZone=UTC', 'DateStyle=ISO', 'random_page_cost=1.1', 'jit=off'];
/**
 * What all requests ask of one connection has one plan for all its values. Left to itself PostgreSQL compares its guess at
 * that plan's cost with its guesses from before, and where a table has grown and shrunk meanwhile it may plan anew each
 * time: a look-up of a caller then takes 160 µs instead of 35.
 */
const SHARED_SETTINGS = [...SESSION_SETTINGS, 'plan_cache_mode=force_generic_plan'];

/**
 * Connects at the first statement.
 * @param isShared whether several requests use a connection at once
 */
export function openPool(
  options: ConnectOptions,
  limits: Limits,
  { size, isShared = false }: { size: number; isShared?: boolean },
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: size,
    application_name: options.applicationName ?? 'communications-api',
    options: (isShared ? SHARED_SETTINGS : SESSION_SETTINGS).map((setting) => `-c ${setting}`).join(' '),
    keepAlive: true,
    types: { getTypeParser },
    pipeline: true,
    Client: PipeliningClient,
    ...limits,
  } as unknown as pg.PoolConfig);
  // pool.on('error') covers idle clients only: without the second listener one PostgreSQL crash ends this process.
  pool.on('error', options.onError);
  pool.on('connect', (client) => client.on('error', options.onError));
  if (limits.transaction_timeout !== undefined) {
    const { transaction_timeout: milliseconds } = limits;
    pool.on(
      'connect',
      (client) => void client.query(limitTransactions(milliseconds, 'session')).catch(options.onError),
    );
  }
  return pool;
}

/** Nothing happens in PostgreSQL 16, which has no such limit. One that runs already must be ended to be changed. */
export function limitTransactions(milliseconds: number, scope: 'session' | 'transaction'): string {
  const [name, isLocal] = ["'transaction_timeout'", scope === 'transaction'];
  return `SELECT set_config(${name}, '0', ${isLocal}), set_config(${name}, '${milliseconds}', ${isLocal})
          WHERE current_setting(${name}, true) IS NOT NULL`;
}
