import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import type { PipeliningClient, QueryDeadline } from './pipelining-client.ts';
import { type ConnectOptions, type Limits, limitsOf, limitTransactions, openPool } from './pool.ts';
import { setTenant, type Tenant } from './row-level-security.ts';
import { SharedConnection } from './shared-connection.ts';
import { type Statement, sendStatement } from './statement.ts';
import { runTransaction, type Tx } from './transaction.ts';

/**
 * The database client: a pool of pipelined connections. Statements that are sent on one connection without an `await`
 * between them take one round trip.
 */
export type Db = {
  /** Drizzle over the pool, for ordinary statements outside transactions. */
  readonly orm: NodePgDatabase;
  readonly pool: pg.Pool;
  /** The pool and those of the shared connections. Every statement goes through one of them. */
  readonly pools: readonly pg.Pool[];
  /** How long a request may take, in milliseconds, not counting the time in which its client sends the body. */
  readonly answerWithinMs: number;
  /** The same database with another deadline or tenant; what isn't given stays the same. */
  for(scope: Partial<QueryScope>): Db;
  query<Row>(statement: Statement): Promise<Row[]>;
  /** Lends one connection of the pool, until the promise that `use` returns has settled. */
  withConnection<T>(use: (connection: BorrowedConnection) => Promise<T>): Promise<T>;
  /**
   * Lends the connection that all requests share (`shared-connection.ts`), for short lists. The statements that `use`
   * sends before it awaits anything form one pipelined batch.
   */
  withShared<T>(use: (connection: SharedConnectionHandle) => Promise<T>): Promise<T>;
  /**
   * Lends a second shared connection, for look-ups of a row by its key, such as a caller's token or a delivery's
   * company. A page of many long rows delays the lists that wait for it, but never these look-ups.
   */
  withLookUps<T>(use: (connection: SharedConnectionHandle) => Promise<T>): Promise<T>;
  /**
   * Runs `work` in a transaction. Resolves only when PostgreSQL has confirmed the COMMIT.
   * @throws what `work` or one of its statements threw, after a rollback
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

/** The deadline and the tenant of the statements of one request or task. */
export type QueryScope = {
  /**
   * The deadline, in milliseconds of `performance.now()`. A statement that could not end by then isn't sent, and a
   * transaction that isn't committed by then is rolled back.
   */
  endsAt: number;
  /** Whose rows may be accessed. With row-level security no others are visible. */
  tenant: Tenant;
};

/** Too little time is left before the deadline to send a statement. The response is 503, so the client may retry. */
export class NoTimeLeftError extends Error {
  constructor() {
    super('No time left to query the database');
  }
}

/** One connection out of the pool, outside a transaction. */
export type Connection = { query<Row>(statement: Statement): Promise<Row[]> };

/**
 * A connection for one request or task. `hasSent`: a batch of its statements was sent, so later ones go into another
 * batch.
 */
export type BorrowedConnection = Connection & { hasSent(): boolean };

/**
 * A connection that all requests share. `flush` sends the waiting statements now, not at the end of the event loop's
 * turn.
 */
export type SharedConnectionHandle = BorrowedConnection & { flush(): void };

/** Opens a pool. Connects at the first statement. */
export function connect(options: ConnectOptions): Db {
  const limits = limitsOf(options);
  const pool = openPool(options, limits, { size: options.poolSize });
  const openShared = () => new SharedConnection(openPool(options, limits, { size: 1, isShared: true }));
  const shared = { lists: openShared(), lookUps: openShared() };
  return new PooledDb(pool, shared, { ...limits, rowLevelSecurity: options.rowLevelSecurity ?? false }, ANY_TIME);
}

const ANY_TIME: QueryScope = { endsAt: Number.POSITIVE_INFINITY, tenant: 'none' };

type SharedConnections = { lists: SharedConnection; lookUps: SharedConnection };

class PooledDb implements Db {
  readonly pool: pg.Pool;
  readonly #shared: SharedConnections;
  readonly #limits: Limits & { rowLevelSecurity: boolean };
  readonly #scope: QueryScope;
  #orm: NodePgDatabase | undefined;

  constructor(
    pool: pg.Pool,
    shared: SharedConnections,
    limits: Limits & { rowLevelSecurity: boolean },
    scope: QueryScope,
  ) {
    this.pool = pool;
    this.#shared = shared;
    this.#limits = limits;
    this.#scope = scope;
  }

  get answerWithinMs(): number {
    return this.#limits.answerWithinMs ?? Number.POSITIVE_INFINITY;
  }

  get pools(): readonly pg.Pool[] {
    return [this.pool, this.#shared.lists.pool, this.#shared.lookUps.pool];
  }

  get orm(): NodePgDatabase {
    const query = (...statement: [pg.QueryConfig]) => this.#lend((client) => client.query(...statement));
    this.#orm ??= drizzle({ query } as unknown as pg.Pool, { casing: 'snake_case' });
    return this.#orm;
  }

  for(scope: Partial<QueryScope>): Db {
    return new PooledDb(this.pool, this.#shared, this.#limits, { ...this.#scope, ...scope });
  }

  async query<Row>(statement: Statement): Promise<Row[]> {
    return this.#lend((client) => sendStatement<Row>(client, statement));
  }

  withConnection<T>(use: (connection: BorrowedConnection) => Promise<T>): Promise<T> {
    return this.#lend((client) =>
      use({
        query: (statement) => sendStatement(client, statement),
        hasSent: () => pipelining(client).deadline.hasSent,
      }),
    );
  }

  withShared<T>(use: (connection: SharedConnectionHandle) => Promise<T>): Promise<T> {
    return this.#share(this.#shared.lists, use);
  }

  withLookUps<T>(use: (connection: SharedConnectionHandle) => Promise<T>): Promise<T> {
    return this.#share(this.#shared.lookUps, use);
  }

  async #share<T>(shared: SharedConnection, use: (connection: SharedConnectionHandle) => Promise<T>): Promise<T> {
    this.#refuseWithoutTime();
    const deadline = this.#deadline();
    return shared.run((client) =>
      use({
        query: (statement) => this.#queryShared(client, deadline, statement),
        hasSent: () => deadline.hasSent,
        flush: () => pipelining(client).flush(),
      }),
    );
  }

  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await this.#borrow();
    // Sent after BEGIN, so that later statements fail too when it fails.
    const begun = Promise.all([client.query(this.#beginning()), this.#setTenant(client)]);
    return runTransaction(client, begun, work);
  }

  async close(): Promise<void> {
    const { lists, lookUps } = this.#shared;
    await Promise.all([this.pool.end(), lists.close(), lookUps.close()]);
  }

  async #queryShared<Row>(client: pg.PoolClient, deadline: QueryDeadline, statement: Statement): Promise<Row[]> {
    pipelining(client).deadline = deadline;
    const tenantSet = this.#setTenant(client);
    const rows = await sendStatement<Row>(client, statement);
    await tenantSet;
    return rows;
  }

  async #lend<T>(use: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#borrow();
    try {
      const tenantSet = this.#setTenant(client);
      const result = await use(client);
      await tenantSet;
      return result;
    } finally {
      client.release();
    }
  }

  /** @throws NoTimeLeftError when the deadline is nearer than the time that getting a connection may take */
  async #borrow(): Promise<pg.PoolClient> {
    this.#refuseWithoutTime();
    const client = await this.pool.connect();
    pipelining(client).deadline = this.#deadline();
    return client;
  }

  #refuseWithoutTime(): void {
    if (this.#scope.endsAt - performance.now() < this.#limits.connectionTimeoutMillis) throw new NoTimeLeftError();
  }

  /** A new deadline object: statements that share it may be sent in one batch. */
  #deadline(): QueryDeadline {
    const { query_timeout: longestMs = Number.POSITIVE_INFINITY } = this.#limits;
    return { endsAt: this.#scope.endsAt, longestMs, hasSent: false };
  }

  /** Sent with the first statement, so that the tenant of the connection's previous user never remains. */
  #setTenant(client: pg.PoolClient): Promise<unknown> | undefined {
    if (!this.#limits.rowLevelSecurity) return undefined;
    const tenantSet = client.query(setTenant(this.#scope.tenant));
    tenantSet.catch(() => undefined);
    return tenantSet;
  }

  /** BEGIN. When little time is left, a shorter timeout makes PostgreSQL roll back before the client gets its 503. */
  #beginning(): pg.QueryConfig | string {
    const leftMs = Math.floor(this.#scope.endsAt - performance.now() - HEAD_START_MS);
    if (leftMs >= (this.#limits.transaction_timeout ?? 0)) return BEGIN;
    return `BEGIN; ${limitTransactions(Math.max(1, leftMs), 'transaction')}`;
  }
}

/** Every connection of `openPool` is a `PipeliningClient`. */
function pipelining(client: pg.PoolClient): PipeliningClient {
  return client as unknown as PipeliningClient;
}

/** Prepared, so that it can be part of a pipelined batch. */
const BEGIN = { name: 'begin', text: 'BEGIN' };

/** By how much PostgreSQL ends the transaction before the deadline. */
const HEAD_START_MS = 100;
