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

/** Held while it is decided whether PostgreSQL is stopped: nobody comes or goes meanwhile. */
const DOOR = 7_305_118_240;

/** A pool that was just closed is still seen for a moment. */
const GOODBYE_MS = 2_000;

/** @throws Error when nobody, or another PostgreSQL, answers at the port, or ours not yet (SQLSTATE 57P03) */
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
    // Past the door, whoever is about to stop PostgreSQL sees us, or has stopped it already.
    await lease.query('SELECT pg_advisory_lock($1)', [DOOR]);
    await lease.query('SELECT pg_advisory_unlock($1)', [DOOR]);
    return lease;
  } catch (error) {
    await lease.end().catch(() => {});
    throw error;
  }
}

/**
 * Ends a lease.
 * @param stopPostgres called when it was the last connection; the door is held, so nobody comes in between
 */
export async function endLease(lease: Lease, stopPostgres: () => Promise<void>): Promise<void> {
  lease.ref();
  try {
    await lease.query('SELECT pg_advisory_lock($1)', [DOOR]);
    if (await isLast(lease)) await stopPostgres();
    // Until its connection is gone the next one to leave would take us for a client.
    else await lease.query(`SET application_name = '${GIVEN_UP}'`);
  } finally {
    await lease.end().catch(() => {});
  }
}

async function isLast(lease: Lease): Promise<boolean> {
  for (const leaveAt = Date.now() + GOODBYE_MS; ; await sleep(20)) {
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
