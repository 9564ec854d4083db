import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import type { PipeliningClient } from './pipelining-client.ts';
import { ask, type Statement } from './statement.ts';

/** An open transaction. A step that needs one takes `tx`; no step opens its own. */
export class Tx {
  #orm: NodePgDatabase | undefined;
  readonly #client: pg.PoolClient;
  readonly #sent: Promise<unknown>[] = [];
  #permission: Promise<unknown> | undefined;
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
    if (this.#permission && (this.#client as unknown as PipeliningClient).deadline.hasSent) await this.#permission;
    this.#refuseWithoutBegin();
    return ask(this.#client, statement);
  }

  /**
   * As `guarded-connection.ts` does: a statement that decides about permission has just been sent. Queries in its batch
   * are skipped when it fails, later ones wait for it. `send` and `orm` are for after it.
   */
  waitForPermission(permission: Promise<unknown>): void {
    this.#permission = permission;
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

/** Prepared, so that it is answered with the statements beside it. */
const COMMIT = { name: 'commit', text: 'COMMIT' };

/**
 * Runs `work` between BEGIN and COMMIT on one connection and gives the connection back.
 * @param begun the answer to BEGIN, which travels with the first statements
 * @throws CommitRefusedError, or what `work` or one of its statements threw, after a rollback
 */
export async function runTransaction<T>(
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

/** Rolls back and gives the connection back; one whose ROLLBACK isn't answered is closed, since its state is unknown. */
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
