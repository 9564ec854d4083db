import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import type { GatheringClient, Hurry } from './pipelining-client.ts';
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
  /** That pool, and the one of the shared connection: whatever goes to PostgreSQL goes through them. */
  readonly pools: readonly pg.Pool[];
  /** How long a request may take, the time aside in which its client sends. */
  readonly answerWithinMs: number;
  /** The same database for one errand; what isn't given stays as it is. */
  for(errand: Partial<Errand>): Db;
  query<Row>(statement: Statement): Promise<Row[]>;
  /** Lends one connection; give it back by returning. */
  withConnection<T>(use: (connection: BorrowedConnection) => Promise<T>): Promise<T>;
  /**
   * For what is short: lends the connection that all requests use at once (`shared-connection.ts`). What `use` asks before
   * it awaits anything is answered in that order, together.
   */
  withShared<T>(use: (connection: SharedLine) => Promise<T>): Promise<T>;
  /**
   * Runs `work` in a transaction. Resolves only when PostgreSQL answered COMMIT; anything else is an error.
   * @throws whatever `work` or one of its statements threw, after a rollback
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

/** What connections are borrowed for. */
export type Errand = {
  /**
   * The moment, of `performance.now()`, at which it must be over. What would come later is shed, and a transaction that
   * isn't committed by then never will be.
   */
  endsAt: number;
  /** Whose rows it is about: with row-level security there are no others. */
  rows: Rows;
};

/** There is no time left to ask anything: whoever asked is to come again. */
export class NoTimeLeftError extends Error {
  constructor() {
    super('No time left to ask the database');
  }
}

/** One connection out of the pool, outside a transaction. */
export type Connection = { query<Row>(statement: Statement): Promise<Row[]> };

/** A connection for one errand. `hasSent`: a batch of its statements has left, so the next ones travel in another. */
export type BorrowedConnection = Connection & { hasSent(): boolean };

/** The connection that all requests share. `flush`: every statement given to it by now leaves before the turn ends. */
export type SharedLine = BorrowedConnection & { flush(): void };

/** Opens a pool. Connects at the first statement. */
export function connect(options: ConnectOptions): Db {
  const limits = limitsOf(options);
  const pool = openPool(options, limits, { size: options.poolSize });
  const shared = new SharedConnection(openPool(options, limits, { size: 1, isShared: true }));
  return new PooledDb(pool, shared, { ...limits, rowLevelSecurity: options.rowLevelSecurity ?? false }, ANY_TIME);
}

const ANY_TIME: Errand = { endsAt: Number.POSITIVE_INFINITY, rows: 'none' };

class PooledDb implements Db {
  readonly pool: pg.Pool;
  readonly #shared: SharedConnection;
  readonly #limits: Limits & { rowLevelSecurity: boolean };
  readonly #errand: Errand;
  #orm: NodePgDatabase | undefined;

  constructor(pool: pg.Pool, shared: SharedConnection, limits: Limits & { rowLevelSecurity: boolean }, errand: Errand) {
    this.pool = pool;
    this.#shared = shared;
    this.#limits = limits;
    this.#errand = errand;
  }

  get answerWithinMs(): number {
    return this.#limits.answerWithinMs ?? Number.POSITIVE_INFINITY;
  }

  get pools(): readonly pg.Pool[] {
    return [this.pool, this.#shared.pool];
  }

  get orm(): NodePgDatabase {
    const query = (...statement: [pg.QueryConfig]) => this.#lend((client) => client.query(...statement));
    this.#orm ??= drizzle({ query } as unknown as pg.Pool, { casing: 'snake_case' });
    return this.#orm;
  }

  for(errand: Partial<Errand>): Db {
    return new PooledDb(this.pool, this.#shared, this.#limits, { ...this.#errand, ...errand });
  }

  async query<Row>(statement: Statement): Promise<Row[]> {
    return this.#lend((client) => ask<Row>(client, statement));
  }

  withConnection<T>(use: (connection: BorrowedConnection) => Promise<T>): Promise<T> {
    return this.#lend((client) =>
      use({
        query: (statement) => ask(client, statement),
        hasSent: () => gathering(client).hurry.hasSent,
      }),
    );
  }

  async withShared<T>(use: (connection: SharedLine) => Promise<T>): Promise<T> {
    this.#refuseWithoutTime();
    const hurry = this.#hurry();
    return this.#shared.ask((client) =>
      use({
        query: (statement) => this.#askShared(client, hurry, statement),
        hasSent: () => hurry.hasSent,
        flush: () => gathering(client).flush(),
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
    await Promise.all([this.pool.end(), this.#shared.close()]);
  }

  async #askShared<Row>(client: pg.PoolClient, hurry: Hurry, statement: Statement): Promise<Row[]> {
    gathering(client).hurry = hurry;
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

  /** @throws NoTimeLeftError when the errand would be over before a connection is sure to be had */
  async #borrow(): Promise<pg.PoolClient> {
    this.#refuseWithoutTime();
    const client = await this.pool.connect();
    gathering(client).hurry = this.#hurry();
    return client;
  }

  #refuseWithoutTime(): void {
    if (this.#errand.endsAt - performance.now() < this.#limits.connectionTimeoutMillis) throw new NoTimeLeftError();
  }

  /** One for whatever is asked together. */
  #hurry(): Hurry {
    const { query_timeout: longestMs = Number.POSITIVE_INFINITY } = this.#limits;
    return { endsAt: this.#errand.endsAt, longestMs, hasSent: false };
  }

  /** Leaves with the first statement, so that nothing is inherited from whoever borrowed the connection before. */
  #show(client: pg.PoolClient): Promise<unknown> | undefined {
    if (!this.#limits.rowLevelSecurity) return undefined;
    const shown = client.query(showRows(this.#errand.rows));
    shown.catch(() => undefined);
    return shown;
  }

  /** BEGIN; where little time is left, PostgreSQL itself undoes the transaction before the client is told to come again. */
  #beginning(): pg.QueryConfig | string {
    const leftMs = Math.floor(this.#errand.endsAt - performance.now() - HEAD_START_MS);
    if (leftMs >= (this.#limits.transaction_timeout ?? 0)) return BEGIN;
    return `BEGIN; ${limitTransactions(Math.max(1, leftMs), 'transaction')}`;
  }
}

/** What every connection of `openPool` is. */
function gathering(client: pg.PoolClient): GatheringClient {
  return client as unknown as GatheringClient;
}

/** Prepared, so that it is answered with the statements beside it. */
const BEGIN = { name: 'begin', text: 'BEGIN' };

/** So much earlier than the client is answered. */
const HEAD_START_MS = 100;
