import type { FastifyInstance } from 'fastify';
import { type Logger, pino } from 'pino';
import { type AppOptions, buildApp } from '../../src/app.ts';
import { generateEncryptionKey, type KeyRing } from '../../src/crypto/key-ring.ts';
import { connect, type Db } from '../../src/db/client.ts';
import { migrate } from '../../src/db/migrate.ts';
import { foldCounts } from '../../src/journal/counters.ts';
import { openKeyRing } from '../../src/keys/open-key-ring.ts';
import type { Settings } from '../../src/routes.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

export const SETTINGS: Settings = {
  corsOrigins: [],
  rateLimitPerMinute: 0,
  tokenTtlDays: 30,
  trustProxy: false,
  keepAliveSeconds: 75,
  metricsToken: undefined,
  nylasWebhookSecrets: ['nylas-test-secret'],
  vonageSignatureSecrets: ['vonage-test-secret-of-32-characters'],
  nylasApiKey: undefined,
  nylasApiUrl: 'http://127.0.0.1:1',
  webhookAllowPrivate: false,
};

export type TestApp = {
  app: FastifyInstance;
  db: Db;
  ring: KeyRing;
  database: TestDatabase;
  /** Does now what the server does twice a second. Lists that are asked next are read from the database. */
  fold(): Promise<void>;
  close(): Promise<void>;
};

/** A starved test machine must not look like a database that is away: what is shed is tested on real servers. */
export const PATIENT = {
  answerWithinMs: 60_000,
  connectionTimeoutMillis: 15_000,
  statement_timeout: 15_000,
  transaction_timeout: 60_000,
  lock_timeout: 15_000,
  query_timeout: 20_000,
};

/** The whole suite runs with PostgreSQL's own fence too: `TEST_ROW_LEVEL_SECURITY=on npm test`. */
const ROW_LEVEL_SECURITY = process.env.TEST_ROW_LEVEL_SECURITY === 'on';

const LOG = process.env.TEST_LOG ? pino({ level: process.env.TEST_LOG }) : false;

/** The real application on a database of its own. */
export async function startTestApp(
  settings: Partial<Settings> = {},
  {
    encryptionKeys = generateEncryptionKey(1),
    log = LOG,
    ...further
  }: { encryptionKeys?: string; log?: Logger | false } & Pick<AppOptions, 'attachmentTiming'> = {},
): Promise<TestApp> {
  const database = await createTestDatabase();
  if (ROW_LEVEL_SECURITY)
    await migrate({ ownerUrl: database.ownerUrl, serverRole: 'comms_test_server', rowLevelSecurity: true });
  const options = { poolSize: 8, limits: PATIENT, rowLevelSecurity: ROW_LEVEL_SECURITY };
  const db = connect({ url: database.serverUrl, onError: () => undefined, ...options });
  const ring = await openKeyRing(db, encryptionKeys);
  const app = await buildApp({
    db,
    ring,
    settings: { ...SETTINGS, ...settings },
    log,
    ...further,
  });
  await app.ready();
  // What a test itself asks is about every company's rows.
  const everyones = db.for({ tenant: 'every' });
  return {
    app,
    db: everyones,
    ring,
    database,
    fold: async () => {
      await foldCounts(everyones);
      app.responseCache.clear();
    },
    close: async () => {
      await app.close();
      await db.close();
      await database.drop();
    },
  };
}
