import pg from 'pg';

/** The private parts of the `pg` connection that a query uses. */
export type DriverConnection = {
  /** Texts of the prepared statements that were sent, by name. */
  submittedNamedStatements: Record<string, string>;
  sync(): void;
  _send(message: Buffer): void;
};

/** The query of `pg`: it writes a statement's messages and reads the answers to them. */
export type DriverQuery = {
  name?: string;
  text: string;
  /** Milliseconds; undefined: the connection's timeout. */
  query_timeout?: number | undefined;
  callback: (error: Error | null, result?: pg.QueryResult) => void;
  requiresPreparation(): boolean;
  submit(connection: DriverConnection): Error | null;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: DriverConnection): void;
  handleEmptyQuery(connection: DriverConnection): void;
  handleError(error: Error, connection: DriverConnection): void;
  handleReadyForQuery(connection: DriverConnection): void;
};

/**
 * Several statements with one Sync, which PostgreSQL answers together; to `pg` the batch is one query. By itself, `pg`
 * ends each statement with a Sync, and PostgreSQL answers each in a packet of its own. When a statement fails,
 * PostgreSQL skips the following ones and they fail with it. So a batch holds statements of one request only, in one
 * transaction or read-only.
 */
export class PipelinedBatch extends pg.Query {
  declare callback: DriverQuery['callback'] | undefined;
  declare name: string | undefined;
  declare text: string;
  readonly query_timeout: number | undefined;
  readonly #queries: DriverQuery[];
  /** Index of the statement that PostgreSQL answers next. */
  #nth = 0;

  constructor(queries: DriverQuery[]) {
    super('');
    this.query_timeout = queries[0]?.query_timeout;
    this.#queries = queries;
    this.#exposeCurrent();
  }

  override submit = (driver: unknown): Error | null => {
    const connection = driver as DriverConnection;
    const messages: Buffer[] = [];
    const outbox: DriverConnection = Object.create(connection, {
      _send: { value: (message: Buffer) => messages.push(message) },
      sync: { value: () => undefined },
    });
    for (const query of this.#queries) {
      const failure = write(query, outbox);
      if (failure) {
        for (const each of this.#queries) markUnprepared(each, connection);
        return failure;
      }
    }
    connection._send(Buffer.concat(messages));
    connection.sync();
    return null;
  };

  handleRowDescription(message: unknown): void {
    this.#queries[this.#nth]?.handleRowDescription(message);
  }

  handleDataRow(message: unknown): void {
    this.#queries[this.#nth]?.handleDataRow(message);
  }

  handleCommandComplete(message: unknown, connection: DriverConnection): void {
    this.#queries[this.#nth]?.handleCommandComplete(message, connection);
    this.#next();
  }

  handleEmptyQuery(connection: DriverConnection): void {
    this.#queries[this.#nth]?.handleEmptyQuery(connection);
    this.#next();
  }

  /**
   * The statements answered so far have succeeded. When all are answered, the implicit transaction has failed at its
   * end, so all of them fail.
   */
  handleError(error: Error, connection: DriverConnection): void {
    const failed = this.#nth < this.#queries.length ? this.#nth : 0;
    for (const [nth, query] of this.#queries.entries()) {
      if (nth < failed) query.handleReadyForQuery(connection);
      else {
        query.handleError(error, connection);
        markUnprepared(query, connection);
      }
    }
    this.callback?.(error);
  }

  handleReadyForQuery(connection: DriverConnection): void {
    for (const query of this.#queries) query.handleReadyForQuery(connection);
    this.callback?.(null);
  }

  #next(): void {
    this.#nth += 1;
    this.#exposeCurrent();
  }

  /** `pg` reads these properties to record that PostgreSQL has parsed a statement. */
  #exposeCurrent(): void {
    this.name = this.#queries[this.#nth]?.name;
    this.text = this.#queries[this.#nth]?.text ?? '';
  }
}

/** Writes the statement's messages. @returns the reason if it can't be sent */
function write(query: DriverQuery, connection: DriverConnection): Error | undefined {
  const { callback } = query;
  let failure: Error | undefined;
  query.callback = (error) => {
    failure = error ?? undefined;
  };
  const refusal = query.submit(connection);
  query.callback = callback;
  return refusal ?? failure;
}

/** Makes `pg` send the statement with its text again, since PostgreSQL may not have parsed it. */
function markUnprepared({ name }: DriverQuery, connection: DriverConnection): void {
  if (name !== undefined) delete connection.submittedNamedStatements[name];
}
