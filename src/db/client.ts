import type { Socket } from 'node:net';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { toIsoTimestamp } from './schema/columns.ts';

/** A statement as it goes over the wire. With a `name` it is prepared once a connection: its text must never vary. */
export type Statement = { name?: string; text: string; values?: unknown[] };

/**
 * The database as requests see it: a pool of pipelined connections. Statements sent on one connection without awaiting
 * between them travel in one round trip.
 */
export type Db = {
  /** Drizzle over the pool, for ordinary statements outside transactions. */
  orm: NodePgDatabase;
  pool: pg.Pool;
  query<Row>(statement: Statement): Promise<Row[]>;
  /** Lends one connection; give it back by returning. */
  withConnection<T>(use: (connection: Connection) => Promise<T>): Promise<T>;
  /**
   * Runs `work` in a transaction. Resolves only when PostgreSQL answered COMMIT; anything else is an error.
   * @throws whatever `work` or one of its statements threw, after a rollback
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

/** One connection out of the pool, outside a transaction. */
export type Connection = { query<Row>(statement: Statement): Promise<Row[]> };

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
    return (await this.#client.query(statement)).rows as Row[];
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
  applicationName?: string;
};

const REQUEST_LIMITS = {
  connectionTimeoutMillis: 400,
  statement_timeout: 1_500,
  lock_timeout: 1_000,
  query_timeout: 1_700,
  idle_in_transaction_session_timeout: 5_000,
};

/** Opens a pool. Connects at the first statement. */
export function connect(options: ConnectOptions): Db {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize,
    application_name: options.applicationName ?? 'communications-api',
    options: '-c TimeZone=UTC -c DateStyle=ISO',
    keepAlive: true,
    types: { getTypeParser },
    pipeline: true,
    Client: GatheringClient,
    ...(options.purpose === 'batch' ? { connectionTimeoutMillis: 10_000 } : REQUEST_LIMITS),
    ...options.limits,
  } as unknown as pg.PoolConfig);
  // pool.on('error') covers idle clients only: without the second listener one PostgreSQL crash ends this process.
  pool.on('error', options.onError);
  pool.on('connect', (client) => client.on('error', options.onError));

  return {
    orm: drizzle(pool, { casing: 'snake_case' }),
    pool,
    query: async <Row>(statement: Statement) => (await pool.query(statement)).rows as Row[],
    withConnection: (use) => withConnection(pool, use),
    transaction: (work) => transaction(pool, work),
    close: () => pool.end(),
  };
}

/**
 * Statements sent in one turn of the event loop leave in one write: `pg` alone makes one of each, and PostgreSQL would
 * wake up for each.
 */
class GatheringClient extends pg.Client {
  constructor(config: pg.ClientConfig) {
    super(config);
    const { connection } = this as unknown as { connection: { stream: Socket } };
    const query = this.query.bind(this) as (...statement: unknown[]) => unknown;
    this.query = ((...statement: unknown[]) => {
      const { stream } = connection;
      if (stream.writableCorked === 0) {
        stream.cork();
        process.nextTick(() => stream.uncork());
      }
      return query(...statement);
    }) as typeof this.query;
  }
}

async function withConnection<T>(pool: pg.Pool, use: (connection: Connection) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    return await use({ query: async (statement) => (await client.query(statement)).rows });
  } finally {
    client.release();
  }
}

async function transaction<T>(pool: pg.Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    const begun = client.query('BEGIN');
    const tx = new Tx(client, begun);
    // After a write that failed, whatever was asked next says no more than "the transaction is aborted".
    const result = await work(tx).catch(async (error) => {
      await tx.settled();
      throw error;
    });
    // COMMIT travels with the writes before it. It resolves even when one of them failed, with the tag ROLLBACK.
    const committed = client.query('COMMIT');
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

const INT8 = 20;
const TIMESTAMPTZ = 1184;

/** Timestamps as RFC 3339 strings without a detour over Date; 64-bit integers as numbers. */
function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === TIMESTAMPTZ) return toIsoTimestamp;
  if (oid === INT8) return Number;
  return pg.types.getTypeParser(oid, format as 'text');
}
