import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Client for the part of the Nylas v3 API that a back-fill needs: a mailbox's messages, page by page, and its folders.
 */

export type NylasApi = {
  url: string;
  key: string;
  signal: AbortSignal;
  /** Called before each wait. @param reason why the request has to be repeated */
  onWait?: (seconds: number, reason: string) => void;
};

export type MessagesQuery = { grantId: string; receivedAfter: Date; pageToken: string | null; limit: number };
export type MessagesPage = { messages: unknown[]; nextPageToken: string | null };

/** The API refused the request; `status` is the HTTP status. */
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
  404: 'Nylas has no such grant.',
};

const MAX_ATTEMPTS = 8;
const FIRST_WAIT_SECONDS = 1;
const LONGEST_WAIT_SECONDS = 300;
const REQUEST_TIMEOUT_MS = 90_000;

/**
 * Reads one page, newest messages first. Repeats the request after a wait when the API answers 429 or 5xx or can't be
 * reached, up to 8 times; `Retry-After` sets the wait.
 * @throws NylasApiError when the API refuses; Error when it can't be reached or the response isn't one of Nylas
 */
export async function listNylasMessages(api: NylasApi, query: MessagesQuery): Promise<MessagesPage> {
  const url = urlOf(api, query.grantId, 'messages', query.limit, query.pageToken);
  url.searchParams.set('received_after', String(Math.floor(query.receivedAfter.getTime() / 1000)));
  url.searchParams.set('fields', 'include_basic_headers');
  const { objects: messages, nextPageToken } = await fetchPage(api, url);
  return { messages, nextPageToken };
}

const FOLDERS_PER_PAGE = 200;
/** Bounds the loop; no mailbox has as many folders. */
const MOST_PAGES = 50;

/** All folders of a mailbox. @throws as {@link listNylasMessages} */
export async function listNylasFolders(api: NylasApi, grantId: string): Promise<unknown[]> {
  const folders: unknown[] = [];
  let pageToken: string | null = null;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page: NylasPage = await fetchPage(api, urlOf(api, grantId, 'folders', FOLDERS_PER_PAGE, pageToken));
    folders.push(...page.objects);
    pageToken = page.nextPageToken;
    if (pageToken === null) break;
  }
  return folders;
}

function urlOf(api: NylasApi, grantId: string, collection: string, limit: number, pageToken: string | null): URL {
  const url = new URL(`${api.url}/v3/grants/${encodeURIComponent(grantId)}/${collection}`);
  url.searchParams.set('limit', String(limit));
  if (pageToken !== null) url.searchParams.set('page_token', pageToken);
  return url;
}

type NylasPage = { objects: unknown[]; nextPageToken: string | null };

async function fetchPage(api: NylasApi, url: URL): Promise<NylasPage> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await request(api, url);
    if ('body' in result) return readPage(api, result.body);
    const { failure, isTransient, retryAfterSeconds = FIRST_WAIT_SECONDS * 2 ** (attempt - 1) } = result;
    if (!isTransient || attempt === MAX_ATTEMPTS) throw failure;
    const seconds = Math.min(retryAfterSeconds, LONGEST_WAIT_SECONDS);
    api.onWait?.(seconds, failure.message);
    await sleep(seconds * 1000, undefined, { signal: api.signal });
  }
}

type RequestResult =
  | { body: string }
  | { failure: Error; isTransient: boolean; retryAfterSeconds?: number | undefined };

async function request(api: NylasApi, url: URL): Promise<RequestResult> {
  try {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${api.key}`, accept: 'application/json' },
      signal: AbortSignal.any([api.signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]),
    });
    const body = await response.text();
    return response.ok ? { body } : refusalOf(response);
  } catch (error) {
    if (api.signal.aborted) throw error;
    const { name, cause } = error as { name: string; cause?: { code?: string } };
    return { failure: new Error(`No answer came from ${originOf(api)}: ${cause?.code ?? name}.`), isTransient: true };
  }
}

function refusalOf({ status, headers }: Response): RequestResult {
  const retryAfterSeconds = parseRetryAfter(headers.get('retry-after'));
  return { failure: new NylasApiError(status), isTransient: status === 429 || status >= 500, retryAfterSeconds };
}

/** The origin only: the rest of a URL may hold credentials. */
function originOf(api: NylasApi): string {
  return `NYLAS_API_URL, ${new URL(api.url).origin}`;
}

/** Seconds to wait; the header holds seconds or a date. */
function parseRetryAfter(header: string | null): number | undefined {
  const value = header?.trim();
  if (!value) return undefined;
  if (/^\d{1,6}$/.test(value)) return Number(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1000));
}

function readPage(api: NylasApi, body: string): NylasPage {
  const { data, next_cursor: nextCursor } = parsed(body);
  if (!Array.isArray(data)) throw new Error(`This is not what Nylas answers: check ${originOf(api)}.`);
  return {
    objects: data,
    nextPageToken: typeof nextCursor === 'string' && nextCursor !== '' ? nextCursor : null,
  };
}

function parsed(body: string): { data?: unknown; next_cursor?: unknown } {
  try {
    return JSON.parse(body) ?? {};
  } catch {
    return {};
  }
}
