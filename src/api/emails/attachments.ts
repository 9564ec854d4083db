import { Readable, Transform } from 'node:stream';
import type { Connection } from '../../db/client.ts';
import { ApiError, notFound, unavailable } from '../../domain/errors.ts';

/** Downloads of attachments. Their bytes are streamed from the mail provider and never stored on this server. */

export type NylasApi = { apiKey: string | undefined; apiUrl: string; timing?: Partial<AttachmentTiming> | undefined };

/** The file name and content type in the mail, and the ids under which the provider stores the bytes. */
export type StoredAttachment = {
  filename: string;
  contentType: string;
  grantId: string;
  messageId: string;
  providerId: string;
};

export type AttachmentBytes = {
  stream: Readable;
  /** Undefined when the provider sends no usable `Content-Length`. */
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
 * Finds an attachment of any message of the email's conversation.
 * @throws notFound also when no provider stores its bytes, as after an import, and when its mailbox isn't connected to the
 *   company any more
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
  /** Until the response headers arrive. */
  answerWithinMs: number;
  /** Between two chunks of the body. */
  stalledAfterMs: number;
  /** For the whole body, even when chunks arrive steadily. */
  completeWithinMs: number;
};

const TIMING: AttachmentTiming = { answerWithinMs: 10_000, stalledAfterMs: 15_000, completeWithinMs: 30 * 60_000 };
const MAX_BYTES = 150 * 1024 * 1024;

/**
 * Opens the attachment at Nylas (`GET /v3/grants/{grant}/attachments/{id}/download?message_id=`).
 * @param signal aborts the download, when the client closes the connection
 * @throws notFound when Nylas no longer has it, ApiError payload_too_large, unavailable for any other failure
 */
export async function openAttachment(
  { apiKey, apiUrl, timing: given }: NylasApi,
  { grantId, messageId, providerId }: StoredAttachment,
  signal: AbortSignal,
): Promise<AttachmentBytes> {
  if (apiKey === undefined) throw unavailable(undefined, 'NYLAS_API_KEY is not set.');
  // Percent-encoding leaves dots unchanged, so these ids would be interpreted as path segments.
  if ([grantId, providerId, messageId].some((id) => id === '.' || id === '..')) throw notFound();
  const [grant, attachment, message] = [grantId, providerId, messageId].map(encodeURIComponent);
  const timing = { ...TIMING, ...given };
  const download = new AbortController();
  const abort = () => download.abort();
  signal.addEventListener('abort', abort, { once: true });
  const deadline = setTimeout(abort, timing.answerWithinMs);
  try {
    const url = `${apiUrl}/v3/grants/${grant}/attachments/${attachment}/download?message_id=${message}`;
    // `identity` avoids a compressed body; `redirect: 'error'` keeps the key from being sent to another host.
    const headers = { authorization: `Bearer ${apiKey}`, accept: '*/*', 'accept-encoding': 'identity' };
    const response = await fetch(url, { headers, redirect: 'error', signal: download.signal });
    if (!response.ok || !response.body) {
      abort();
      throw toApiError(response.status);
    }
    const sizeBytes = sizeOf(response);
    if (sizeBytes !== undefined && sizeBytes > MAX_BYTES) {
      abort();
      throw new ApiError('payload_too_large', 'The attachment is larger than this server passes on.');
    }
    return { stream: boundedStream(Readable.fromWeb(response.body as never), download, timing), sizeBytes };
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw unavailable(error, PROVIDER_UNAVAILABLE);
  } finally {
    clearTimeout(deadline);
  }
}

const PROVIDER_UNAVAILABLE = 'The mail provider is not available.';

/** Other statuses concern the API key or a disconnected mailbox; the client gets no details of them. */
function toApiError(status: number): ApiError {
  if (status === 404 || status === 410) return notFound();
  return unavailable(new Error(`Nylas answered ${status}`), PROVIDER_UNAVAILABLE);
}

function sizeOf(response: Response): number | undefined {
  const length = response.headers.get('content-length');
  return length !== null && /^[0-9]{1,15}$/.test(length) && !response.headers.get('content-encoding')
    ? Number(length)
    : undefined;
}

/** Aborts a body that exceeds `MAX_BYTES`, stalls or takes too long. Destroying the stream aborts the download. */
function boundedStream(body: Readable, download: AbortController, timing: AttachmentTiming): Readable {
  let bytes = 0;
  const bounded = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      stallTimer.refresh();
      done(bytes > MAX_BYTES ? new Error('The attachment is too large.') : null, chunk);
    },
  });
  const abort = (reason: string) => bounded.destroy(new Error(reason));
  const stallTimer = setTimeout(abort, timing.stalledAfterMs, 'The download stalled.');
  const totalTimer = setTimeout(abort, timing.completeWithinMs, 'The download took too long.');
  bounded.once('close', () => {
    clearTimeout(stallTimer);
    clearTimeout(totalTimer);
    download.abort();
  });
  body.once('error', (error) => bounded.destroy(error));
  return body.pipe(bounded);
}
