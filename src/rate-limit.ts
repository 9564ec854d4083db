import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Settings } from './app.ts';
import { hashToken, looksLikeToken } from './crypto/token.ts';
import { throttled } from './errors.ts';

/** So many requests a minute for a token, or for an address that shows none. */
export async function registerRateLimit(app: FastifyInstance, { rateLimitPerMinute }: Settings): Promise<void> {
  if (rateLimitPerMinute === 0) return;
  await app.register(rateLimit, {
    global: false,
    max: rateLimitPerMinute,
    timeWindow: 60_000,
    enableDraftSpec: true,
    keyGenerator: callerKey,
    allowList: (request) => isUnlimited(request.routeOptions.url ?? ''),
    errorResponseBuilder: (_request, { ttl, max }) => throttled(Math.max(1, Math.ceil(ttl / 1000)), max),
  });
  // For the whole application, not by route: it must count before the token is looked up, and unknown addresses too.
  app.addHook('onRequest', app.rateLimit());
}

const SERVICE_ROUTES = new Set(['/healthz', '/readyz', '/metrics']);

/** Webhooks neither: a provider delivers a whole morning's mail from one address, and its signature is cheap to check. */
function isUnlimited(url: string): boolean {
  return SERVICE_ROUTES.has(url) || /^\/api(\/v1)?\/webhooks\//.test(url);
}

function callerKey(request: FastifyRequest): string {
  const [, token = ''] = (request.headers.authorization ?? '').split(' ');
  return looksLikeToken(token) ? hashToken(token).toString('base64') : request.ip;
}
