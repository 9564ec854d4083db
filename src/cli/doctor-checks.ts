import { stat, statfs } from 'node:fs/promises';
import type { Config } from '../config.ts';
import { KeyRing, parseEncryptionKeys } from '../crypto/key-ring.ts';
import { connect, type Db } from '../db/client.ts';
import { missingMigrations } from '../db/migrate.ts';
import { howToRetire, type StoredKey } from '../keys/open-key-ring.ts';
import { countTextsUnderKeys } from '../keys/rewrap.ts';
import { connectionsOfServer } from '../server/connection-budget.ts';
import type { OpenDatabase } from '../server/open-database.ts';

/** One thing that the doctor looked at. `advice` says what to do about it. */
export type Check = { state: 'ok' | 'warning' | 'failed'; subject: string; finding: string; advice?: string };

const GIBIBYTE = 2 ** 30;
const NEEDED_BYTES = GIBIBYTE / 4;
const COMFORTABLE_BYTES = 2 * GIBIBYTE;
const OLDEST_VERSION = 16;
const TESTED_VERSION = 18;
const TOLERATED_SKEW_SECONDS = 5;
/** For commands, migrations and people, beside the server's own. */
const SPARE_CONNECTIONS = 5;

/** They are valid, or the command would not have begun. */
export function checkSettings(config: Config): Check[] {
  const checks: Check[] = [ok('settings', 'all values are of the right form')];
  const isLocal = ['127.0.0.1', '::1', 'localhost'].includes(config.host);
  if (!isLocal && config.trustProxy === false) {
    checks.push(
      warning(
        'settings',
        `HOST ${config.host} is open to the network, and TRUST_PROXY is off`,
        'put a proxy with TLS before it and set TRUST_PROXY, or tokens travel in the clear',
      ),
    );
  }
  if (config.rateLimitPerMinute === 0) {
    checks.push(warning('settings', 'RATE_LIMIT_PER_MINUTE is off', 'set it unless a proxy limits requests'));
  }
  for (const [name, secrets] of [
    ['NYLAS_WEBHOOK_SECRET', config.nylasWebhookSecrets],
    ['VONAGE_SIGNATURE_SECRET', config.vonageSignatureSecrets],
  ] as const) {
    if (secrets.length === 0) checks.push(ok('settings', `${name} is unset: that webhook answers 503`));
  }
  return checks;
}

export async function checkStorage(config: Config): Promise<Check[]> {
  if (config.databaseUrl !== undefined) return [];
  const found = await stat(config.dataDir).catch(() => undefined);
  if (!found) return [ok('data', 'DATA_DIR is made at the first start')];
  const checks: Check[] = [];
  if (process.platform !== 'win32' && (found.mode & 0o002) !== 0) {
    checks.push(failed('data', 'everybody may write to DATA_DIR', `run chmod o-w ${config.dataDir}`));
  }
  const { bavail, bsize } = await statfs(config.dataDir);
  const free = bavail * bsize;
  const finding = `${(free / GIBIBYTE).toFixed(1)} GiB free for DATA_DIR`;
  const advice = 'make room: without any PostgreSQL stops';
  if (free < NEEDED_BYTES) checks.push(failed('data', finding, advice));
  else checks.push(free < COMFORTABLE_BYTES ? warning('data', finding, advice) : ok('data', finding));
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

/** @throws what connecting throws */
export async function checkDatabase(config: Config, db: Db, database: OpenDatabase): Promise<Check[]> {
  const asked = Date.now();
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
  const skew = Math.abs(Date.parse(facts.now) - (asked + Date.now()) / 2) / 1_000;
  return [
    checkVersion(facts.version),
    checkEncoding(facts.encoding),
    ...(facts.is_recovery
      ? [failed('database', 'it is a read-only replica', 'point DATABASE_URL to the primary')]
      : []),
    checkConnections(config, facts.max_connections),
    skew > TOLERATED_SKEW_SECONDS
      ? warning(
          'clock',
          `this machine and the database differ by ${skew.toFixed(0)} s`,
          'let both follow a time server',
        )
      : ok('clock', `this machine and the database agree within ${Math.max(1, Math.ceil(skew))} s`),
    ...facts.invalid_indexes.map((name) => failed('database', `index ${name} is invalid`, `run REINDEX INDEX ${name}`)),
    ...(await checkMigrations(db)),
    ...(await checkServerRole(database)),
  ];
}

function checkVersion(version: number): Check {
  const finding = `PostgreSQL ${version}`;
  if (version < OLDEST_VERSION) {
    return failed('database', finding, `upgrade to ${TESTED_VERSION}; ${OLDEST_VERSION} is the oldest that can work`);
  }
  return version < TESTED_VERSION
    ? warning('database', finding, `tested with ${TESTED_VERSION}; upgrade when you can`)
    : ok('database', `${finding}, reachable`);
}

function checkEncoding(encoding: string): Check {
  return encoding === 'UTF8'
    ? ok('database', 'encoding UTF8')
    : failed('database', `encoding ${encoding}`, "make the database anew with ENCODING 'UTF8' and import an export");
}

function checkConnections(config: Config, available: number): Check {
  const wanted = connectionsOfServer(config) + SPARE_CONNECTIONS;
  return wanted > available
    ? failed(
        'database',
        `it takes ${available} connections, a server with these WORKERS and DATABASE_POOL_SIZE and commands want ${wanted}`,
        'lower WORKERS or DATABASE_POOL_SIZE, or raise max_connections',
      )
    : ok('database', `takes ${available} connections, ${wanted} are wanted`);
}

async function checkMigrations(db: Db): Promise<Check[]> {
  const missing = await missingMigrations((text) => db.query({ text }));
  return missing.length === 0
    ? [ok('migrations', 'the schema is up to date')]
    : [failed('migrations', `${missing.length} are missing: ${missing.join(', ')}`, 'run comms migrate')];
}

type Role = { role: string; is_superuser: boolean; is_owner: boolean; may_write: boolean };

/** The server's own role: it should be able to use the tables and nothing else. */
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
      const advice = 'give DATABASE_URL a role of its own, the owner to DATABASE_MIGRATION_URL, and run comms migrate';
      return [warning('database', finding, advice)];
    }
    return role.may_write
      ? [ok('database', `the server's role ${role.role} has the rights it needs and owns nothing`)]
      : [failed('database', `the server's role ${role.role} may not write`, 'run comms migrate as the owner')];
  } finally {
    await db.close();
  }
}

/** As `openKeyRing` checks them, without entering new keys. */
export async function checkKeys(db: Db, database: OpenDatabase): Promise<Check[]> {
  const exists = await db.query({ text: "SELECT WHERE to_regclass('public.encryption_keys') IS NOT NULL" });
  if (exists.length === 0) return [];
  const stored = await db.query<StoredKey>({
    text: 'SELECT id, canary, is_primary, promoted_at, retired_at FROM encryption_keys ORDER BY id',
  });
  if (database.encryptionKeys === '') return [checkMissingFile(database, stored.length > 0)];
  const keys = parseEncryptionKeys(database.encryptionKeys);
  const ring = new KeyRing(keys, keys[0]?.id ?? 0);
  const checks: Check[] = [];
  for (const key of stored) {
    const { id, canary } = key;
    if (key.retired_at !== null) {
      if (ring.has(id)) {
        checks.push(failed('keys', `key ${id} is retired and still listed`, 'take it out of ENCRYPTION_KEYS'));
      }
    } else if (!ring.has(id)) {
      checks.push(await checkMissingKey(db, key));
    } else if (!ring.verifyCanary(id, canary)) {
      checks.push(failed('keys', `key ${id} is another key`, 'put its original material into ENCRYPTION_KEYS'));
    }
  }
  const fresh = ring.ids.filter((id) => !stored.some((key) => key.id === id));
  if (stored.length > 0 && fresh.length > 0)
    checks.push(ok('keys', `new: ${fresh.join(', ')}; known from the next start on`));
  const primary = stored.find((key) => key.is_primary)?.id ?? keys[0]?.id;
  return checks.some((check) => check.state === 'failed')
    ? checks
    : [ok('keys', `${keys.length} of ENCRYPTION_KEYS fit the database; ${primary} is the primary`), ...checks];
}

async function checkMissingKey(db: Db, key: StoredKey): Promise<Check> {
  const advice = 'add it to ENCRYPTION_KEYS';
  if (key.promoted_at === null) {
    return warning('keys', `key ${key.id} is missing; it never was primary`, `${advice} before it is promoted`);
  }
  const counts = Object.values((await countTextsUnderKeys(db)).get(key.id) ?? {});
  const texts = counts.reduce((sum, count) => sum + count, 0);
  return texts > 0
    ? failed('keys', `key ${key.id} is missing; texts under it: ${texts}`, advice)
    : failed('keys', `key ${key.id} is missing; nothing stands under it`, `${advice}, or ${howToRetire(key)}`);
}

function checkMissingFile({ keyFile }: OpenDatabase, isLost: boolean): Check {
  return isLost
    ? failed('keys', `the key file ${keyFile} is missing`, 'restore it, or set ENCRYPTION_KEYS to what it held')
    : ok('keys', 'the key file is made at the first start');
}

function ok(subject: string, finding: string): Check {
  return { state: 'ok', subject, finding };
}

function warning(subject: string, finding: string, advice: string): Check {
  return { state: 'warning', subject, finding, advice };
}

function failed(subject: string, finding: string, advice: string): Check {
  return { state: 'failed', subject, finding, advice };
}
