import type { KeyRing } from '../../crypto/key-ring.ts';
import { ATTACHMENT_COLUMNS } from './attachments.ts';
import { CREATED_BY_DAY } from './counters.ts';
import { encodePiece, type Plan } from './encode-messages.ts';
import { LINK_COLUMNS } from './invoice-links.ts';
import { DERIVED_COLUMNS, NEW_COLUMNS, REPLACEMENT_COLUMNS, SAID_COLUMNS, WORDS_COLUMNS } from './message-row.ts';
import type { ImportSession } from './session.ts';
import type { ImportFile, Piece } from './source.ts';
import type { Tally } from './tally.ts';

/**
 * The second reading: writes the messages with their invoices and attachments. While PostgreSQL works on one piece the
 * next is encoded. All lines were checked before.
 * @param importedAt stands for a `created_at` or `updated_at` that a new message doesn't bring
 */
export async function mergeMessages(
  session: ImportSession,
  source: ImportFile,
  ring: KeyRing,
  tally: Tally,
  importedAt: string,
  onBytes: (bytes: number) => void,
): Promise<void> {
  if (tally.lines('thread') === 0) return;
  await removeChangedParts(session);
  await session.execute(REPLACEMENTS_TABLE);
  await session.execute(REPLACED_WORDS_TABLE);
  for await (const { piece, plans } of new Plans(session).join(source.pieces())) {
    const { created, createdWords, createdByCell, createdByDay, replacements, replacedWords, links, attachments } =
      encodePiece(piece, plans, importedAt, ring);
    await session.takesMore();
    if (created) void session.copy(`communication_threads (${quoted(NEW_COLUMNS)})`, created);
    if (createdWords) void session.copy(WORDS, createdWords);
    tally.add('thread', 'created', createdByCell);
    for (const counted of createdByCell) tally.cells.add(counted);
    if (createdByDay) void session.copy(CREATED_BY_DAY, createdByDay);
    if (replacements) replaceExisting(session, tally, replacements, replacedWords);
    if (links) void session.copy(`communication_thread_invoices (${quoted(LINK_COLUMNS)})`, links);
    if (attachments) void session.copy(`attachments (${quoted(ATTACHMENT_COLUMNS)})`, attachments);
    onBytes(piece.bytesRead);
  }
  await session.settled();
}

/** Invoices and attachments of existing messages that the file changes; they are written again with the message. */
async function removeChangedParts(session: ImportSession): Promise<void> {
  for (const [table, flag] of [
    ['communication_thread_invoices', 'links_changed'],
    ['attachments', 'attachments_changed'],
  ]) {
    await session.execute(`
      DELETE FROM ${table} d
      USING import_existing e
      WHERE e.${flag} AND d.company_id = e.company_id AND d.thread_id = e.id`);
  }
}

/** As many are fetched at once, and as many kept in reserve, so that no request waits for one behind rows in flight. */
const PLANS_AT_ONCE = 4_000;

/** The plans in the order of the lines. */
class Plans {
  readonly #session: ImportSession;
  #ready: Plan[] = [];
  #coming: Promise<Plan[]>;

  constructor(session: ImportSession) {
    this.#session = session;
    session
      .execute(`
        DECLARE import_plan NO SCROLL CURSOR FOR
        SELECT s.line, s.customer_id, l.message_count,
               l.line IS NOT NULL OR (g.thread_group_id IS NULL AND COALESCE(d.is_latest, false)) AS is_latest,
               e.line IS NOT NULL AS existed, e.links_changed, e.attachments_changed, e.traces_changed,
               d.notes AS stored_notes
        FROM import_communication_threads s
        LEFT JOIN import_latest l ON l.line = s.line
        LEFT JOIN import_existing e ON e.line = s.line
        LEFT JOIN import_groups g
          ON e.line IS NOT NULL AND g.company_id = s.company_id AND g.thread_group_id = s.thread_group_id
        LEFT JOIN communication_threads d ON d.company_id = e.company_id AND d.id = e.id
        ORDER BY s.line`)
      .catch(() => undefined);
    this.#coming = this.#fetch();
  }

  async *join(pieces: AsyncIterable<Piece>): AsyncGenerator<{ piece: Piece; plans: Plan[] }> {
    for await (const piece of pieces) yield { piece, plans: await this.#upTo(piece.firstLine + piece.lineCount) };
  }

  async #upTo(line: number): Promise<Plan[]> {
    while ((this.#ready.at(-1)?.line ?? 0) < line) {
      const more = await this.#coming;
      if (more.length === 0) break;
      this.#ready = this.#ready.concat(more);
      this.#coming = this.#fetch();
    }
    const end = this.#ready.findIndex((plan) => plan.line >= line);
    return this.#ready.splice(0, end === -1 ? this.#ready.length : end);
  }

  #fetch(): Promise<Plan[]> {
    const fetched = this.#session.query<Plan>(`FETCH ${PLANS_AT_ONCE} FROM import_plan`);
    fetched.catch(() => undefined);
    return fetched;
  }
}

const REPLACED_COLUMNS = [...SAID_COLUMNS, ...DERIVED_COLUMNS];
const REPLACEMENTS_TABLE = `
  CREATE TEMP TABLE import_replacements ON COMMIT DROP AS
  SELECT company_id, id, ${quoted(REPLACED_COLUMNS)}, created_at, updated_at, false AS parts_changed
  FROM communication_threads
  WITH NO DATA`;

const WORDS = `communication_thread_words (${quoted(WORDS_COLUMNS)})`;
const REPLACED_WORDS_TABLE = `
  CREATE TEMP TABLE import_replaced_words (company_id uuid, thread_id uuid, words tsvector, "timestamp" timestamptz)
  ON COMMIT DROP`;
const REPLACE_WORDS = `
  INSERT INTO ${WORDS}
  SELECT ${quoted(WORDS_COLUMNS)} FROM import_replaced_words
  ON CONFLICT (company_id, thread_id) DO UPDATE SET words = excluded.words, "timestamp" = excluded."timestamp"
  WHERE (communication_thread_words.words, communication_thread_words."timestamp")
        IS DISTINCT FROM (excluded.words, excluded."timestamp")`;

type Rows = Uint8Array<ArrayBuffer>;

/** Not waited for; a failure shows in whatever comes next. */
function replaceExisting(session: ImportSession, tally: Tally, rows: Rows, words: Rows | null): void {
  void session.copy(`import_replacements (${quoted(REPLACEMENT_COLUMNS)})`, rows);
  void session
    .query<{ company_id: string; rows: number }>(REPLACE)
    .then((replaced) => tally.add('thread', 'replaced', replaced))
    .catch(() => undefined);
  if (words) {
    void session.copy(`import_replaced_words (${quoted(WORDS_COLUMNS)})`, words);
    void session.execute(REPLACE_WORDS);
  }
  void session.execute('TRUNCATE import_replacements, import_replaced_words');
}

const REPLACE = `
  WITH written AS (
    UPDATE communication_threads d
    SET ${REPLACED_COLUMNS.map((name) => `"${name}" = s."${name}"`).join(', ')},
        created_at = COALESCE(s.created_at, d.created_at),
        updated_at = COALESCE(s.updated_at, now())
    FROM import_replacements s
    WHERE d.company_id = s.company_id AND d.id = s.id
      AND (s.parts_changed
           OR (${quoted(SAID_COLUMNS, 'd.')}) IS DISTINCT FROM (${quoted(SAID_COLUMNS, 's.')})
           OR s.created_at <> d.created_at
           OR s.updated_at <> d.updated_at)
    RETURNING d.company_id
  )
  SELECT company_id, count(*) AS rows FROM written GROUP BY company_id`;

function quoted(columns: readonly string[], alias = ''): string {
  return columns.map((name) => `${alias}"${name}"`).join(', ');
}
