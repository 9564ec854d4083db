import { METHODS } from 'node:http';
import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { ApiError } from '../domain/errors.ts';
import { ignoreBodies } from './input/body-parsers.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** The methods of each URL without a wildcard. */
    methodsByUrl: Map<string, Set<string>>;
  }
}

/** Every method that Node parses, except CONNECT, for which Node emits no request. */
const REFUSABLE = METHODS.filter((method) => method !== 'CONNECT');

/** Collects the methods of each URL while the plugins after this one register their routes. */
export const allowedMethods = fastifyPlugin(collectMethods, { name: 'allowed-methods' });

async function collectMethods(app: FastifyInstance): Promise<void> {
  for (const method of REFUSABLE) if (!app.supportedMethods.includes(method)) app.addHttpMethod(method);
  const methodsByUrl = new Map<string, Set<string>>();
  app.decorate('methodsByUrl', methodsByUrl);
  app.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return;
    methodsByUrl.set(url, new Set([...(methodsByUrl.get(url) ?? []), ...[method].flat()]));
  });
}

/**
 * Answers every other method of a URL with 405 and `Allow`, and OPTIONS with 204 and `Allow`. Register it after all
 * routes.
 */
export const methodNotAllowed = fastifyPlugin(refuseOtherMethods, {
  name: 'method-not-allowed',
  dependencies: ['allowed-methods', 'documentation', 'inbox', 'llms-text', 'api', 'service'],
});

async function refuseOtherMethods(app: FastifyInstance): Promise<void> {
  // Iterates over a copy, because the routes that are added here are collected too.
  for (const [url, methods] of [...app.methodsByUrl]) refuseMethodsOf(app, url, methods);
}

function refuseMethodsOf(app: FastifyInstance, url: string, methods: Set<string>): void {
  const allow = [...new Set([...methods, 'OPTIONS'])].sort().join(', ');
  app.register(async (scope) => {
    ignoreBodies(scope);
    // In onRequest, because Fastify rejects a missing body of some methods before the handler runs.
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
