import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import type { GatheringClient, Hurry } from './pipelining-client.ts';
import { type ConnectOptions, type Limits, limitsOf, limitTransactions, openPool } from './pool.ts';
import { type Rows, showRows } from './row-level-security.ts';
import { SharedConnection } from './shared-connection.ts';

/** A statement as it goes over the wire. With a `name` it is prepared once a connection: its text must never vary. */
export type Statement = {
  name?: string;
  text: string;
  values?: unknown[];
  /** Makes a row of its values, in the order of the columns; without, it is an object by the columns' names. */
  read?: (values: never) => unknown;
};

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
  withConnection<T>(use: (connection: Connection) => Promise<T>): Promise<T>;
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

/** The connection that all share. `flush`: what was asked there by now, by whoever, leaves before the turn ends. */
export type SharedLine = Connection & { flush(): void };

/** An open transaction. A step that needs one takes `tx`; no step opens its own. */
export class Tx {
  #orm: NodePgDatabase | undefined;
  readonly #client: pg.PoolClient;
  readonly #sent: Promise<unknown>[] = [];
  #neverBegan = false;

  /** @param begun the answer to BEGIN, when it is still on its way */
  constructor(client: pg.PoolClient, begun: Promise<unknown> = Promise.resolve()) {
    this.#client = client;
    begun.catch(() => {
      this.#neverBegan = true;
    });
  }

  /** Drizzle on this transaction's connection, for ordinary statements. */
  get orm(): NodePgDatabase {
    this.#orm ??= drizzle(this.#client, { casing: 'snake_case' });
    return this.#orm;
  }

  async query<Row>(statement: Statement): Promise<Row[]> {
    this.#refuseWithoutBegin();
    return ask(this.#client, statement);
  }

  /** Sends a write without waiting; its failure surfaces at commit, in the same round trip. */
  send(statement: Statement): void {
    this.#refuseWithoutBegin();
    const sent = this.#client.query(statement);
    sent.catch(() => undefined);
    this.#sent.push(sent);
  }

  /** Resolves when every sent statement has succeeded. @throws the first that failed */
  async settled(): Promise<void> {
    await Promise.all(this.#sent);
  }

  /** BEGIN travels with the first statements. Where it failed, what follows would be committed one by one. */
  #refuseWithoutBegin(): void {
    if (this.#neverBegan) throw new CommitRefusedError('a BEGIN that failed');
  }
}

/** PostgreSQL answered COMMIT with something else (ROLLBACK, after a statement of the transaction had failed). */
export class CommitRefusedError extends Error {
  constructor(answer: string) {
    super(`COMMIT was answered with ${answer}`);
  }
}

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

  withConnection<T>(use: (connection: Connection) => Promise<T>): Promise<T> {
    return this.#lend((client) => use({ query: (statement) => ask(client, statement) }));
  }

  async withShared<T>(use: (connection: SharedLine) => Promise<T>): Promise<T> {
    this.#refuseWithoutTime();
    const hurry = this.#hurry();
    return this.#shared.ask((client) =>
      use({
        query: (statement) => this.#askShared(client, hurry, statement),
        flush: () => gathering(client).flush(),
      }),
    );
  }

  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await this.#borrow();
    // In the transaction: when it fails, so does what follows.
    const begun = Promise.all([client.query(this.#beginning()), this.#show(client)]);
    return transaction(client, begun, work);
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
    return { endsAt: this.#errand.endsAt, longestMs };
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

/** Prepared, so that they are answered with the statements beside them. */
const BEGIN = { name: 'begin', text: 'BEGIN' };
const COMMIT = { name: 'commit', text: 'COMMIT' };

/** So much earlier than the client is answered. */
const HEAD_START_MS = 100;

/** Objects by name are slow to make of many columns: who gives `read` gets the bare values. */
async function ask<Row>(client: pg.PoolClient, { read, ...statement }: Statement): Promise<Row[]> {
  if (!read) return (await client.query(statement)).rows;
  const { rows } = await client.query<never[]>({ ...statement, rowMode: 'array' });
  return rows.map((values: unknown[]) => {
    const row = read(values as never);
    // V8 takes the driver's rows for long-lived: one that nobody has any more would keep all that it holds until the next
    // full collection, and every page would be copied twice on its way there.
    values.fill(null);
    return row;
  }) as Row[];
}

async function transaction<T>(
  client: pg.PoolClient,
  begun: Promise<unknown>,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  try {
    const tx = new Tx(client, begun);
    // After a write that failed, whatever was asked next says no more than "the transaction is aborted".
    const result = await work(tx).catch(async (error) => {
      await tx.settled();
      throw error;
    });
    // COMMIT travels with the writes before it and isn't run where one of those fails. After one that had left earlier and
    // failed it resolves, with the tag ROLLBACK.
    const committed = client.query(COMMIT);
    committed.catch(() => undefined);
    await begun;
    await tx.settled();
    const { command } = await committed;
    if (command !== 'COMMIT') throw new CommitRefusedError(command);
    client.release();
    return result;
  } catch (error) {
    await giveBackAfterFailure(client, error as Error);
    throw error;
  }
}

/** A connection whose ROLLBACK doesn't come back is thrown away: nobody knows what state it is in. */
async function giveBackAfterFailure(client: pg.PoolClient, failure: Error): Promise<void> {
  // It went silent in the middle of a statement: asking for a ROLLBACK would make the request wait as long again.
  if (failure.message === 'Query read timeout') return client.release(failure);
  try {
    await client.query('ROLLBACK');
    client.release();
  } catch (error) {
    client.release(error as Error);
  }
}
