import type { Socket } from 'node:net';
import pg from 'pg';
import { type DriverQuery, PipelinedBatch } from './pipelined-batch.ts';
import { toIsoTimestamp } from './schema/columns.ts';

/**
 * The deadline of the statements of one request or task. Statements that share one deadline object may be sent in one
 * pipelined batch.
 */
export type QueryDeadline = {
  /** In milliseconds of `performance.now()`. */
  endsAt: number;
  /** How long a single statement may take. */
  longestMs: number;
  /** Whether a batch of its statements was sent. */
  hasSent: boolean;
};

/**
 * A `pg` client that pipelines. The statements of one turn of the event loop are sent in one write, and PostgreSQL
 * answers those with the same deadline together. `pg` by itself writes and reads once for each statement.
 *
 * This file and `pipelined-batch.ts` are the only ones that use private parts of `pg` (`connection.stream`, `_types`,
 * `_result`), which is why package.json pins its exact version and `test/db/driver-internals.test.ts` names those
 * parts.
 */
export class PipeliningClient extends pg.Client {
  /** The deadline of the statements that are sent next. */
  deadline: QueryDeadline = { endsAt: Number.POSITIVE_INFINITY, longestMs: Number.POSITIVE_INFINITY, hasSent: false };
  readonly #send: (query: unknown) => unknown;
  #waiting: WaitingQuery[] = [];

  constructor(config: pg.ClientConfig) {
    super(config);
    this.#send = this.query.bind(this) as (query: unknown) => unknown;
    this.query = ((statement: string | pg.QueryConfig | pg.Query, values?: unknown[]) => {
      if (!(statement instanceof pg.Query)) return this.#enqueue(statement, values);
      // Such a query, for example a COPY, reads its answers in its own way and can't be part of a batch.
      this.flush();
      return this.#send(statement);
    }) as typeof this.query;
  }

  /** Sends the waiting statements now instead of at the end of the event loop's turn. */
  flush(): void {
    if (this.#waiting.length === 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { deadline } of waiting) deadline.hasSent = true;
    const { stream } = (this as unknown as { connection: { stream: Socket } }).connection;
    stream.cork();
    for (const query of inBatches(waiting)) this.#send(query);
    stream.uncork();
  }

  async #enqueue(statement: string | pg.QueryConfig, values: unknown[] | undefined): Promise<pg.QueryResult> {
    const query = new pg.Query(statement, values) as unknown as DriverQuery & { _result: { _types: unknown } };
    query._result._types = (this as unknown as { _types: unknown })._types;
    query.query_timeout = timeLeftMs(this.deadline);
    const answered = new Promise<pg.QueryResult>((resolve, reject) => {
      query.callback = (error, result) => (error ? reject(error) : resolve(result as pg.QueryResult));
    });
    this.#waiting.push({ query, deadline: this.deadline });
    if (this.#waiting.length === 1) setImmediate(() => this.flush());
    try {
      return await answered;
    } catch (error) {
      // Gives the error the caller's stack instead of the socket's.
      Error.captureStackTrace(error as Error);
      throw error;
    }
  }
}

type WaitingQuery = { query: DriverQuery; deadline: QueryDeadline };

/** Milliseconds until the deadline, when that is less than a statement may take; undefined otherwise. */
function timeLeftMs({ endsAt, longestMs }: QueryDeadline): number | undefined {
  const leftMs = endsAt - performance.now();
  if (leftMs >= longestMs || leftMs === Number.POSITIVE_INFINITY) return undefined;
  return Math.max(1, Math.floor(leftMs));
}

/**
 * Groups statements by their deadline, that is by request: a statement that fails must end only its own request's
 * batch.
 */
function* inBatches(waiting: WaitingQuery[]): Generator<DriverQuery | PipelinedBatch> {
  const byDeadline = new Map<QueryDeadline, DriverQuery[]>();
  for (const { query, deadline } of waiting) {
    const queries = byDeadline.get(deadline);
    if (queries) queries.push(query);
    else byDeadline.set(deadline, [query]);
  }
  for (const queries of byDeadline.values()) yield* batchesOf(queries);
}

/** A text that isn't prepared may hold several statements, so it is sent by itself. */
function* batchesOf(queries: DriverQuery[]): Generator<DriverQuery | PipelinedBatch> {
  let prepared: DriverQuery[] = [];
  for (const query of queries) {
    if (query.requiresPreparation()) {
      prepared.push(query);
      continue;
    }
    if (prepared.length > 0) yield new PipelinedBatch(prepared);
    prepared = [];
    yield query;
  }
  if (prepared.length > 0) yield new PipelinedBatch(prepared);
}

const INT8 = 20;
const TIMESTAMPTZ = 1184;

/** Parses timestamps to RFC 3339 strings, without creating a Date, and 64-bit integers to numbers. */
export function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === TIMESTAMPTZ) return toIsoTimestamp;
  if (oid === INT8) return Number;
  return pg.types.getTypeParser(oid, format as 'text');
}
