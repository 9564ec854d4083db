import type { Db } from '../db/client.ts';
import type { Tx } from '../db/transaction.ts';
import { OPERATOR, providerOf, recordAudit } from '../journal/audit.ts';
import { applyMail } from './apply-mail.ts';
import { type EventRow, type IngestOutcome, recordEventOutcome, toEvent } from './event-ledger.ts';
import { withFolderRoles } from './folder-roles.ts';
import { findMailbox } from './mailboxes.ts';
import { type NylasEvent, readNylasEvent } from './nylas/event.ts';

/**
 * Mails that were recognised as copies of stored ones, for an operator to review and to separate where that is wrong.
 */

export type DuplicateMail = {
  /** The argument of `ingest separate`. */
  id: string;
  companyId: string;
  receivedAt: string;
  duplicate: { from: string | null; subject: string; timestamp: string };
  /** The stored message that the mail was recognised as. */
  stored: { threadId: string; from: string | null; subject: string; timestamp: string };
};

type DuplicateRow = EventRow & {
  company_id: string;
  thread_id: string;
  stored_subject: string;
  stored_from: string | null;
  stored_timestamp: string;
};

const EVENT_COLUMNS =
  'e.id, e.provider, e.event_id, e.type, e.payload, e.content_encoding, e.request_id, e.received_at';

/** The newest first. Those whose payload was purged after 30 days can't be separated any more and are left out. */
export async function listDuplicateMails(
  db: Db,
  { companyId, limit }: { companyId: string; limit: number },
): Promise<DuplicateMail[]> {
  const rows = await db.query<DuplicateRow>({
    text: `
      SELECT ${EVENT_COLUMNS}, e.company_id,
             e.thread_id, t.subject AS stored_subject, t.from_address->>'email' AS stored_from, t."timestamp" AS stored_timestamp
      FROM webhook_events e
      JOIN communication_threads t ON t.company_id = $1 AND t.id = e.thread_id
      WHERE e.company_id = $1 AND e.provider = 'nylas' AND e.state = 'duplicate' AND e.payload IS NOT NULL
      ORDER BY e.id DESC
      LIMIT $2`,
    values: [companyId, limit],
  });
  return Promise.all(rows.map(toDuplicateMail));
}

async function toDuplicateMail(row: DuplicateRow): Promise<DuplicateMail> {
  const reading = await readDuplicate(row);
  const mail = reading.kind === 'message' ? reading.message : undefined;
  return {
    id: row.id,
    companyId: row.company_id,
    receivedAt: row.received_at,
    duplicate: {
      from: mail?.from?.email ?? null,
      subject: mail?.subject ?? '',
      timestamp: mail?.timestamp.toISOString() ?? row.received_at,
    },
    stored: {
      threadId: row.thread_id,
      from: row.stored_from,
      subject: row.stored_subject,
      timestamp: row.stored_timestamp,
    },
  };
}

/**
 * Stores a mail that was recognised as a copy as a message of its own.
 * @param id of a {@link DuplicateMail}
 * @returns undefined when there is no such duplicate, or no longer
 */
export async function separateDuplicateMail(db: Db, id: string): Promise<IngestOutcome | undefined> {
  return db.transaction(async (tx) => {
    const row = await lockDuplicate(tx, id);
    if (!row) return undefined;
    const reading = await readDuplicate(row);
    const mailbox = await findMailbox(tx, reading);
    if (reading.kind !== 'message' || !mailbox || mailbox.companyId !== row.company_id) return undefined;
    const { companyId } = mailbox;
    tx.send({
      name: 'delete_mail_copy',
      text: 'DELETE FROM mail_copies WHERE company_id = $1 AND grant_id = $2 AND provider_message_id = $3',
      values: [companyId, reading.message.grantId, reading.message.messageId],
    });
    const mail = withFolderRoles(reading.message, mailbox);
    const outcome = await applyMail(tx, providerOf(row.request_id ?? undefined), mailbox, mail, { isSeparate: true });
    recordEventOutcome(tx, id, toEvent(row), outcome);
    if (outcome.threadId !== undefined)
      recordAudit(tx, companyId, OPERATOR, {
        action: 'mail.separated',
        subjectId: outcome.threadId,
        details: { taken_for: row.thread_id },
      });
    return outcome;
  });
}

async function lockDuplicate(tx: Tx, id: string): Promise<DuplicateRow | undefined> {
  const [row] = await tx.query<DuplicateRow>({
    text: `
      SELECT ${EVENT_COLUMNS}, e.company_id,
             e.thread_id
      FROM webhook_events e
      WHERE e.id = $1 AND e.provider = 'nylas' AND e.state = 'duplicate' AND e.payload IS NOT NULL
      FOR UPDATE`,
    values: [id],
  });
  return row;
}

function readDuplicate(row: DuplicateRow): Promise<NylasEvent> {
  const contentEncoding = row.content_encoding ?? undefined;
  return readNylasEvent({ bytes: row.payload, contentEncoding, receivedAt: new Date(row.received_at) });
}
