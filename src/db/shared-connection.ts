import type pg from 'pg';
import { ApiError } from '../domain/errors.ts';

/**
 * A connection that any number of requests use at once, for callers and short lists: what is asked in one turn of the
 * event loop leaves in one write and wakes PostgreSQL once. Whoever asks waits for what was asked before, so nothing that
 * may take long or wait for a lock is asked here.
 */
export class SharedConnection {
  /** Of one connection, for this alone. */
  readonly pool: pg.Pool;
  #client: Promise<pg.PoolClient> | undefined;

  constructor(pool: pg.Pool) {
    this.pool = pool;
  }

  /**
   * Lends the connection to whoever else has it, too. It stays; who comes after it broke gets a new one.
   * @param ask must send what it asks before it awaits anything
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

  /** Once, by whoever sees first that it is broken. */
  #drop(lent: Promise<pg.PoolClient> | undefined, client: pg.PoolClient): void {
    if (lent === undefined || this.#client !== lent) return;
    this.#client = undefined;
    client.release(true);
  }
}
