import { decryptField } from '../../crypto/field-encryption.ts';
import { noteContentRef } from '../../crypto/field-refs.ts';
import type { KeyRing } from '../../crypto/key-ring.ts';
import type { threadNotes } from '../../db/schema.ts';
import type { StoredRow } from '../../db/table-columns.ts';
import type { Cursor } from './records.ts';

const BATCH_SIZE = 1_000;

type NoteRow = Omit<StoredRow<typeof threadNotes>, 'company_id' | 'changed_in'>;

export async function* noteLines(cursor: Cursor, ring: KeyRing, companyId: string): AsyncGenerator<object> {
  let after: NoteRow | undefined;
  do {
    const rows: NoteRow[] = await cursor<NoteRow>({
      name: after ? 'export_notes_after' : 'export_notes',
      text: `
        SELECT id, thread_id, author_id, content, created_at, updated_at
        FROM thread_notes
        WHERE company_id = $1 ${after ? 'AND (created_at, id) > ($2, $3)' : ''}
        ORDER BY created_at, id
        LIMIT ${BATCH_SIZE}`,
      values: after ? [companyId, after.created_at, after.id] : [companyId],
    });
    for (const { id, content, thread_id, author_id, created_at, updated_at } of rows) {
      const text = decryptField(ring, noteContentRef(companyId, id), content);
      const fields = { thread_id, author_id, content: text, created_at, updated_at };
      yield { type: 'thread_note', id, company_id: companyId, ...fields };
    }
    after = rows.length < BATCH_SIZE ? undefined : rows.at(-1);
  } while (after);
}
