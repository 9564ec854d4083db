import { createHash } from 'node:crypto';
import type { Db } from '../db/client.ts';
import { referencesOf } from '../mail/message-ids.ts';
import { recordFolderRole } from './folder-roles.ts';
import { type FailureLog, recordBackfilledMail } from './ingest.ts';
import { listNylasFolders, listNylasMessages, type NylasApi, NylasApiError } from './nylas/client.ts';
import { type NylasMessage, readNylasFolder, readNylasMessage } from './nylas/event.ts';

/** Fetches mail from before its mailbox was connected, page by page, and stores it as a webhook would have. */

export type BackfillProgress = {
  /** Messages read by this run and by the interrupted runs that it continues. */
  messages: number;
  applied: number;
  /** The date of the message that was read last; the API lists the newest first. */
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

const PAGE_SIZE = 100;

/**
 * Reads a mailbox back to `receivedAfter`. The database keeps the position, so a second call with the same date
 * continues where the first one stopped. Reading a page twice changes nothing.
 * @throws NylasApiError, or the abort reason of the signal in `api`
 */
export async function backfillMailbox(db: Db, backfill: Backfill): Promise<BackfillProgress> {
  const { api } = backfill;
  await recordFolderRoles(db, backfill);
  let { pageToken, messages } = await startOrResume(db, backfill);
  const progress: BackfillProgress = { messages, applied: 0, reachedDate: null };
  const unknown = new UnknownAnswers();
  for (;;) {
    const page = await readPage(backfill, pageToken);
    for (const object of page.messages) {
      api.signal.throwIfAborted();
      await recordMessage(db, backfill, object, progress, unknown);
    }
    messages += page.messages.length;
    pageToken = page.nextPageToken;
    await savePosition(db, backfill, pageToken, messages);
    if (pageToken === null) break;
  }
  await recordAgain(db, backfill, unknown.oldestFirst(), progress);
  return progress;
}

const MOST_UNKNOWN = 2_000;
const MOST_UNKNOWN_CHARACTERS = 64 * 1024 * 1024;

/**
 * Answers of unknown people, which `known_contacts` skips unless the mail that they answer is stored. The API lists the
 * newest mail first, so that mail comes after them.
 */
class UnknownAnswers {
  readonly #messages: object[] = [];
  #characters = 0;

  add(message: object, read: NylasMessage): void {
    const characters = read.body?.length ?? 0;
    const isFull = this.#messages.length >= MOST_UNKNOWN || this.#characters + characters > MOST_UNKNOWN_CHARACTERS;
    if (isFull || referencesOf(read.headers).length === 0) return;
    this.#characters += characters;
    this.#messages.push(message);
  }

  oldestFirst(): object[] {
    return this.#messages.toReversed();
  }
}

async function recordAgain(
  db: Db,
  { grantId, log, api }: Backfill,
  messages: readonly object[],
  progress: BackfillProgress,
): Promise<void> {
  for (const message of messages) {
    api.signal.throwIfAborted();
    const eventId = eventIdOf(grantId, readNylasMessage(message), message);
    const { state } = await recordBackfilledMail(db, log, eventId, message);
    if (state === 'applied') progress.applied += 1;
  }
}

function eventIdOf(grantId: string, read: NylasMessage | null, message: object): string {
  const id = read?.messageId ?? createHash('sha256').update(JSON.stringify(message)).digest('hex');
  return `backfill:${grantId}:${id}`;
}

/**
 * Records what the mailbox's folders are for, before the mails in them are read. Where the API refuses to list folders,
 * the back-fill continues without.
 */
async function recordFolderRoles(db: Db, { companyId, grantId, api }: Backfill): Promise<void> {
  const objects = await listNylasFolders(api, grantId).catch((error: unknown) => {
    if (error instanceof NylasApiError && [400, 403, 404, 405].includes(error.status)) return [];
    throw error;
  });
  const folders = objects.map((object) => readNylasFolder({ ...(object as object), grant_id: grantId }));
  await db.transaction(async (tx) => {
    for (const folder of folders)
      if (folder !== null && folder.role !== null) recordFolderRole(tx, companyId, { ...folder, role: folder.role });
  });
}

/** Starts again at the first page when the API no longer accepts the page token. */
async function readPage(backfill: Backfill, pageToken: string | null) {
  const { api, grantId, receivedAfter } = backfill;
  const query = { grantId, receivedAfter, limit: PAGE_SIZE };
  try {
    return await listNylasMessages(api, { ...query, pageToken });
  } catch (error) {
    if (pageToken === null || !(error instanceof NylasApiError) || error.status !== 400) throw error;
    return listNylasMessages(api, { ...query, pageToken: null });
  }
}

async function recordMessage(
  db: Db,
  { grantId, log, onProgress }: Backfill,
  object: unknown,
  progress: BackfillProgress,
  unknown: UnknownAnswers,
): Promise<void> {
  // The request's URL names the grant; not every provider repeats it in each message.
  const message = { ...(object as object), grant_id: grantId };
  const read = readNylasMessage(message);
  const { state, reason } = await recordBackfilledMail(db, log, eventIdOf(grantId, read, message), message);
  if (read !== null && reason === 'no_known_contact') unknown.add(message, read);
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

async function savePosition(db: Db, backfill: Backfill, pageToken: string | null, messages: number): Promise<void> {
  await db.query({
    text: `
      UPDATE mailbox_backfills
      SET page_token = $3, messages = $4, updated_at = now(), finished_at = CASE WHEN $3::text IS NULL THEN now() END
      WHERE company_id = $1 AND grant_id = $2`,
    values: [backfill.companyId, backfill.grantId, pageToken, messages],
  });
}
