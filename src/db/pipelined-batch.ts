import pg from 'pg';

/** The private parts of the driver's connection that a query uses. */
export type DriverConnection = {
  /** Texts by name, on their way to PostgreSQL. */
  submittedNamedStatements: Record<string, string>;
  sync(): void;
  _send(message: Buffer): void;
};

/** The driver's own query: it writes a statement's messages and reads the answers to them. */
export type DriverQuery = {
  name?: string;
  text: string;
  /** Milliseconds; without, what the connection allows. */
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
 * Statements that PostgreSQL answers all at once, which the driver takes for one. By itself it ends each with a Sync,
 * and PostgreSQL answers each with a packet of its own. After a statement that fails the following ones aren't run and
 * fail with it, so a batch holds statements of one request only, within one transaction or reading only.
 */
export class PipelinedBatch extends pg.Query {
  declare callback: DriverQuery['callback'] | undefined;
  declare name: string | undefined;
  declare text: string;
  readonly query_timeout: number | undefined;
  readonly #queries: DriverQuery[];
  /** The one that PostgreSQL answers next. */
  #nth = 0;

  constructor(queries: DriverQuery[]) {
    super('');
    this.query_timeout = queries[0]?.query_timeout;
    this.#queries = queries;
    this.#present();
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
        for (const each of this.#queries) forget(each, connection);
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

  /** What was answered before stands, unless all of it was: then it is the end of the transaction that failed. */
  handleError(error: Error, connection: DriverConnection): void {
    const failed = this.#nth < this.#queries.length ? this.#nth : 0;
    for (const [nth, query] of this.#queries.entries()) {
      if (nth < failed) query.handleReadyForQuery(connection);
      else {
        query.handleError(error, connection);
        forget(query, connection);
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
    this.#present();
  }

  /** The driver notes by these that PostgreSQL has parsed a statement. */
  #present(): void {
    this.name = this.#queries[this.#nth]?.name;
    this.text = this.#queries[this.#nth]?.text ?? '';
  }
}

/** @returns why it can't be sent */
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

/** One that PostgreSQL didn't come to parse is sent with its text again. */
function forget({ name }: DriverQuery, connection: DriverConnection): void {
  if (name !== undefined) delete connection.submittedNamedStatements[name];
}
