import { lockCompanyShared } from '../conversations/append.ts';
import { changeMessages } from '../conversations/merge.ts';
import type { Db } from '../db/client.ts';
import { lockCompanyMail } from '../db/locks.ts';
import type { Tx } from '../db/transaction.ts';
import { NIL_ID } from '../domain/ids.ts';
import { OPERATOR, recordAudit } from '../journal/audit.ts';
import { recordChange } from '../journal/counters.ts';
import { type CalledContact, findContactsByPhone, matchContact } from './call-contacts.ts';
import { contentOfCall } from './call-content.ts';
import type { KnownContact } from './counterparts.ts';
import { findOwnNumbers } from './known-calls.ts';
import { findContact, findParties, rematchMessage } from './rematch-message.ts';
import { candidatesOf, MESSAGE_COLUMNS, type MessageRow } from './stored-messages.ts';
import { callersOf } from './vonage/call.ts';

/** Matches the stored mails and calls of all companies to customers, contacts and invoices again. */

const PAGE_SIZE = 200;

export type Rematched = { messages: number; matched: number };

/** Matches messages without a contact to the contacts that exist now, company by company, one page per transaction. */
export async function rematchAll(db: Db, onPage: (rematched: Rematched) => void = () => undefined): Promise<Rematched> {
  const total = { messages: 0, matched: 0 };
  const companies = await db.query<{ id: string }>({ text: 'SELECT id FROM companies ORDER BY id' });
  for (const { id: companyId } of companies) {
    let after: string | undefined = NIL_ID;
    while (after !== undefined) {
      const page = await db.transaction((tx) => rematchPage(tx, companyId, after ?? NIL_ID));
      total.messages += page.messages;
      total.matched += page.matched;
      after = page.last;
      onPage(total);
    }
  }
  return total;
}

async function rematchPage(
  tx: Tx,
  companyId: string,
  after: string,
): Promise<Rematched & { last: string | undefined }> {
  await lockCompanyShared(tx, companyId);
  tx.send(lockCompanyMail(companyId));
  const rows = await tx.query<MessageRow>({
    text: `
      SELECT ${MESSAGE_COLUMNS}
      FROM communication_threads t
      WHERE t.company_id = $1 AND t.id > $2 AND t.contact_id IS NULL AND t.source IN ('nylas', 'vonage')
      ORDER BY t.id
      LIMIT ${PAGE_SIZE}`,
    values: [companyId, after],
  });
  const calls = rows.filter((row) => row.communication_type === 'call');
  const mails = rows.filter((row) => row.communication_type !== 'call');
  const matched = [...(await rematchMails(tx, companyId, mails)), ...(await rematchCalls(tx, companyId, calls))];
  recordMatches(tx, companyId, matched);
  return {
    messages: rows.length,
    matched: matched.length,
    last: rows.length < PAGE_SIZE ? undefined : rows.at(-1)?.id,
  };
}

async function rematchMails(tx: Tx, companyId: string, mails: readonly MessageRow[]): Promise<MessageRow[]> {
  const { contacts, own } = await findParties(tx, companyId, mails);
  const matched: MessageRow[] = [];
  for (const row of mails) {
    const contact = await findContact(tx, companyId, row, candidatesOf(row, contacts, own));
    if (!mayBelongTo(row, contact)) continue;
    matched.push(row);
    await rematchMessage(tx, companyId, row, contact);
  }
  return matched;
}

async function rematchCalls(tx: Tx, companyId: string, calls: readonly MessageRow[]): Promise<MessageRow[]> {
  const ownNumbers = await findOwnNumbers(tx, companyId);
  const numbers = calls.flatMap((row) => counterpartNumbers(row, ownNumbers));
  const contacts = await findContactsByPhone(tx, companyId, numbers);
  const matched: MessageRow[] = [];
  for (const row of calls) {
    const contact = findCalledContact(row, contacts, ownNumbers);
    if (!mayBelongTo(row, contact)) continue;
    matched.push(row);
    await rematchMessage(tx, companyId, withSubject(row, contact), contact);
    updateCallFields(tx, companyId, row, contact, ownNumbers);
  }
  return matched;
}

/** A customer that a person, an import or the conversation assigned stays. */
function mayBelongTo<Contact extends KnownContact>(row: MessageRow, contact: Contact | undefined): contact is Contact {
  return contact !== undefined && (row.customer_id === null || row.customer_id === contact.customerId);
}

function findCalledContact(
  row: MessageRow,
  contacts: readonly CalledContact[],
  ownNumbers: readonly string[],
): CalledContact | undefined {
  const callers = row.call_state ? callersOf(row.call_state, ownNumbers) : [];
  return matchContact(counterpartNumbers(row, ownNumbers), callers, contacts, row.customer_id).contact;
}

/**
 * Derives the call's fields again: they are those of the contact's leg, which may not have been the chosen one before.
 */
function updateCallFields(
  tx: Tx,
  companyId: string,
  row: MessageRow,
  contact: CalledContact,
  ownNumbers: readonly string[],
): void {
  if (row.call_state === null) return;
  const { direction, stored } = contentOfCall(row.call_state, contact, ownNumbers);
  changeMessages(tx, 'update_call_fields', {
    where: 't.id = $2 AND (t.direction <> $3 OR t.call IS DISTINCT FROM $4::jsonb)',
    set: 'direction = $3, call = $4::jsonb, updated_at = now()',
    values: [companyId, row.id, direction, JSON.stringify(stored)],
  });
}

/** The numbers of all legs, without the company's own; those that the lists show come first. */
function counterpartNumbers(row: MessageRow, ownNumbers: readonly string[]): string[] {
  const numbers = [row.call?.from_number, row.call?.to_number, ...(row.call_state?.numbers ?? [])];
  return [...new Set(numbers.filter((number) => typeof number === 'string'))].filter(
    (number) => !ownNumbers.includes(number),
  );
}

/** Replaces a subject that was generated from the number while the contact was unknown. */
function withSubject(row: MessageRow, contact: KnownContact): MessageRow {
  const numbers = [row.call?.from_number, row.call?.to_number, ...(row.call_state?.numbers ?? [])];
  const isGenerated = row.subject === 'Call' || numbers.some((number) => row.subject === `Call with ${number}`);
  return isGenerated ? { ...row, subject: `Call with ${contact.name}` } : row;
}

/** Records one audit event per conversation, however many of its messages were matched. */
function recordMatches(tx: Tx, companyId: string, matched: readonly MessageRow[]): void {
  if (matched.length === 0) return;
  recordChange(tx, companyId);
  const byGroup = new Map(matched.map((row) => [row.thread_group_id, row.id]));
  for (const [threadGroupId, id] of byGroup)
    recordAudit(tx, companyId, OPERATOR, {
      action: 'thread.updated',
      subjectId: id,
      details: { thread_group_id: threadGroupId, fields: ['customer_id', 'contact_id'] },
    });
}
