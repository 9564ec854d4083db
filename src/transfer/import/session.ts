import type pg from 'pg';
import type { Statement } from '../../db/statement.ts';
import { Tx } from '../../db/transaction.ts';
import { copyIn } from './copy.ts';

/**
 * The one connection of an import. Its statements are sent at once and run in order: PostgreSQL finds the next batch
 * there when it is done with one, however busy this process is.
 */
export class ImportSession {
  /** For the functions that the server's own writes use. */
  readonly tx: Tx;
  readonly #client: pg.PoolClient;
  #last: Promise<unknown> = Promise.resolve();
  #asked: Promise<unknown> = Promise.resolve();
  #failure: unknown;

  constructor(client: pg.PoolClient) {
    this.#client = client;
    this.tx = new Tx(client);
  }

  query<Row>(statement: Statement | string): Promise<Row[]> {
    return this.#inTurn(async () => {
      return (await this.#client.query(statement as Statement)).rows as Row[];
    });
  }

  /** How many rows a write touched. */
  execute(statement: Statement | string): Promise<number> {
    return this.#inTurn(async () => (await this.#client.query(statement as Statement)).rowCount ?? 0);
  }

  /** Resolves when the rows are copied; who doesn't wait for it hears of a failure from whatever comes next. */
  copy(into: string, rows: Uint8Array): Promise<void> {
    return this.#inTurn(() => copyIn(this.#client, into, rows));
  }

  /**
   * Resolves when what was asked before the last such call is done: so some is always on its way, and never more than
   * fits in memory. @throws what failed
   */
  async takesMore(): Promise<void> {
    const before = this.#asked;
    this.#asked = this.#last;
    await before;
  }

  /** Resolves when all that was asked is done. @throws what failed */
  async settled(): Promise<void> {
    await this.#last;
  }

  /** After a failure nothing runs any more: everything fails with the same error. */
  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const result = (this.#failure === undefined ? run() : Promise.reject(this.#failure)).catch((error) => {
      this.#failure ??= error;
      throw this.#failure;
    });
    result.catch(() => undefined);
    this.#last = result;
    return result;
  }
}
