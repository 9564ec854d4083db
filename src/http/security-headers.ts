import type { FastifyInstance, onSendHookHandler } from 'fastify';
import fastifyPlugin from 'fastify-plugin';

/** What keeps a browser from doing more with an answer than was meant; Helmet's set, set once. */
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

/** Headers that every response carries, and caching (contract §1). */
export const securityHeaders = fastifyPlugin(addResponseHeaders, { name: 'security-headers' });

async function addResponseHeaders(app: FastifyInstance): Promise<void> {
  let isClosing = false;
  // A keep-alive socket with a request in flight would hold app.close() up.
  app.addHook('preClose', async () => {
    isClosing = true;
  });
  // Both hooks run for every request, so without a promise each.
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
    if (route.method === 'HEAD') route.onSend = [route.onSend ?? [], leaveUnknownLengthOut].flat();
  });
}

/** Of an answer that isn't made: it has the length of what GET would send or none (RFC 9110 §8.6); Fastify's HEAD says 0. */
const leaveUnknownLengthOut: onSendHookHandler = (_request, reply, payload, done) => {
  if (reply.statusCode === 304) reply.removeHeader('content-length');
  done(null, payload);
};
