import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import type { PipeliningClient } from './pipelining-client.ts';
import { type Statement, sendStatement } from './statement.ts';

/** An open transaction. A function that needs one has a parameter `tx` and never opens its own. */
export class Tx {
  #orm: NodePgDatabase | undefined;
  readonly #client: pg.PoolClient;
  readonly #sent: Promise<unknown>[] = [];
  #permission: Promise<unknown> | undefined;
  #neverBegan = false;

  /** @param begun settles with the answer to BEGIN, which may still be in flight */
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
    return sendStatement(this.#client, statement);
  }

  /**
   * Call it when a statement that checks the permission has just been sent, as in `guarded-connection.ts`. PostgreSQL
   * skips queries of the same batch when it fails; later queries wait for it. Use `send` and `orm` only after
   * `permission`.
   */
  waitForPermission(permission: Promise<unknown>): void {
    this.#permission = permission;
  }

  /** Sends a write without waiting for it. If it fails, the commit fails; both take one round trip. */
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

  /**
   * BEGIN is sent together with the first statements. If it failed, later ones would each be committed by themselves.
   */
  #refuseWithoutBegin(): void {
    if (this.#neverBegan) throw new CommitRefusedError('a BEGIN that failed');
  }
}

/**
 * PostgreSQL answered COMMIT with another command, such as ROLLBACK after a statement of the transaction has failed.
 */
export class CommitRefusedError extends Error {
  constructor(answer: string) {
    super(`COMMIT was answered with ${answer}`);
  }
}

/** Prepared, so that it can be part of a pipelined batch. */
const COMMIT = { name: 'commit', text: 'COMMIT' };

/**
 * Runs `work` between BEGIN and COMMIT on one connection, then releases the connection.
 * @param begun settles with the answer to BEGIN, which is sent together with the first statements
 * @throws CommitRefusedError, or what `work` or one of its statements threw, after a rollback
 */
export async function runTransaction<T>(
  client: pg.PoolClient,
  begun: Promise<unknown>,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  try {
    const tx = new Tx(client, begun);
    // When a sent write has failed, later statements fail with "the transaction is aborted", so the write's error is thrown.
    const result = await work(tx).catch(async (error) => {
      await tx.settled();
      throw error;
    });
    // COMMIT is sent in the same batch as the writes before it, and is skipped when one of them fails. When a write of an
    // earlier batch has failed, COMMIT resolves with the tag ROLLBACK.
    const committed = client.query(COMMIT);
    committed.catch(() => undefined);
    await begun;
    await tx.settled();
    const { command } = await committed;
    if (command !== 'COMMIT') throw new CommitRefusedError(command);
    client.release();
    return result;
  } catch (error) {
    await releaseAfterFailure(client, error as Error);
    throw error;
  }
}

/**
 * Rolls back and releases the connection. When ROLLBACK fails, the connection is closed, since its state is unknown.
 */
async function releaseAfterFailure(client: pg.PoolClient, failure: Error): Promise<void> {
  // PostgreSQL didn't answer a statement in time. Waiting for a ROLLBACK would take as long again.
  if (failure.message === 'Query read timeout') return client.release(failure);
  try {
    await client.query('ROLLBACK');
    client.release();
  } catch (error) {
    client.release(error as Error);
  }
}
