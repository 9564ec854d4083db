import type { FastifyInstance, onSendHookHandler } from 'fastify';
import fastifyPlugin from 'fastify-plugin';

/** The security headers of Helmet as constants. */
const SECURITY_HEADERS = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'SAMEORIGIN',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
};

/** Sets the security headers and the request id of every response, and its caching headers (contract §1). */
export const securityHeaders = fastifyPlugin(addResponseHeaders, { name: 'security-headers' });

async function addResponseHeaders(app: FastifyInstance): Promise<void> {
  let isClosing = false;
  // Without `connection: close` a keep-alive socket with a request in flight would delay app.close().
  app.addHook('preClose', async () => {
    isClosing = true;
  });
  // Both hooks run for every request, so they take callbacks instead of returning promises.
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
    done();
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    if (isClosing) reply.header('connection', 'close');
    const { access, hasETag } = request.routeOptions.config;
    const isRevalidated = hasETag && (reply.statusCode === 200 || reply.statusCode === 304);
    if (isRevalidated) reply.header('cache-control', 'private, no-cache');
    else if (access !== undefined && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    else if (reply.statusCode >= 400) reply.header('cache-control', 'no-store');
    if (access !== undefined && access !== 'public') {
      const vary = reply.getHeader('vary');
      reply.header('vary', vary ? `${vary}, Authorization` : 'Authorization');
    }
    done(null, payload);
  });
  app.addHook('onRoute', (route) => {
    if (route.method === 'HEAD') route.onSend = [route.onSend ?? [], removeUnknownLength].flat();
  });
}

/**
 * Removes the `Content-Length: 0` that Fastify sets on a 304 to HEAD. The header must have the length that GET would send
 * or be absent (RFC 9110 §8.6), and the length isn't known, because the body isn't built.
 */
const removeUnknownLength: onSendHookHandler = (_request, reply, payload, done) => {
  if (reply.statusCode === 304) reply.removeHeader('content-length');
  done(null, payload);
};
