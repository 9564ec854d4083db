import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { type AddressRules, isPublic, judgedLookup, literalAddress, PrivateAddressError } from './address.ts';

/** One attempt at a delivery. */

export type Delivery = { url: string; headers: Record<string, string>; body: string };

/** What came of it. `error` null: 2xx in time. */
export type SendResult = {
  status: number | null;
  error: string | null;
  /** What `Retry-After` says, from now. */
  retryAfterMs: number | undefined;
};

/** Of an answer no more is read, and nothing of it is kept. */
const MAX_RESPONSE_BYTES = 64 << 10;
const MAX_HEADER_BYTES = 16 << 10;

/** Sends deliveries over connections that it keeps for a while, each to an address that was judged. */
export class Sender {
  readonly #rules: AddressRules;
  readonly #timeoutMs: number;
  readonly #http: HttpAgent;
  readonly #https: HttpsAgent;

  constructor(rules: AddressRules, timeoutMs: number) {
    this.#rules = rules;
    this.#timeoutMs = timeoutMs;
    const options = { keepAlive: true, maxFreeSockets: 64, timeout: 30_000, lookup: judgedLookup(rules) };
    this.#http = new HttpAgent(options);
    this.#https = new HttpsAgent(options);
  }

  /**
   * Never throws for what the receiver does: that is a result.
   * @throws the signal's reason when the server stops meanwhile
   */
  async send(delivery: Delivery, signal: AbortSignal): Promise<SendResult> {
    const url = new URL(delivery.url);
    const literal = literalAddress(url);
    const isAllowed = this.#rules.allowPrivate || (url.protocol === 'https:' && !(literal && !isPublic(literal)));
    if (!isAllowed) return failure(new PrivateAddressError().message);
    try {
      return await this.#attempt(url, delivery, signal);
    } catch (error) {
      signal.throwIfAborted();
      return failure(describeFailure(error as NodeJS.ErrnoException));
    }
  }

  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }

  /** A kept connection that the receiver has just closed is no failure of the receiver: the attempt is made once more. */
  async #attempt(url: URL, delivery: Delivery, signal: AbortSignal): Promise<SendResult> {
    const attempt = new AbortController();
    const timer = setTimeout(() => attempt.abort(new TimeoutError()), this.#timeoutMs);
    const stop = () => attempt.abort(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    try {
      return await this.#request(url, delivery, attempt.signal).catch((error: Error) => {
        attempt.signal.throwIfAborted();
        if (error instanceof StaleConnectionError) return this.#request(url, delivery, attempt.signal);
        throw error;
      });
    } catch (error) {
      attempt.signal.throwIfAborted();
      throw error;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
  }

  #request(url: URL, { headers, body }: Delivery, signal: AbortSignal): Promise<SendResult> {
    const isHttps = url.protocol === 'https:';
    const request = isHttps ? httpsRequest : httpRequest;
    const options = {
      method: 'POST',
      agent: isHttps ? this.#https : this.#http,
      maxHeaderSize: MAX_HEADER_BYTES,
      headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      signal,
    };
    return new Promise((resolve, reject) => {
      const sent = request(url, options, (response) => {
        drain(response);
        resolve(resultOf(response));
      });
      sent.on('error', (error: NodeJS.ErrnoException) => {
        const isStale = sent.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
        reject(isStale ? new StaleConnectionError() : error);
      });
      sent.end(body);
    });
  }
}

class StaleConnectionError extends Error {}

class TimeoutError extends Error {
  constructor() {
    super('No answer in time.');
  }
}

/** The status decides; of the rest so much is read that a short answer leaves the connection usable. */
function drain(response: IncomingMessage): void {
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_RESPONSE_BYTES) response.destroy();
  });
  response.on('error', () => undefined);
  const timer = setTimeout(() => response.destroy(), 5_000).unref();
  response.on('close', () => clearTimeout(timer));
}

function resultOf({ statusCode: status = 0, headers }: IncomingMessage): SendResult {
  if (status >= 200 && status < 300) return { status, error: null, retryAfterMs: undefined };
  const isRedirect = status >= 300 && status < 400;
  const error = isRedirect ? `Answered ${status}: redirects are not followed.` : `Answered ${status}.`;
  return { status, error, retryAfterMs: retryAfterOf(headers['retry-after']) };
}

/** Seconds, or a date (RFC 9110 §10.2.3). */
function retryAfterOf(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  if (/^[0-9]{1,9}$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}

function failure(error: string): SendResult {
  return { status: null, error, retryAfterMs: undefined };
}

/** Fixed words for what is known; the message of another error may hold what the receiver sent. */
function describeFailure(error: NodeJS.ErrnoException): string {
  if (error instanceof PrivateAddressError || error instanceof TimeoutError) return error.message;
  const inner = error instanceof AggregateError ? (error.errors[0] as NodeJS.ErrnoException) : error;
  const code = inner.code ?? error.code;
  return code === undefined ? 'The connection failed.' : (FAILURES[code] ?? `The connection failed (${code}).`);
}

const FAILURES: Record<string, string> = {
  ECONNREFUSED: 'The connection was refused.',
  ECONNRESET: 'The connection was closed before an answer came.',
  ENOTFOUND: 'The name does not resolve.',
  ENODATA: 'The name does not resolve.',
  ETIMEDOUT: 'The connection could not be made in time.',
};
