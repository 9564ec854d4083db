import { buildApp } from '../src/app.ts';
import { generateEncryptionKey, KeyRing, parseEncryptionKeys } from '../src/crypto/key-ring.ts';
import { connect } from '../src/db/client.ts';

/** The response of a server at `/openapi.json`, created without a server and without a database. */
export async function openApiDocument(): Promise<Record<string, unknown>> {
  const app = await buildApp({
    db: connect({ url: 'postgres://nobody@127.0.0.1:1/none', poolSize: 1, onError: () => undefined }),
    ring: new KeyRing(parseEncryptionKeys(generateEncryptionKey(1)), 1),
    settings: {
      corsOrigins: [],
      rateLimitPerMinute: 600,
      tokenTtlDays: 30,
      trustProxy: false,
      keepAliveSeconds: 75,
      metricsToken: undefined,
      nylasWebhookSecrets: [],
      vonageSignatureSecrets: [],
      nylasApiKey: undefined,
      nylasApiUrl: 'http://127.0.0.1:1',
      webhookAllowPrivate: false,
    },
    log: false,
  });
  await app.ready();
  const { statusCode, body } = await app.inject('/openapi.json');
  await app.close();
  if (statusCode !== 200) throw new Error(`/openapi.json answered ${statusCode}: ${body}`);
  return JSON.parse(body);
}
