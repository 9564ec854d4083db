import type pg from 'pg';

/**
 * A connection that any number of requests use at once, for short look-ups by key: those of one turn of the event loop
 * leave in one write and wake PostgreSQL once. Whoever asks waits for what was asked before, so nothing that may take
 * long or wait for a lock is asked here.
 */
export class SharedConnection {
  readonly #pool: pg.Pool;
  #client: Promise<pg.PoolClient> | undefined;

  /** @param pool of one connection, for this alone */
  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Stays connected; who comes after it broke gets a new one. */
  client(): Promise<pg.PoolClient> {
    this.#client ??= this.#connect();
    return this.#client;
  }

  async close(): Promise<void> {
    (await this.#client?.catch(() => undefined))?.release();
    this.#client = undefined;
    await this.#pool.end();
  }

  async #connect(): Promise<pg.PoolClient> {
    try {
      const client = await this.#pool.connect();
      client.once('end', () => {
        // Given back already by `close`.
        if (this.#client === undefined) return;
        this.#client = undefined;
        client.release(true);
      });
      return client;
    } catch (error) {
      this.#client = undefined;
      throw error;
    }
  }
}
