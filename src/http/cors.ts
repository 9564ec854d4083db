import fastifyCors, { type FastifyCorsOptionsDelegateCallback } from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import type { Config } from '../config.ts';

/** CORS for the origins in the settings; without origins it is disabled. */
export const cors = fastifyPlugin<CorsOptions>(allowOrigins, {
  name: 'cors',
  // The CORS hook answers preflights, so the hooks that set security headers and check the protocol must run before it.
  dependencies: ['security-headers', 'protocol-checks'],
});

type CorsOptions = { settings: Pick<Config, 'corsOrigins'> };

async function allowOrigins(app: FastifyInstance, { settings: { corsOrigins } }: CorsOptions): Promise<void> {
  if (corsOrigins.length > 0) await app.register(fastifyCors, { delegator: optionsFor(corsOrigins) });
}

/** An OPTIONS request that isn't a preflight is answered as without CORS: with the methods of the URL, or 404. */
function optionsFor(origins: readonly string[]): FastifyCorsOptionsDelegateCallback {
  const options = corsOptions(origins);
  return ({ headers }, done) => {
    const preflight = headers.origin !== undefined && headers['access-control-request-method'] !== undefined;
    done(null, { ...options, preflight });
  };
}

function corsOptions(origins: readonly string[]) {
  return {
    origin: [...origins],
    credentials: false,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'Authorization',
      'Content-Type',
      'Idempotency-Key',
      'Prefer',
      'If-Match',
      'If-None-Match',
      'Last-Event-ID',
      'X-Request-Id',
      'Cache-Control',
    ],
    exposedHeaders: [
      'Link',
      'Location',
      'ETag',
      'Retry-After',
      'RateLimit-Limit',
      'RateLimit-Remaining',
      'RateLimit-Reset',
      'X-Request-Id',
      'X-Ignored-Parameters',
      'Idempotency-Replayed',
      'Preference-Applied',
    ],
    maxAge: 600,
  };
}
