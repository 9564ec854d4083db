import fastifyRateLimit, { type FastifyRateLimitStoreCtor } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { LRUCache } from 'lru-cache';
import type { Config } from '../config.ts';
import { hashToken } from '../crypto/token.ts';
import { throttled } from '../domain/errors.ts';
import { tokenIn } from './auth/guard.ts';
import { clientAddress } from './client-address.ts';

/**
 * So many requests a minute for a user, however many tokens, or for an address. A token that has not worked lately counts
 * on its address, so that made-up tokens bring no fresh allowance; a user at the same address goes on with the token that
 * worked a moment ago.
 */
export const rateLimit = fastifyPlugin<RateLimitOptions>(limitRequests, {
  name: 'rate-limit',
  // CORS comes first: a browser may read a 429, and preflights aren't counted.
  dependencies: ['error-handler', 'cors'],
});

type RateLimitOptions = {
  settings: Pick<Config, 'rateLimitPerMinute'>;
  /** Where requests are counted when this process is not the whole server. */
  store?: FastifyRateLimitStoreCtor | undefined;
};

async function limitRequests(app: FastifyInstance, { settings, store }: RateLimitOptions): Promise<void> {
  const { rateLimitPerMinute } = settings;
  if (rateLimitPerMinute === 0) return;
  /** Users by the hashes of tokens that worked lately. */
  const proven = new LRUCache<string, string>({ max: 20_000 });
  await app.register(fastifyRateLimit, {
    global: false,
    max: rateLimitPerMinute,
    timeWindow: 60_000,
    ...(store ? { store } : {}),
    enableDraftSpec: true,
    keyGenerator: (request) => {
      const token = presentedHash(request);
      return (token === undefined ? undefined : proven.get(token)) ?? clientAddress(request);
    },
    allowList: (request) => isUnlimited(request.routeOptions.url ?? ''),
    errorResponseBuilder: (_request, { ttl, max }) => throttled(Math.max(1, Math.ceil(ttl / 1000)), max),
  });
  // For the whole application, not by route: it must count before the token is looked up, and unknown addresses too.
  app.addHook('onRequest', app.rateLimit());
  app.addHook('onResponse', async (request, reply) => {
    const token = presentedHash(request);
    if (token === undefined) return;
    if (reply.statusCode === 401) proven.delete(token);
    else if (request.caller !== undefined) proven.set(token, request.caller.userId);
  });
}

const SERVICE_ROUTES = new Set(['/healthz', '/readyz', '/metrics']);

/** Webhooks neither: a provider delivers a whole morning's mail from one address, and its signature is cheap to check. */
function isUnlimited(url: string): boolean {
  return SERVICE_ROUTES.has(url) || /^\/api(\/v1)?\/webhooks\//.test(url);
}

function presentedHash(request: FastifyRequest): string | undefined {
  const token = tokenIn(request.headers.authorization);
  return token === undefined ? undefined : hashToken(token).toString('base64');
}
