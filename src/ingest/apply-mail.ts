import type { Tx } from '../db/transaction.ts';
import type { Actor } from '../journal/audit.ts';
import { notBefore } from './answer-times.ts';
import { saidToHaveFailed } from './bounce.ts';
import { candidatesIn } from './counterparts.ts';
import { isDraft, isInInbox, isThrownAway } from './direction.ts';
import type { IngestOutcome } from './event-ledger.ts';
import { applyFolder, deleteDraft, recordDraft, withFolderRoles } from './folder-roles.ts';
import { type EarlyLookUps, lookUpMail, type MailLookUps } from './mail-look-ups.ts';
import type { Mailbox } from './mailboxes.ts';
import { completeMail, learnFromSentCopy, recordMailCopy } from './merge-copy.ts';
import type { NylasEvent, NylasMessage } from './nylas/event.ts';
import { OwnAddresses, partiesOf } from './parties.ts';
import { findRelatedMail, isStoredWithoutBody, type RelatedMail } from './related-mail.ts';
import { type ArrivedMail, storeMail } from './store-mail.ts';
import { answeredIds, bringBack, ownIds } from './waiting-deliveries.ts';

/**
 * Applies one Nylas event. The outcome `applied` means that a message was stored or completed, or that a folder's role was
 * recorded. No other outcome adds a message.
 * @param early what was looked up together with the mailbox
 */
export async function applyNylasEvent(
  tx: Tx,
  actor: Actor,
  event: NylasEvent,
  mailbox: Mailbox | undefined,
  early?: EarlyLookUps,
): Promise<IngestOutcome> {
  if (event.kind === 'unreadable') return { state: 'failed', reason: event.reason };
  if (event.kind === 'other') return { state: 'skipped', reason: 'event_type' };
  if (!mailbox) return { state: 'skipped', reason: 'unknown_grant' };
  if (event.kind === 'folder') return applyFolder(tx, actor, mailbox, event.folder, event.isDeleted);
  const { companyId } = mailbox;
  const announcedAt = event.sentAt ?? new Date();
  const mail = withFolderRoles(event.message, mailbox);
  if (isDraft(mail.folders) && !isReceived(mail, mailbox)) {
    recordDraft(tx, mailbox, mail, announcedAt);
    return { state: 'skipped', reason: 'draft', companyId };
  }
  // A draft that is moved to the trash was not sent.
  if (mailbox.draftSeenAt !== null && isThrownAway(mail.folders))
    return { state: 'skipped', reason: 'draft', companyId };
  if (event.isUpdate && !(isNew(mail, announcedAt) || (await mayAddInformation(tx, mailbox, mail))))
    return { state: 'skipped', reason: 'event_type', companyId };
  if (mailbox.draftSeenAt === null)
    return applyMail(tx, actor, mailbox, mail, early?.companyId === companyId ? { lookUps: early } : {});
  deleteDraft(tx, mailbox, mail);
  return applyMail(tx, actor, mailbox, withSendTime(mail, new Date(mailbox.draftSeenAt), announcedAt));
}

/** Whether somebody else's mail lies in the inbox: then it arrived, although a label of its mailbox is called `Drafts`. */
function isReceived({ from, folders }: NylasMessage, { companyAddresses }: Mailbox): boolean {
  return from !== null && isInInbox(folders) && !new OwnAddresses(companyAddresses, []).includes(from.email);
}

/** Whether an update of an old mail may bring something new: that a draft was sent, or a body that was missing. */
async function mayAddInformation(tx: Tx, mailbox: Mailbox, mail: NylasMessage): Promise<boolean> {
  if (mailbox.draftSeenAt !== null) return true;
  return mail.body !== null && isStoredWithoutBody(tx, mailbox.companyId, mail);
}

/**
 * Some providers give a sent mail the time at which its draft was begun. The mail was sent after it was last seen as a
 * draft, so the time of the notification replaces an earlier one.
 */
function withSendTime(mail: NylasMessage, draftSeenAt: Date, announcedAt: Date): NylasMessage {
  return mail.timestamp < draftSeenAt ? { ...mail, timestamp: announcedAt } : mail;
}

const DAY_MS = 86_400_000;

/**
 * Whether an update may be the first event of a mail: a draft that was just sent, or a body that arrives later. Old
 * mails get an update whenever somebody reads or moves them.
 */
function isNew({ date }: NylasMessage, updatedAt: Date): boolean {
  return date !== null && updatedAt.getTime() - date.getTime() < DAY_MS;
}

/**
 * Stores one mail, once: as a new message, or as another mailbox's copy of a stored one. Stores nothing when this
 * mailbox delivered the mail before, unless that delivery lacked the body.
 * @param isSeparate an operator has decided that the mail isn't a copy of a stored one
 * @param options.lookUps of this mail and company, when they were read already
 * @throws unavailable while the company is being imported
 */
export async function applyMail(
  tx: Tx,
  actor: Actor,
  mailbox: Mailbox,
  delivered: NylasMessage,
  { isSeparate = false, lookUps }: { isSeparate?: boolean; lookUps?: MailLookUps } = {},
): Promise<IngestOutcome> {
  const { companyId } = mailbox;
  const { reported, contacts, invoices, ...found } = lookUps ?? (await lookUpMail(tx, companyId, delivered));
  const contactAddresses = contacts.map(({ email }) => email);
  const own = new OwnAddresses(mailbox.companyAddresses, contactAddresses);
  const related = await findRelatedMail(tx, companyId, delivered, found.related, { own, isSeparate });
  const mail = notBefore(delivered, related.answeredAt);
  const { delivered: known, same } = related;
  if (known || same) {
    const stored = known ?? (same as NonNullable<typeof same>);
    const isCompleted = await completeMail(tx, actor, companyId, stored, mail);
    if (!known && same) await recordMailCopy(tx, actor, companyId, same, mail, related);
    await learnFromSentCopy(tx, actor, companyId, stored, mail, own);
    const state = isCompleted ? 'applied' : 'duplicate';
    const reason = known ? 'same_message' : 'same_mail';
    return { state, reason, companyId, threadId: stored.id, mayBeSeparated: state === 'duplicate' && !known };
  }
  const isContact = (address: string) => candidatesIn([[address]], contacts).contacts.length > 0;
  const failed = reported && saidToHaveFailed(mail, reported, isContact);
  const parties = partiesOf(mail, own, failed !== undefined);
  const arrived: ArrivedMail = { mail, related, contacts, invoices, own, parties, failed };
  // A mail of ours that is seen in the trash only was a draft, unless something shows that it was sent.
  if (!isSeparate && parties.direction === 'outbound' && isThrownAway(mail.folders) && !wasSent(mail, related))
    return { state: 'skipped', reason: 'draft', companyId, waitsFor: ownIds(mail) };
  if (mailbox.sync === 'known_contacts' && !isKnown(arrived))
    return { state: 'skipped', reason: 'no_known_contact', companyId, waitsFor: answeredIds(mail) };
  const threadId = await storeMail(tx, actor, companyId, arrived);
  return { state: 'applied', companyId, threadId, broughtBack: bringBack(tx, companyId, found.related.waiting) };
}

/** Whether servers passed the mail on, or a stored mail answers it. Gmail notes its own API in drafts, too. */
function wasSent({ headers }: NylasMessage, { isAnswered }: RelatedMail): boolean {
  return (
    isAnswered ||
    headers.some(
      ({ name, value }) => /^received$/i.test(name) && /\bwith\s+(?:e?smtp|lmtp|mapi)/i.test(value.slice(0, 2_000)),
    )
  );
}

/**
 * Whether `known_contacts` keeps the mail: it belongs to a stored conversation, answers a stored mail, has a contact
 * among its parties, or reports that a mail didn't reach a contact. `Reply-To` is ignored, because a sender can write
 * any address there.
 */
function isKnown({ mail, related, contacts, own, parties, failed = [] }: ArrivedMail): boolean {
  if (related.threadGroupIds.length > 0 || related.answeredGroupIds.length > 0) return true;
  const author = parties.author ? [parties.author.email] : [];
  const others = [...mail.to, ...mail.cc, ...mail.bcc].map(({ email }) => email);
  const outsiders = [...author, ...others, ...failed].filter((address) => !own.includes(address));
  return candidatesIn([outsiders], contacts).contacts.length > 0;
}
