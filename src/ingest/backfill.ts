import { createHash } from 'node:crypto';
import type { Db } from '../db/client.ts';
import { learnFolder } from './folder-roles.ts';
import { type FailureLog, recordBackfilledMail } from './ingest.ts';
import { listNylasFolders, listNylasMessages, type NylasApi, NylasApiError } from './nylas/client.ts';
import { readNylasFolder, readNylasMessage } from './nylas/event.ts';

/** Mail that was there before its mailbox was connected, fetched page by page and put where a webhook would have put it. */

export type BackfillProgress = {
  /** Messages read, of this run and of those before it that it goes on from. */
  messages: number;
  applied: number;
  /** The date of the message read last; the API lists the newest first. */
  reachedDate: Date | null;
};

export type Backfill = {
  companyId: string;
  grantId: string;
  receivedAfter: Date;
  api: NylasApi;
  log: FailureLog;
  onProgress?: (progress: BackfillProgress) => void;
};

const PAGE = 100;

/**
 * Reads a mailbox back to `receivedAfter`. Where it stopped stands in the database: called again for the same date, it
 * goes on there. Reading a page twice changes nothing.
 * @throws NylasApiError, or the reason of the signal that stopped it
 */
export async function backfillMailbox(db: Db, backfill: Backfill): Promise<BackfillProgress> {
  const { api } = backfill;
  await learnFolders(db, backfill);
  let { pageToken, messages } = await startOrResume(db, backfill);
  const progress: BackfillProgress = { messages, applied: 0, reachedDate: null };
  for (;;) {
    const page = await readPage(backfill, pageToken);
    for (const object of page.messages) {
      api.signal.throwIfAborted();
      await takeMessage(db, backfill, object, progress);
    }
    messages += page.messages.length;
    pageToken = page.nextPageToken;
    await remember(db, backfill, pageToken, messages);
    if (pageToken === null) return progress;
  }
}

/** What the mailbox's folders are for, before the mails that lie in them. A mailbox whose folders the API doesn't tell goes on without. */
async function learnFolders(db: Db, { companyId, grantId, api }: Backfill): Promise<void> {
  const objects = await listNylasFolders(api, grantId).catch((error: unknown) => {
    if (error instanceof NylasApiError && [400, 403, 404, 405].includes(error.status)) return [];
    throw error;
  });
  const folders = objects.map((object) => readNylasFolder({ ...(object as object), grant_id: grantId }));
  await db.transaction(async (tx) => {
    for (const folder of folders)
      if (folder !== null && folder.role !== null) learnFolder(tx, companyId, { ...folder, role: folder.role });
  });
}

/** A page token that the API does not take any more: from the start again. */
async function readPage(backfill: Backfill, pageToken: string | null) {
  const { api, grantId, receivedAfter } = backfill;
  const query = { grantId, receivedAfter, limit: PAGE };
  try {
    return await listNylasMessages(api, { ...query, pageToken });
  } catch (error) {
    if (pageToken === null || !(error instanceof NylasApiError) || error.status !== 400) throw error;
    return listNylasMessages(api, { ...query, pageToken: null });
  }
}

async function takeMessage(
  db: Db,
  { grantId, log, onProgress }: Backfill,
  object: unknown,
  progress: BackfillProgress,
): Promise<void> {
  // The grant is in the address that was asked; not every provider repeats it in each message.
  const message = { ...(object as object), grant_id: grantId };
  const read = readNylasMessage(message);
  const id = read?.messageId ?? createHash('sha256').update(JSON.stringify(message)).digest('hex');
  const { state } = await recordBackfilledMail(db, log, `backfill:${grantId}:${id}`, message);
  progress.messages += 1;
  if (state === 'applied') progress.applied += 1;
  progress.reachedDate = read?.date ?? progress.reachedDate;
  onProgress?.(progress);
}

async function startOrResume(
  db: Db,
  { companyId, grantId, receivedAfter }: Backfill,
): Promise<{ pageToken: string | null; messages: number }> {
  const [row] = await db.query<{ page_token: string | null; messages: number }>({
    text: `
      INSERT INTO mailbox_backfills AS b (company_id, grant_id, received_after)
      VALUES ($1, $2, $3)
      ON CONFLICT (company_id, grant_id) DO UPDATE
      SET received_after = excluded.received_after, updated_at = now(), finished_at = NULL,
          page_token = CASE WHEN b.finished_at IS NULL AND b.received_after = excluded.received_after THEN b.page_token END,
          messages = CASE WHEN b.finished_at IS NULL AND b.received_after = excluded.received_after THEN b.messages ELSE 0 END
      RETURNING page_token, messages`,
    values: [companyId, grantId, receivedAfter.toISOString()],
  });
  return { pageToken: row?.page_token ?? null, messages: row?.messages ?? 0 };
}

async function remember(db: Db, backfill: Backfill, pageToken: string | null, messages: number): Promise<void> {
  await db.query({
    text: `
      UPDATE mailbox_backfills
      SET page_token = $3, messages = $4, updated_at = now(), finished_at = CASE WHEN $3::text IS NULL THEN now() END
      WHERE company_id = $1 AND grant_id = $2`,
    values: [backfill.companyId, backfill.grantId, pageToken, messages],
  });
}
