import { setTimeout as sleep } from 'node:timers/promises';

/** The part of the Nylas v3 API that a back-fill needs: a mailbox's messages, page by page. */

export type NylasApi = {
  url: string;
  key: string;
  signal: AbortSignal;
  /** Told before each wait, with what happened. */
  onWait?: (seconds: number, reason: string) => void;
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
 * @throws NylasApiError when it refuses, Error when nobody or something else answers; after several tries where it may pass
 */
export async function listNylasMessages(api: NylasApi, query: MessagesQuery): Promise<MessagesPage> {
  const url = urlOf(api, query.grantId, 'messages', query.limit, query.pageToken);
  url.searchParams.set('received_after', String(Math.floor(query.receivedAfter.getTime() / 1000)));
  url.searchParams.set('fields', 'include_basic_headers');
  const { objects: messages, nextPageToken } = await fetchPage(api, url);
  return { messages, nextPageToken };
}

const FOLDERS_AT_ONCE = 200;
/** More folders than any mailbox has. */
const MOST_PAGES = 50;

/** All folders of a mailbox. @throws as {@link listNylasMessages} */
export async function listNylasFolders(api: NylasApi, grantId: string): Promise<unknown[]> {
  const folders: unknown[] = [];
  let pageToken: string | null = null;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page: Page = await fetchPage(api, urlOf(api, grantId, 'folders', FOLDERS_AT_ONCE, pageToken));
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

type Page = { objects: unknown[]; nextPageToken: string | null };

async function fetchPage(api: NylasApi, url: URL): Promise<Page> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await request(api, url);
    if ('body' in outcome) return readPage(api, outcome.body);
    const { failure, mayPass, askedSeconds = FIRST_WAIT_SECONDS * 2 ** (attempt - 1) } = outcome;
    if (!mayPass || attempt === TRIES) throw failure;
    const seconds = Math.min(askedSeconds, LONGEST_WAIT_SECONDS);
    api.onWait?.(seconds, failure.message);
    await sleep(seconds * 1000, undefined, { signal: api.signal });
  }
}

type Outcome = { body: string } | { failure: Error; mayPass: boolean; askedSeconds?: number | undefined };

async function request(api: NylasApi, url: URL): Promise<Outcome> {
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
    return { failure: new Error(`No answer came from ${placeOf(api)}: ${cause?.code ?? name}.`), mayPass: true };
  }
}

function refusalOf({ status, headers }: Response): Outcome {
  const askedSeconds = retryAfterSeconds(headers.get('retry-after'));
  return { failure: new NylasApiError(status), mayPass: status === 429 || status >= 500, askedSeconds };
}

/** Without what else a URL may hold. */
function placeOf(api: NylasApi): string {
  return `NYLAS_API_URL, ${new URL(api.url).origin}`;
}

/** `Retry-After` in seconds or as a date. */
function retryAfterSeconds(header: string | null): number | undefined {
  const value = header?.trim();
  if (!value) return undefined;
  if (/^\d{1,6}$/.test(value)) return Number(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1000));
}

function readPage(api: NylasApi, body: string): Page {
  const { data, next_cursor: nextCursor } = parsed(body);
  if (!Array.isArray(data)) throw new Error(`This is not what Nylas answers: check ${placeOf(api)}.`);
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
