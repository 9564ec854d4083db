import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { type AddressRules, isPublic, literalAddress, PrivateAddressError, restrictedLookup } from './address.ts';

/** Sends deliveries over HTTP. */

export type Delivery = { url: string; headers: Record<string, string>; body: string };

/** The result of one attempt. `status`: null without a response. `error`: null after a 2xx in time. */
export type SendResult = {
  status: number | null;
  error: string | null;
  /** The `Retry-After` of the response, from now; undefined without one. */
  retryAfterMs: number | undefined;
};

/** The server reads at most this much of a response and stores none of it. */
const MAX_RESPONSE_BYTES = 64 << 10;
const MAX_HEADER_BYTES = 16 << 10;

/** Sends deliveries over keep-alive connections, and only to allowed addresses. */
export class Sender {
  readonly #rules: AddressRules;
  readonly #timeoutMs: number;
  readonly #http: HttpAgent;
  readonly #https: HttpsAgent;

  constructor(rules: AddressRules, timeoutMs: number) {
    this.#rules = rules;
    this.#timeoutMs = timeoutMs;
    const options = { keepAlive: true, maxFreeSockets: 64, timeout: 30_000, lookup: restrictedLookup(rules) };
    this.#http = new HttpAgent(options);
    this.#https = new HttpsAgent(options);
  }

  /**
   * Makes one attempt. A failure of the receiver is returned and not thrown.
   * @throws the signal's reason when the signal is aborted
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

  /** Repeats the request once when the receiver had just closed the keep-alive connection, which isn't its failure. */
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

/** Reads and discards the body up to a limit, so that the connection can be reused after a short response. */
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
  return { status, error, retryAfterMs: retryAfterMsOf(headers['retry-after']) };
}

/** Parses `Retry-After`: seconds or a date (RFC 9110 §10.2.3). */
function retryAfterMsOf(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  if (/^[0-9]{1,9}$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}

function failure(error: string): SendResult {
  return { status: null, error, retryAfterMs: undefined };
}

/** Fixed texts, because the message of an error may contain data of the receiver. */
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
