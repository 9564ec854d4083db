import { shareCompany } from '../conversations/append.ts';
import { lockCompanyMail } from '../db/locks.ts';
import { settleAll } from '../db/settle-all.ts';
import type { Tx } from '../db/transaction.ts';
import { addressKey } from '../mail/address.ts';
import { failedRecipients, isDeliveryReport } from './bounce.ts';
import { candidatesIn, findContactsByAddress } from './counterparts.ts';
import { isDraft } from './direction.ts';
import type { Outcome } from './event-ledger.ts';
import { applyFolder, forgetDraft, placedMail, rememberDraft } from './folder-roles.ts';
import type { Mailbox } from './mailboxes.ts';
import { findMailboxAddresses } from './mailboxes.ts';
import { completeMail, recordMailCopy } from './merge-copy.ts';
import type { NylasEvent, NylasMessage } from './nylas/event.ts';
import { OwnSide, originalSenders, partiesOf } from './parties.ts';
import { findMailPlace, isStoredWithoutBody } from './place-mail.ts';
import { type ArrivedMail, storeMail } from './store-mail.ts';

/** Applies what a Nylas delivery says. An outcome other than `applied` left nothing but its row in the ledger. */
export async function applyNylasEvent(tx: Tx, event: NylasEvent, mailbox: Mailbox | undefined): Promise<Outcome> {
  if (event.kind === 'unreadable') return { state: 'failed', reason: event.reason };
  if (event.kind === 'other') return { state: 'skipped', reason: 'event_type' };
  if (!mailbox) return { state: 'skipped', reason: 'unknown_grant' };
  if (event.kind === 'folder') return applyFolder(tx, mailbox, event.folder, event.isDeleted);
  const { companyId } = mailbox;
  const announcedAt = event.sentAt ?? new Date();
  const mail = placedMail(event.message, mailbox);
  if (isDraft(mail.folders)) {
    rememberDraft(tx, mailbox, mail, announcedAt);
    return { state: 'skipped', reason: 'draft', companyId };
  }
  if (event.isUpdate && !(isNew(mail, announcedAt) || (await mayTellMore(tx, mailbox, mail))))
    return { state: 'skipped', reason: 'event_type', companyId };
  if (mailbox.draftSeenAt === null) return applyMail(tx, mailbox, mail);
  forgetDraft(tx, mailbox, mail);
  return applyMail(tx, mailbox, sentAfter(mail, new Date(mailbox.draftSeenAt), announcedAt));
}

/** Whether an update of an old mail tells what wasn't known: that a draft was sent, or the body of a mail that came without. */
async function mayTellMore(tx: Tx, mailbox: Mailbox, mail: NylasMessage): Promise<boolean> {
  if (mailbox.draftSeenAt !== null) return true;
  return mail.body !== null && isStoredWithoutBody(tx, mailbox.companyId, mail);
}

/** Some providers keep the time at which a draft was begun: it was sent after it was last seen as one. */
function sentAfter(mail: NylasMessage, draftSeenAt: Date, announcedAt: Date): NylasMessage {
  return mail.timestamp < draftSeenAt ? { ...mail, timestamp: announcedAt } : mail;
}

const DAY_MS = 86_400_000;

/**
 * Whether an update may be the first that is told of a mail: a draft that was sent just now, or a body that comes later. Old
 * mails are updated whenever they are read or moved.
 */
function isNew({ date }: NylasMessage, updatedAt: Date): boolean {
  return date !== null && updatedAt.getTime() - date.getTime() < DAY_MS;
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
  const shared = shareCompany(tx, companyId);
  shared.catch(() => undefined);
  tx.send(lockCompanyMail(companyId));
  const failed = isDeliveryReport(mail) ? failedRecipients(mail) : undefined;
  const contactsOfMail = findContactsByAddress(tx, companyId, namedKeys(mail, failed ?? []));
  const own = settleAll(findMailboxAddresses(tx, companyId), contactsOfMail).then(
    ([mailboxes, contacts]) =>
      new OwnSide(
        mailboxes,
        contacts.map(({ email }) => email),
      ),
  );
  own.catch(() => undefined);
  const [place, contacts, ownSide] = await settleAll(
    findMailPlace(tx, companyId, mail, { own, isSeparate }),
    contactsOfMail,
    own,
    shared,
  );

  const { delivered, same } = place;
  if (delivered || same) {
    const stored = delivered ?? (same as NonNullable<typeof same>);
    const isCompleted = stored.isTruncated && (await completeMail(tx, companyId, stored, mail));
    if (!delivered) recordMailCopy(tx, companyId, stored, mail, place);
    const state = isCompleted ? 'applied' : 'duplicate';
    const reason = delivered ? 'same_message' : 'same_mail';
    return { state, reason, companyId, threadId: stored.id, mayBeSeparated: state === 'duplicate' && !delivered };
  }
  const parties = partiesOf(mail, ownSide, failed !== undefined);
  const arrived: ArrivedMail = { mail, place, contacts, own: ownSide, parties, failed };
  if (mailbox.sync === 'known_contacts' && !isKnown(arrived))
    return { state: 'skipped', reason: 'no_known_contact', companyId };
  const threadId = await storeMail(tx, companyId, arrived);
  return { state: 'applied', companyId, threadId };
}

/**
 * Of a known conversation, an answer to a stored mail, with a contact, or the report that a mail didn't reach one. Where
 * answers go is not looked at, anybody can write anything there.
 */
function isKnown({ mail, place, contacts, own, parties, failed = [] }: ArrivedMail): boolean {
  if (place.threadGroupIds.length > 0 || place.answeredGroupIds.length > 0) return true;
  const author = parties.author ? [parties.author.email] : [];
  const others = [...mail.to, ...mail.cc, ...mail.bcc].map(({ email }) => email);
  const outsiders = [...author, ...others, ...failed].filter((address) => !own.includes(address));
  return candidatesIn([outsiders], contacts).contacts.length > 0;
}

/** Keys of all addresses that stand in a mail, whosever they are. */
function namedKeys(mail: NylasMessage, failed: readonly string[]): string[] {
  const parties = [...(mail.from ? [mail.from] : []), ...mail.replyTo, ...mail.to, ...mail.cc, ...mail.bcc];
  const addresses = [
    ...parties.map(({ email }) => email),
    ...originalSenders(mail).map(({ email }) => email),
    ...failed,
  ];
  return [...new Set(addresses.map(addressKey).filter((key) => key !== null))];
}
