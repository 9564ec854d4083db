import type { Db } from '../../db/client.ts';
import type { ImportSession } from './session.ts';

const INDEX = 'ctw_words';
const CLEAN = `SELECT gin_clean_pending_list('${INDEX}')`;

/** Of the file: its words fit into a processor's cache while they are sorted. */
const BYTES_AT_ONCE = 40 << 20;

/**
 * New words wait beside their index and go into it many at a time, which is a fifth of what an import asks of
 * PostgreSQL. A second connection does it while the import's own writes the next messages. Without one, or when it
 * fails, the import's own does it: nothing depends on it but time.
 */
export class WordIndex {
  readonly #session: ImportSession;
  readonly #db: Db | undefined;
  #cleaning: Promise<void> | undefined;
  #cleanedAt = 0;

  /** For the owner of the index; nobody else may ask for it, and leaves it to PostgreSQL. */
  static async open(session: ImportSession, db: Db): Promise<WordIndex | undefined> {
    const [index] = await session.query<{ is_ours: boolean }>(
      `SELECT pg_has_role(relowner, 'USAGE') AS is_ours FROM pg_class WHERE oid = '${INDEX}'::regclass`,
    );
    if (!index?.is_ours) return undefined;
    const isAlone = db.pool.options.max === db.pool.totalCount && db.pool.idleCount === 0;
    // With help, no more than what it may fall behind.
    await session.execute(`SET LOCAL gin_pending_list_limit = '${isAlone ? '16MB' : '256MB'}'`);
    return new WordIndex(session, isAlone ? undefined : db);
  }

  private constructor(session: ImportSession, db: Db | undefined) {
    this.#session = session;
    this.#db = db;
  }

  /** @param bytes of the file whose messages are on their way */
  written(bytes: number): void {
    if (!this.#db || this.#cleaning || bytes - this.#cleanedAt < BYTES_AT_ONCE) return;
    this.#cleanedAt = bytes;
    this.#cleaning = this.#db
      .query({ text: CLEAN })
      .catch(() => undefined)
      .then(() => {
        this.#cleaning = undefined;
      });
  }

  /** All words are in their place. */
  async finish(): Promise<void> {
    await this.#cleaning;
    await this.#session.execute(CLEAN);
  }
}
