import Fastify, { type FastifyPluginCallback } from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { generateEncryptionKey, KeyRing, parseEncryptionKeys } from '../../src/crypto/key-ring.ts';
import { connect } from '../../src/db/client.ts';
import { allowedMethods, methodNotAllowed } from '../../src/http/allowed-methods.ts';
import { cors } from '../../src/http/cors.ts';
import { errorHandler, protocolChecks } from '../../src/http/error-handler.ts';
import { documentation } from '../../src/http/openapi/plugin.ts';
import { inbox } from '../../src/http/pages/inbox.ts';
import { llmsText } from '../../src/http/pages/llms.ts';
import { rateLimit } from '../../src/http/rate-limit.ts';
import { requestLog } from '../../src/http/request-log.ts';
import { requestPipeline } from '../../src/http/request-pipeline.ts';
import { securityHeaders } from '../../src/http/security-headers.ts';
import { api, service } from '../../src/routes.ts';
import { SETTINGS } from '../support/app.ts';

/** The plugins of `app.ts`: a wrong order and a missing plugin stop the start, and the message names both. */

// Neither is used before a request.
const db = connect({ url: 'postgres://nobody@127.0.0.1:1/none', poolSize: 1, onError: () => undefined });
const ring = new KeyRing(parseEncryptionKeys(generateEncryptionKey(1)), 1);
afterAll(() => db.close());

const options = { db, ring, settings: { ...SETTINGS, rateLimitPerMinute: 60 } };

async function start(plugins: unknown[]): Promise<void> {
  const app = Fastify();
  for (const plugin of plugins) app.register(plugin as FastifyPluginCallback<typeof options>, options);
  await app.after();
}

describe('a plugin', () => {
  it.each([
    ['error-handler', errorHandler, 'request-log'],
    ['protocol-checks', protocolChecks, 'request-log'],
    ['cors', cors, 'security-headers'],
    ['rate-limit', rateLimit, 'error-handler'],
    ['request-pipeline', requestPipeline, 'error-handler'],
    ['documentation', documentation, 'security-headers'],
    ['inbox', inbox, 'security-headers'],
    ['llms-text', llmsText, 'security-headers'],
    ['api', api, 'security-headers'],
    ['service', service, 'security-headers'],
    ['method-not-allowed', methodNotAllowed, 'allowed-methods'],
  ])('%s does not start alone', async (name, plugin, dependency) => {
    await expect(start([plugin])).rejects.toThrow(
      `The dependency '${dependency}' of plugin '${name}' is not registered`,
    );
  });

  it('that limits requests does not start before CORS, without which a browser could not read a 429', async () => {
    const first = [requestLog, errorHandler, securityHeaders, protocolChecks];

    await expect(start([...first, rateLimit, cors])).rejects.toThrow(
      "The dependency 'cors' of plugin 'rate-limit' is not registered",
    );
    await expect(start([...first, cors, rateLimit])).resolves.toBeUndefined();
  });

  it('that refuses other methods does not start before the routes', async () => {
    await expect(start([allowedMethods, methodNotAllowed])).rejects.toThrow(
      "The dependency 'documentation' of plugin 'method-not-allowed' is not registered",
    );
  });
});

it('stand in the application in the order of their hooks', async () => {
  const app = await buildApp({ db, ring, settings: SETTINGS, log: false });
  await app.ready();
  const names = [...app.printPlugins().matchAll(/^[├└]─[─┬] (?!bound )(\S+)/gm)].map(([, name]) => name);
  await app.close();

  expect(names).toEqual([
    'request-log',
    'error-handler',
    'security-headers',
    'protocol-checks',
    'response-cache',
    'cors',
    'rate-limit',
    'body-budget',
    'request-pipeline',
    'allowed-methods',
    'components',
    'documentation',
    'inbox',
    'llms-text',
    'api',
    'api',
    'service',
    'method-not-allowed',
  ]);
});
