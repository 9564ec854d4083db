import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { LRUCache } from 'lru-cache';
import { prefers } from '../preferences.ts';

/**
 * Lists as they were last sent, so that one that is asked again and again and hasn't changed costs the look at its version
 * alone. The caller is authorised first, and the version is the one by which `304` is answered: a cached response can be no
 * older than what a client with an `If-None-Match` would be told to go on using.
 */
declare module 'fastify' {
  interface FastifyInstance {
    responseCache: ResponseCache;
  }
}

export const responseCache = fastifyPlugin(cacheResponses, { name: 'response-cache' });

async function cacheResponses(app: FastifyInstance): Promise<void> {
  const cache = new ResponseCache();
  app.decorate('responseCache', cache);
  app.addHook('onSend', (request, reply, payload, done) => {
    const key = responseKey(request);
    if (!isListAsMade(request, reply) || typeof payload !== 'string' || !cache.isAskedAgain(key))
      return done(null, payload);
    const body = Buffer.from(payload);
    const { listVersion: version } = request.caller;
    const headers = { link: reply.getHeader('link'), 'preference-applied': reply.getHeader('preference-applied') };
    cache.set(key, { version, etag: String(reply.getHeader('etag')), headers, body });
    done(null, body);
  });
}

/** The same address is answered otherwise to who wants an exact count. */
export function responseKey(request: FastifyRequest): string {
  return prefers(request, 'exactCount') ? `${request.url} count=exact` : request.url;
}

/** A list that was just read and serialised; one that is sent from the cache isn't a text any more. */
function isListAsMade(request: FastifyRequest, reply: FastifyReply): boolean {
  return request.method === 'GET' && reply.statusCode === 200 && request.routeOptions.config.authorizesItself === true;
}

type CachedResponse = {
  /** Of the company's lists (`Caller`), when the rows were read. */
  version: string;
  etag: string;
  headers: Record<string, ReturnType<FastifyReply['getHeader']>>;
  body: Buffer;
};

const MEBIBYTE = 1024 * 1024;

/** The responses asked for last, by address, within bounds of memory and time. */
export class ResponseCache {
  readonly #responses = new LRUCache<string, CachedResponse>({
    maxSize: 16 * MEBIBYTE,
    maxEntrySize: MEBIBYTE / 4,
    sizeCalculation: ({ body }, url) => body.length + 2 * url.length + 200,
    // What is changed in the database by other hands than ours moves no version: it shows after so long at the latest.
    ttl: 60_000,
    // Exactly, not by a clock that is read once a millisecond.
    ttlResolution: 0,
  });
  /** Asked for last, whether their responses are cached or not. */
  readonly #asked = new LRUCache<string, true>({ max: 1_000 });

  /**
   * Whether it was asked for lately; from now on it was. What is asked for once isn't worth its copy, and would push out
   * what is.
   */
  isAskedAgain(url: string): boolean {
    const isAgain = this.#asked.has(url);
    this.#asked.set(url, true);
    return isAgain;
  }

  set(url: string, response: CachedResponse): void {
    this.#responses.set(url, response);
  }

  get(url: string): CachedResponse | undefined {
    return this.#responses.get(url);
  }

  clear(): void {
    this.#responses.clear();
  }
}

export function sendCached(reply: FastifyReply, { headers, body }: CachedResponse): void {
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) reply.header(name, value);
  reply.type('application/json; charset=utf-8').send(body);
}
