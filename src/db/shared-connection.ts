import type pg from 'pg';
import { ApiError } from '../domain/errors.ts';

/**
 * A connection that any number of requests use at once; there is one for look-ups and one for short lists. The
 * statements of one turn of the event loop are sent in one write. A statement waits for those before it, so statements
 * that may take long or wait for a lock must not be sent here.
 */
export class SharedConnection {
  /** A pool of exactly one connection. */
  readonly pool: pg.Pool;
  #client: Promise<pg.PoolClient> | undefined;

  constructor(pool: pg.Pool) {
    this.pool = pool;
  }

  /**
   * Lends the connection, which other requests use at the same time. When it has broken, the next call opens a new one.
   * @param use must send its statements before it awaits anything
   */
  async run<T>(use: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    this.#client ??= this.#connect();
    const lent = this.#client;
    const client = await lent;
    try {
      return await use(client);
    } catch (error) {
      // The connection stays usable after a failed statement or a refusal of ours, and other requests are using it.
      const isSound = error instanceof ApiError || (error as { severity?: string }).severity === 'ERROR';
      if (!isSound) this.#drop(lent, client);
      throw error;
    }
  }

  async close(): Promise<void> {
    const lent = this.#client;
    this.#client = undefined;
    (await lent?.catch(() => undefined))?.release();
    await this.pool.end();
  }

  async #connect(): Promise<pg.PoolClient> {
    try {
      const client = await this.pool.connect();
      const lent = this.#client;
      client.once('end', () => this.#drop(lent, client));
      return client;
    } catch (error) {
      this.#client = undefined;
      throw error;
    }
  }

  /** Releases a broken connection, once. */
  #drop(lent: Promise<pg.PoolClient> | undefined, client: pg.PoolClient): void {
    if (lent === undefined || this.#client !== lent) return;
    this.#client = undefined;
    client.release(true);
  }
}
