import type { Socket } from 'node:net';
import pg from 'pg';
import { Batch, type DriverQuery } from './batch.ts';
import { toIsoTimestamp } from './schema/columns.ts';

/** `failsApart`: of the statements of one turn each stands alone, as those of several requests must. */
export type GatheringConfig = pg.ClientConfig & { failsApart?: boolean };

/**
 * Statements sent in one turn of the event loop leave in one write and are answered in one: `pg` alone makes one of each,
 * and both sides would wake up for each.
 */
export class GatheringClient extends pg.Client {
  /** When the errand it is borrowed for ends, and how long a statement may take at most. */
  hurry = { endsAt: Number.POSITIVE_INFINITY, longestMs: Number.POSITIVE_INFINITY };
  readonly #failsApart: boolean;
  readonly #send: (query: unknown) => unknown;
  #asked: DriverQuery[] = [];

  constructor(config: GatheringConfig) {
    super(config);
    this.#failsApart = config.failsApart ?? false;
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
    const { stream } = (this as unknown as { connection: { stream: Socket } }).connection;
    stream.cork();
    for (const queries of this.#failsApart ? asked.map((query) => [query]) : inBatches(asked))
      this.#send(queries[0]?.requiresPreparation() ? new Batch(queries) : queries[0]);
    stream.uncork();
  }

  async #ask(statement: string | pg.QueryConfig, values: unknown[] | undefined): Promise<pg.QueryResult> {
    const query = new pg.Query(statement, values) as unknown as DriverQuery & { _result: { _types: unknown } };
    query._result._types = (this as unknown as { _types: unknown })._types;
    query.query_timeout = this.#timeLeftMs();
    const answered = new Promise<pg.QueryResult>((resolve, reject) => {
      query.callback = (error, result) => (error ? reject(error) : resolve(result as pg.QueryResult));
    });
    this.#asked.push(query);
    if (this.#asked.length === 1) setImmediate(() => this.flush());
    try {
      return await answered;
    } catch (error) {
      // Leads to who asked, not to the socket that the answer came from.
      Error.captureStackTrace(error as Error);
      throw error;
    }
  }

  /** A statement ends with the errand, if that is sooner than any statement has to. */
  #timeLeftMs(): number | undefined {
    const leftMs = this.hurry.endsAt - performance.now();
    if (leftMs >= this.hurry.longestMs || leftMs === Number.POSITIVE_INFINITY) return undefined;
    return Math.max(1, Math.floor(leftMs));
  }
}

/** What needs no preparation may be several statements, which can't travel with others. */
function inBatches(queries: DriverQuery[]): DriverQuery[][] {
  const batches: DriverQuery[][] = [];
  let isOpen = false;
  for (const query of queries) {
    const canJoin = query.requiresPreparation();
    const batch = batches.at(-1);
    if (isOpen && canJoin && batch) batch.push(query);
    else batches.push([query]);
    isOpen = canJoin;
  }
  return batches;
}

const INT8 = 20;
const TIMESTAMPTZ = 1184;

/** Timestamps as RFC 3339 strings without a detour over Date; 64-bit integers as numbers. */
export function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === TIMESTAMPTZ) return toIsoTimestamp;
  if (oid === INT8) return Number;
  return pg.types.getTypeParser(oid, format as 'text');
}
