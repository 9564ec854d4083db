import type { FastifyInstance } from 'fastify';

/** Headers that every response carries, and caching (contract §1). */
export function registerResponseHeaders(app: FastifyInstance): void {
  let isClosing = false;
  // A keep-alive socket with a request in flight would hold app.close() up.
  app.addHook('preClose', async () => {
    isClosing = true;
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onSend', async (request, reply, payload) => {
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
    return payload;
  });
}
