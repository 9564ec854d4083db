import type { StoredAddress } from '../db/schema.ts';
import type { Tx } from '../db/transaction.ts';
import { isSameMail, type MailIdentity, mailIdentity, referencesOf } from '../mail/identity.ts';
import type { NylasMessage } from './nylas/event.ts';

/**
 * Where a mail belongs among those that are stored. A conversation is what one mailbox says it is; the conversations of
 * two mailboxes are one when they share a mail, or when a mail answers one that its own mailbox has not got.
 */

export type StoredMail = { id: string; threadGroupId: string; isTruncated: boolean };

export type MailPlace = {
  /** This mailbox delivered this very message before. */
  delivered: StoredMail | undefined;
  /** The same mail, seen by another mailbox or brought by an import. */
  same: StoredMail | undefined;
  /** Every conversation that the mail belongs to; more than one: they are one. */
  threadGroupIds: string[];
  /** Message-IDs that it answers and that nobody has seen. */
  missing: string[];
};

type Row = {
  id: string;
  thread_group_id: string;
  is_truncated: boolean;
};
type ReferencedRow = Row & { rfc_message_id: string; is_in_mailbox: boolean };
type AwaitingRow = { thread_group_id: string; is_in_mailbox: boolean };
type CandidateRow = Row & {
  subject: string;
  from_address: StoredAddress | null;
  to_addresses: StoredAddress[];
  cc_addresses: StoredAddress[];
  rfc_message_id: string | null;
  is_in_mailbox: boolean;
  timestamp: string;
};

/** The caller holds the company's mail lock. One round trip. */
export async function findMailPlace(tx: Tx, companyId: string, mail: NylasMessage): Promise<MailPlace> {
  const identity = mailIdentity(mail);
  const references = referencesOf(mail.headers);
  const [delivered, conversation, named, awaiting, sameSecond] = await Promise.all([
    tx.query<Row>(deliveredStatement(companyId, mail)),
    mail.threadId === null ? [] : tx.query<Row>(conversationStatement(companyId, mail.grantId, mail.threadId)),
    identity.messageId === null && references.length === 0
      ? []
      : tx.query<ReferencedRow>(namedStatement(companyId, mail.grantId, identity.messageId, references)),
    identity.messageId === null
      ? []
      : tx.query<AwaitingRow>(awaitingStatement(companyId, mail.grantId, identity.messageId)),
    mail.date === null ? [] : tx.query<CandidateRow>(sameSecondStatement(companyId, mail.grantId, mail.date)),
  ]);

  const ownId = identity.messageId;
  const same =
    named.find((row) => bare(row.rfc_message_id) === ownId) ?? sameSecond.find((row) => isSame(row, identity));
  const referenced = named.filter((row) => bare(row.rfc_message_id) !== ownId);
  // The mailbox itself keeps mails apart that it has got both of, as some do when the subject changes.
  const isOpen = (row: { is_in_mailbox: boolean }) => mail.threadId === null || !row.is_in_mailbox;
  const known = new Set(referenced.map((row) => bare(row.rfc_message_id)));
  return {
    delivered: delivered[0] && toStored(delivered[0]),
    same: same && toStored(same),
    threadGroupIds: unique([
      ...(same ? [same.thread_group_id] : []),
      ...conversation.map((row) => row.thread_group_id),
      ...referenced.filter(isOpen).map((row) => row.thread_group_id),
      ...awaiting.filter(isOpen).map((row) => row.thread_group_id),
    ]),
    missing: references.filter((id) => !known.has(id)),
  };
}

/** Without Message-IDs on both sides a mailbox's own mails are never the same: it gave them ids of their own. */
function isSame(row: CandidateRow, identity: MailIdentity): boolean {
  if (row.is_in_mailbox) return false;
  const stored = mailIdentity({
    subject: row.subject,
    from: row.from_address,
    to: row.to_addresses,
    cc: row.cc_addresses,
    date: new Date(row.timestamp),
    headers: row.rfc_message_id === null ? [] : [{ name: 'message-id', value: row.rfc_message_id }],
  });
  return isSameMail(stored, identity);
}

/** `t` is known to the mailbox `$2`. */
const IS_IN_MAILBOX = `
  (t.grant_id IS NOT DISTINCT FROM $2
   OR EXISTS (SELECT 1 FROM mail_copies c WHERE c.company_id = $1 AND c.thread_id = t.id AND c.grant_id = $2)) AS is_in_mailbox`;

function deliveredStatement(companyId: string, { grantId, messageId }: NylasMessage) {
  return {
    name: 'delivered_mail',
    text: `
      SELECT t.id, t.thread_group_id, t.is_truncated
      FROM communication_threads t
      WHERE t.company_id = $1 AND t.grant_id = $2 AND t.provider_message_id = $3
      UNION ALL
      SELECT t.id, t.thread_group_id, t.is_truncated
      FROM mail_copies c
      JOIN communication_threads t ON t.company_id = $1 AND t.id = c.thread_id
      WHERE c.company_id = $1 AND c.grant_id = $2 AND c.provider_message_id = $3
      LIMIT 1`,
    values: [companyId, grantId, messageId],
  };
}

function conversationStatement(companyId: string, grantId: string, threadId: string) {
  return {
    name: 'mail_conversation',
    text: `
      SELECT DISTINCT t.thread_group_id
      FROM communication_threads t
      WHERE t.company_id = $1 AND t.grant_id = $2 AND t.provider_thread_id = $3
      UNION
      SELECT t.thread_group_id
      FROM mail_copies c
      JOIN communication_threads t ON t.company_id = $1 AND t.id = c.thread_id
      WHERE c.company_id = $1 AND c.grant_id = $2 AND c.provider_thread_id = $3`,
    values: [companyId, grantId, threadId],
  };
}

/** Imports keep a Message-ID as their source wrote it, with or without its brackets. */
function namedStatement(companyId: string, grantId: string, own: string | null, references: readonly string[]) {
  const ids = [...(own === null ? [] : [own]), ...references];
  return {
    name: 'mails_by_message_id',
    text: `
      SELECT t.id, t.thread_group_id, t.is_truncated, t.rfc_message_id, ${IS_IN_MAILBOX}
      FROM communication_threads t
      WHERE t.company_id = $1 AND t.rfc_message_id = ANY($3::text[])
      ORDER BY t.id`,
    values: [companyId, grantId, ids.flatMap((id) => [id, `<${id}>`])],
  };
}

function awaitingStatement(companyId: string, grantId: string, messageId: string) {
  return {
    name: 'mails_awaiting',
    text: `
      SELECT t.thread_group_id, ${IS_IN_MAILBOX}
      FROM awaited_mails a
      JOIN communication_threads t ON t.company_id = $1 AND t.id = a.thread_id
      WHERE a.company_id = $1 AND a.rfc_message_id = $3`,
    values: [companyId, grantId, messageId],
  };
}

function sameSecondStatement(companyId: string, grantId: string, date: Date) {
  const second = Math.floor(date.getTime() / 1000) * 1000;
  return {
    name: 'mails_of_second',
    text: `
      SELECT t.id, t.thread_group_id, t.is_truncated, t.subject, t.from_address, t.to_addresses, t.cc_addresses,
             t.rfc_message_id, t."timestamp", ${IS_IN_MAILBOX}
      FROM communication_threads t
      WHERE t.company_id = $1 AND t."timestamp" >= $3 AND t."timestamp" < $4
        AND t.communication_type = 'email' AND t.source <> 'manual'
      ORDER BY t."timestamp" DESC, t.id DESC
      LIMIT 200`,
    values: [companyId, grantId, new Date(second).toISOString(), new Date(second + 1000).toISOString()],
  };
}

function bare(messageId: string): string {
  return messageId.startsWith('<') && messageId.endsWith('>') ? messageId.slice(1, -1) : messageId;
}

function toStored(row: Row): StoredMail {
  return { id: row.id, threadGroupId: row.thread_group_id, isTruncated: row.is_truncated };
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
