import type { FieldRef } from './field-encryption.ts';

/** The two encrypted columns' places: whoever reads or writes one names it through here, or nothing opens. */

/** `communication_threads.notes` of a manual log. */
export function notesRef(companyId: string, threadId: string): FieldRef {
  return { table: 'communication_threads', column: 'notes', companyId, rowId: threadId };
}

/** `thread_notes.content`. */
export function noteContentRef(companyId: string, noteId: string): FieldRef {
  return { table: 'thread_notes', column: 'content', companyId, rowId: noteId };
}

/** The row's key is text, so user and key stand for the row id in what is authenticated. */
export function responseRef(companyId: string, userId: string, key: string): FieldRef {
  return { table: 'idempotency_keys', column: 'response', companyId, rowId: `${userId}/${key}` };
}
