import { rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { generateEncryptionKey } from '../../src/crypto/key-ring.ts';
import { connect } from '../../src/db/client.ts';
import { startEmbedded } from '../../src/db/embedded/index.ts';
import { migrate } from '../../src/db/migrate.ts';
import { openKeyRing } from '../../src/keys/open-key-ring.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { emptyTally, fuzz } from './fuzz.ts';

/**
 * `npm run test:fuzz -- [--requests 100000] [--seed N]`: half of the requests from fixed seeds, half from fresh ones,
 * in lanes beside one another. Exit 1 with the smallest request that breaks a promise.
 */
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
  },
});
const LANES = 4;
const SECRET = 'nylas-fuzz-secret';
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

const dataDir = await temporaryFolder('communications-fuzz-');
const embedded = await startEmbedded({ dataDir, log: silent });
try {
  await migrate({ ownerUrl: embedded.ownerUrl, serverRole: 'comms_server' });
  const db = connect({ url: embedded.serverUrl, poolSize: 8, onError: () => undefined });
  // The harness's own statements must not compete with the server's for its few connections.
  const harness = connect({ url: embedded.serverUrl, poolSize: LANES, onError: () => undefined, purpose: 'batch' });
  const ring = await openKeyRing(db, generateEncryptionKey(1));
  const settings = readConfig({
    RATE_LIMIT_PER_MINUTE: '0',
    NYLAS_WEBHOOK_SECRET: SECRET,
    VONAGE_SIGNATURE_SECRET: SECRET,
  });
  const app = await buildApp({ db, ring, settings, log: false });
  await app.ready();

  const fresh = Number(values.seed);
  const each = Math.ceil(Number(values.requests) / LANES);
  const tally = emptyTally();
  const since = Date.now();
  const progress = setInterval(() => process.stdout.write(`${tally.requests} requests\n`), 15_000);
  const lanes = Array.from({ length: LANES }, (_, lane) => {
    const seed = lane % 2 === 0 ? 1_000_000 * (lane + 1) : fresh + 1_000_000 * lane;
    return fuzz({ app, db: harness, ring, nylasSecret: SECRET }, seed, each, tally);
  });
  const outcomes = await Promise.allSettled(lanes);
  clearInterval(progress);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') {
      const { message, cause } = outcome.reason as Error;
      process.stdout.write(`${message}\n${cause instanceof Error ? cause.message : ''}\n\n`);
      process.exitCode = 1;
    }
  }
  const statuses = [...tally.statuses]
    .sort(([one], [other]) => one - other)
    .map(([status, count]) => `${status}: ${count}`);
  process.stdout.write(
    `${tally.requests} requests in ${Math.round((Date.now() - since) / 1_000)} s, fresh seed ${fresh}, ` +
      `${tally.roundTrips} writes read back, ${tally.shed} asked again; ${statuses.join(', ')}\n`,
  );
  await app.close();
  await db.close();
  await harness.close();
} finally {
  await embedded.stop();
  await rm(dataDir, { recursive: true, force: true });
}
