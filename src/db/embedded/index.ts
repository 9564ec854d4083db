/**
 * The embedded PostgreSQL: the programs of an npm package, started by pg_ctl. It is a process of its own, which keeps
 * running when a server is killed. All our processes on one DATA_DIR share it; the last one stops it when it ends.
 */
import { realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BaseLogger } from 'pino';
import { type Binaries, prepareBinaries, STATE_FOLDERS, stateFolder } from './binaries.ts';
import {
  type Cluster,
  DATABASE,
  OWNER_ROLE,
  openCluster,
  prepareDataDir,
  SERVER_ROLE,
  SUPERUSER,
  savePort,
} from './cluster.ts';
import { createCluster } from './creation.ts';
import { endLease, type Lease, openLease } from './lease.ts';
import { withStartLock } from './lock.ts';
import { findFreePort, isPortFree } from './port.ts';
import { findPostmaster, type Postmaster, StartRefused, startPostmaster, stopPostmaster } from './postmaster.ts';
import type { Account } from './run-as.ts';

export type EmbeddedDatabase = {
  /** postgres:// URL of the owner role, for migrations. */
  ownerUrl: string;
  /** postgres:// URL of the server's least-privilege role. */
  serverUrl: string;
  /** postgres:// URL of the superuser in the database `postgres`, for tests and the doctor. */
  superuserUrl: string;
  port: number;
  /** Stops PostgreSQL, unless another client is connected. Never rejects. */
  stop(): Promise<void>;
};

export type EmbeddedOptions = {
  dataDir: string;
  log: Pick<BaseLogger, 'info' | 'warn' | 'error'>;
  /** Whether to restart PostgreSQL, on the same port, when it ends before `stop`. */
  supervise?: boolean;
  /** Folders for programs and data that PostgreSQL's account can't reach in place; the first usable one is taken. */
  stateFolders?: string[];
};

/** What one process needs to use the embedded database. */
type EmbeddedContext = Required<EmbeddedOptions> & { cluster: Cluster; binaries: () => Promise<Binaries> };

/** SQLSTATE: PostgreSQL is starting, recovering or shutting down. */
const CANNOT_CONNECT_NOW = '57P03';

/** SQLSTATE classes of permanent errors: wrong password, missing database, invalid settings. */
const REFUSED = /^(28|3D|22|42)/;

const START_TIMEOUT_MS = 10_000;
/** Replaying the write-ahead log after a crash may take minutes. */
const RECOVERY_TIMEOUT_MS = 300_000;

/**
 * Starts the database of a DATA_DIR, which is created if there is none, or connects to it if it is running. Several
 * processes may call it at once.
 * @throws Error that says what to do, when the database can't be used
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const context = await openContext(options);
  const { log, supervise } = context;
  const { credentials } = context.cluster;
  let lease = await reach(context);
  const port = lease.port;
  const stopping = new AbortController();
  let restart: Promise<void> | undefined;
  let stopped: Promise<void> | undefined;
  watch();

  function watch(): void {
    lease.unref(); // a lease doesn't keep the process alive
    if (supervise)
      lease.once('end', () => {
        if (!stopping.signal.aborted) restart = restartPostgres();
      });
  }

  async function restartPostgres(): Promise<void> {
    const { signal } = stopping;
    const since = Date.now();
    log.warn({ port }, 'embedded PostgreSQL went away: starting it again');
    for (let pauseMs = 100; !signal.aborted; pauseMs = Math.min(pauseMs * 2, 5_000)) {
      try {
        lease = await reach(context, port, signal);
        log.info({ port, milliseconds: Date.now() - since }, 'embedded PostgreSQL is back');
        return watch();
      } catch (error) {
        const reason = (error as Error).message;
        if (!signal.aborted) log.error({ port, reason }, 'embedded PostgreSQL is not back yet');
        await sleep(pauseMs, undefined, { ref: false, signal }).catch(() => {});
      }
    }
  }

  async function endUse(): Promise<void> {
    stopping.abort();
    await restart;
    const stopPostgres = async () => stopPostmaster(context.cluster, await context.binaries());
    try {
      // After a lost lease, PostgreSQL may be running again.
      await endLease(lease, stopPostgres).catch(async () =>
        endLease(await reach(context, undefined, stopping.signal), stopPostgres),
      );
    } catch (error) {
      log.warn({ port, reason: (error as Error).message }, 'embedded PostgreSQL was not stopped by this process');
    }
  }

  const url = (role: string, password: string, database: string) =>
    `postgres://${role}:${password}@127.0.0.1:${port}/${database}?sslmode=disable`;
  return {
    ownerUrl: url(OWNER_ROLE, credentials.owner, DATABASE),
    serverUrl: url(SERVER_ROLE, credentials.server, DATABASE),
    superuserUrl: url(SUPERUSER, credentials.superuser, 'postgres'),
    port,
    stop() {
      stopped ??= endUse();
      return stopped;
    },
  };
}

async function openContext(options: EmbeddedOptions): Promise<EmbeddedContext> {
  const given = resolve(options.dataDir);
  const newAccount = await prepareDataDir(given);
  const dataDir = await realpath(given);
  const settled = { supervise: false, stateFolders: STATE_FOLDERS, ...options, dataDir };

  const elsewhere = async (account: Account | undefined) =>
    account ? stateFolder(account, settled.stateFolders) : dataDir;
  const existing = await openCluster(dataDir);
  const account = existing ? existing.account : newAccount;
  let prepared: Binaries | undefined;
  const binaries = async () => {
    prepared ??= await prepareBinaries(account, () => elsewhere(account));
    return prepared;
  };
  const cluster = existing ?? (await createCluster(dataDir, await binaries(), account, () => elsewhere(account)));
  return { ...settled, cluster, binaries };
}

/**
 * Opens a lease on PostgreSQL, which is started if it isn't running.
 * @param onPort the only acceptable port; undefined: any
 * @param stopping once it is aborted, PostgreSQL isn't started any more, but a running start is waited for
 * @throws Error when PostgreSQL can't be started, or makes no progress for ten seconds
 */
async function reach(context: EmbeddedContext, onPort?: number, stopping?: AbortSignal): Promise<Lease> {
  const { cluster, log } = context;
  const begun = Date.now();
  let giveUpAt = begun + START_TIMEOUT_MS;
  for (let attempts = 0; ; attempts += 1) {
    const postmaster = await findPostmaster(cluster);
    try {
      if (postmaster && isUsable(postmaster, onPort)) return await openLease(cluster, postmaster.port);
      if (!postmaster && stopping?.aborted) throw new StartRefused('it is not running', false);
      if (!postmaster) await launch(context, onPort);
    } catch (error) {
      const { message, code } = error as Error & { code?: string };
      const isTransient = error instanceof StartRefused ? error.isTransient : postmaster && !REFUSED.test(code ?? '');
      const isComing = postmaster && (!postmaster.isReady || code === CANNOT_CONNECT_NOW) && !stopping?.aborted;
      if (isComing) giveUpAt = Math.min(Date.now() + START_TIMEOUT_MS, begun + RECOVERY_TIMEOUT_MS);
      if (!isTransient || Date.now() > giveUpAt) {
        throw new Error(`The embedded PostgreSQL in ${cluster.folder} can't be used: ${message}`);
      }
      if (attempts > 0 && attempts % 300 === 0) log.info({ reason: message }, 'waiting for the embedded PostgreSQL');
      await sleep(30);
    }
  }
}

function isUsable(postmaster: Postmaster, onPort?: number): postmaster is Postmaster & { port: number } {
  if (postmaster.port === undefined) throw new Error('it is starting');
  if (onPort === undefined || postmaster.port === onPort) return true;
  throw new Error(`another process started it on port ${postmaster.port} instead of ${onPort}: restart this one`);
}

async function launch({ cluster, dataDir, binaries, log }: EmbeddedContext, onPort?: number): Promise<void> {
  const since = Date.now();
  const programs = await binaries();
  const hasLock = await withStartLock(cluster, async () => {
    if (await findPostmaster(cluster)) return; // another process started it before this one had the lock
    const { port: usual } = cluster.credentials;
    const port = onPort ?? ((await isPortFree(usual)) ? usual : await findFreePort());
    if (onPort && !(await isPortFree(onPort))) {
      throw new StartRefused(`another program took port ${onPort} of 127.0.0.1`, true);
    }
    await startPostmaster(cluster, programs, port);
    await savePort(cluster, port);

    const isElsewhere = programs.isCopy || cluster.folder !== join(dataDir, 'postgres');
    const where = isElsewhere && { programs: programs.folder, data: cluster.folder };
    const whose = cluster.account ? `the user "${cluster.account.name}"` : 'this user';
    const why = isElsewhere ? `, in folders of its own: ${whose} can't use the project's` : '';
    log.info({ port, milliseconds: Date.now() - since, ...where }, `embedded PostgreSQL started${why}`);
  });
  if (!hasLock) throw new StartRefused('another process is starting it', true);
}
