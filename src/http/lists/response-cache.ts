import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { LRUCache } from 'lru-cache';
import { prefers } from '../preferences.ts';

/**
 * The response cache of lists: a repeated request for a list whose version hasn't changed costs one query, which
 * authorises the caller and reads the list version. The version is the one in the ETag, so a cached response is never
 * older than a representation that a conditional request would confirm with 304.
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
    // The payload of a cached response is a buffer, so only a list that was just serialised is stored.
    if (!isList(request, reply) || typeof payload !== 'string' || !cache.admits(key)) return done(null, payload);
    const body = Buffer.from(payload);
    const { listVersion: version } = request.caller;
    const headers = { link: reply.getHeader('link'), 'preference-applied': reply.getHeader('preference-applied') };
    cache.set(key, { version, etag: String(reply.getHeader('etag')), headers, body });
    done(null, body);
  });
}

/** The cache key: the URL and whether the client prefers an exact count, which changes the response. */
export function responseKey(request: FastifyRequest): string {
  return prefers(request, 'exactCount') ? `${request.url} count=exact` : request.url;
}

function isList(request: FastifyRequest, reply: FastifyReply): boolean {
  return request.method === 'GET' && reply.statusCode === 200 && request.routeOptions.config.authorizesItself === true;
}

type CachedResponse = {
  /** The list version (`Caller`) that was read before the rows. */
  version: string;
  etag: string;
  headers: Record<string, ReturnType<FastifyReply['getHeader']>>;
  body: Buffer;
};

const MEBIBYTE = 1024 * 1024;

/** The least recently used entries are evicted above 16 MiB, and every entry expires after its TTL. */
export class ResponseCache {
  readonly #entries = new LRUCache<string, CachedResponse>({
    maxSize: 16 * MEBIBYTE,
    maxEntrySize: MEBIBYTE / 4,
    sizeCalculation: ({ body }, key) => body.length + 2 * key.length + 200,
    // Bounds how long a change shows late that another program made in the database, which doesn't change the version.
    ttl: 60_000,
    // The default caches the clock for a millisecond, which would delay the expiry.
    ttlResolution: 0,
  });
  /** The keys of the latest requests, cached or not. */
  readonly #requested = new LRUCache<string, true>({ max: 1_000 });

  /**
   * The admission policy: a response is cached from the second recent request on, because copying a response that is
   * requested once costs more than it saves and would evict entries that are requested often. Records the request.
   */
  admits(key: string): boolean {
    const isRepeated = this.#requested.has(key);
    this.#requested.set(key, true);
    return isRepeated;
  }

  set(key: string, response: CachedResponse): void {
    this.#entries.set(key, response);
  }

  get(key: string): CachedResponse | undefined {
    return this.#entries.get(key);
  }

  clear(): void {
    this.#entries.clear();
  }
}

export function sendCached(reply: FastifyReply, { headers, body }: CachedResponse): void {
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) reply.header(name, value);
  reply.type('application/json; charset=utf-8').send(body);
}
