import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import type { PipeliningClient, QueryDeadline } from './pipelining-client.ts';
import { type ConnectOptions, type Limits, limitsOf, limitTransactions, openPool } from './pool.ts';
import { type Rows, showRows } from './row-level-security.ts';
import { SharedConnection } from './shared-connection.ts';
import { ask, type Statement } from './statement.ts';
import { runTransaction, type Tx } from './transaction.ts';

/**
 * The database as requests see it: a pool of pipelined connections. Statements sent on one connection without awaiting
 * between them travel in one round trip.
 */
export type Db = {
  /** Drizzle over the pool, for ordinary statements outside transactions. */
  readonly orm: NodePgDatabase;
  readonly pool: pg.Pool;
  /** That pool and those of the shared connections: every statement goes through one of them. */
  readonly pools: readonly pg.Pool[];
  /** How long a request may take, in milliseconds, without the time in which its client sends the body. */
  readonly answerWithinMs: number;
  /** The same database with another deadline or other visible rows; what isn't given stays as it is. */
  for(scope: Partial<QueryScope>): Db;
  query<Row>(statement: Statement): Promise<Row[]>;
  /** Lends one connection; give it back by returning. */
  withConnection<T>(use: (connection: BorrowedConnection) => Promise<T>): Promise<T>;
  /**
   * Lends the connection that all requests use at once (`shared-connection.ts`), for short lists. Those statements that
   * `use` sends before it awaits anything travel in one pipelined batch.
   */
  withShared<T>(use: (connection: SharedConnectionHandle) => Promise<T>): Promise<T>;
  /**
   * The same on a connection of its own for look-ups of a row by its key: who a caller is, whose a delivery is. A page of
   * many long rows holds up the lists behind it, and never these.
   */
  withLookUps<T>(use: (connection: SharedConnectionHandle) => Promise<T>): Promise<T>;
  /**
   * Runs `work` in a transaction. Resolves only when PostgreSQL answered COMMIT; anything else is an error.
   * @throws what `work` or one of its statements threw, after a rollback
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

/** For how long and for whose rows connections are borrowed. */
export type QueryScope = {
  /**
   * The deadline, of `performance.now()`. A statement that could not end by then is not sent, and a transaction that
   * isn't committed by then is rolled back.
   */
  endsAt: number;
  /** Whose rows it may touch: with row-level security it sees no others. */
  rows: Rows;
};

/** No time is left before the deadline to send a statement; the client is answered 503 and should retry. */
export class NoTimeLeftError extends Error {
  constructor() {
    super('No time left to ask the database');
  }
}

/** One connection out of the pool, outside a transaction. */
export type Connection = { query<Row>(statement: Statement): Promise<Row[]> };

/** A connection for one errand. `hasSent`: a batch of its statements has left, so the next ones travel in another. */
export type BorrowedConnection = Connection & { hasSent(): boolean };

/** A connection that all requests share. `flush`: every statement given to it by now leaves before the turn ends. */
export type SharedConnectionHandle = BorrowedConnection & { flush(): void };

/** Opens a pool. Connects at the first statement. */
export function connect(options: ConnectOptions): Db {
  const limits = limitsOf(options);
  const pool = openPool(options, limits, { size: options.poolSize });
  const openShared = () => new SharedConnection(openPool(options, limits, { size: 1, isShared: true }));
  const shared = { lists: openShared(), lookUps: openShared() };
  return new PooledDb(pool, shared, { ...limits, rowLevelSecurity: options.rowLevelSecurity ?? false }, ANY_TIME);
}

const ANY_TIME: QueryScope = { endsAt: Number.POSITIVE_INFINITY, rows: 'none' };

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
    return this.#lend((client) => ask<Row>(client, statement));
  }

  withConnection<T>(use: (connection: BorrowedConnection) => Promise<T>): Promise<T> {
    return this.#lend((client) =>
      use({
        query: (statement) => ask(client, statement),
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
    return shared.ask((client) =>
      use({
        query: (statement) => this.#askShared(client, deadline, statement),
        hasSent: () => deadline.hasSent,
        flush: () => pipelining(client).flush(),
      }),
    );
  }

  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await this.#borrow();
    // In the transaction: when it fails, so does what follows.
    const begun = Promise.all([client.query(this.#beginning()), this.#show(client)]);
    return runTransaction(client, begun, work);
  }

  async close(): Promise<void> {
    const { lists, lookUps } = this.#shared;
    await Promise.all([this.pool.end(), lists.close(), lookUps.close()]);
  }

  async #askShared<Row>(client: pg.PoolClient, deadline: QueryDeadline, statement: Statement): Promise<Row[]> {
    pipelining(client).deadline = deadline;
    const shown = this.#show(client);
    const rows = await ask<Row>(client, statement);
    await shown;
    return rows;
  }

  async #lend<T>(use: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#borrow();
    try {
      const shown = this.#show(client);
      const result = await use(client);
      await shown;
      return result;
    } finally {
      client.release();
    }
  }

  /** @throws NoTimeLeftError when the deadline would pass before a connection is sure to be had */
  async #borrow(): Promise<pg.PoolClient> {
    this.#refuseWithoutTime();
    const client = await this.pool.connect();
    pipelining(client).deadline = this.#deadline();
    return client;
  }

  #refuseWithoutTime(): void {
    if (this.#scope.endsAt - performance.now() < this.#limits.connectionTimeoutMillis) throw new NoTimeLeftError();
  }

  /** One object for the statements that may travel in one batch. */
  #deadline(): QueryDeadline {
    const { query_timeout: longestMs = Number.POSITIVE_INFINITY } = this.#limits;
    return { endsAt: this.#scope.endsAt, longestMs, hasSent: false };
  }

  /** Travels with the first statement, so that nothing is inherited from the previous borrower of the connection. */
  #show(client: pg.PoolClient): Promise<unknown> | undefined {
    if (!this.#limits.rowLevelSecurity) return undefined;
    const shown = client.query(showRows(this.#scope.rows));
    shown.catch(() => undefined);
    return shown;
  }

  /** BEGIN; where little time is left, PostgreSQL itself undoes the transaction before the client is told to come again. */
  #beginning(): pg.QueryConfig | string {
    const leftMs = Math.floor(this.#scope.endsAt - performance.now() - HEAD_START_MS);
    if (leftMs >= (this.#limits.transaction_timeout ?? 0)) return BEGIN;
    return `BEGIN; ${limitTransactions(Math.max(1, leftMs), 'transaction')}`;
  }
}

/** Every connection of `openPool` is one. */
function pipelining(client: pg.PoolClient): PipeliningClient {
  return client as unknown as PipeliningClient;
}

/** Prepared, so that it is answered with the statements beside it. */
const BEGIN = { name: 'begin', text: 'BEGIN' };

/** How much earlier than the client's answer PostgreSQL ends the transaction. */
const HEAD_START_MS = 100;
