/**
 * A lease: the one connection that each of our processes holds for as long as it uses the embedded PostgreSQL. It tells
 * at once when PostgreSQL died, and it tells the others that PostgreSQL is in use.
 */
import { realpath } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Cluster, SUPERUSER } from './cluster.ts';

/** `unref`: it doesn't keep the process alive; missing from the types of pg. */
export type Lease = pg.Client & { ref(): void; unref(): void };

const HELD = 'comms embedded lease';
const GIVEN_UP = 'comms embedded lease, given up';

/** The advisory lock held while a process decides whether to stop PostgreSQL: no lease is opened or ended meanwhile. */
const SHUTDOWN_LOCK = 7_305_118_240;

/** How long connections of a pool that was just closed may still be listed by PostgreSQL. */
const DRAIN_MS = 2_000;

/** @throws Error when no server or another PostgreSQL answers at the port, or ours isn't ready yet (SQLSTATE 57P03) */
export async function openLease({ pgdata, credentials }: Cluster, port: number): Promise<Lease> {
  const lease = new pg.Client({
    host: '127.0.0.1',
    port,
    ssl: false,
    user: SUPERUSER, // finds a place even when max_connections is used up
    password: credentials.superuser,
    database: 'postgres',
    application_name: HELD,
    options: '-c statement_timeout=0', // instead of what PGOPTIONS may say
    connectionTimeoutMillis: 5_000,
    query_timeout: 10_000,
  }) as Lease;
  lease.on('error', () => {}); // 'end' follows
  try {
    await lease.connect();
    const { rows } = await lease.query("SELECT current_setting('data_directory') AS folder");
    if ((await realpath(rows[0].folder)) !== pgdata) {
      throw new Error(`the PostgreSQL on port ${port} works on another data directory`);
    }
    // After the lock was ours, a process about to stop PostgreSQL sees this lease, or has stopped it already.
    await lease.query('SELECT pg_advisory_lock($1)', [SHUTDOWN_LOCK]);
    await lease.query('SELECT pg_advisory_unlock($1)', [SHUTDOWN_LOCK]);
    return lease;
  } catch (error) {
    await lease.end().catch(() => {});
    throw error;
  }
}

/**
 * Ends a lease.
 * @param stopPostgres called when it was the last connection; the shutdown lock is held, so no lease opens in between
 */
export async function endLease(lease: Lease, stopPostgres: () => Promise<void>): Promise<void> {
  lease.ref();
  try {
    await lease.query('SELECT pg_advisory_lock($1)', [SHUTDOWN_LOCK]);
    if (await isLast(lease)) await stopPostgres();
    // Until this connection is gone, the next process to end its lease would count it as a client.
    else await lease.query(`SET application_name = '${GIVEN_UP}'`);
  } finally {
    await lease.end().catch(() => {});
  }
}

async function isLast(lease: Lease): Promise<boolean> {
  for (const leaveAt = Date.now() + DRAIN_MS; ; await sleep(20)) {
    const { rows } = await lease.query(
      `SELECT count(*)::int AS connections, (count(*) FILTER (WHERE application_name = $1))::int AS leases
       FROM pg_stat_activity
       WHERE backend_type IN ('client backend', 'walsender') AND pid <> pg_backend_pid() AND application_name <> $2`,
      [HELD, GIVEN_UP],
    );
    if (rows[0].connections === 0) return true;
    if (rows[0].leases > 0 || Date.now() >= leaveAt) return false;
  }
}
