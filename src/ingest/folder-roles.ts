import { answersIn, IS_ANSWERED } from '../conversations/answers.ts';
import { lockCompanyShared, lockConversation } from '../conversations/append.ts';
import { changeMessages } from '../conversations/merge.ts';
import { removeMessage } from '../conversations/remove.ts';
import { lockCompanyMail } from '../db/locks.ts';
import type { Tx } from '../db/transaction.ts';
import { indexableId } from '../domain/storable-text.ts';
import type { FolderRole } from '../domain/vocabulary.ts';
import { type Actor, recordAudit } from '../journal/audit.ts';
import { recordChange } from '../journal/counters.ts';
import { folderAttribute, folderRole } from '../mail/folders.ts';
import { UNSENT } from './direction.ts';
import type { IngestOutcome } from './event-ledger.ts';
import type { Mailbox } from './mailboxes.ts';
import type { NylasFolder, NylasMessage } from './nylas/event.ts';
import { reclassifyAsSent } from './reclassify.ts';

/**
 * Keeps what each folder of a mailbox is for. Microsoft's folders have opaque ids, and folder names come in every
 * language, so a role that the provider reports counts before both. When a role is reported after a mail of that folder
 * was stored, the mail is classified again.
 */

/** The mail with each folder of a known role replaced by the role's attribute, which `folderRole` recognises. */
export function withFolderRoles(mail: NylasMessage, { folderRoles }: Mailbox): NylasMessage {
  const folders = mail.folders.map((folder) => {
    const role = folderRoles[indexableId(folder)];
    return role === undefined ? folder : folderAttribute(role);
  });
  return { ...mail, folders };
}

/** Records that a message isn't sent yet, so that a later update of it is applied however old the message is. */
export function recordDraft(tx: Tx, { companyId, grantId }: Mailbox, mail: NylasMessage, seenAt: Date): void {
  tx.send({
    name: 'record_draft',
    text: `
      INSERT INTO draft_mails AS d (company_id, grant_id, provider_message_id, seen_at) VALUES ($1, $2, $3, $4)
      ON CONFLICT (company_id, grant_id, provider_message_id) DO UPDATE SET seen_at = GREATEST(d.seen_at, excluded.seen_at)`,
    values: [companyId, grantId, mail.messageId, seenAt.toISOString()],
  });
}

export function deleteDraft(tx: Tx, { companyId, grantId }: Mailbox, mail: NylasMessage): void {
  tx.send({
    name: 'delete_draft',
    text: 'DELETE FROM draft_mails WHERE company_id = $1 AND grant_id = $2 AND provider_message_id = $3',
    values: [companyId, grantId, mail.messageId],
  });
}

const MOST_UNPLACED = 20;

/** Records a stored mail, unless the role of one of its folders is known. */
export function recordUnplacedMail(
  tx: Tx,
  companyId: string,
  threadId: string,
  { grantId, folders }: NylasMessage,
): void {
  if (folders.length === 0 || folders.some((folder) => folderRole(folder) !== null)) return;
  tx.send({
    name: 'record_unplaced_mail',
    text: `
      INSERT INTO unplaced_mails (company_id, grant_id, folder_id, thread_id)
      SELECT $1, $2, f.id, $4 FROM unnest($3::text[]) AS f(id)
      ON CONFLICT DO NOTHING`,
    values: [companyId, grantId, [...new Set(folders.map((id) => indexableId(id)))].slice(0, MOST_UNPLACED), threadId],
  });
}

/** Records a folder's role, or that the folder is gone, and classifies the mails in it again. */
export async function applyFolder(
  tx: Tx,
  actor: Actor,
  mailbox: Mailbox,
  { folderId, role, hasAttributes }: NylasFolder,
  isDeleted: boolean,
): Promise<IngestOutcome> {
  const { companyId, grantId } = mailbox;
  await lockCompanyShared(tx, companyId);
  tx.send(lockCompanyMail(companyId));
  if (!isDeleted && role === null && !hasAttributes) return { state: 'applied', companyId };
  if (isDeleted || role === null) {
    tx.send({
      name: 'delete_folder',
      text: 'DELETE FROM mailbox_folders WHERE company_id = $1 AND grant_id = $2 AND folder_id = $3',
      values: [companyId, grantId, folderId],
    });
    return { state: 'applied', companyId };
  }
  recordFolderRole(tx, companyId, { grantId, folderId, role });
  const hasMore = await applyFolderRole(tx, actor, mailbox, folderId, role);
  return hasMore ? { state: 'received', reason: 'more_mails', companyId } : { state: 'applied', companyId };
}

export function recordFolderRole(
  tx: Tx,
  companyId: string,
  { grantId, folderId, role }: { grantId: string; folderId: string; role: FolderRole },
): void {
  tx.send({
    name: 'record_folder_role',
    text: `
      INSERT INTO mailbox_folders AS f (company_id, grant_id, folder_id, role) VALUES ($1, $2, $3, $4)
      ON CONFLICT (company_id, grant_id, folder_id) DO UPDATE SET role = excluded.role WHERE f.role <> excluded.role`,
    values: [companyId, grantId, folderId, role],
  });
}

const PAGE_SIZE = 200;

type Unplaced = { id: string };

/** Classifies up to `PAGE_SIZE` mails of the folder again. @returns whether there may be more */
async function applyFolderRole(
  tx: Tx,
  actor: Actor,
  mailbox: Mailbox,
  folderId: string,
  role: FolderRole,
): Promise<boolean> {
  const { companyId, grantId } = mailbox;
  const rows = await tx.query<Unplaced>({
    name: 'delete_unplaced_mails',
    text: `
      DELETE FROM unplaced_mails u
      WHERE u.company_id = $1 AND u.grant_id = $2 AND u.folder_id = $3
        AND u.thread_id IN (SELECT o.thread_id FROM unplaced_mails o
                            WHERE o.company_id = $1 AND o.grant_id = $2 AND o.folder_id = $3
                            ORDER BY o.thread_id LIMIT ${PAGE_SIZE})
      RETURNING u.thread_id AS id`,
    values: [companyId, grantId, folderId],
  });
  for (const { id } of rows) {
    if (UNSENT.includes(role)) await withdrawDraft(tx, actor, companyId, id);
    else if (role === 'sent') await reclassifyAsSent(tx, actor, companyId, id);
  }
  if (rows.length > 0) recordChange(tx, companyId);
  return rows.length === PAGE_SIZE;
}

type DraftReferences = { is_kept: boolean; is_seen_elsewhere: boolean };

/**
 * Removes a stored mail that turned out to be a draft, and marks the messages that it seemed to answer as unanswered.
 * A draft that has a note or a promise stays, and nothing changes when another mailbox has the mail too.
 */
async function withdrawDraft(tx: Tx, actor: Actor, companyId: string, id: string): Promise<void> {
  const threadGroupId = await lockConversation(tx, companyId, id);
  const [row] = await tx.query<DraftReferences>({
    name: 'references_to_draft',
    text: `
      SELECT EXISTS (SELECT FROM thread_notes n WHERE n.company_id = $1 AND n.thread_id = $2)
             OR EXISTS (SELECT FROM promises p WHERE p.company_id = $1 AND p.thread_id = $2) AS is_kept,
             EXISTS (SELECT FROM mail_copies c WHERE c.company_id = $1 AND c.thread_id = $2) AS is_seen_elsewhere`,
    values: [companyId, id],
  });
  if (row === undefined || row.is_seen_elsewhere) return;
  const [draft] = await tx.query<{ timestamp: string }>({
    name: 'unmark_draft_as_answer',
    text: `
      UPDATE communication_threads SET is_answer = false, updated_at = now()
      WHERE company_id = $1 AND id = $2
      RETURNING "timestamp"`,
    values: [companyId, id],
  });
  if (draft === undefined) return;
  if (row.is_kept) {
    recordAudit(tx, companyId, actor, {
      action: 'thread.updated',
      subjectId: id,
      details: { thread_group_id: threadGroupId, fields: ['requires_response'] },
    });
  } else removeMessage(tx, companyId, id, threadGroupId, actor);
  reopenQuestions(tx, companyId, threadGroupId, { id, timestamp: draft.timestamp });
}

/** Marks messages that no mail answers any more, unless a person has since marked them as needing no response. */
function reopenQuestions(
  tx: Tx,
  companyId: string,
  threadGroupId: string,
  draft: { id: string; timestamp: string },
): void {
  changeMessages(tx, 'reopen_questions', {
    before: answersIn('$2'),
    where: `t.thread_group_id = $2 AND t."timestamp" <= $3 AND t.direction = 'inbound' AND t.source = 'nylas'
            AND t.is_ar_related AND NOT t.is_automatic AND NOT t.requires_response AND NOT ${IS_ANSWERED}
            AND NOT EXISTS (SELECT FROM audit_events a
                            WHERE a.company_id = $1 AND a.id > $4 AND a.actor_kind = 'user'
                              AND a.details->>'thread_group_id' = $2::text
                              AND a.details->'fields' ? 'requires_response')`,
    set: 'requires_response = true, updated_at = now()',
    values: [companyId, threadGroupId, draft.timestamp, draft.id],
  });
}
