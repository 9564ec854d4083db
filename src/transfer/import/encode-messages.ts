import { decryptField, encryptField } from '../../crypto/field-encryption.ts';
import { notesRef } from '../../crypto/field-refs.ts';
import type { KeyRing } from '../../crypto/key-ring.ts';
import { cellNumber } from '../../db/count-cell.ts';
import { lowerCase } from '../../domain/normalize-text.ts';
import type { ThreadLine } from '../line-schema.ts';
import { writeAttachments } from './attachments.ts';
import { CellCounts, type CountedCell, DayCounts } from './cell-counts.ts';
import { timeOf } from './column-encoders.ts';
import { BinaryRows } from './copy-format.ts';
import { writeLinks } from './invoice-links.ts';
import { kindOf, writeNewMessage, writeReplacement } from './message-row.ts';
import { linesOf } from './read-lines.ts';
import type { Piece } from './source.ts';

/** What the database knows of a message after the first reading. */
export type Plan = {
  line: number;
  customer_id: string | null;
  /** Null: not the latest of its conversation. */
  message_count: number | null;
  existed: boolean;
  /** It will be, or stays, the latest message of its conversation. */
  is_latest: boolean;
  links_changed: boolean | null;
  attachments_changed: boolean | null;
  traces_changed: boolean | null;
  /** Ciphertext, of an existing message. */
  stored_notes: Uint8Array | null;
};

/** Memory for rows, used over and over: what leaves is a copy. */
const rows = {
  /** Of `NEW_COLUMNS`. */
  created: new BinaryRows(),
  /** Of `WORDS_COLUMNS`. */
  createdWords: new BinaryRows(),
  createdByDay: new BinaryRows(),
  /** Of `REPLACEMENT_COLUMNS`. */
  replacements: new BinaryRows(),
  /** Of `WORDS_COLUMNS`. */
  replacedWords: new BinaryRows(),
  links: new BinaryRows(),
  attachments: new BinaryRows(),
};

type EncodedRows = Record<keyof typeof rows, Uint8Array<ArrayBuffer> | null>;

/** Rows of `BinaryRows`; null where there are none. */
export type EncodedPiece = EncodedRows & { createdByCell: CountedCell[] };

/**
 * The messages of a piece that was checked before.
 * @param importedAt stands for a `created_at` or `updated_at` that a new message doesn't bring
 * @throws Error when the lines aren't those that the plans were made for
 */
export function encodePiece(piece: Piece, plans: readonly Plan[], importedAt: string, ring: KeyRing): EncodedPiece {
  for (const each of Object.values(rows)) each.clear();
  const counts = { cells: new CellCounts(), days: new DayCounts() };
  let nth = 0;
  for (const { number, line } of threadsOf(piece)) {
    const plan = plans[nth];
    if (plan?.line !== number) throw new Error('The file was changed while it was being imported.');
    nth += 1;
    if (plan.existed) addReplacement(line, plan, ring);
    else addNew(line, plan, importedAt, ring, counts);
    addParts(line, plan);
  }
  counts.days.write(rows.createdByDay);
  const encoded = Object.entries(rows).map(([name, each]) => [name, each.count > 0 ? each.copy() : null]);
  return { ...(Object.fromEntries(encoded) as EncodedRows), createdByCell: counts.cells.all() };
}

function* threadsOf(piece: Piece): Generator<{ number: number; line: ThreadLine }> {
  for (const { number, text = '' } of linesOf(piece)) {
    // Most other lines needn't be parsed again: JSON has no other way to write the word.
    if (!/thread|\\u/.test(text)) continue;
    const line: { type: string } = JSON.parse(text);
    if (line.type === 'thread') yield { number, line: line as ThreadLine };
  }
}

function addNew(
  line: ThreadLine,
  plan: Plan,
  importedAt: string,
  ring: KeyRing,
  counts: { cells: CellCounts; days: DayCounts },
): void {
  const kind = kindOf(line, plan.is_latest);
  writeNewMessage(rows.created, rows.createdWords, {
    line,
    kind,
    customerId: plan.customer_id,
    messageCount: plan.message_count,
    notes: encryptedNotes(ring, line),
    importedAt,
    partsChanged: false,
  });
  const cell = cellNumber(kind);
  const companyId = lowerCase(line.company_id);
  counts.cells.add({ company_id: companyId, cell, rows: 1 });
  counts.days.add(companyId, timeOf(line.timestamp) ?? '', cell);
}

function addReplacement(line: ThreadLine, plan: Plan, ring: KeyRing): void {
  writeReplacement(rows.replacements, rows.replacedWords, {
    line,
    kind: kindOf(line, plan.is_latest),
    customerId: plan.customer_id,
    messageCount: null,
    notes: notesFor(ring, line, plan.stored_notes),
    importedAt: null,
    partsChanged: Boolean(plan.links_changed || plan.attachments_changed || plan.traces_changed),
  });
}

/** The stored ciphertext when it holds the same text: two of one text differ. */
function notesFor(ring: KeyRing, line: ThreadLine, stored: Uint8Array | null): Buffer | null {
  if (typeof line.notes !== 'string' || !stored) return encryptedNotes(ring, line);
  const bytes = Buffer.from(stored);
  return decryptField(ring, refOf(line), bytes) === line.notes ? bytes : encryptedNotes(ring, line);
}

function encryptedNotes(ring: KeyRing, line: ThreadLine): Buffer | null {
  return typeof line.notes === 'string' ? encryptField(ring, refOf(line), line.notes) : null;
}

function refOf(line: ThreadLine) {
  return notesRef(lowerCase(line.company_id), lowerCase(line.id));
}

/** Invoices and attachments of new messages, and of those where they changed. */
function addParts(line: ThreadLine, plan: Plan): void {
  if (!plan.existed || plan.links_changed) writeLinks(rows.links, line);
  if (!plan.existed || plan.attachments_changed) writeAttachments(rows.attachments, line);
}
