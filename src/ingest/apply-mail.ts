import { shareCompany } from '../conversations/append.ts';
import { lockCompanyMail } from '../db/locks.ts';
import type { Tx } from '../db/transaction.ts';
import type { MailboxSync } from '../domain/vocabulary.ts';
import { addressKey } from '../mail/address.ts';
import { allKeys, findContactsByAddress, type KnownContact } from './counterparts.ts';
import { isDraft } from './direction.ts';
import type { Outcome } from './event-ledger.ts';
import { completeMail, recordMailCopy } from './merge-copy.ts';
import type { NylasEvent, NylasMessage } from './nylas/event.ts';
import { findMailPlace } from './place-mail.ts';
import { storeMail } from './store-mail.ts';

export type Mailbox = { companyId: string; grantId: string; sync: MailboxSync };

/** Applies what a Nylas delivery says. An outcome other than `applied` left nothing but its row in the ledger. */
export async function applyNylasEvent(tx: Tx, event: NylasEvent, mailbox: Mailbox | undefined): Promise<Outcome> {
  if (event.kind === 'unreadable') return { state: 'failed', reason: event.reason };
  if (event.kind === 'other') return { state: 'skipped', reason: 'event_type' };
  if (!mailbox) return { state: 'skipped', reason: 'unknown_grant' };
  return applyMail(tx, mailbox, event.message);
}

/** The mailbox that a message is from, while it is connected. */
export async function findMailbox(tx: Tx, event: NylasEvent): Promise<Mailbox | undefined> {
  if (event.kind !== 'message') return undefined;
  const { grantId } = event.message;
  const [row] = await tx.query<{ company_id: string; sync: MailboxSync }>({
    name: 'mailbox_of_grant',
    text: 'SELECT company_id, sync FROM mailboxes WHERE grant_id = $1',
    values: [grantId],
  });
  return row && { companyId: row.company_id, grantId, sync: row.sync };
}

/**
 * Puts one mail where it belongs, once: a new message, a further mailbox's copy of a stored one, or nothing when this
 * mailbox delivered it before.
 * @param isSeparate an operator said that it is no copy of a stored mail
 * @throws unavailable while the company is being imported
 */
export async function applyMail(
  tx: Tx,
  mailbox: Mailbox,
  mail: NylasMessage,
  { isSeparate = false } = {},
): Promise<Outcome> {
  const { companyId } = mailbox;
  if (isDraft(mail.folders)) return { state: 'skipped', reason: 'draft', companyId };
  const shared = shareCompany(tx, companyId);
  shared.catch(() => undefined);
  tx.send(lockCompanyMail(companyId));
  const own = findOwnAddresses(tx, companyId);
  const isOwn = own.then((addresses) => {
    const keys = new Set(addresses.map(addressKey));
    return (key: string) => keys.has(key);
  });
  isOwn.catch(() => undefined);
  const [place, contacts, ownAddresses] = await Promise.all([
    findMailPlace(tx, companyId, mail, { isOwn, isSeparate }),
    findContactsByAddress(tx, companyId, allKeys(mail)),
    own,
    shared,
  ]);

  const { delivered, same } = place;
  if (delivered || same) {
    const stored = delivered ?? (same as NonNullable<typeof same>);
    const isCompleted = stored.isTruncated && (await completeMail(tx, companyId, stored, mail));
    if (!delivered) recordMailCopy(tx, companyId, stored, mail, place);
    const state = isCompleted ? 'applied' : 'duplicate';
    const reason = delivered ? 'same_message' : 'same_mail';
    return { state, reason, companyId, threadId: stored.id, mayBeSeparated: state === 'duplicate' && !delivered };
  }
  const isKnown = place.threadGroupIds.length > 0 || isWithContact(mail, contacts, ownAddresses);
  if (mailbox.sync === 'known_contacts' && !isKnown) return { state: 'skipped', reason: 'no_known_contact', companyId };
  const threadId = await storeMail(tx, companyId, { mail, place, contacts, ownAddresses });
  return { state: 'applied', companyId, threadId };
}

/** From or to a contact: an answer's address is not asked, anybody can write anything there. */
function isWithContact(
  mail: NylasMessage,
  contacts: readonly KnownContact[],
  ownAddresses: readonly string[],
): boolean {
  const own = new Set(ownAddresses.map(addressKey));
  const keys = new Set(contacts.map((contact) => contact.addressKey).filter((key) => !own.has(key)));
  return allKeys({ ...mail, replyTo: [] }).some((key) => keys.has(key));
}

async function findOwnAddresses(tx: Tx, companyId: string): Promise<string[]> {
  const rows = await tx.query<{ email: string }>({
    name: 'mailbox_addresses',
    text: 'SELECT email FROM mailboxes WHERE company_id = $1',
    values: [companyId],
  });
  return rows.map(({ email }) => email);
}
