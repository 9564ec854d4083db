import type { FastifyInstance } from 'fastify';

/** Bodies whose content type doesn't matter: not even a malformed one is refused, which Fastify would do by itself. */

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
  scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body));
}

function ignoreContentType(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addHook('onRequest', async (request) => {
    delete request.raw.headers['content-type'];
  });
}
