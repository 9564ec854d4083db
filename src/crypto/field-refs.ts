import type { FieldRef } from './field-encryption.ts';

/** The locations of encrypted texts. Decryption has to use the same location as encryption, or it fails. */

/** `communication_threads.notes` of a manual log. */
export function notesRef(companyId: string, threadId: string): FieldRef {
  return { table: 'communication_threads', column: 'notes', companyId, rowId: threadId };
}

/** `thread_notes.content`. */
export function noteContentRef(companyId: string, noteId: string): FieldRef {
  return { table: 'thread_notes', column: 'content', companyId, rowId: noteId };
}

/** The watermark of an incremental sync, which clients receive encrypted. It is stored in no table. */
export function watermarkRef(companyId: string): FieldRef {
  return { table: 'watermarks', column: 'transaction', companyId, rowId: '' };
}

/** `idempotency_keys.response`. The table's key has no UUID, so the user and the key together are the row id. */
export function responseRef(companyId: string, userId: string, key: string): FieldRef {
  return { table: 'idempotency_keys', column: 'response', companyId, rowId: `${userId}/${key}` };
}

/** `webhook_endpoints.secrets`. */
export function webhookSecretsRef(companyId: string, endpointId: string): FieldRef {
  return { table: 'webhook_endpoints', column: 'secrets', companyId, rowId: endpointId };
}
