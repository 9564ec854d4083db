import { Readable, Transform } from 'node:stream';
import type { Connection } from '../../db/client.ts';
import { ApiError, notFound, unavailable } from '../../domain/errors.ts';

/** The bytes of an attachment stay with the provider and pass through, never stored here. */

export type NylasApi = { apiKey: string | undefined; apiUrl: string; timing?: Partial<AttachmentTiming> | undefined };

/** What the mail says of it, and where the provider has it. */
export type StoredAttachment = {
  filename: string;
  contentType: string;
  grantId: string;
  messageId: string;
  providerId: string;
};

export type AttachmentBytes = {
  stream: Readable;
  /** Undefined when the provider doesn't say. */
  sizeBytes: number | undefined;
};

const ATTACHMENT = `
  SELECT f.filename, f.content_type AS "contentType", f.provider_id AS "providerId",
         m.grant_id AS "grantId", m.provider_message_id AS "messageId"
  FROM communication_threads a
  JOIN communication_threads m ON m.company_id = $1 AND m.thread_group_id = a.thread_group_id
  JOIN attachments f ON f.company_id = $1 AND f.thread_id = m.id
  JOIN mailboxes b ON b.company_id = $1 AND b.grant_id = m.grant_id
  WHERE a.company_id = $1 AND a.id = $2 AND a.communication_type = 'email' AND a.source <> 'manual'
    AND f.id = $3
    AND f.provider_id IS NOT NULL AND m.grant_id IS NOT NULL AND m.provider_message_id IS NOT NULL`;

/**
 * An attachment of any message of the email's conversation.
 * @throws notFound also when no provider has its bytes, as with an import, or no mailbox of the company is connected to it
 */
export async function getAttachment(
  connection: Connection,
  companyId: string,
  threadId: string,
  attachmentId: string,
): Promise<StoredAttachment> {
  const [attachment] = await connection.query<StoredAttachment>({
    name: 'get_attachment',
    text: ATTACHMENT,
    values: [companyId, threadId, attachmentId],
  });
  if (!attachment) throw notFound();
  return attachment;
}

export type AttachmentTiming = {
  /** For the first of the answer. */
  answerWithinMs: number;
  /** Between two pieces of the body. */
  stalledAfterMs: number;
  /** For all of it, however steadily it drips. */
  completeWithinMs: number;
};

const TIMING: AttachmentTiming = { answerWithinMs: 10_000, stalledAfterMs: 15_000, completeWithinMs: 30 * 60_000 };
const MAX_BYTES = 150 * 1024 * 1024;

/**
 * Opens the attachment at Nylas (`GET /v3/grants/{grant}/attachments/{id}/download?message_id=`).
 * @param signal aborts the download when the client leaves
 * @throws notFound when Nylas has it no more, payloadTooLarge, unavailable for anything else
 */
export async function openAttachment(
  { apiKey, apiUrl, timing: given }: NylasApi,
  { grantId, messageId, providerId }: StoredAttachment,
  signal: AbortSignal,
): Promise<AttachmentBytes> {
  if (apiKey === undefined) throw unavailable(undefined, 'NYLAS_API_KEY is not set.');
  // No encoding keeps these from being taken for a step in the path.
  if ([grantId, providerId, messageId].some((id) => id === '.' || id === '..')) throw notFound();
  const [grant, attachment, message] = [grantId, providerId, messageId].map(encodeURIComponent);
  const timing = { ...TIMING, ...given };
  const download = new AbortController();
  const abort = () => download.abort();
  signal.addEventListener('abort', abort, { once: true });
  const deadline = setTimeout(abort, timing.answerWithinMs);
  try {
    const response = await fetch(
      `${apiUrl}/v3/grants/${grant}/attachments/${attachment}/download?message_id=${message}`,
      {
        // The key goes to this address alone, and bytes come as they are.
        headers: { authorization: `Bearer ${apiKey}`, accept: '*/*', 'accept-encoding': 'identity' },
        redirect: 'error',
        signal: download.signal,
      },
    );
    if (!response.ok || !response.body) {
      abort();
      throw refusal(response.status);
    }
    const sizeBytes = sizeOf(response);
    if (sizeBytes !== undefined && sizeBytes > MAX_BYTES) {
      abort();
      throw new ApiError('payload_too_large', 'The attachment is larger than this server passes on.');
    }
    return { stream: boundedStream(Readable.fromWeb(response.body as never), download, timing), sizeBytes };
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw unavailable(error, PROVIDER_AWAY);
  } finally {
    clearTimeout(deadline);
  }
}

const PROVIDER_AWAY = 'The mail provider can not be asked right now.';

/** What Nylas says of our key, or of a mailbox that was disconnected, is no business of the client's. */
function refusal(status: number): ApiError {
  if (status === 404 || status === 410) return notFound();
  return unavailable(new Error(`Nylas answered ${status}`), PROVIDER_AWAY);
}

function sizeOf(response: Response): number | undefined {
  const length = response.headers.get('content-length');
  return length !== null && /^[0-9]{1,15}$/.test(length) && !response.headers.get('content-encoding')
    ? Number(length)
    : undefined;
}

/** Breaks off a body that grows past the bound, stalls or never ends; whoever destroys the stream ends the download. */
function boundedStream(body: Readable, download: AbortController, timing: AttachmentTiming): Readable {
  let bytes = 0;
  const bounded = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      stall.refresh();
      done(bytes > MAX_BYTES ? new Error('The attachment is too large.') : null, chunk);
    },
  });
  const breakOff = (reason: string) => bounded.destroy(new Error(reason));
  const stall = setTimeout(breakOff, timing.stalledAfterMs, 'The download stalled.');
  const end = setTimeout(breakOff, timing.completeWithinMs, 'The download took too long.');
  bounded.once('close', () => {
    clearTimeout(stall);
    clearTimeout(end);
    download.abort();
  });
  body.once('error', (error) => bounded.destroy(error));
  return body.pipe(bounded);
}
