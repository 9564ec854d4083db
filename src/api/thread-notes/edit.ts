import { lockCompanyShared } from '../../conversations/append.ts';
import { DecryptionError, decryptField, encryptField } from '../../crypto/field-encryption.ts';
import { noteContentRef } from '../../crypto/field-refs.ts';
import type { KeyRing } from '../../crypto/key-ring.ts';
import type { Connection } from '../../db/client.ts';
import { settleAll } from '../../db/settle-all.ts';
import type { Tx } from '../../db/transaction.ts';
import { notFound, permissionDenied } from '../../domain/errors.ts';
import type { Role } from '../../domain/vocabulary.ts';
import { type Actor, recordAudit } from '../../journal/audit.ts';
import { recordChange } from '../../journal/counters.ts';
import type { ThreadNote, ThreadNoteChange } from './schema.ts';
import { NOTE_COLUMNS, type NoteRow, toThreadNote } from './service.ts';

/** Reads, changes and deletes one note. */

/** The user who changes a note; only its author and admins may. */
export type Editor = Actor & { userId: string; role: Role | undefined };

/** Called with the locked note; throws to refuse the change. */
type Precondition = (current: ThreadNote) => void;

const NOTE = `
  SELECT ${NOTE_COLUMNS}
  FROM thread_notes n
  JOIN communication_threads t ON t.company_id = n.company_id AND t.id = n.thread_id
  JOIN users u ON u.id = n.author_id
  WHERE n.company_id = $1 AND n.id = $2`;

/** @throws notFound */
export async function getThreadNote(
  ring: KeyRing,
  connection: Connection,
  companyId: string,
  noteId: string,
): Promise<ThreadNote> {
  const [row] = await connection.query<NoteRow>({ name: 'get_thread_note', text: NOTE, values: [companyId, noteId] });
  if (!row) throw notFound();
  return toThreadNote(row, companyId, ring);
}

/**
 * Changes the content of a note. Without an effective change nothing is written.
 * @throws notFound, permissionDenied for users other than the author and admins, unavailable during an import
 */
export async function updateThreadNote(
  tx: Tx,
  ring: KeyRing,
  companyId: string,
  noteId: string,
  editor: Editor,
  { content }: ThreadNoteChange,
  checkPrecondition?: Precondition,
): Promise<ThreadNote> {
  const note = await lockNote(tx, companyId, noteId, editor);
  checkPrecondition?.(toThreadNote(note, companyId, ring));
  if (content === undefined || isContentOf(note, companyId, ring, content)) return toThreadNote(note, companyId, ring);
  const changed: NoteRow = {
    ...note,
    content: encryptField(ring, noteContentRef(companyId, noteId), content),
    updated_at: new Date().toISOString(),
  };
  tx.send({
    name: 'update_thread_note',
    text: `
      UPDATE thread_notes
      SET content = $3, updated_at = $4
      WHERE company_id = $1 AND id = $2`,
    values: [companyId, noteId, changed.content, changed.updated_at],
  });
  recordChange(tx, companyId);
  recordNoteAudit(tx, companyId, editor, 'note.updated', note);
  return toThreadNote(changed, companyId, ring);
}

/**
 * Deletes a note. Its content is decrypted only for a precondition, so that a note that doesn't decrypt can be deleted.
 * @throws notFound, permissionDenied for users other than the author and admins, unavailable during an import
 */
export async function deleteThreadNote(
  tx: Tx,
  ring: KeyRing,
  companyId: string,
  noteId: string,
  editor: Editor,
  checkPrecondition?: Precondition,
): Promise<void> {
  const note = await lockNote(tx, companyId, noteId, editor);
  checkPrecondition?.(toThreadNote(note, companyId, ring));
  tx.send({
    name: 'delete_thread_note',
    text: 'DELETE FROM thread_notes WHERE company_id = $1 AND id = $2',
    values: [companyId, noteId],
  });
  recordChange(tx, companyId, -1);
  recordNoteAudit(tx, companyId, editor, 'note.deleted', note);
}

async function lockNote(tx: Tx, companyId: string, noteId: string, editor: Editor): Promise<NoteRow> {
  const [, [row]] = await settleAll(
    lockCompanyShared(tx, companyId),
    tx.query<NoteRow>({ name: 'lock_thread_note', text: `${NOTE} FOR UPDATE OF n`, values: [companyId, noteId] }),
  );
  if (!row) throw notFound();
  if (row.author_id !== editor.userId && editor.role !== 'admin')
    throw permissionDenied('Only its author or an admin may change a note.');
  return row;
}

/** False for a note that doesn't decrypt, so that it can be overwritten. */
function isContentOf(note: NoteRow, companyId: string, ring: KeyRing, content: string): boolean {
  try {
    return decryptField(ring, noteContentRef(companyId, note.id), note.content) === content;
  } catch (error) {
    if (error instanceof DecryptionError) return false;
    throw error;
  }
}

function recordNoteAudit(tx: Tx, companyId: string, actor: Actor, action: string, note: NoteRow): void {
  recordAudit(tx, companyId, actor, { action, subjectId: note.id, details: { thread_id: note.thread_id } });
}
