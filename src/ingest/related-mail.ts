import type { communicationThreads } from '../db/schema.ts';
import { settleAll } from '../db/settle-all.ts';
import type { StoredRow } from '../db/table-columns.ts';
import type { Tx } from '../db/transaction.ts';
import type { Direction } from '../domain/vocabulary.ts';
import { addressKey } from '../mail/address.ts';
import { messageIdOf, parentsOf, referencesOf } from '../mail/message-ids.ts';
import { type ConversationCustomerRow, conversationCustomersSql } from './customer-evidence.ts';
import type { NylasMessage } from './nylas/event.ts';
import type { OwnAddresses } from './parties.ts';
import {
  type Candidate,
  findSameMail,
  hasMailWithoutIdNearby,
  IS_IN_MAILBOX,
  idCandidatesStatement,
  nearbyStatement,
} from './same-mail-search.ts';
import { findWaiting, type WaitingRow } from './waiting-deliveries.ts';

/**
 * Finds the stored mails that a mail belongs to: those of the provider's conversation, and by their Message-IDs those
 * that it answers or that answer it. Within one mailbox the answer must be ours and have a correspondent in common.
 */

export type StoredMail = {
  id: string;
  threadGroupId: string;
  isTruncated: boolean;
  direction: Direction;
  hasAttachments: boolean;
};

/** A stored mail that another mailbox delivered, with what its copies may differ in. */
export type StoredCopy = StoredMail & { subject: string; timestamp: string };

export type RelatedMail = {
  /** The stored message, when this mailbox delivered it before. */
  delivered: StoredMail | undefined;
  /** The same mail, stored from another mailbox or an import, or before it was moved to another folder. */
  same: StoredCopy | undefined;
  /** Every conversation that the mail belongs to. When there are several, they have to be merged. */
  threadGroupIds: string[];
  /** The customers of the provider's conversation. */
  conversation: readonly ConversationCustomerRow[];
  /**
   * Conversations of stored mails that this one answers, or that answer it, whether or not it joins them.
   */
  answeredGroupIds: string[];
  /** Message-IDs that the mail answers and that aren't stored. */
  missing: string[];
  /** When the mail that this one answers directly was sent; null when it isn't stored. RFC 3339. */
  answeredAt: string | null;
  /** Stored mails of the same conversation that answer this one. */
  answers: { id: string; timestamp: string }[];
  /** Whether a stored mail answers this one, in whatever conversation. */
  isAnswered: boolean;
};

type Row = StoredRow<typeof communicationThreads, 'id' | 'threadGroupId'>;
type DeliveredRow = StoredRow<
  typeof communicationThreads,
  'id' | 'threadGroupId' | 'isTruncated' | 'direction' | 'hasAttachments'
>;
/** A stored mail that this one answers, or that answers it. */
type RelatedRow = Row &
  StoredRow<typeof communicationThreads, 'timestamp' | 'customerId' | 'fromAddress' | 'toAddresses' | 'ccAddresses'> & {
    is_in_mailbox: boolean;
  };
type ReferencedRow = RelatedRow & { rfc_message_id: string };

/** Stored mails that a mail may belong to. */
export type RelatedRows = {
  delivered: DeliveredRow[];
  conversation: ConversationCustomerRow[];
  referenced: ReferencedRow[];
  awaiting: RelatedRow[];
  /** Mails that may be the same one. */
  candidates: Candidate[];
  /** Skipped deliveries that are applied again once this mail is stored. */
  waiting: WaitingRow[];
  /** Whether a mail without a Message-ID was sent around the same time, and so may be the same one. */
  hasMailWithoutIdNearby: boolean;
};

/** Sends the statements in one pipelined batch. The caller holds the company's mail lock. */
export async function readRelatedRows(tx: Tx, companyId: string, mail: NylasMessage): Promise<RelatedRows> {
  const { grantId, threadId, date } = mail;
  const messageId = messageIdOf(mail.headers);
  const references = referencesOf(mail.headers);
  const [delivered, conversation, referenced, awaiting, candidates, nearby, waiting] = await settleAll(
    tx.query<DeliveredRow>(deliveredStatement(companyId, mail)),
    threadId === null ? none() : tx.query<ConversationCustomerRow>(conversationStatement(companyId, grantId, threadId)),
    references.length === 0 ? none() : tx.query<ReferencedRow>(referencedStatement(companyId, grantId, references)),
    messageId === null ? none() : tx.query<RelatedRow>(awaitingStatement(companyId, grantId, messageId)),
    messageId === null
      ? findNearby(tx, companyId, mail)
      : tx.query<Candidate>(idCandidatesStatement(companyId, mail, messageId)),
    messageId === null || date === null ? none() : tx.query<object>(hasMailWithoutIdNearby(companyId, date)),
    findWaiting(tx, companyId, mail),
  );
  return {
    delivered,
    conversation,
    referenced,
    awaiting,
    candidates,
    waiting,
    hasMailWithoutIdNearby: nearby.length > 0,
  };
}

/**
 * The caller holds the company's mail lock. Sends a statement only when a stored mail may be the same.
 * @param options.isSeparate whether to treat the mail as different from every stored one
 */
export async function findRelatedMail(
  tx: Tx,
  companyId: string,
  mail: NylasMessage,
  rows: RelatedRows,
  { own, isSeparate }: { own: OwnAddresses; isSeparate: boolean },
): Promise<RelatedMail> {
  const references = referencesOf(mail.headers);
  const { delivered, conversation } = rows;
  const isKnown = isSeparate || delivered.length > 0;
  const same = isKnown ? undefined : await findSame(tx, companyId, mail, rows, own);
  const outsiders = outsidersOf(mail, own);
  const { known, named, parents, answers } = supportedRows(rows, outsiders);
  const related: RelatedRow[] = [...parents, ...answers];
  // Where the mailbox keeps the two in different conversations, as Gmail does when the subject changes, only an answer of
  // ours merges them: a customer who answers an old mail under another subject begins another matter. The id needs the
  // support of a common correspondent, and must be that of one mail only.
  const isOurs = (author: { email: string } | null) => author !== null && own.includes(author.email);
  const onlyOnes = isOurs(mail.from) ? parents.filter((row) => named(bare(row.rfc_message_id)).length === 1) : [];
  const ourAnswers = answers.filter((row) => isOurs(row.from_address));
  const supported = new Set<RelatedRow>(withCorrespondentOf([...onlyOnes, ...ourAnswers], outsiders));
  const isOpen = (row: RelatedRow) => mail.threadId === null || !row.is_in_mailbox || supported.has(row);
  const threadGroupIds = unique([
    ...(same ? [same.thread_group_id] : []),
    ...conversation.map((row) => row.thread_group_id),
    ...related.filter(isOpen).map((row) => row.thread_group_id),
  ]);
  return {
    delivered: delivered[0] && toStored(delivered[0]),
    same: same && { ...toStored(same), subject: same.subject, timestamp: same.timestamp },
    threadGroupIds,
    conversation,
    answeredGroupIds: unique(related.map((row) => row.thread_group_id)),
    missing: references.filter((id) => !known.has(id)),
    answeredAt: latestOf(parentsOf(mail.headers).flatMap((id) => onlyOne(parents, named(id)))),
    isAnswered: answers.length > 0,
    answers: answers
      .filter((row) => threadGroupIds.includes(row.thread_group_id))
      .map(({ id, timestamp }) => ({ id, timestamp })),
  };
}

/** The stored mails that the mail answers, and those that answer it, where a reused Message-ID doesn't put that in doubt. */
function supportedRows({ referenced, awaiting }: RelatedRows, outsiders: ReadonlySet<string>) {
  const known = new Set(referenced.map((row) => bare(row.rfc_message_id)));
  const named = (id: string) => referenced.filter((row) => bare(row.rfc_message_id) === id);
  const parents = [...known].map(named).flatMap((rows) => {
    const isOneMail = countOf(rows.map((row) => row.thread_group_id)) <= 1;
    return isOneMail ? rows : withCorrespondentOf(rows, outsiders);
  });
  const customers = countOf(awaiting.map((row) => row.customer_id).filter((id) => id !== null));
  const answers = customers <= 1 ? awaiting : withCorrespondentOf(awaiting, outsiders);
  return { known, named, parents, answers };
}

/** The row of a Message-ID that only one stored mail has, if it is related. */
function onlyOne(related: readonly ReferencedRow[], rows: readonly ReferencedRow[]): ReferencedRow[] {
  return rows.length === 1 ? rows.filter((row) => related.includes(row)) : [];
}

function latestOf(rows: readonly { timestamp: string }[]): string | null {
  return (
    rows
      .map(({ timestamp }) => timestamp)
      .toSorted()
      .at(-1) ?? null
  );
}

async function none(): Promise<never[]> {
  return [];
}

async function findSame(
  tx: Tx,
  companyId: string,
  mail: NylasMessage,
  rows: RelatedRows,
  own: OwnAddresses,
): Promise<Candidate | undefined> {
  const nearby = rows.hasMailWithoutIdNearby ? await findNearby(tx, companyId, mail) : [];
  const candidates = [...rows.candidates, ...nearby].filter((row) => !areSentToOthers(mail, row, own));
  return findSameMail(tx, companyId, mail, candidates);
}

/** Whether the company sent two mails: a mail merge may give one Message-ID to what it sends to several customers. */
function areSentToOthers(mail: NylasMessage, row: Candidate, own: OwnAddresses): boolean {
  if (mail.from === null || !own.includes(mail.from.email)) return false;
  const reached = keysOutside([...mail.to, ...mail.cc], own);
  const others = keysOutside([...row.to_addresses, ...row.cc_addresses], own);
  return reached.size > 0 && others.size > 0 && ![...reached].some((key) => others.has(key));
}

function keysOutside(parties: readonly { email: string }[], own: OwnAddresses): Set<string> {
  const outside = parties.filter(({ email }) => !own.includes(email)).map(({ email }) => addressKey(email));
  return new Set(outside.filter((key) => key !== null));
}

function findNearby(tx: Tx, companyId: string, mail: NylasMessage): Promise<Candidate[]> {
  return mail.date === null ? none() : tx.query<Candidate>(nearbyStatement(companyId, mail, mail.date));
}

/** The rows that share a correspondent with this mail. Needed where a sender gave several mails the same Message-ID. */
function withCorrespondentOf<T extends RelatedRow>(rows: readonly T[], outsiders: ReadonlySet<string>): T[] {
  return rows.filter((row) =>
    [...(row.from_address ? [row.from_address] : []), ...row.to_addresses, ...row.cc_addresses].some(({ email }) =>
      outsiders.has(addressKey(email) ?? ''),
    ),
  );
}

function countOf(values: readonly unknown[]): number {
  return new Set(values).size;
}

function outsidersOf(mail: NylasMessage, own: OwnAddresses): Set<string> {
  return keysOutside([...(mail.from ? [mail.from] : []), ...mail.to, ...mail.cc], own);
}

const MOST_OF_ONE_ID = 100;

function deliveredStatement(companyId: string, { grantId, messageId }: NylasMessage) {
  return {
    name: 'delivered_mail',
    text: `
      SELECT t.id, t.thread_group_id, t.is_truncated, t.direction, t.has_attachments
      FROM communication_threads t
      WHERE t.company_id = $1 AND t.grant_id = $2 AND t.provider_message_id = $3
      UNION ALL
      SELECT t.id, t.thread_group_id, t.is_truncated, t.direction, t.has_attachments
      FROM mail_copies c
      JOIN communication_threads t ON t.company_id = $1 AND t.id = c.thread_id
      WHERE c.company_id = $1 AND c.grant_id = $2 AND c.provider_message_id = $3
      LIMIT 1`,
    values: [companyId, grantId, messageId],
  };
}

/** Whether this mailbox delivered this message before, without its body. */
export async function isStoredWithoutBody(tx: Tx, companyId: string, mail: NylasMessage): Promise<boolean> {
  const [stored] = await tx.query<DeliveredRow>(deliveredStatement(companyId, mail));
  return stored?.is_truncated === true;
}

/** The array keeps PostgreSQL on the index of conversations. While the table was small it joined all of the company's messages. */
function conversationStatement(companyId: string, grantId: string, threadId: string) {
  return {
    name: 'mail_conversation',
    text: conversationCustomersSql(`m.thread_group_id = ANY(ARRAY(
        SELECT t.thread_group_id
        FROM communication_threads t
        WHERE t.company_id = $1 AND t.grant_id = $2 AND t.provider_thread_id = $3
        UNION
        SELECT t.thread_group_id
        FROM mail_copies c
        JOIN communication_threads t ON t.company_id = $1 AND t.id = c.thread_id
        WHERE c.company_id = $1 AND c.grant_id = $2 AND c.provider_thread_id = $3))`),
    values: [companyId, grantId, threadId],
  };
}

/** Imported Message-IDs are stored as given, with or without angle brackets. One id may belong to many mails. */
function referencedStatement(companyId: string, grantId: string, references: readonly string[]) {
  return {
    name: 'mails_referenced',
    text: `
      SELECT f.*
      FROM unnest($3::text[]) AS k(id)
      CROSS JOIN LATERAL (
        SELECT t.id, t.thread_group_id, t."timestamp", t.rfc_message_id, t.customer_id,
               t.from_address, t.to_addresses, t.cc_addresses,
               ${IS_IN_MAILBOX}
        FROM communication_threads t
        WHERE t.company_id = $1 AND t.rfc_message_id = k.id
        ORDER BY t."timestamp" DESC, t.id
        LIMIT ${MOST_OF_ONE_ID}
      ) f`,
    values: [companyId, grantId, references.flatMap((id) => [id, `<${id}>`])],
  };
}

function awaitingStatement(companyId: string, grantId: string, messageId: string) {
  return {
    name: 'mails_awaiting',
    text: `
      SELECT t.id, t.thread_group_id, t."timestamp", t.customer_id, t.from_address, t.to_addresses, t.cc_addresses,
             ${IS_IN_MAILBOX}
      FROM awaited_mails a
      JOIN communication_threads t ON t.company_id = $1 AND t.id = a.thread_id
      WHERE a.company_id = $1 AND a.rfc_message_id = $3
      ORDER BY t."timestamp" DESC, t.id
      LIMIT ${MOST_OF_ONE_ID}`,
    values: [companyId, grantId, messageId],
  };
}

function bare(messageId: string): string {
  return messageId.startsWith('<') && messageId.endsWith('>') ? messageId.slice(1, -1) : messageId;
}

function toStored(row: DeliveredRow): StoredMail {
  const { id, thread_group_id: threadGroupId, is_truncated: isTruncated, direction } = row;
  return { id, threadGroupId, isTruncated, direction, hasAttachments: row.has_attachments };
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
