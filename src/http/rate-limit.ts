import rateLimit, { type FastifyRateLimitStoreCtor } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { hashToken } from '../crypto/token.ts';
import { throttled } from '../domain/errors.ts';
import { tokenIn } from './auth/guard.ts';

/**
 * So many requests a minute for a token that has proved itself, or for an address. A token never seen before counts on
 * its address, so that whoever makes tokens up gets no fresh allowance with each; whoever shares that address goes on
 * with the token that worked a moment ago.
 */
export async function registerRateLimit(
  app: FastifyInstance,
  { rateLimitPerMinute }: Pick<Config, 'rateLimitPerMinute'>,
  store?: FastifyRateLimitStoreCtor,
): Promise<void> {
  if (rateLimitPerMinute === 0) return;
  const proven = new ProvenTokens();
  await app.register(rateLimit, {
    global: false,
    max: rateLimitPerMinute,
    timeWindow: 60_000,
    ...(store ? { store } : {}),
    enableDraftSpec: true,
    keyGenerator: (request) => {
      const token = presentedHash(request);
      return token !== undefined && proven.has(token) ? token : addressKey(request.ip);
    },
    allowList: (request) => isUnlimited(request.routeOptions.url ?? ''),
    errorResponseBuilder: (_request, { ttl, max }) => throttled(Math.max(1, Math.ceil(ttl / 1000)), max),
  });
  // For the whole application, not by route: it must count before the token is looked up, and unknown addresses too.
  app.addHook('onRequest', app.rateLimit());
  app.addHook('onResponse', async (request, reply) => {
    const token = presentedHash(request);
    if (token === undefined) return;
    if (reply.statusCode === 401) proven.remove(token);
    else if (request.caller !== undefined) proven.add(token);
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

/** IPv6 by its /64: who has one address there has all of them. */
export function addressKey(address: string): string {
  const mapped = /^::ffff:([0-9.]+)$/i.exec(address);
  if (mapped?.[1]) return mapped[1];
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const groups = head === '' ? [] : head.split(':');
  const behind = tail ? tail.split(':').length : 0;
  const zeros = tail === undefined ? 0 : 8 - groups.length - behind;
  const network = [...groups, ...Array<string>(zeros).fill('0'), ...(tail ? tail.split(':') : [])].slice(0, 4);
  return `${network.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

/** Hashes of the tokens that worked lately, the longest unused forgotten first. */
class ProvenTokens {
  static readonly #AT_MOST = 20_000;
  readonly #hashes = new Set<string>();

  has(hash: string): boolean {
    return this.#hashes.has(hash);
  }

  add(hash: string): void {
    this.#hashes.delete(hash);
    this.#hashes.add(hash);
    if (this.#hashes.size <= ProvenTokens.#AT_MOST) return;
    const [oldest = ''] = this.#hashes;
    this.#hashes.delete(oldest);
  }

  remove(hash: string): void {
    this.#hashes.delete(hash);
  }
}
