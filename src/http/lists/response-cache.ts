import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { prefers } from '../preferences.ts';

/**
 * Lists as they were last sent, so that one that is asked again and again and hasn't changed costs the look at its version
 * alone. Whoever asks is authorised first, and the version is the one by which `304` is answered: what is kept can be no
 * older than what a client with an `If-None-Match` would be told to go on using.
 */
declare module 'fastify' {
  interface FastifyInstance {
    keptAnswers: KeptAnswers;
  }
}

export function registerKeptAnswers(app: FastifyInstance): void {
  const kept = new KeptAnswers();
  app.decorate('keptAnswers', kept);
  app.addHook('onSend', (request, reply, payload, done) => {
    const key = responseKey(request);
    if (!isListAsMade(request, reply) || typeof payload !== 'string' || !kept.isAskedAgain(key))
      return done(null, payload);
    const body = Buffer.from(payload);
    const { listVersion: version } = request.caller;
    const headers = { link: reply.getHeader('link'), 'preference-applied': reply.getHeader('preference-applied') };
    kept.keep(key, { version, etag: String(reply.getHeader('etag')), headers, body });
    done(null, body);
  });
}

/** The same address is answered otherwise to who wants an exact count. */
export function responseKey(request: FastifyRequest): string {
  return prefers(request, 'exactCount') ? `${request.url} count=exact` : request.url;
}

/** A list that was just read and serialised; one that is sent from here isn't a text any more. */
function isListAsMade(request: FastifyRequest, reply: FastifyReply): boolean {
  return request.method === 'GET' && reply.statusCode === 200 && request.routeOptions.config.authorizesItself === true;
}

type KeptAnswer = {
  /** Of the company's lists (`Caller`), when the rows were read. */
  version: string;
  etag: string;
  headers: Record<string, ReturnType<FastifyReply['getHeader']>>;
  body: Buffer;
};

const MEBIBYTE = 1024 * 1024;

/** The answers asked for last, by address, within bounds of memory and time. */
export class KeptAnswers {
  static readonly #ALL_BYTES = 16 * MEBIBYTE;
  static readonly #ONE_BYTES = MEBIBYTE / 4;
  /** What is changed in the database by other hands than ours moves no version: it shows after so long at the latest. */
  static readonly #MILLISECONDS = 60_000;
  /** Asked for last, whether their answers are kept or not. */
  static readonly #ADDRESSES = 1_000;

  readonly #answers = new Map<string, KeptAnswer & { until: number }>();
  readonly #asked = new Set<string>();
  #bytes = 0;

  /**
   * Whether it was asked for lately; from now on it was. What is asked for once isn't worth its copy, and would push out
   * what is.
   */
  isAskedAgain(url: string): boolean {
    const isAgain = this.#asked.delete(url);
    this.#asked.add(url);
    const [oldest = ''] = this.#asked;
    if (this.#asked.size > KeptAnswers.#ADDRESSES) this.#asked.delete(oldest);
    return isAgain;
  }

  keep(url: string, answer: KeptAnswer): void {
    this.#forget(url);
    if (bytesOf(url, answer) > KeptAnswers.#ONE_BYTES) return;
    this.#answers.set(url, { ...answer, until: performance.now() + KeptAnswers.#MILLISECONDS });
    this.#bytes += bytesOf(url, answer);
    for (const oldest of this.#answers.keys()) {
      if (this.#bytes <= KeptAnswers.#ALL_BYTES) return;
      this.#forget(oldest);
    }
  }

  find(url: string): KeptAnswer | undefined {
    const answer = this.#answers.get(url);
    if (!answer) return undefined;
    if (answer.until < performance.now()) {
      this.#forget(url);
      return undefined;
    }
    // A map is in the order of insertion: what was asked for goes to its end.
    this.#answers.delete(url);
    this.#answers.set(url, answer);
    return answer;
  }

  forgetAll(): void {
    for (const url of this.#answers.keys()) this.#forget(url);
  }

  #forget(url: string): void {
    const answer = this.#answers.get(url);
    if (!answer) return;
    this.#answers.delete(url);
    this.#bytes -= bytesOf(url, answer);
  }
}

function bytesOf(url: string, { body }: KeptAnswer): number {
  return body.length + 2 * url.length + 200;
}

export function sendKept(reply: FastifyReply, { headers, body }: KeptAnswer): void {
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) reply.header(name, value);
  reply.type('application/json; charset=utf-8').send(body);
}
