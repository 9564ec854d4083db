import type { Connection } from '../db/client.ts';
import type { Tx } from '../db/transaction.ts';
import type { MailboxSync } from '../domain/vocabulary.ts';
import type { NylasEvent } from './nylas/event.ts';

/** Connected mailboxes. */

export type Mailbox = { companyId: string; grantId: string; sync: MailboxSync };

/** The mailbox that a message is from, while it is connected. */
export async function findMailbox(connection: Connection, event: NylasEvent): Promise<Mailbox | undefined> {
  if (event.kind !== 'message') return undefined;
  const { grantId } = event.message;
  const [row] = await connection.query<{ company_id: string; sync: MailboxSync }>({
    name: 'mailbox_of_grant',
    text: 'SELECT company_id, sync FROM mailboxes WHERE grant_id = $1',
    values: [grantId],
  });
  return row && { companyId: row.company_id, grantId, sync: row.sync };
}

/** Of all mailboxes of a company. */
export async function findMailboxAddresses(tx: Tx, companyId: string): Promise<string[]> {
  const rows = await tx.query<{ email: string }>({
    name: 'mailbox_addresses',
    text: 'SELECT email FROM mailboxes WHERE company_id = $1',
    values: [companyId],
  });
  return rows.map(({ email }) => email);
}
