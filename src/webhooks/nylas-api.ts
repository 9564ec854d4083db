import { setTimeout as sleep } from 'node:timers/promises';

/** The part of the Nylas v3 API that a back-fill needs: a mailbox's messages, page by page. */

export type NylasApi = {
  url: string;
  key: string;
  signal: AbortSignal;
  /** Told when the API asks to wait. */
  onWait?: (seconds: number) => void;
};

export type MessagesQuery = { grantId: string; receivedAfter: Date; pageToken: string | null; limit: number };
export type MessagesPage = { messages: unknown[]; nextPageToken: string | null };

/** The API refused for good; `status` says how. */
export class NylasApiError extends Error {
  readonly status: number;

  constructor(status: number) {
    super(REFUSALS[status] ?? `Nylas answered ${status}.`);
    this.status = status;
  }
}

const REFUSALS: Record<number, string> = {
  401: 'Nylas refused the API key: check NYLAS_API_KEY.',
  403: 'Nylas refused the API key for this grant.',
  404: 'Nylas knows no such grant.',
};

const TRIES = 8;
const FIRST_WAIT_SECONDS = 1;
const LONGEST_WAIT_SECONDS = 300;
const REQUEST_TIMEOUT_MS = 90_000;

/**
 * One page, newest messages first. Waits when the API says 429 (as long as `Retry-After` asks) and when it fails.
 * @throws NylasApiError when it refuses, or still fails after several tries
 */
export async function listNylasMessages(api: NylasApi, query: MessagesQuery): Promise<MessagesPage> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await request(api, query);
    if (response?.ok) return readPage(await response.json());
    await response?.body?.cancel();
    const mayPass = response === undefined || response.status === 429 || response.status >= 500;
    if (!mayPass || attempt === TRIES) throw new NylasApiError(response?.status ?? 503);
    const seconds = retryAfterSeconds(response) ?? FIRST_WAIT_SECONDS * 2 ** (attempt - 1);
    api.onWait?.(seconds);
    await sleep(Math.min(seconds, LONGEST_WAIT_SECONDS) * 1000, undefined, { signal: api.signal });
  }
}

/** Undefined when no answer came. */
async function request(api: NylasApi, query: MessagesQuery): Promise<Response | undefined> {
  const url = new URL(`${api.url}/v3/grants/${encodeURIComponent(query.grantId)}/messages`);
  url.searchParams.set('limit', String(query.limit));
  url.searchParams.set('received_after', String(Math.floor(query.receivedAfter.getTime() / 1000)));
  url.searchParams.set('fields', 'include_basic_headers');
  if (query.pageToken !== null) url.searchParams.set('page_token', query.pageToken);
  try {
    return await fetch(url, {
      headers: { authorization: `Bearer ${api.key}`, accept: 'application/json' },
      signal: AbortSignal.any([api.signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]),
    });
  } catch (error) {
    if (api.signal.aborted) throw error;
    return undefined;
  }
}

/** `Retry-After` in seconds or as a date. */
function retryAfterSeconds(response: Response | undefined): number | undefined {
  const value = response?.headers.get('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d{1,6}$/.test(value)) return Number(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1000));
}

function readPage(answer: unknown): MessagesPage {
  const { data, next_cursor: nextCursor } = (answer ?? {}) as { data?: unknown; next_cursor?: unknown };
  return {
    messages: Array.isArray(data) ? data : [],
    nextPageToken: typeof nextCursor === 'string' && nextCursor !== '' ? nextCursor : null,
  };
}
