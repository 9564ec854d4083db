import { stat, statfs } from 'node:fs/promises';
import type { Config } from '../config.ts';
import { connect, type Db } from '../db/client.ts';
import { findSchemaState, isEveryMigration, NewerSchemaError, OLDEST_POSTGRES } from '../db/migrate.ts';
import { findMiscounts } from '../journal/counters.ts';
import { connectionsOfServer } from '../server/connection-budget.ts';
import type { OpenDatabase } from '../server/open-database.ts';
import { type Check, failed, ok, warning } from './doctor-check.ts';

const GIBIBYTE = 2 ** 30;
const MIN_FREE_BYTES = GIBIBYTE / 4;
const RECOMMENDED_FREE_BYTES = 2 * GIBIBYTE;
const TESTED_VERSION = 18;
const MAX_CLOCK_SKEW_SECONDS = 5;
/** For commands, migrations and administrators, in addition to the server's connections. */
const SPARE_CONNECTIONS = 5;

export async function checkStorage(config: Config): Promise<Check[]> {
  if (config.databaseUrl !== undefined) return [];
  const found = await stat(config.dataDir).catch(() => undefined);
  if (!found) return [ok('data', 'DATA_DIR is created at the first start')];
  const checks: Check[] = [];
  if ((found.mode & 0o002) !== 0) {
    checks.push(failed('data', 'DATA_DIR is world-writable', `run chmod o-w ${config.dataDir}`));
  }
  const { bavail, bsize } = await statfs(config.dataDir);
  const free = bavail * bsize;
  const finding = `${(free / GIBIBYTE).toFixed(1)} GiB free for DATA_DIR`;
  const advice = 'free disk space: PostgreSQL stops when the disk is full';
  if (free < MIN_FREE_BYTES) checks.push(failed('data', finding, advice));
  else checks.push(free < RECOMMENDED_FREE_BYTES ? warning('data', finding, advice) : ok('data', finding));
  return checks;
}

type Facts = {
  version: number;
  encoding: string;
  is_recovery: boolean;
  max_connections: number;
  now: string;
  invalid_indexes: string[];
};

/** @throws the connection's error when the database can't be reached */
export async function checkDatabase(config: Config, db: Db, database: OpenDatabase): Promise<Check[]> {
  const sentAt = Date.now();
  const [facts] = await db.query<Facts>({
    text: `
      SELECT current_setting('server_version_num')::int / 10000 AS version,
             pg_encoding_to_char(d.encoding) AS encoding,
             pg_is_in_recovery() AS is_recovery,
             current_setting('max_connections')::int
               - current_setting('superuser_reserved_connections')::int AS max_connections,
             clock_timestamp()::timestamptz(3) AS now,
             ARRAY(SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid) AS invalid_indexes
      FROM pg_database d
      WHERE d.datname = current_database()`,
  });
  if (!facts) return [];
  const skewSeconds = Math.abs(Date.parse(facts.now) - (sentAt + Date.now()) / 2) / 1_000;
  return [
    checkVersion(facts.version),
    checkEncoding(facts.encoding),
    ...(facts.is_recovery
      ? [failed('database', 'the database is a read-only replica', 'point DATABASE_URL to the primary')]
      : []),
    checkConnections(config, facts.max_connections),
    skewSeconds > MAX_CLOCK_SKEW_SECONDS
      ? warning(
          'clock',
          `the clocks of this machine and the database differ by ${skewSeconds.toFixed(0)} s`,
          'synchronise both with a time server',
        )
      : ok(
          'clock',
          `the clocks of this machine and the database agree within ${Math.max(1, Math.ceil(skewSeconds))} s`,
        ),
    ...facts.invalid_indexes.map((name) => failed('database', `index ${name} is invalid`, `run REINDEX INDEX ${name}`)),
    ...(await checkSchema(db, database)),
  ];
}

function checkVersion(version: number): Check {
  const finding = `PostgreSQL ${version}`;
  if (version < OLDEST_POSTGRES) {
    return failed(
      'database',
      finding,
      `upgrade to ${TESTED_VERSION}; ${OLDEST_POSTGRES} is the oldest supported version`,
    );
  }
  return version < TESTED_VERSION
    ? warning('database', finding, `tested with ${TESTED_VERSION}; upgrade when you can`)
    : ok('database', `${finding}, reachable`);
}

function checkEncoding(encoding: string): Check {
  return encoding === 'UTF8'
    ? ok('database', 'encoding UTF8')
    : failed('database', `encoding ${encoding}`, "create a new database with ENCODING 'UTF8' and import an export");
}

function checkConnections(config: Config, available: number): Check {
  const wanted = connectionsOfServer(config) + SPARE_CONNECTIONS;
  return wanted > available
    ? failed(
        'database',
        `PostgreSQL allows ${available} connections, but a server with these WORKERS and DATABASE_POOL_SIZE, and commands, need ${wanted}`,
        'lower WORKERS or DATABASE_POOL_SIZE, or raise max_connections',
      )
    : ok('database', `PostgreSQL allows ${available} connections, ${wanted} are needed`);
}

async function checkSchema(db: Db, database: OpenDatabase): Promise<Check[]> {
  const { missing, isNewer } = await findSchemaState((text) => db.query({ text }));
  if (database.isEmbedded && (await isEveryMigration(missing))) {
    return [ok('migrations', 'the schema is created at the first start')];
  }
  const role = await checkServerRole(database);
  if (isNewer) {
    const advice = 'run the version that migrated it, or restore a backup';
    return [failed('migrations', new NewerSchemaError().message, advice), ...role];
  }
  return missing.length === 0
    ? [ok('migrations', 'the schema is up to date'), await checkCounts(db), ...role]
    : [
        failed(
          'migrations',
          `${missing.length} migrations are not applied: ${missing.join(', ')}`,
          'run comms migrate',
        ),
        ...role,
      ];
}

/** Compares the materialised counters, from which lists take `count`, with the rows. */
async function checkCounts(db: Db): Promise<Check> {
  const companies = await db.query<{ id: string }>({ text: 'SELECT id FROM companies ORDER BY id' });
  const wrong: string[] = [];
  for (const { id } of companies) if ((await findMiscounts(db, id)).length > 0) wrong.push(id);
  return wrong.length === 0
    ? ok('counters', 'the counters of messages and notes agree with the rows')
    : failed(
        'counters',
        `the counters differ from the rows in company ${wrong.join(', ')}`,
        'run deploy/recount.sql as the owner',
      );
}

type Role = { role: string; is_superuser: boolean; is_owner: boolean; may_write: boolean };

/** Checks that the server's role can write to the tables and doesn't own them. */
async function checkServerRole(database: OpenDatabase): Promise<Check[]> {
  const db = connect({ url: database.serverUrl, poolSize: 1, purpose: 'batch', onError: () => undefined });
  try {
    const [role] = await db.query<Role>({
      text: `
        SELECT current_user AS role, r.rolsuper AS is_superuser,
               COALESCE(pg_has_role(c.relowner, 'USAGE'), false) AS is_owner,
               COALESCE(has_table_privilege(c.oid, 'INSERT'), false) AS may_write
        FROM pg_roles r
        LEFT JOIN pg_class c ON c.oid = to_regclass('public.communication_threads')
        WHERE r.rolname = current_user`,
    });
    if (!role) return [];
    if (role.is_superuser || role.is_owner) {
      const finding = `the server's role ${role.role} ${role.is_superuser ? 'is a superuser' : 'owns the tables'}`;
      const advice =
        'use a separate role in DATABASE_URL and the owner in DATABASE_MIGRATION_URL, then run comms migrate';
      return [warning('database', finding, advice)];
    }
    return role.may_write
      ? [ok('database', `the server's role ${role.role} has the privileges it needs and doesn't own the tables`)]
      : [failed('database', `the server's role ${role.role} lacks write privileges`, 'run comms migrate as the owner')];
  } finally {
    await db.close();
  }
}
