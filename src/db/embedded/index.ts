/**
 * The embedded PostgreSQL: the programs of an npm package, run by pg_ctl. It is a process of its own, which outlives a
 * killed server and is shared by all our processes on one DATA_DIR; the last one to leave stops it.
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
  rememberPort,
  SERVER_ROLE,
  SUPERUSER,
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
  /** Stops PostgreSQL unless another client is connected (then leaves it to them). Never rejects. */
  stop(): Promise<void>;
};

export type EmbeddedOptions = {
  dataDir: string;
  log: Pick<BaseLogger, 'info' | 'warn' | 'error'>;
  /** Starts PostgreSQL again, on the same port, whenever it goes away before `stop`. */
  supervise?: boolean;
  /** Where root keeps the programs and data that PostgreSQL's user can't reach in place; the first usable one. */
  stateFolders?: string[];
};

/** What one process knows of the embedded database. */
type Session = Required<EmbeddedOptions> & { cluster: Cluster; binaries: () => Promise<Binaries> };

/** SQLSTATE: it starts, recovers or shuts down. */
const CANNOT_CONNECT_NOW = '57P03';

/** SQLSTATE classes that waiting doesn't change: wrong password, missing database, bad settings. */
const REFUSED = /^(28|3D|22|42)/;

const PATIENCE_MS = 10_000;
/** Replaying the log after a crash takes its time. */
const RECOVERY_PATIENCE_MS = 300_000;

/**
 * Starts the database of a DATA_DIR, made first if there is none, or joins it if it runs. Several processes may do so
 * at once.
 * @throws Error when it can't be had, saying what to do
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const session = await openSession(options);
  const { log, supervise } = session;
  const { credentials } = session.cluster;
  let lease = await reach(session);
  const port = lease.port;
  const stopping = new AbortController();
  let restart: Promise<void> | undefined;
  let stopped: Promise<void> | undefined;
  watch();

  function watch(): void {
    lease.unref(); // a lease keeps no process alive
    if (supervise)
      lease.once('end', () => {
        if (!stopping.signal.aborted) restart = startAgain();
      });
  }

  async function startAgain(): Promise<void> {
    const { signal } = stopping;
    const since = Date.now();
    log.warn({ port }, 'embedded PostgreSQL went away: starting it again');
    for (let pauseMs = 100; !signal.aborted; pauseMs = Math.min(pauseMs * 2, 5_000)) {
      try {
        lease = await reach(session, port, signal);
        log.info({ port, milliseconds: Date.now() - since }, 'embedded PostgreSQL is back');
        return watch();
      } catch (error) {
        const reason = (error as Error).message;
        if (!signal.aborted) log.error({ port, reason }, 'embedded PostgreSQL is not back yet');
        await sleep(pauseMs, undefined, { ref: false, signal }).catch(() => {});
      }
    }
  }

  async function leave(): Promise<void> {
    stopping.abort();
    await restart;
    const stopPostgres = async () => stopPostmaster(session.cluster, await session.binaries());
    try {
      // A lost lease doesn't mean that PostgreSQL isn't there: it may have come back since.
      await endLease(lease, stopPostgres).catch(async () =>
        endLease(await reach(session, undefined, stopping.signal), stopPostgres),
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
      stopped ??= leave();
      return stopped;
    },
  };
}

async function openSession(options: EmbeddedOptions): Promise<Session> {
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
 * A lease on the running PostgreSQL, which is started if it isn't.
 * @param onPort the only port that will do; any without it
 * @param stopping once aborted, PostgreSQL isn't started any more, but a start under way is waited for
 * @throws Error when PostgreSQL can't be started, or after ten seconds in which it did not come closer
 */
async function reach(session: Session, onPort?: number, stopping?: AbortSignal): Promise<Lease> {
  const { cluster, log } = session;
  const begun = Date.now();
  let giveUpAt = begun + PATIENCE_MS;
  for (let turns = 0; ; turns += 1) {
    const postmaster = await findPostmaster(cluster);
    try {
      if (postmaster && isUsable(postmaster, onPort)) return await openLease(cluster, postmaster.port);
      if (!postmaster && stopping?.aborted) throw new StartRefused('it is not running', false);
      if (!postmaster) await launch(session, onPort);
    } catch (error) {
      const { message, code } = error as Error & { code?: string };
      const isPassing = error instanceof StartRefused ? error.isPassing : postmaster && !REFUSED.test(code ?? '');
      const isComing = postmaster && (!postmaster.isReady || code === CANNOT_CONNECT_NOW) && !stopping?.aborted;
      if (isComing) giveUpAt = Math.min(Date.now() + PATIENCE_MS, begun + RECOVERY_PATIENCE_MS);
      if (!isPassing || Date.now() > giveUpAt) {
        throw new Error(`The embedded PostgreSQL in ${cluster.folder} can't be used: ${message}`);
      }
      if (turns > 0 && turns % 300 === 0) log.info({ reason: message }, 'waiting for the embedded PostgreSQL');
      await sleep(30);
    }
  }
}

function isUsable(postmaster: Postmaster, onPort?: number): postmaster is Postmaster & { port: number } {
  if (postmaster.port === undefined) throw new Error('it is starting');
  if (onPort === undefined || postmaster.port === onPort) return true;
  throw new Error(`another process started it on port ${postmaster.port} instead of ${onPort}: restart this one`);
}

async function launch({ cluster, dataDir, binaries, log }: Session, onPort?: number): Promise<void> {
  const since = Date.now();
  const programs = await binaries();
  const isOurTurn = await withStartLock(cluster, async () => {
    if (await findPostmaster(cluster)) return; // started by another process, before we had the lock
    const { port: usual } = cluster.credentials;
    const port = onPort ?? ((await isPortFree(usual)) ? usual : await findFreePort());
    if (onPort && !(await isPortFree(onPort))) {
      throw new StartRefused(`another program took port ${onPort} of 127.0.0.1`, true);
    }
    await startPostmaster(cluster, programs, port);
    await rememberPort(cluster, port);

    const isElsewhere = programs.isCopy || cluster.folder !== join(dataDir, 'postgres');
    const where = isElsewhere && { programs: programs.folder, data: cluster.folder };
    const whose = cluster.account ? `the user "${cluster.account.name}"` : 'this user';
    const why = isElsewhere ? `, in folders of its own: ${whose} can't use the project's` : '';
    log.info({ port, milliseconds: Date.now() - since, ...where }, `embedded PostgreSQL started${why}`);
  });
  if (!isOurTurn) throw new StartRefused('another process is starting it', true);
}
