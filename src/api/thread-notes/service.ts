import { lockCompanyShared } from '../../conversations/append.ts';
import { decryptField, encryptField } from '../../crypto/field-encryption.ts';
import { noteContentRef } from '../../crypto/field-refs.ts';
import type { KeyRing } from '../../crypto/key-ring.ts';
import type { Connection, Db } from '../../db/client.ts';
import type { threadNotes } from '../../db/schema.ts';
import { settleAll } from '../../db/settle-all.ts';
import type { Statement } from '../../db/statement.ts';
import type { StoredRow } from '../../db/table-columns.ts';
import type { Tx } from '../../db/transaction.ts';
import { type FieldErrors, invalid } from '../../domain/errors.ts';
import { newId, UUID_PATTERN } from '../../domain/ids.ts';
import { lowerCase } from '../../domain/normalize-text.ts';
import {
  encodeCursor,
  type List,
  type ListIdentity,
  listOf,
  type Position,
  pagingErrors,
  readPaging,
} from '../../http/lists/pagination.ts';
import {
  renamedUsers,
  startIncrementalSync,
  updatedAfterErrors,
  withWatermark,
} from '../../http/lists/updated-after.ts';
import { type Actor, recordAudit } from '../../journal/audit.ts';
import { countThreadNotes, recordChange } from '../../journal/counters.ts';
import type { NewThreadNote, ThreadNote, ThreadNotesQuery } from './schema.ts';

/** The user who creates a note: the actor of the audit trail, with the name and email address that the note shows. */
export type Author = Actor & { userId: string; name: string; email: string };

export type NoteRow = Omit<StoredRow<typeof threadNotes>, 'company_id' | 'changed_in'> &
  Record<'thread_group_id' | 'author_name' | 'author_username' | 'author_email', string>;

/** The columns of `NoteRow`, of the tables `thread_notes n`, `communication_threads t` and `users u`. */
export const NOTE_COLUMNS = `
  n.id, n.thread_id, t.thread_group_id, n.content, n.author_id, u.name AS author_name, u.username AS author_username,
  u.email AS author_email, n.created_at, GREATEST(n.updated_at, u.renamed_at) AS updated_at`;

type NoteFilter = Pick<ThreadNotesQuery, 'thread_id' | 'author_id'> & {
  /** The transaction id from which on changes are included. */
  since?: bigint;
  /** Notes of users who were renamed since have changed too. */
  hasRenamedUsers?: boolean;
};

/** Errors between parameters that are valid one by one. */
export function queryErrors(query: ThreadNotesQuery): FieldErrors {
  return { ...pagingErrors(query), ...updatedAfterErrors(query) };
}

/** A page of notes, newest first. */
export async function listThreadNotes(
  ring: KeyRing,
  connection: Connection,
  companyId: string,
  query: ThreadNotesQuery,
): Promise<List<ThreadNote>> {
  const identity: ListIdentity = [
    companyId,
    'thread-notes',
    lowerCase(query.thread_id ?? '') || null,
    lowerCase(query.author_id ?? '') || null,
    query.updated_after ?? null,
  ];
  const paging = readPaging(query, identity, ring);
  const sync =
    query.updated_after === undefined
      ? undefined
      : await startIncrementalSync(ring, connection, companyId, query.updated_after);
  const { since, hasRenamedUsers = false } = sync ?? {};
  const filter = { ...query, ...(since === undefined ? {} : { since, hasRenamedUsers }) };
  const [rows, counted] = await Promise.all([
    connection.query<NoteRow>(notesStatement(companyId, filter, paging.fetchLimit, paging.after, paging.offset)),
    paging.after ? undefined : connection.query<{ count: number }>(countStatement(companyId, filter)),
  ]);
  const notes = rows.slice(0, paging.pageSize + 1).map((row) => toThreadNote(row, companyId, ring));
  const list = listOf(notes, counted?.[0]?.count, paging, (last) =>
    encodeCursor(ring, identity, { time: last.created_at, id: last.id }),
  );
  return withWatermark(list, sync, paging);
}

const BATCH_ROWS = 501;
/** Bounds the memory of a stream, because notes may be long and many streams with slow clients may be open at once. */
const BATCH_BYTES = 256 * 1024;

/**
 * Every note, newest first, in batches. Each batch is one query whose connection is released at once, so that a stream
 * needs little memory and a slow client occupies no connection. Only the first batch has the request's query deadline,
 * because the client determines how long the others take.
 */
export async function* streamThreadNotes(
  ring: KeyRing,
  db: Db,
  companyId: string,
  filter: NoteFilter,
): AsyncGenerator<ThreadNote[]> {
  let after: Position | undefined;
  for (let batchDb = db; ; batchDb = db.for({ endsAt: Number.POSITIVE_INFINITY })) {
    const rows = await batchDb.query<NoteRow>(notesStatement(companyId, filter, BATCH_ROWS, after, 0, BATCH_BYTES));
    const bytes = rows.reduce((sum, { content }) => sum + content.length, 0);
    const last = rows.at(-1);
    if (rows.length > 0) yield rows.map((row) => toThreadNote(row, companyId, ring));
    if (!last || (rows.length < BATCH_ROWS && bytes < BATCH_BYTES)) return;
    after = { time: last.created_at, id: last.id };
  }
}

/** @param maxBytes of content; the first note that exceeds the sum is the last row */
function notesStatement(
  companyId: string,
  filter: NoteFilter,
  limit: number,
  after: Position | undefined,
  offset: number,
  maxBytes?: number,
): Statement {
  const { clauses, values } = conditionsOf(companyId, filter);
  if (after)
    clauses.push(`(n.created_at, n.id) < ($${values.push(after.time)}::timestamptz, $${values.push(after.id)}::uuid)`);
  const page = `
            SELECT *
            FROM thread_notes n
            WHERE ${clauses.join('\n              AND ')}
            ORDER BY n.created_at DESC, n.id DESC
            LIMIT ${limit} OFFSET ${offset}`;
  const measured = `
            SELECT n.*, sum(octet_length(n.content)) OVER (ORDER BY n.created_at DESC, n.id DESC) - octet_length(n.content) AS bytes_before
            FROM (${page}) n`;
  return {
    text: `
      SELECT ${NOTE_COLUMNS}
      FROM (${maxBytes === undefined ? page : measured}) n
      JOIN communication_threads t ON t.company_id = $1 AND t.id = n.thread_id
      JOIN users u ON u.id = n.author_id
      ${maxBytes === undefined ? '' : `WHERE n.bytes_before < ${maxBytes}`}
      ORDER BY n.created_at DESC, n.id DESC`,
    values,
  };
}

function countStatement(companyId: string, filter: NoteFilter): Statement {
  if (filter.thread_id === undefined && filter.author_id === undefined && filter.since === undefined)
    return countThreadNotes(companyId);
  const { clauses, values } = conditionsOf(companyId, filter);
  return { text: `SELECT count(*) AS count FROM thread_notes n WHERE ${clauses.join(' AND ')}`, values };
}

function conditionsOf(companyId: string, filter: NoteFilter): { clauses: string[]; values: unknown[] } {
  const values: unknown[] = [companyId];
  const clauses = ['n.company_id = $1'];
  if (filter.author_id) clauses.push(`n.author_id = $${values.push(filter.author_id)}`);
  if (filter.since !== undefined) {
    const since = `$${values.push(filter.since.toString())}::xid8`;
    const isOfRenamed = `n.author_id IN (${renamedUsers(since)})`;
    clauses.push(filter.hasRenamedUsers ? `(n.changed_in >= ${since} OR ${isOfRenamed})` : `n.changed_in >= ${since}`);
  }
  if (filter.thread_id) clauses.push(inGroupOf(values.push(filter.thread_id)));
  return { clauses, values };
}

/**
 * Notes on any message of the thread's group, because a conversation is shown under the id of its latest message, which
 * changes.
 */
function inGroupOf(parameter: number): string {
  return `n.thread_id IN (
                SELECT g.id
                FROM communication_threads g
                WHERE g.company_id = $1
                  AND g.thread_group_id = (SELECT a.thread_group_id FROM communication_threads a WHERE a.company_id = $1 AND a.id = $${parameter}))`;
}

type NotedThread = { id: string; thread_group_id: string };

const NO_SUCH_THREAD = { thread_id: ['No such thread in this company.'] };

function threadStatement(companyId: string, threadId: string): Statement {
  return {
    name: 'find_noted_thread',
    text: 'SELECT id, thread_group_id FROM communication_threads WHERE company_id = $1 AND id = $2',
    values: [companyId, threadId],
  };
}

/** The reference errors of a note whose form is invalid, so that the response names all errors at once. */
export async function findReferenceErrors(
  connection: Connection,
  companyId: string,
  { thread_id: threadId }: Record<string, unknown>,
): Promise<FieldErrors> {
  if (typeof threadId !== 'string' || !UUID_PATTERN.test(threadId)) return {};
  const found = await connection.query(threadStatement(companyId, threadId));
  return found.length > 0 ? {} : NO_SUCH_THREAD;
}

/**
 * @param authorized the author, whose authorisation may be pending in the same pipelined batch; its refusal takes
 *   precedence over all other errors
 * @throws invalid when the company has no such thread, unavailable during an import
 */
export async function createThreadNote(
  tx: Tx,
  ring: KeyRing,
  companyId: string,
  authorized: Promise<Author>,
  note: NewThreadNote,
): Promise<ThreadNote> {
  const [author, , [thread]] = await settleAll(
    authorized,
    lockCompanyShared(tx, companyId),
    tx.query<NotedThread>(threadStatement(companyId, note.thread_id)),
  );
  if (!thread) throw invalid(NO_SUCH_THREAD);

  const now = new Date().toISOString();
  const created: ThreadNote = {
    id: newId(),
    company_id: companyId,
    thread_id: thread.id,
    thread_group_id: thread.thread_group_id,
    content: note.content,
    author: { id: author.userId, name: author.name, email: author.email },
    created_at: now,
    updated_at: now,
  };
  insertNote(tx, ring, companyId, created, author);
  return created;
}

function insertNote(tx: Tx, ring: KeyRing, companyId: string, note: ThreadNote, author: Author): void {
  const content = encryptField(ring, noteContentRef(companyId, note.id), note.content);
  tx.send({
    name: 'insert_thread_note',
    text: `
      INSERT INTO thread_notes (company_id, id, thread_id, author_id, content, created_at, updated_at)
      VALUES ($1, $2, $3, $4, $5, $6, $6)`,
    values: [companyId, note.id, note.thread_id, author.userId, content, note.created_at],
  });
  recordChange(tx, companyId, 1);
  const details = { thread_id: note.thread_id };
  recordAudit(tx, companyId, author, { action: 'note.created', subjectId: note.id, details });
}

export function toThreadNote(row: NoteRow, companyId: string, ring: KeyRing): ThreadNote {
  return {
    id: row.id,
    company_id: companyId,
    thread_id: row.thread_id,
    thread_group_id: row.thread_group_id,
    content: decryptField(ring, noteContentRef(companyId, row.id), row.content),
    author: { id: row.author_id, name: row.author_name || row.author_username, email: row.author_email },
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}
