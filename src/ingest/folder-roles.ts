import { lockConversation, shareCompany } from '../conversations/append.ts';
import { change, IS_ANSWERED } from '../conversations/merge.ts';
import { removeMessage } from '../conversations/remove.ts';
import { lockCompanyMail } from '../db/locks.ts';
import type { Tx } from '../db/transaction.ts';
import { indexableId } from '../domain/storable-text.ts';
import type { FolderRole } from '../domain/vocabulary.ts';
import { PROVIDER } from '../journal/audit.ts';
import { recordChange } from '../journal/counters.ts';
import { attributeOf, folderRole } from '../mail/folders.ts';
import { UNSENT } from './direction.ts';
import type { Outcome } from './event-ledger.ts';
import type { Mailbox } from './mailboxes.ts';
import type { NylasFolder, NylasMessage } from './nylas/event.ts';
import { judgeAsSent } from './rematch.ts';

/**
 * What a mailbox's folders are for. Microsoft's have opaque ids and anybody's have names in some language: what the
 * provider tells of a folder counts before both. A mail that came before that was told is judged again.
 */

/** A mail with its folders under names whose role can be told. */
export function placedMail(mail: NylasMessage, { folderRoles }: Mailbox): NylasMessage {
  const folders = mail.folders.map((folder) => {
    const role = folderRoles[indexableId(folder)];
    return role === undefined ? folder : attributeOf(role);
  });
  return { ...mail, folders };
}

/** Remembers that a message wasn't sent yet, so that a later update of it is looked at however old it is. */
export function rememberDraft(tx: Tx, { companyId, grantId }: Mailbox, mail: NylasMessage, seenAt: Date): void {
  tx.send({
    name: 'remember_draft',
    text: `
      INSERT INTO draft_mails AS d (company_id, grant_id, provider_message_id, seen_at) VALUES ($1, $2, $3, $4)
      ON CONFLICT (company_id, grant_id, provider_message_id) DO UPDATE SET seen_at = GREATEST(d.seen_at, excluded.seen_at)`,
    values: [companyId, grantId, mail.messageId, seenAt.toISOString()],
  });
}

export function forgetDraft(tx: Tx, { companyId, grantId }: Mailbox, mail: NylasMessage): void {
  tx.send({
    name: 'forget_draft',
    text: 'DELETE FROM draft_mails WHERE company_id = $1 AND grant_id = $2 AND provider_message_id = $3',
    values: [companyId, grantId, mail.messageId],
  });
}

const MOST_UNPLACED = 20;

/** Remembers a stored mail none of whose folders says what it is for. */
export function rememberUnplaced(
  tx: Tx,
  companyId: string,
  threadId: string,
  { grantId, folders }: NylasMessage,
): void {
  if (folders.length === 0 || folders.some((folder) => folderRole(folder) !== null)) return;
  tx.send({
    name: 'remember_unplaced',
    text: `
      INSERT INTO unplaced_mails (company_id, grant_id, folder_id, thread_id)
      SELECT $1, $2, f.id, $4 FROM unnest($3::text[]) AS f(id)
      ON CONFLICT DO NOTHING`,
    values: [companyId, grantId, [...new Set(folders.map((id) => indexableId(id)))].slice(0, MOST_UNPLACED), threadId],
  });
}

/** Learns what a folder is for, or that it is gone, and judges the mails anew that lie in it. */
export async function applyFolder(
  tx: Tx,
  mailbox: Mailbox,
  { folderId, role }: NylasFolder,
  isDeleted: boolean,
): Promise<Outcome> {
  const { companyId, grantId } = mailbox;
  await shareCompany(tx, companyId);
  tx.send(lockCompanyMail(companyId));
  if (isDeleted || role === null) {
    tx.send({
      name: 'forget_folder',
      text: 'DELETE FROM mailbox_folders WHERE company_id = $1 AND grant_id = $2 AND folder_id = $3',
      values: [companyId, grantId, folderId],
    });
    return { state: 'applied', companyId };
  }
  learnFolder(tx, companyId, { grantId, folderId, role });
  const hasMore = await judgeUnplaced(tx, mailbox, folderId, role);
  return hasMore ? { state: 'received', reason: 'more_mails', companyId } : { state: 'applied', companyId };
}

export function learnFolder(
  tx: Tx,
  companyId: string,
  { grantId, folderId, role }: { grantId: string; folderId: string; role: FolderRole },
): void {
  tx.send({
    name: 'learn_folder',
    text: `
      INSERT INTO mailbox_folders AS f (company_id, grant_id, folder_id, role) VALUES ($1, $2, $3, $4)
      ON CONFLICT (company_id, grant_id, folder_id) DO UPDATE SET role = excluded.role WHERE f.role <> excluded.role`,
    values: [companyId, grantId, folderId, role],
  });
}

const PAGE = 200;

type Unplaced = { id: string };

/** @returns whether there may be more */
async function judgeUnplaced(tx: Tx, mailbox: Mailbox, folderId: string, role: FolderRole): Promise<boolean> {
  const { companyId, grantId } = mailbox;
  const rows = await tx.query<Unplaced>({
    name: 'take_unplaced_mails',
    text: `
      DELETE FROM unplaced_mails u
      WHERE u.company_id = $1 AND u.grant_id = $2 AND u.folder_id = $3
        AND u.thread_id IN (SELECT o.thread_id FROM unplaced_mails o
                            WHERE o.company_id = $1 AND o.grant_id = $2 AND o.folder_id = $3
                            ORDER BY o.thread_id LIMIT ${PAGE})
      RETURNING u.thread_id AS id`,
    values: [companyId, grantId, folderId],
  });
  for (const { id } of rows) {
    if (UNSENT.includes(role)) await withdraw(tx, companyId, id);
    else if (role === 'sent') await judgeAsSent(tx, companyId, id);
  }
  if (rows.length > 0) recordChange(tx, companyId);
  return rows.length === PAGE;
}

type Withdrawn = { is_kept: boolean; is_seen_elsewhere: boolean };

/** A mail that was never sent is no message, and what it seemed to answer is open again. One that people left something with stays. */
async function withdraw(tx: Tx, companyId: string, id: string): Promise<void> {
  const threadGroupId = await lockConversation(tx, companyId, id);
  const [row] = await tx.query<Withdrawn>({
    name: 'what_holds_a_draft',
    text: `
      SELECT EXISTS (SELECT FROM thread_notes n WHERE n.company_id = $1 AND n.thread_id = $2)
             OR EXISTS (SELECT FROM promises p WHERE p.company_id = $1 AND p.thread_id = $2) AS is_kept,
             EXISTS (SELECT FROM mail_copies c WHERE c.company_id = $1 AND c.thread_id = $2) AS is_seen_elsewhere`,
    values: [companyId, id],
  });
  if (row === undefined || row.is_seen_elsewhere) return;
  const [draft] = await tx.query<{ timestamp: string }>({
    name: 'time_of_a_draft',
    text: `
      UPDATE communication_threads SET is_answer = false, updated_at = now()
      WHERE company_id = $1 AND id = $2
      RETURNING "timestamp"`,
    values: [companyId, id],
  });
  if (draft === undefined) return;
  if (!row.is_kept) removeMessage(tx, companyId, id, threadGroupId, PROVIDER);
  reopenQuestions(tx, companyId, threadGroupId, { id, timestamp: draft.timestamp });
}

/** What no mail answers any more, unless a person has said since then that it needs no answer. */
function reopenQuestions(
  tx: Tx,
  companyId: string,
  threadGroupId: string,
  draft: { id: string; timestamp: string },
): void {
  change(tx, 'reopen_questions', {
    which: `t.thread_group_id = $2 AND t."timestamp" <= $3 AND t.direction = 'inbound' AND t.source = 'nylas'
            AND t.is_ar_related AND NOT t.is_automatic AND NOT t.requires_response AND NOT ${IS_ANSWERED}
            AND NOT EXISTS (SELECT FROM audit_events a
                            WHERE a.company_id = $1 AND a.id > $4 AND a.actor_kind = 'user'
                              AND a.details->>'thread_group_id' = $2::text
                              AND a.details->'fields' ? 'requires_response')`,
    set: 'requires_response = true, updated_at = now()',
    values: [companyId, threadGroupId, draft.timestamp, draft.id],
  });
}
