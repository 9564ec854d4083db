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

/** Rows of `BinaryRows`; null where there are none. */
export type EncodedPiece = {
  /** Of `NEW_COLUMNS`. */
  created: Uint8Array<ArrayBuffer> | null;
  /** Of `WORDS_COLUMNS`. */
  createdWords: Uint8Array<ArrayBuffer> | null;
  createdByCell: CountedCell[];
  createdByDay: Uint8Array<ArrayBuffer> | null;
  /** Of `REPLACEMENT_COLUMNS`. */
  replacements: Uint8Array<ArrayBuffer> | null;
  /** Of `WORDS_COLUMNS`. */
  replacedWords: Uint8Array<ArrayBuffer> | null;
  links: Uint8Array<ArrayBuffer> | null;
  attachments: Uint8Array<ArrayBuffer> | null;
};

/** Memory for rows, used over and over: what leaves is a copy. */
const created = new BinaryRows();
const createdWords = new BinaryRows();
const createdByDay = new BinaryRows();
const replacements = new BinaryRows();
const replacedWords = new BinaryRows();
const links = new BinaryRows();
const attachments = new BinaryRows();

/**
 * The messages of a piece that was checked before.
 * @param importedAt stands for a `created_at` or `updated_at` that a new message doesn't bring
 * @throws Error when the lines aren't those that the plans were made for
 */
export function encodePiece(piece: Piece, plans: readonly Plan[], importedAt: string, ring: KeyRing): EncodedPiece {
  for (const rows of [created, createdWords, createdByDay, replacements, replacedWords, links, attachments])
    rows.clear();
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
  counts.days.write(createdByDay);
  return {
    created: bytesOf(created),
    createdWords: bytesOf(createdWords),
    createdByCell: counts.cells.all(),
    createdByDay: bytesOf(createdByDay),
    replacements: bytesOf(replacements),
    replacedWords: bytesOf(replacedWords),
    links: bytesOf(links),
    attachments: bytesOf(attachments),
  };
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
  writeNewMessage(created, createdWords, {
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
  writeReplacement(replacements, replacedWords, {
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
  if (!plan.existed || plan.links_changed) writeLinks(links, line);
  if (!plan.existed || plan.attachments_changed) writeAttachments(attachments, line);
}

function bytesOf(rows: BinaryRows): Uint8Array<ArrayBuffer> | null {
  return rows.count > 0 ? rows.copy() : null;
}
