import pg from 'pg';
import { getTypeParser, PipeliningClient } from './pipelining-client.ts';

/** Opens pools of connections, with the timeouts of their statements and transactions. */

export type ConnectOptions = {
  url: string;
  /** The most connections; about two per core serve best. */
  poolSize: number;
  onError: (error: Error) => void;
  /**
   * `request`: every statement ends or is refused within two seconds. `batch`: for imports, exports and migrations,
   * which set their own timeouts. Default: `request`.
   */
  purpose?: 'request' | 'batch';
  /** In milliseconds; they override the limits that `purpose` sets. */
  limits?: Partial<typeof REQUEST_LIMITS>;
  /** Whether to set the tenant on connections before use; with row-level security no row is visible without it. */
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

/** In milliseconds; what is left out isn't limited. */
export type Limits = { connectionTimeoutMillis: number } & Partial<typeof REQUEST_LIMITS>;

export function limitsOf({ purpose, limits }: ConnectOptions): Limits {
  return { ...(purpose === 'batch' ? BATCH_LIMITS : REQUEST_LIMITS), ...limits };
}

/**
 * `random_page_cost`: most pages are in memory. With PostgreSQL's default, made for disks, the planner reads a hundred
 * users to find one. `jit`: compiling a statement takes longer than any of ours runs.
 */
const SESSION_SETTINGS = ['TimeZone=UTC', 'DateStyle=ISO', 'random_page_cost=1.1', 'jit=off'];
/**
 * Statements on a shared connection always use the generic plan. By default PostgreSQL compares its estimated cost with
 * the costs of earlier plans; when a table has grown and shrunk meanwhile, it may plan every execution again, and a
 * look-up of a caller takes 160 µs instead of 35.
 */
const SHARED_SETTINGS = [...SESSION_SETTINGS, 'plan_cache_mode=force_generic_plan'];

/**
 * Opens a pool, which connects at the first statement.
 * @param options.onError receives the errors of idle connections too
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
  // pool.on('error') covers idle clients only. Without the second listener, a crash of PostgreSQL would end this process.
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

/**
 * SQL that sets `transaction_timeout`; without effect in PostgreSQL 16, which doesn't have it. A timeout that is
 * already running has to be set to 0 before it can change.
 */
export function limitTransactions(milliseconds: number, scope: 'session' | 'transaction'): string {
  const [name, isLocal] = ["'transaction_timeout'", scope === 'transaction'];
  return `SELECT set_config(${name}, '0', ${isLocal}), set_config(${name}, '${milliseconds}', ${isLocal})
          WHERE current_setting(${name}, true) IS NOT NULL`;
}
