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
 * Limits requests per minute by user, over all the user's tokens, or by client address. A token that wasn't recently
 * accepted counts toward its client address, so that made-up tokens bring no extra allowance, while a user at the same
 * address keeps the allowance of a recently accepted token.
 */
export const rateLimit = fastifyPlugin<RateLimitOptions>(limitRequests, {
  name: 'rate-limit',
  // After CORS, so that browsers can read a 429 and preflights aren't counted.
  dependencies: ['error-handler', 'cors'],
});

type RateLimitOptions = {
  settings: Pick<Config, 'rateLimitPerMinute'>;
  /** Counts requests in another process, when the server has several workers. */
  store?: FastifyRateLimitStoreCtor | undefined;
};

async function limitRequests(app: FastifyInstance, { settings, store }: RateLimitOptions): Promise<void> {
  const { rateLimitPerMinute } = settings;
  if (rateLimitPerMinute === 0) return;
  /** User ids by the hashes of recently accepted tokens. */
  const userIds = new LRUCache<string, string>({ max: 20_000 });
  await app.register(fastifyRateLimit, {
    global: false,
    max: rateLimitPerMinute,
    timeWindow: 60_000,
    ...(store ? { store } : {}),
    enableDraftSpec: true,
    keyGenerator: (request) => {
      const token = presentedHash(request);
      return (token === undefined ? undefined : userIds.get(token)) ?? clientAddress(request);
    },
    allowList: (request) => isUnlimited(request.routeOptions.url ?? ''),
    errorResponseBuilder: (_request, { ttl, max }) => throttled(Math.max(1, Math.ceil(ttl / 1000)), max),
  });
  // An application hook and not a route option, so that it counts before the token is looked up and for unknown URLs
  // too.
  app.addHook('onRequest', app.rateLimit());
  app.addHook('onResponse', async (request, reply) => {
    const token = presentedHash(request);
    if (token === undefined) return;
    if (reply.statusCode === 401) userIds.delete(token);
    else if (request.caller !== undefined) userIds.set(token, request.caller.userId);
  });
}

const SERVICE_ROUTES = new Set(['/healthz', '/readyz', '/metrics']);

/**
 * Provider webhooks aren't limited: a provider may deliver a morning's mail from one address, and checking a signature
 * is cheap.
 */
function isUnlimited(url: string): boolean {
  return SERVICE_ROUTES.has(url) || /^\/api(\/v1)?\/webhooks\//.test(url);
}

function presentedHash(request: FastifyRequest): string | undefined {
  const token = tokenIn(request.headers.authorization);
  return token === undefined ? undefined : hashToken(token).toString('base64');
}
