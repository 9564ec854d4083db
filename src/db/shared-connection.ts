import type pg from 'pg';
import { ApiError } from '../domain/errors.ts';

/**
 * A connection that any number of requests use at once, one for look-ups and one for short lists: the statements of one
 * turn of the event loop leave in one write. A statement waits for those sent before it, so none that may take long or
 * wait for a lock is sent here.
 */
export class SharedConnection {
  /** A pool of exactly one connection. */
  readonly pool: pg.Pool;
  #client: Promise<pg.PoolClient> | undefined;

  constructor(pool: pg.Pool) {
    this.pool = pool;
  }

  /**
   * Lends the connection; others use it at the same time. After it broke, the next call opens a new one.
   * @param ask must send its statements before it awaits anything
   */
  async ask<T>(ask: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    this.#client ??= this.#connect();
    const lent = this.#client;
    const client = await lent;
    try {
      return await ask(client);
    } catch (error) {
      // A statement that failed, or a refusal of ours, leaves the connection as it was: other requests have it too.
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
