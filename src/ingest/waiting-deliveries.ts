import type { Tx } from '../db/transaction.ts';
import { messageIdOf, referencesOf } from '../mail/message-ids.ts';
import type { NylasMessage } from './nylas/event.ts';

/**
 * Skipped deliveries that wait for another mail to be stored: with its Message-ID for their answers, with its references
 * for the mail that it answers.
 */

/** Of the Message-IDs that a mail answers, so many count: the direct parent is the last one. */
const MOST_AWAITED = 20;
/** How many waiting deliveries one mail brings back. */
const MOST_BROUGHT_BACK = 20;

export type WaitingRow = { event_row_id: string };

/** The Message-IDs, one of which a stored mail must have for this answer to be kept. */
export function answeredIds({ headers }: NylasMessage): string[] {
  return referencesOf(headers).slice(-MOST_AWAITED);
}

/** The mail's own Message-ID, if it has one. */
export function ownIds({ headers }: NylasMessage): string[] {
  const messageId = messageIdOf(headers);
  return messageId === null ? [] : [messageId];
}

/** Records the Message-IDs that a skipped delivery waits for. @param eventRowId of its row in the ledger */
export function recordWaiting(tx: Tx, companyId: string, eventRowId: string, messageIds: readonly string[]): void {
  tx.send({
    name: 'record_waiting_delivery',
    text: `
      INSERT INTO waiting_deliveries (company_id, rfc_message_id, event_row_id)
      SELECT $1, m.id, $2 FROM unnest($3::text[]) AS m(id)
      ON CONFLICT DO NOTHING`,
    values: [companyId, eventRowId, messageIds],
  });
}

/** The deliveries that wait for this mail, oldest first. */
export async function findWaiting(tx: Tx, companyId: string, mail: NylasMessage): Promise<WaitingRow[]> {
  const ids = [...ownIds(mail), ...referencesOf(mail.headers)];
  if (ids.length === 0) return [];
  return tx.query<WaitingRow>({
    name: 'waiting_deliveries',
    text: `
      SELECT DISTINCT w.event_row_id
      FROM waiting_deliveries w
      WHERE w.company_id = $1 AND w.rfc_message_id = ANY($2::text[])
      ORDER BY w.event_row_id
      LIMIT ${MOST_BROUGHT_BACK}`,
    values: [companyId, ids],
  });
}

/** Ends the waiting of deliveries that are about to be applied again. @returns their rows in the ledger */
export function bringBack(tx: Tx, companyId: string, waiting: readonly WaitingRow[]): string[] {
  const ids = waiting.map((row) => row.event_row_id);
  if (ids.length > 0)
    tx.send({
      name: 'delete_waiting_deliveries',
      text: 'DELETE FROM waiting_deliveries WHERE company_id = $1 AND event_row_id = ANY($2::uuid[])',
      values: [companyId, ids],
    });
  return ids;
}
