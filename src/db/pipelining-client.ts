import type { Socket } from 'node:net';
import pg from 'pg';
import { Batch, type DriverQuery } from './pipelined-batch.ts';
import { toIsoTimestamp } from './schema/columns.ts';

/** What statements are asked for, one object for each: when it ends, and how long a statement of it may take at most. */
export type Hurry = { endsAt: number; longestMs: number /** A batch of its statements has left. */; hasSent: boolean };

/**
 * Statements sent in one turn of the event loop leave in one write, and those of one errand are answered in one: `pg` alone
 * makes one of each, and both sides would wake up for each.
 */
export class GatheringClient extends pg.Client {
  /** Of the errand that asks now. */
  hurry: Hurry = { endsAt: Number.POSITIVE_INFINITY, longestMs: Number.POSITIVE_INFINITY, hasSent: false };
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

  /** What was asked leaves now: for who knows that nothing will follow in this turn. */
  flush(): void {
    if (this.#asked.length === 0) return;
    const asked = this.#asked;
    this.#asked = [];
    for (const { hurry } of asked) hurry.hasSent = true;
    const { stream } = (this as unknown as { connection: { stream: Socket } }).connection;
    stream.cork();
    for (const query of inBatches(asked)) this.#send(query);
    stream.uncork();
  }

  async #ask(statement: string | pg.QueryConfig, values: unknown[] | undefined): Promise<pg.QueryResult> {
    const query = new pg.Query(statement, values) as unknown as DriverQuery & { _result: { _types: unknown } };
    query._result._types = (this as unknown as { _types: unknown })._types;
    query.query_timeout = timeLeftMs(this.hurry);
    const answered = new Promise<pg.QueryResult>((resolve, reject) => {
      query.callback = (error, result) => (error ? reject(error) : resolve(result as pg.QueryResult));
    });
    this.#asked.push({ query, hurry: this.hurry });
    if (this.#asked.length === 1) setImmediate(() => this.flush());
    try {
      return await answered;
    } catch (error) {
      // Leads to who asked, not to the socket that the answer came from.
      Error.captureStackTrace(error as Error);
      throw error;
    }
  }
}

type Asked = { query: DriverQuery; hurry: Hurry };

/** A statement ends with its errand, if that is sooner than any statement has to. */
function timeLeftMs({ endsAt, longestMs }: Hurry): number | undefined {
  const leftMs = endsAt - performance.now();
  if (leftMs >= longestMs || leftMs === Number.POSITIVE_INFINITY) return undefined;
  return Math.max(1, Math.floor(leftMs));
}

/** The statements of one errand stay together, however those of several came in: one that fails ends its errand's batch. */
function* inBatches(asked: Asked[]): Generator<DriverQuery | Batch> {
  const errands = new Map<Hurry, DriverQuery[]>();
  for (const { query, hurry } of asked) {
    const queries = errands.get(hurry);
    if (queries) queries.push(query);
    else errands.set(hurry, [query]);
  }
  for (const queries of errands.values()) yield* batchesOf(queries);
}

/** A text without preparation may be several statements, which can't travel with others. */
function* batchesOf(queries: DriverQuery[]): Generator<DriverQuery | Batch> {
  let prepared: DriverQuery[] = [];
  for (const query of queries) {
    if (query.requiresPreparation()) {
      prepared.push(query);
      continue;
    }
    if (prepared.length > 0) yield new Batch(prepared);
    prepared = [];
    yield query;
  }
  if (prepared.length > 0) yield new Batch(prepared);
}

const INT8 = 20;
const TIMESTAMPTZ = 1184;

/** Timestamps as RFC 3339 strings without a detour over Date; 64-bit integers as numbers. */
export function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === TIMESTAMPTZ) return toIsoTimestamp;
  if (oid === INT8) return Number;
  return pg.types.getTypeParser(oid, format as 'text');
}
