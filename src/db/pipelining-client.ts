import type { Socket } from 'node:net';
import pg from 'pg';
import { type DriverQuery, PipelinedBatch } from './pipelined-batch.ts';
import { toIsoTimestamp } from './schema/columns.ts';

/**
 * When the statements of one request or task must be over (`endsAt`, of `performance.now()`) and how long a single one
 * may take. Statements that share one deadline object may travel in one pipelined batch.
 */
export type QueryDeadline = {
  endsAt: number;
  longestMs: number /** A batch of its statements has left. */;
  hasSent: boolean;
};

/**
 * A `pg` client that pipelines: the statements sent in one turn of the event loop leave in one write, and those with the
 * same deadline are answered together. `pg` by itself writes and reads once for each statement.
 *
 * This file and `pipelined-batch.ts` are the only ones that use private parts of `pg` (`connection.stream`, `_types`,
 * `_result`), which is why package.json pins its exact version and `test/db/driver-internals.test.ts` names those parts.
 */
export class PipeliningClient extends pg.Client {
  /** The deadline of the statements that are sent next. */
  deadline: QueryDeadline = { endsAt: Number.POSITIVE_INFINITY, longestMs: Number.POSITIVE_INFINITY, hasSent: false };
  readonly #send: (query: unknown) => unknown;
  #asked: Asked[] = [];

  constructor(config: pg.ClientConfig) {
    super(config);
    this.#send = this.query.bind(this) as (query: unknown) => unknown;
    this.query = ((statement: string | pg.QueryConfig | pg.Query, values?: unknown[]) => {
      if (!(statement instanceof pg.Query)) return this.#ask(statement, values);
      // Reads its answers its own way, as a COPY does.
      this.flush();
      return this.#send(statement);
    }) as typeof this.query;
  }

  /** Sends the waiting statements now, when the caller knows that no more follow in this turn. */
  flush(): void {
    if (this.#asked.length === 0) return;
    const asked = this.#asked;
    this.#asked = [];
    for (const { deadline } of asked) deadline.hasSent = true;
    const { stream } = (this as unknown as { connection: { stream: Socket } }).connection;
    stream.cork();
    for (const query of inBatches(asked)) this.#send(query);
    stream.uncork();
  }

  async #ask(statement: string | pg.QueryConfig, values: unknown[] | undefined): Promise<pg.QueryResult> {
    const query = new pg.Query(statement, values) as unknown as DriverQuery & { _result: { _types: unknown } };
    query._result._types = (this as unknown as { _types: unknown })._types;
    query.query_timeout = timeLeftMs(this.deadline);
    const answered = new Promise<pg.QueryResult>((resolve, reject) => {
      query.callback = (error, result) => (error ? reject(error) : resolve(result as pg.QueryResult));
    });
    this.#asked.push({ query, deadline: this.deadline });
    if (this.#asked.length === 1) setImmediate(() => this.flush());
    try {
      return await answered;
    } catch (error) {
      // The stack of the caller, not of the socket that the answer came from.
      Error.captureStackTrace(error as Error);
      throw error;
    }
  }
}

type Asked = { query: DriverQuery; deadline: QueryDeadline };

/** Milliseconds until the deadline when that is sooner than a statement may take at most; undefined otherwise. */
function timeLeftMs({ endsAt, longestMs }: QueryDeadline): number | undefined {
  const leftMs = endsAt - performance.now();
  if (leftMs >= longestMs || leftMs === Number.POSITIVE_INFINITY) return undefined;
  return Math.max(1, Math.floor(leftMs));
}

/** The statements of one errand stay together, however those of several came in: one that fails ends its errand's batch. */
function* inBatches(asked: Asked[]): Generator<DriverQuery | PipelinedBatch> {
  const errands = new Map<QueryDeadline, DriverQuery[]>();
  for (const { query, deadline } of asked) {
    const queries = errands.get(deadline);
    if (queries) queries.push(query);
    else errands.set(deadline, [query]);
  }
  for (const queries of errands.values()) yield* batchesOf(queries);
}

/** A text without preparation may be several statements, which can't travel with others. */
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

/** Timestamps as RFC 3339 strings without a detour over Date; 64-bit integers as numbers. */
export function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === TIMESTAMPTZ) return toIsoTimestamp;
  if (oid === INT8) return Number;
  return pg.types.getTypeParser(oid, format as 'text');
}
