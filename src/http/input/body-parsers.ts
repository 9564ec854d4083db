import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { BodyBudget, readBody } from './read-body.ts';

/** Bodies whose content type doesn't matter: not even a malformed one is refused, which Fastify would do by itself. */

/** One budget for all routes; a body's bytes are given back when its request is over, whichever way it ends. */
export const bodyBudget = fastifyPlugin(limitBodiesInFlight, { name: 'body-budget' });

async function limitBodiesInFlight(app: FastifyInstance): Promise<void> {
  app.decorate('bodyBudget', new BodyBudget());
  app.decorateRequest('bodyHashes');
  app.decorateRequest('releaseBody');
  app.addHook('onRequest', (request, reply, done) => {
    reply.raw.once('close', () => request.releaseBody?.());
    done();
  });
}

/** The routes of this scope take any body of any type and throw it away. */
export function ignoreBodies(scope: FastifyInstance): void {
  ignoreContentType(scope);
  scope.addContentTypeParser('*', (_request, payload, done) => {
    payload.resume();
    done(null);
  });
}

/** The routes of this scope get the body as a buffer, whatever type it is said to be. */
export function takeRawBodies(scope: FastifyInstance, bodyLimit: number): void {
  ignoreContentType(scope);
  scope.addContentTypeParser('*', (request: FastifyRequest, payload: IncomingMessage) =>
    readBody(request, payload, bodyLimit),
  );
}

function ignoreContentType(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addHook('onRequest', async (request) => {
    delete request.raw.headers['content-type'];
  });
}
