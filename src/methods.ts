import type { FastifyInstance, HTTPMethods } from 'fastify';
import { ignoreBodies } from './bodies.ts';
import { ApiError } from './errors.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'] as const satisfies HTTPMethods[];

/**
 * Notes which methods each address has. Call the returned function when all routes are there: from then on another
 * method is answered 405 with `Allow`, and OPTIONS 204 with `Allow`.
 */
export function collectMethods(app: FastifyInstance): () => void {
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
    scope.route({
      url,
      method: METHODS.filter((method) => !methods.has(method)),
      schema: { hide: true },
      config: { access: 'public' },
      handler: async (request, reply) => {
        if (request.method === 'OPTIONS') return reply.header('allow', allow).code(204).send();
        throw new ApiError('method_not_allowed', `Method "${request.method}" not allowed.`, { headers: { allow } });
      },
    });
  });
}
