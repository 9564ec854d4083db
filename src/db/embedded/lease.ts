/**
 * A lease is the one connection that each of our processes keeps open while it uses the embedded PostgreSQL. Its end
 * shows immediately that PostgreSQL has died, and its presence shows other processes that PostgreSQL is in use.
 */
import { realpath } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Cluster, SUPERUSER } from './cluster.ts';

/** `unref` lets the process end while the lease is open. The types of `pg` lack both methods. */
export type Lease = pg.Client & { ref(): void; unref(): void };

const LEASE_NAME = 'comms embedded lease';
const ENDED_LEASE_NAME = 'comms embedded lease, given up';

/**
 * Key of the advisory lock that a process holds while it decides whether to stop PostgreSQL, so that no lease opens or
 * ends.
 */
const SHUTDOWN_LOCK = 7_305_118_240;

/** How long PostgreSQL may still list the connections of a pool that was just closed. */
const DRAIN_MS = 2_000;

/** @throws Error when nothing or another PostgreSQL answers on the port, or ours isn't ready yet (SQLSTATE 57P03) */
export async function openLease({ pgdata, credentials }: Cluster, port: number): Promise<Lease> {
  const lease = new pg.Client({
    host: '127.0.0.1',
    port,
    ssl: false,
    user: SUPERUSER, // can connect even when max_connections is reached
    password: credentials.superuser,
    database: 'postgres',
    application_name: LEASE_NAME,
    options: '-c statement_timeout=0', // overrides PGOPTIONS
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
    // After this, a process that is about to stop PostgreSQL sees this lease, or has already stopped it.
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
 * @param stopPostgres called if it is the last connection, while the shutdown lock is held, so that no lease opens
 *   meanwhile
 */
export async function endLease(lease: Lease, stopPostgres: () => Promise<void>): Promise<void> {
  lease.ref();
  try {
    await lease.query('SELECT pg_advisory_lock($1)', [SHUTDOWN_LOCK]);
    if (await isLast(lease)) await stopPostgres();
    // Until this connection has closed, the next process that ends its lease would count it as a client.
    else await lease.query(`SET application_name = '${ENDED_LEASE_NAME}'`);
  } finally {
    await lease.end().catch(() => {});
  }
}

async function isLast(lease: Lease): Promise<boolean> {
  for (const deadline = Date.now() + DRAIN_MS; ; await sleep(20)) {
    const { rows } = await lease.query(
      `SELECT count(*)::int AS connections, (count(*) FILTER (WHERE application_name = $1))::int AS leases
       FROM pg_stat_activity
       WHERE backend_type IN ('client backend', 'walsender') AND pid <> pg_backend_pid() AND application_name <> $2`,
      [LEASE_NAME, ENDED_LEASE_NAME],
    );
    if (rows[0].connections === 0) return true;
    if (rows[0].leases > 0 || Date.now() >= deadline) return false;
  }
}
