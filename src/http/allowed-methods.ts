import { METHODS } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { ApiError } from '../domain/errors.ts';
import { ignoreBodies } from './input/body-parsers.ts';

/** All that Node reads, but what asks for a tunnel: that never becomes a request. */
const REFUSABLE = METHODS.filter((method) => method !== 'CONNECT');

/**
 * Notes which methods each address has. Call the returned function when all routes are there: from then on another
 * method is answered 405 with `Allow`, and OPTIONS 204 with `Allow`.
 */
export function collectMethods(app: FastifyInstance): () => void {
  for (const method of REFUSABLE) if (!app.supportedMethods.includes(method)) app.addHttpMethod(method);
  const methodsOf = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return;
    methodsOf.set(url, new Set([...(methodsOf.get(url) ?? []), ...[method].flat()]));
  });
  return () => {
    for (const [url, methods] of [...methodsOf]) refuseOtherMethods(app, url, methods);
  };
}

function refuseOtherMethods(app: FastifyInstance, url: string, methods: Set<string>): void {
  const allow = [...new Set([...methods, 'OPTIONS'])].sort().join(', ');
  app.register(async (scope) => {
    ignoreBodies(scope);
    // Before Fastify looks for a body, which it asks of some methods.
    scope.addHook('onRequest', async ({ method }) => {
      if (method !== 'OPTIONS')
        throw new ApiError('method_not_allowed', `Method "${method}" not allowed.`, { headers: { allow } });
    });
    scope.route({
      url,
      method: REFUSABLE.filter((method) => !methods.has(method)),
      schema: { hide: true },
      config: { access: 'public' },
      handler: async (_request, reply) => reply.header('allow', allow).code(204).send(),
    });
  });
}
