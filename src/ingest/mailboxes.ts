import { LRUCache } from 'lru-cache';
import type { Connection, Db } from '../db/client.ts';
import type { Tx } from '../db/transaction.ts';
import { indexableId } from '../domain/storable-text.ts';
import type { FolderRole, MailboxSync } from '../domain/vocabulary.ts';
import type { NylasEvent } from './nylas/event.ts';

/** Connected mailboxes. */

export type Mailbox = {
  companyId: string;
  grantId: string;
  sync: MailboxSync;
  /** The addresses of all mailboxes of the company. */
  companyAddresses: readonly string[];
  /** By folder id: the roles that the provider reported for the event's folders. */
  folderRoles: Readonly<Record<string, FolderRole>>;
  /** When the event's message was last seen as a draft; null when it never was. RFC 3339. */
  draftSeenAt: string | null;
};

type MailboxRow = {
  company_id: string;
  sync: MailboxSync;
  addresses: string[];
  roles: Record<string, FolderRole> | null;
  draft_seen_at: string | null;
};

/** The connected mailbox of a message or a folder; undefined for other events and when the mailbox isn't connected. */
export async function findMailbox(connection: Connection, event: NylasEvent): Promise<Mailbox | undefined> {
  if (!isOfMailbox(event)) return undefined;
  const [grantId, messageId, folders] =
    event.kind === 'message'
      ? [event.message.grantId, event.message.messageId, event.message.folders]
      : [event.folder.grantId, '', []];
  const [row] = await connection.query<MailboxRow>({
    name: 'mailbox_of_grant',
    text: `
      SELECT b.company_id, b.sync,
             ARRAY(SELECT o.email FROM mailboxes o WHERE o.company_id = b.company_id) AS addresses,
             (SELECT jsonb_object_agg(f.folder_id, f.role) FROM mailbox_folders f
              WHERE f.company_id = b.company_id AND f.grant_id = $1 AND f.folder_id = ANY($3::text[])) AS roles,
             (SELECT d.seen_at FROM draft_mails d
              WHERE d.company_id = b.company_id AND d.grant_id = $1 AND d.provider_message_id = $2) AS draft_seen_at
      FROM mailboxes b
      WHERE b.grant_id = $1`,
    values: [grantId, messageId, folders.map((folder) => indexableId(folder))],
  });
  return (
    row && {
      companyId: row.company_id,
      grantId,
      sync: row.sync,
      companyAddresses: row.addresses,
      folderRoles: row.roles ?? {},
      draftSeenAt: row.draft_seen_at,
    }
  );
}

/**
 * The companies of the grants that were seen last. Only an assumption, because an operator may have moved or removed a
 * mailbox since: the transaction that applies an event reads its mailbox.
 */
const companiesByGrant = new LRUCache<string, string>({ max: 10_000 });

/** The company that an event probably belongs to, without a look-up if an event of the same mailbox was seen before. */
export async function assumeCompany(db: Db, event: NylasEvent): Promise<string | undefined> {
  if (!isOfMailbox(event)) return undefined;
  const assumed = companiesByGrant.get(event.grantId ?? '');
  if (assumed !== undefined) return assumed;
  return rememberCompany(await db.withLookUps((connection) => findMailbox(connection, event)), event);
}

/** Corrects the assumption. @param mailbox that `findMailbox` returned for the event */
export function rememberCompany(mailbox: Mailbox | undefined, event: NylasEvent): string | undefined {
  if (mailbox !== undefined) companiesByGrant.set(mailbox.grantId, mailbox.companyId);
  else if (isOfMailbox(event)) companiesByGrant.delete(event.grantId ?? '');
  return mailbox?.companyId;
}

type MailboxEvent = Extract<NylasEvent, { kind: 'message' | 'folder' }>;

function isOfMailbox(event: NylasEvent): event is MailboxEvent {
  return event.kind === 'message' || event.kind === 'folder';
}

/** The addresses of all mailboxes of a company. */
export async function findMailboxAddresses(tx: Tx, companyId: string): Promise<string[]> {
  const rows = await tx.query<{ email: string }>({
    name: 'mailbox_addresses',
    text: 'SELECT email FROM mailboxes WHERE company_id = $1',
    values: [companyId],
  });
  return rows.map(({ email }) => email);
}
