import { decryptField, encryptField } from '../crypto/field-encryption.ts';
import type { KeyRing } from '../crypto/key-ring.ts';
import { notesRef } from '../crypto/refs.ts';
import { BinaryRows } from './binary-rows.ts';
import { copyRow } from './copy.ts';
import { DERIVED_COLUMNS, MESSAGE_COLUMNS, SAID_COLUMNS, timeOf, writeMessage } from './message-row.ts';
import { attachmentRows, invoiceIdsOf } from './records.ts';
import type { ThreadLine } from './schema.ts';
import type { ImportSession } from './session.ts';
import type { Source } from './source.ts';
import type { Tally } from './tally.ts';

const BATCH_MESSAGES = 1_000;
const BATCH_CHARACTERS = 4 << 20;

/** What the database knows of a message after the first reading. */
type Plan = {
  line: number;
  customer_id: string | null;
  customer_name: string | null;
  /** Null: not the latest of its conversation. */
  message_count: number | null;
  existed: boolean;
  links_changed: boolean | null;
  attachments_changed: boolean | null;
};

type NumberedThread = { number: number; line: ThreadLine };
type PlannedThread = { line: ThreadLine; plan: Plan };

/**
 * The second reading: writes the messages with their invoices and attachments; while PostgreSQL works on one batch the
 * next is made ready. All was checked by now.
 * @param importedAt stands for a `created_at` or `updated_at` that a new message doesn't bring
 */
export async function mergeMessages(
  session: ImportSession,
  source: Source,
  ring: KeyRing,
  tally: Tally,
  importedAt: string,
  onBytes: (bytes: number) => void,
): Promise<void> {
  if (tally.lines('thread') === 0) return;
  await removeChangedParts(session);
  await session.execute(REPLACEMENTS_TABLE);
  const plans = new Plans(session);
  const buffers = new Buffers(session);
  for await (const batch of batchesOf(source, onBytes)) {
    const threads = await plans.join(batch);
    await writeNew(
      buffers,
      ring,
      tally,
      importedAt,
      threads.filter(({ plan }) => !plan.existed),
    );
    await replaceExisting(
      session,
      buffers,
      ring,
      tally,
      threads.filter(({ plan }) => plan.existed),
    );
    writeParts(session, threads);
  }
  await session.settled();
}

/** Invoices and attachments of existing messages that the file changes; they are written anew with the message. */
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

/** Lines of type `thread` in batches that fit in memory whatever their size. */
async function* batchesOf(source: Source, onBytes: (bytes: number) => void): AsyncGenerator<NumberedThread[]> {
  let batch: NumberedThread[] = [];
  let characters = 0;
  for await (const { lines, bytesRead } of source.lines()) {
    for (const { number, text = '' } of lines) {
      // Most other lines needn't be parsed again: JSON has no other way to write the word.
      if (!/thread|\\u/.test(text)) continue;
      const line: { type: string } = JSON.parse(text);
      if (line.type !== 'thread') continue;
      batch.push({ number, line: line as ThreadLine });
      characters += text.length;
      if (batch.length < BATCH_MESSAGES && characters < BATCH_CHARACTERS) continue;
      yield batch;
      batch = [];
      characters = 0;
    }
    onBytes(bytesRead);
  }
  if (batch.length > 0) yield batch;
}

/** The plans in the order of the lines, read ahead so that nothing waits for them behind a batch. */
class Plans {
  readonly #session: ImportSession;
  #ready: Plan[] = [];
  #coming: Promise<Plan[]>;

  constructor(session: ImportSession) {
    this.#session = session;
    session
      .execute(`
        DECLARE import_plan NO SCROLL CURSOR FOR
        SELECT s.line, s.customer_id, c.name AS customer_name, l.message_count,
               e.line IS NOT NULL AS existed, e.links_changed, e.attachments_changed
        FROM import_communication_threads s
        LEFT JOIN import_latest l ON l.line = s.line
        LEFT JOIN import_existing e ON e.line = s.line
        LEFT JOIN customers c ON c.company_id = s.company_id AND c.id = s.customer_id
        ORDER BY s.line`)
      .catch(() => undefined);
    this.#coming = this.#fetch();
  }

  async join(batch: NumberedThread[]): Promise<PlannedThread[]> {
    while (this.#ready.length < batch.length) {
      const more = await this.#coming;
      if (more.length === 0) break;
      this.#ready = this.#ready.length === 0 ? more : [...this.#ready, ...more];
      this.#coming = this.#fetch();
    }
    const plans = this.#ready.splice(0, batch.length);
    return batch.map(({ number, line }, nth) => {
      const plan = plans[nth];
      if (plan?.line !== number) throw new Error('The file was changed while it was being imported.');
      return { line, plan };
    });
  }

  #fetch(): Promise<Plan[]> {
    const fetched = this.#session.query<Plan>(`FETCH ${BATCH_MESSAGES} FROM import_plan`);
    fetched.catch(() => undefined);
    return fetched;
  }
}

/** Memory for the batches, used over and over: two are on their way while a third is made. */
class Buffers {
  readonly #session: ImportSession;
  readonly #copied = new Map([0, 1, 2].map(() => [new BinaryRows(), Promise.resolve()]));

  constructor(session: ImportSession) {
    this.#session = session;
  }

  /** The one that was lent first, once its rows are copied. */
  async next(): Promise<BinaryRows> {
    const [first] = this.#copied;
    if (!first) throw new Error('All buffers are lent.');
    const [rows, copied] = first;
    this.#copied.delete(rows);
    await copied;
    rows.clear();
    return rows;
  }

  copy(into: string, rows: BinaryRows): void {
    this.#copied.set(rows, this.#session.copy(into, rows.end()));
  }
}

const NEW_COLUMNS = [...MESSAGE_COLUMNS, 'created_at', 'updated_at', 'is_latest', 'message_count'];

async function writeNew(
  buffers: Buffers,
  ring: KeyRing,
  tally: Tally,
  importedAt: string,
  threads: PlannedThread[],
): Promise<void> {
  if (threads.length === 0) return;
  const rows = await buffers.next();
  const written = new Map<string, number>();
  for (const { line, plan } of threads) {
    rows.row(NEW_COLUMNS.length);
    writeMessage(rows, line, { id: plan.customer_id, name: plan.customer_name }, encryptedNotes(ring, line));
    rows.timestamp(timeOf(line.created_at) ?? importedAt);
    rows.timestamp(timeOf(line.updated_at) ?? importedAt);
    rows.boolean(plan.message_count !== null);
    rows.integer(plan.message_count);
    const companyId = line.company_id.toLowerCase();
    written.set(companyId, (written.get(companyId) ?? 0) + 1);
  }
  tally.add(
    'thread',
    'created',
    [...written].map(([company_id, count]) => ({ company_id, rows: count })),
  );
  buffers.copy(`communication_threads (${quoted(NEW_COLUMNS)})`, rows);
}

function encryptedNotes(ring: KeyRing, line: ThreadLine): Buffer | null {
  return typeof line.notes === 'string' ? encryptField(ring, refOf(line), line.notes) : null;
}

function refOf(line: ThreadLine) {
  return notesRef(line.company_id.toLowerCase(), line.id.toLowerCase());
}

const REPLACEMENT_COLUMNS = [...MESSAGE_COLUMNS, 'created_at', 'updated_at'];
const REPLACEMENTS_TABLE = `
  CREATE TEMP TABLE import_replacements ON COMMIT DROP AS
  SELECT ${quoted(REPLACEMENT_COLUMNS)}, false AS parts_changed
  FROM communication_threads
  WITH NO DATA`;

async function replaceExisting(
  session: ImportSession,
  buffers: Buffers,
  ring: KeyRing,
  tally: Tally,
  threads: PlannedThread[],
): Promise<void> {
  if (threads.length === 0) return;
  const storedNotes = await findStoredNotes(session, threads);
  const rows = await buffers.next();
  for (const { line, plan } of threads) {
    rows.row(REPLACEMENT_COLUMNS.length + 1);
    const notes = notesFor(ring, line, storedNotes);
    writeMessage(rows, line, { id: plan.customer_id, name: plan.customer_name }, notes);
    rows.timestamp(timeOf(line.created_at));
    rows.timestamp(timeOf(line.updated_at));
    rows.boolean(plan.links_changed || plan.attachments_changed);
  }
  buffers.copy(`import_replacements (${quoted([...REPLACEMENT_COLUMNS, 'parts_changed'])})`, rows);
  // Not waited for, so that the next batch is made meanwhile; a failure shows in whatever comes next.
  void session
    .query<{ company_id: string; rows: number }>(REPLACE)
    .then((replaced) => tally.add('thread', 'replaced', replaced))
    .catch(() => undefined);
  void session.execute('TRUNCATE import_replacements');
}

async function findStoredNotes(session: ImportSession, threads: PlannedThread[]): Promise<Map<string, Buffer>> {
  const withNotes = threads.filter(({ line }) => typeof line.notes === 'string').map(({ line }) => line);
  if (withNotes.length === 0) return new Map();
  const rows = await session.query<{ company_id: string; id: string; notes: Buffer }>({
    text: `
      SELECT d.company_id, d.id, d.notes
      FROM unnest($1::uuid[], $2::uuid[]) AS s(company_id, id)
      JOIN communication_threads d ON d.company_id = s.company_id AND d.id = s.id
      WHERE d.notes IS NOT NULL`,
    values: [withNotes.map((line) => line.company_id), withNotes.map((line) => line.id)],
  });
  return new Map(rows.map((row) => [`${row.company_id}/${row.id}`, row.notes]));
}

/** The stored ciphertext when it holds the same text: two of one text differ. */
function notesFor(ring: KeyRing, line: ThreadLine, storedNotes: Map<string, Buffer>): Buffer | null {
  const stored = storedNotes.get(`${line.company_id}/${line.id}`.toLowerCase());
  if (stored && decryptField(ring, refOf(line), stored) === line.notes) return stored;
  return encryptedNotes(ring, line);
}

const REPLACE = `
  WITH written AS (
    UPDATE communication_threads d
    SET ${[...SAID_COLUMNS, ...DERIVED_COLUMNS].map((name) => `"${name}" = s."${name}"`).join(', ')},
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

/** Invoices and attachments of new messages, and of those where they changed. */
function writeParts(session: ImportSession, threads: PlannedThread[]): void {
  let links = '';
  let attachments = '';
  for (const { line, plan } of threads) {
    if (line.invoice_ids && (!plan.existed || plan.links_changed)) {
      const thread = [line.company_id.toLowerCase(), line.id.toLowerCase()];
      for (const [position, invoiceId] of invoiceIdsOf(line).entries()) {
        links += copyRow([...thread, invoiceId, String(position)]);
      }
    }
    if (line.attachments && (!plan.existed || plan.attachments_changed)) {
      for (const cells of attachmentRows(line)) attachments += copyRow(cells);
    }
  }
  if (links !== '') {
    void session.copy('communication_thread_invoices (company_id, thread_id, invoice_id, position)', links);
  }
  if (attachments !== '') void session.copy(`attachments (${ATTACHMENT_COLUMNS})`, attachments);
}

const ATTACHMENT_COLUMNS =
  'company_id, id, thread_id, position, filename, content_type, size_bytes, is_inline, provider_id';

function quoted(columns: readonly string[], alias = ''): string {
  return columns.map((name) => `${alias}"${name}"`).join(', ');
}
