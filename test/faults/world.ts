import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readOrCreateKeyFile } from '../../src/crypto/key-file.ts';
import type { KeyRing } from '../../src/crypto/key-ring.ts';
import { connect, type Db } from '../../src/db/client.ts';
import { type EmbeddedDatabase, startEmbedded } from '../../src/db/embedded/index.ts';
import { migrate } from '../../src/db/migrate.ts';
import { openKeyRing } from '../../src/keys/open-key-ring.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A server process on an embedded PostgreSQL of its own, and the means to hurt both. */
export type World = {
  address: string;
  dataDir: string;
  /** Asked for by the harness itself, between the faults; never killed with the server. */
  db: Db;
  ring: KeyRing;
  /** Everything the server wrote to its log. */
  log(): string;
  killServer(): void;
  /** @param source the folder of the source to run: `src`, or a mutated copy */
  startServer(source?: string): Promise<void>;
  /** Sends a signal to the server: SIGTERM asks it to end. @returns its exit code, once it has ended */
  endServer(signal: NodeJS.Signals): Promise<number | null>;
  serverPid(): number | undefined;
  killPostgres(): Promise<void>;
  startPostgres(): Promise<void>;
  /** Waits until the server says that it is ready. @returns after how many milliseconds */
  ready(withinMs?: number): Promise<number>;
  close(): Promise<void>;
};

const RUNNER = fileURLToPath(new URL('./server.ts', import.meta.url));
/** Names the harness's own connections, which no fault is aimed at. */
export const HARNESS = 'faults harness';
const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

export const PROVIDER_SECRETS = { nylas: 'nylas-fault-secret', vonage: 'vonage-fault-secret-of-32-characters' };

/**
 * The server isn't started yet.
 * @param isOwn whether the server keeps PostgreSQL itself, and starts it again when it dies; else it is given its URL
 */
export async function createWorld(env: NodeJS.ProcessEnv = {}, { isOwn } = { isOwn: true }): Promise<World> {
  const dataDir = await temporaryFolder('communications-faults-');
  const port = await freePort();
  let embedded = await startEmbedded({ dataDir, log: SILENT });
  const keyFile = join(dataDir, 'encryption-keys');
  let server: ChildProcess | undefined;
  let output = '';

  async function startServer(source?: string): Promise<void> {
    server = spawn(process.execPath, ['--import', 'tsx', RUNNER], {
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        DATA_DIR: dataDir,
        PORT: String(port),
        RATE_LIMIT_PER_MINUTE: '0',
        NYLAS_WEBHOOK_SECRET: PROVIDER_SECRETS.nylas,
        VONAGE_SIGNATURE_SECRET: PROVIDER_SECRETS.vonage,
        LOG_LEVEL: 'warn',
        ...(source ? { FAULTS_SOURCE: source } : {}),
        ...(isOwn
          ? {}
          : {
              DATABASE_URL: embedded.serverUrl,
              DATABASE_MIGRATION_URL: embedded.ownerUrl,
              ENCRYPTION_KEYS: readOrCreateKeyFile(keyFile),
            }),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const child = server;
    child.stderr?.on('data', (chunk) => {
      output += chunk;
    });
    await new Promise<void>((resolve, reject) => {
      child.stdout?.once('data', () => resolve());
      child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${output.slice(-2_000)}`)));
    });
  }

  async function endServer(signal: NodeJS.Signals): Promise<number | null> {
    const child = server;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill(signal);
    return ended;
  }

  await migrate({ ownerUrl: embedded.ownerUrl, serverRole: 'comms_server' });
  const db = connect({
    url: embedded.serverUrl,
    poolSize: 4,
    onError: () => undefined,
    purpose: 'batch',
    applicationName: HARNESS,
  });
  const ring = await openKeyRing(db, readOrCreateKeyFile(keyFile));
  const address = `http://127.0.0.1:${port}`;
  return {
    address,
    dataDir,
    db,
    ring,
    log: () => output,
    killServer: () => server?.kill('SIGKILL'),
    startServer,
    endServer,
    serverPid: () => (server?.exitCode === null ? server.pid : undefined),
    killPostgres: () => killPostgres(dataDir),
    startPostgres: async () => {
      embedded = await startEmbedded({ dataDir, log: SILENT });
    },
    ready: (withinMs = 30_000) => ready(address, withinMs),
    close: async () => {
      await db.close().catch(() => undefined);
      await endServer('SIGTERM');
      await stopPostgres(embedded, dataDir);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function stopPostgres(embedded: EmbeddedDatabase, dataDir: string): Promise<void> {
  await embedded.stop();
  // Its last connection was lost with a kill, so it may have been left running.
  await killPostgres(dataDir).catch(() => undefined);
  await sleep(200);
}

export async function postgresPid(dataDir: string): Promise<number> {
  const [pid] = (await readFile(join(dataDir, 'postgres', 'pgdata', 'postmaster.pid'), 'utf8')).split('\n');
  return Number(pid);
}

async function killPostgres(dataDir: string): Promise<void> {
  const file = join(dataDir, 'postgres', 'pgdata', 'postmaster.pid');
  if (existsSync(file)) process.kill(await postgresPid(dataDir), 'SIGKILL');
}

async function ready(address: string, withinMs: number): Promise<number> {
  const since = Date.now();
  for (;;) {
    const answer = await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (answer?.status === 200) return Date.now() - since;
    if (Date.now() - since > withinMs) throw new Error(`Not ready after ${withinMs} ms.`);
    await sleep(50);
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const bound = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof bound === 'object' && bound ? bound.port : 0;
}
