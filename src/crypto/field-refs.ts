import type { FieldRef } from './field-encryption.ts';

/** The places of encrypted texts. Reading and writing must name the same place, or the text doesn't decrypt. */

/** `communication_threads.notes` of a manual log. */
export function notesRef(companyId: string, threadId: string): FieldRef {
  return { table: 'communication_threads', column: 'notes', companyId, rowId: threadId };
}

/** `thread_notes.content`. */
export function noteContentRef(companyId: string, noteId: string): FieldRef {
  return { table: 'thread_notes', column: 'content', companyId, rowId: noteId };
}

/** What is given to clients: the position from which a list is followed. It is in no table. */
export function watermarkRef(companyId: string): FieldRef {
  return { table: 'watermarks', column: 'transaction', companyId, rowId: '' };
}

/** The row's key is text, so user and key stand for the row id in what is authenticated. */
export function responseRef(companyId: string, userId: string, key: string): FieldRef {
  return { table: 'idempotency_keys', column: 'response', companyId, rowId: `${userId}/${key}` };
}

/** `webhook_endpoints.secrets`. */
export function webhookSecretsRef(companyId: string, endpointId: string): FieldRef {
  return { table: 'webhook_endpoints', column: 'secrets', companyId, rowId: endpointId };
}
