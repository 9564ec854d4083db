import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { BodyBudget, readBody } from './read-body.ts';

/** Body parsers that ignore the content type. They remove a malformed one, which Fastify would answer with 415. */

/** Applies one budget to the bodies of all routes. The bytes of a body are released when its response closes. */
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

/** The routes of this scope accept a body of any content type and discard it. */
export function ignoreBodies(scope: FastifyInstance): void {
  ignoreContentType(scope);
  scope.addContentTypeParser('*', (_request, payload, done) => {
    payload.resume();
    done(null);
  });
}

/** The routes of this scope get the body as a buffer, whatever its content type. */
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
