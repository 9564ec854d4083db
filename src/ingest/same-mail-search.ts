import type { communicationThreads } from '../db/schema.ts';
import type { StoredRow } from '../db/table-columns.ts';
import type { Tx } from '../db/transaction.ts';
import type { BodyType } from '../domain/vocabulary.ts';
import { messageIdOf } from '../mail/message-ids.ts';
import type { NylasMessage } from './nylas/event.ts';
import {
  type ComparedFile,
  type ComparedMail,
  comparableSubject,
  FEW_MINUTES_MS,
  isSameMail,
  LONGEST_DELAY_MS,
  SAME_MOMENT_MS,
} from './same-mail.ts';

/** Finds the stored mail that a delivered one is a copy of. */

export type Candidate = StoredRow<
  typeof communicationThreads,
  | ('id' | 'threadGroupId' | 'isTruncated' | 'direction' | 'hasAttachments')
  | ('subject' | 'timestamp' | 'rfcMessageId')
  | ('fromAddress' | 'toAddresses' | 'ccAddresses')
> & { is_in_mailbox: boolean };

/** How many candidates are compared by their texts, the nearest in time first. */
const MOST_COMPARED = 10;
const MOST_OF_ONE_ID = 20;
const MOST_OF_A_MOMENT = 200;
const MOST_OF_A_FEW_MINUTES = 100;

/** SQL column: whether the mailbox `$2` has the message `t`. */
export const IS_IN_MAILBOX = `
  (t.grant_id IS NOT DISTINCT FROM $2
   OR EXISTS (SELECT 1 FROM mail_copies c WHERE c.company_id = $1 AND c.thread_id = t.id AND c.grant_id = $2)) AS is_in_mailbox`;

const CANDIDATE = `t.id, t.thread_group_id, t.is_truncated, t.direction, t.has_attachments, t.subject, t.from_address, t.to_addresses, t.cc_addresses,
               t.rfc_message_id, t."timestamp", ${IS_IN_MAILBOX}`;

/**
 * Mails with the same Message-ID, the nearest in time first, because some senders give every mail the same id. The two
 * spellings are parameters of their own: PostgreSQL assumes ten values in an array parameter, and would plan the
 * statement again for every mail.
 */
export function idCandidatesStatement(companyId: string, mail: NylasMessage, messageId: string) {
  const time = mail.timestamp.getTime();
  const [from, until] = mail.date === null ? [null, null] : [time - LONGEST_DELAY_MS, time + LONGEST_DELAY_MS];
  return {
    name: 'mails_of_message_id',
    text: `
      SELECT ${CANDIDATE}
      FROM communication_threads t
      WHERE t.company_id = $1 AND t.rfc_message_id IN ($3, $4)
        AND ($5::timestamptz IS NULL OR t."timestamp" BETWEEN $5 AND $6::timestamptz)
      ORDER BY abs(extract(epoch FROM t."timestamp" - $7::timestamptz)), t.id
      LIMIT ${MOST_OF_ONE_ID}`,
    values: [
      companyId,
      mail.grantId,
      messageId,
      `<${messageId}>`,
      from === null ? null : new Date(from).toISOString(),
      until === null ? null : new Date(until).toISOString(),
      mail.timestamp.toISOString(),
    ],
  };
}

/**
 * A row when a mail without a Message-ID was sent around the same time. Most mails have one, and then `nearbyStatement`,
 * which takes far longer, isn't needed.
 */
export function hasMailWithoutIdNearby(companyId: string, date: Date) {
  return {
    name: 'has_mail_without_id_nearby',
    text: `
      SELECT 1
      FROM communication_threads t
      WHERE t.company_id = $1 AND t.communication_type = 'email' AND t.source <> 'manual' AND t.rfc_message_id IS NULL
        AND t."timestamp" BETWEEN $2::timestamptz AND $3::timestamptz
      LIMIT 1`,
    values: [
      companyId,
      new Date(date.getTime() - FEW_MINUTES_MS).toISOString(),
      new Date(date.getTime() + FEW_MINUTES_MS).toISOString(),
    ],
  };
}

/**
 * Mails of the same sender around the same time, for mails without a Message-ID. When both mails have one, comparing
 * the ids is enough.
 */
export function nearbyStatement(companyId: string, mail: NylasMessage, date: Date) {
  const hasId = messageIdOf(mail.headers) !== null;
  const at = (offsetMs: number) => new Date(date.getTime() + offsetMs).toISOString();
  const mails = `communication_threads t
          WHERE t.company_id = $1 AND t.communication_type = 'email' AND t.source <> 'manual'
            ${hasId ? 'AND t.rfc_message_id IS NULL' : ''}`;
  const before = `(SELECT t.* FROM ${mails} AND t."timestamp" >= $5 AND t."timestamp" < $3
         ORDER BY t."timestamp" DESC, t.id DESC LIMIT ${MOST_OF_A_FEW_MINUTES})`;
  const after = `(SELECT t.* FROM ${mails} AND t."timestamp" > $4 AND t."timestamp" <= $6
         ORDER BY t."timestamp", t.id LIMIT ${MOST_OF_A_FEW_MINUTES})`;
  const moment = `(SELECT t.* FROM ${mails} AND t."timestamp" >= $3 AND t."timestamp" <= $4
         ORDER BY t."timestamp" DESC, t.id DESC LIMIT ${MOST_OF_A_MOMENT})`;
  return {
    name: hasId ? 'mails_without_id_around' : 'mails_around',
    text: `
      SELECT ${CANDIDATE}
      FROM (${moment} UNION ALL ${before} UNION ALL ${after}) t
      WHERE lower(t.from_address->>'email') = lower($7)
      ORDER BY abs(extract(epoch FROM t."timestamp" - $8::timestamptz)), t.id
      LIMIT ${MOST_OF_ONE_ID}`,
    values: [
      companyId,
      mail.grantId,
      at(-SAME_MOMENT_MS),
      at(SAME_MOMENT_MS),
      at(-FEW_MINUTES_MS),
      at(FEW_MINUTES_MS),
      mail.from?.email ?? '',
      date.toISOString(),
    ],
  };
}

type TextRow = { id: string; body: string | null; body_type: BodyType | null; files: ComparedFile[] };

/**
 * @returns the candidate that is the same mail. Texts are read only of candidates that the other fields can't exclude.
 */
export async function findSameMail(
  tx: Tx,
  companyId: string,
  mail: NylasMessage,
  candidates: readonly Candidate[],
): Promise<Candidate | undefined> {
  const delivered = deliveredMail(mail);
  const possible = [...new Map(candidates.map((row) => [row.id, row])).values()]
    .filter((row) => isPossible(row, delivered))
    .slice(0, MOST_COMPARED);
  if (possible.length === 0) return undefined;
  const texts = await tx.query<TextRow>({
    name: 'texts_of_mails',
    text: `
      SELECT t.id, t.body, t.body_type,
             COALESCE((SELECT jsonb_agg(jsonb_build_object('filename', f.filename, 'sizeBytes', f.size_bytes))
                       FROM attachments f
                       WHERE f.company_id = $1 AND f.thread_id = t.id AND NOT f.is_inline), '[]') AS files
      FROM communication_threads t
      WHERE t.company_id = $1 AND t.id = ANY($2::uuid[])`,
    values: [companyId, possible.map(({ id }) => id)],
  });
  const textOf = new Map(texts.map((text) => [text.id, text]));
  return possible.find((row) => isSameMail(storedMail(row, textOf.get(row.id)), delivered, row.is_in_mailbox));
}

function isPossible(row: Candidate, delivered: ComparedMail): boolean {
  const storedId = bareId(row.rfc_message_id);
  if (storedId !== null && delivered.messageId !== null) return storedId === delivered.messageId;
  return comparableSubject(row.subject) === comparableSubject(delivered.subject);
}

function deliveredMail(mail: NylasMessage): ComparedMail {
  const { from, to, cc, subject, date, body, bodyType } = mail;
  const files = mail.attachments.filter(({ isInline }) => !isInline);
  return { messageId: messageIdOf(mail.headers), from, to, cc, subject, date, body, bodyType, files };
}

function storedMail(row: Candidate, text: TextRow | undefined): ComparedMail {
  return {
    messageId: bareId(row.rfc_message_id),
    from: row.from_address,
    to: row.to_addresses,
    cc: row.cc_addresses,
    subject: row.subject,
    date: new Date(row.timestamp),
    body: text?.body ?? null,
    bodyType: text?.body_type ?? 'text/html',
    files: text?.files ?? [],
  };
}

/** Imported Message-IDs are stored as given, with or without angle brackets. */
function bareId(messageId: string | null): string | null {
  return messageId === null ? null : messageIdOf([{ name: 'message-id', value: messageId }]);
}
