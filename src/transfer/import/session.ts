import type pg from 'pg';
import type { Statement } from '../../db/statement.ts';
import { Tx } from '../../db/transaction.ts';
import { copyIn } from './copy.ts';

/**
 * The one connection of an import. Statements are sent immediately and run in order, so that PostgreSQL has the next
 * one when it finishes one, even while this process is busy.
 */
export class ImportSession {
  /** The import's transaction, for functions that take one. */
  readonly tx: Tx;
  readonly #client: pg.PoolClient;
  #last: Promise<unknown> = Promise.resolve();
  #lastAtMark: Promise<unknown> = Promise.resolve();
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

  /** Runs a write. @returns the number of rows that it wrote */
  execute(statement: Statement | string): Promise<number> {
    return this.#inTurn(async () => (await this.#client.query(statement as Statement)).rowCount ?? 0);
  }

  /** Resolves when the rows are copied. A failure that isn't awaited is thrown by the next statement. */
  copy(into: string, rows: Uint8Array): Promise<void> {
    return this.#inTurn(() => copyIn(this.#client, into, rows));
  }

  /**
   * Resolves when all statements sent before the previous call of this method have finished. Called once per batch, it
   * keeps one batch in flight and bounds the memory.
   * @throws the first failure
   */
  async takesMore(): Promise<void> {
    const before = this.#lastAtMark;
    this.#lastAtMark = this.#last;
    await before;
  }

  /** Resolves when all statements have finished. @throws the first failure */
  async settled(): Promise<void> {
    await this.#last;
  }

  /** After a failure no statement is sent any more; all of them fail with the same error. */
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
