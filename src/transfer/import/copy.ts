import type { Writable } from 'node:stream';
import pg from 'pg';

type CopyConnection = { stream: Writable; endCopyFrom(): void };
type Done = (error: Error | undefined | null) => void;

/** What the types of `pg` don't say of it. */
const Query = pg.Query as unknown as new (
  text: string,
  done: Done,
) => {
  submit(connection: CopyConnection): Error | null;
};

/**
 * `COPY … FROM STDIN` with all its rows at once; `pg` itself has no such query. They leave with it: where PostgreSQL
 * refuses the statement, it passes over rows that it didn't ask for.
 */
class CopyIn extends Query {
  readonly #rows: Uint8Array;

  constructor(text: string, rows: Uint8Array, done: Done) {
    super(text, done);
    this.#rows = rows;
  }

  /** The rows go out as they are: `pg` would copy them first. */
  override submit(connection: CopyConnection): Error | null {
    const refused = super.submit(connection);
    if (refused) return refused;
    const head = Buffer.alloc(5);
    head.write('d');
    head.writeUInt32BE(4 + this.#rows.length, 1);
    connection.stream.write(head);
    connection.stream.write(this.#rows);
    connection.endCopyFrom();
    return null;
  }

  /** Called by `pg` when PostgreSQL is ready for what is there already. */
  handleCopyInResponse(): void {}
}

/**
 * The rows must stay as they are until it is done.
 * @param rows of `BinaryRows`
 */
export function copyIn(client: pg.ClientBase, into: string, rows: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const done: Done = (error) => (error ? reject(error) : resolve());
    const text = `COPY ${into} FROM STDIN WITH (FORMAT binary)`;
    client.query(new CopyIn(text, rows, done) as unknown as pg.Submittable);
  });
}
