import type { Socket } from 'node:net';
import pg from 'pg';
import { toIsoTimestamp } from './schema/columns.ts';

/**
 * Statements sent in one turn of the event loop, by whichever requests, leave in one write: `pg` alone makes one of each,
 * and PostgreSQL would wake up for each.
 */
export class GatheringClient extends pg.Client {
  /** When the errand it is borrowed for ends, and how long a statement may take at most. */
  hurry = { endsAt: Number.POSITIVE_INFINITY, longestMs: Number.POSITIVE_INFINITY };

  constructor(config: pg.ClientConfig) {
    super(config);
    const query = this.query.bind(this) as (...statement: unknown[]) => unknown;
    this.query = ((...statement: unknown[]) => {
      const stream = this.#stream;
      if (stream.writableCorked === 0) {
        stream.cork();
        setImmediate(() => stream.uncork());
      }
      return query(...this.#inTime(statement));
    }) as typeof this.query;
  }

  /** What was asked leaves now: for who knows that nothing will follow in this turn. */
  flush(): void {
    this.#stream.uncork();
  }

  get #stream(): Socket {
    return (this as unknown as { connection: { stream: Socket } }).connection.stream;
  }

  /** The statement ends with the errand, if that is sooner than any statement has to. */
  #inTime(statement: unknown[]): unknown[] {
    const leftMs = this.hurry.endsAt - performance.now();
    if (leftMs >= this.hurry.longestMs || leftMs === Number.POSITIVE_INFINITY) return statement;
    const [asked, ...values] = statement;
    const config = typeof asked === 'string' ? { text: asked } : (asked as object);
    return [{ ...config, query_timeout: Math.max(1, Math.floor(leftMs)) }, ...values];
  }
}

const INT8 = 20;
const TIMESTAMPTZ = 1184;

/** Timestamps as RFC 3339 strings without a detour over Date; 64-bit integers as numbers. */
export function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === TIMESTAMPTZ) return toIsoTimestamp;
  if (oid === INT8) return Number;
  return pg.types.getTypeParser(oid, format as 'text');
}
