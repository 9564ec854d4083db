import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { sqlStateOf } from './errors.ts';
import { renumberAfterRestore } from './renumber-after-restore.ts';
import { applyRowLevelSecurity, bypassesRowLevelSecurity } from './row-level-security.ts';

const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../migrations', import.meta.url));
/** Key of the advisory lock that serialises migrations of one database; any fixed number. */
const MIGRATION_LOCK = 7_207_301_116;
const INSERT_ONLY_TABLES = ['audit_events', 'security_events'];

export type MigrationOptions = {
  /** The owner's URL, not one of a pooler, because the lock belongs to the session. */
  ownerUrl: string;
  /** The role of the running server; it is granted the privileges that it needs, unless it is the owner itself. */
  serverRole: string;
  /** Whether to enable row-level security; default false. */
  rowLevelSecurity?: boolean;
  /**
   * Whether a starting server calls this. Without the owner's role it only checks that the schema is this version's.
   */
  isServer?: boolean;
};

/**
 * Brings the schema up to date. Several processes may call it at once.
 * @returns the number of migrations that this call applied
 * @throws MigrationOrderError when a migration is older than one that is applied already, because Drizzle silently
 *   skips it
 * @throws NewerSchemaError, OldPostgresError, NotOwnerError, RowLevelSecurityBypassedError,
 *   RowLevelSecurityMismatchError
 */
export async function migrate({
  ownerUrl,
  serverRole,
  rowLevelSecurity = false,
  isServer = false,
}: MigrationOptions): Promise<number> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'communications-api migrate' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await refuseOldPostgres(client);
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const query: MigrationsQuery = async (text) => (await client.query(text)).rows;
    const before = await appliedMigrations(query);
    const { missing, isNewer } = await findSchemaState(query);
    if (isNewer) throw new NewerSchemaError();
    if (isServer && missing.length === 0 && !(await isOwner(client))) {
      await requireSameRowLevelSecurity(client, rowLevelSecurity);
      return 0;
    }
    await applyMigrations(drizzle(client, { casing: 'snake_case' }), { migrationsFolder: MIGRATIONS_FOLDER });
    const after = await appliedMigrations(query);
    const skipped = (await journal()).filter((entry) => !after.has(entry.when));
    if (skipped.length > 0) throw new MigrationOrderError(skipped.map((entry) => entry.tag));
    await renumberAfterRestore(client);
    await grantServerRole(client, serverRole);
    if (rowLevelSecurity && (await bypassesRowLevelSecurity(client, serverRole)))
      throw new RowLevelSecurityBypassedError();
    await applyRowLevelSecurity(client, rowLevelSecurity);
    return after.size - before.size;
  } catch (error) {
    throw isInsufficientPrivilege(error) ? new NotOwnerError(client) : error;
  } finally {
    await client.end();
  }
}

export class MigrationOrderError extends Error {
  constructor(tags: string[]) {
    super(
      `The migrations ${tags.join(', ')} are older than the last one applied and were skipped. ` +
        'Generate them again, so that they come last.',
    );
  }
}

/** The role may not change the schema. */
export class NotOwnerError extends Error {
  constructor({ user, database }: pg.Client) {
    super(
      `The role ${user} may not change the schema of the database ${database}: give DATABASE_MIGRATION_URL its owner.`,
    );
  }
}

/** Row-level security is on in the settings, but the server's role isn't subject to it. */
export class RowLevelSecurityBypassedError extends Error {
  constructor() {
    super(
      'ROW_LEVEL_SECURITY=on does nothing for a server whose role owns the tables or is a superuser: give DATABASE_URL ' +
        'a role of its own and the owner to DATABASE_MIGRATION_URL.',
    );
  }
}

/** A newer version has migrated the schema, which this version doesn't know. */
export class NewerSchemaError extends Error {
  constructor() {
    super(
      'The schema of the database was made by a newer version of this server. Run that version, or restore a backup.',
    );
  }
}

/** The server's `ROW_LEVEL_SECURITY` differs from the one that the owner migrated with. */
export class RowLevelSecurityMismatchError extends Error {
  constructor(isWanted: boolean) {
    super(
      `ROW_LEVEL_SECURITY is ${isWanted ? 'on' : 'off'} here and ${isWanted ? 'off' : 'on'} in the database: run ` +
        '`comms migrate` as the owner with the setting that the server has.',
    );
  }
}

export const OLDEST_POSTGRES = 16;

export class OldPostgresError extends Error {
  constructor(version: number) {
    super(`PostgreSQL ${version} is too old: ${OLDEST_POSTGRES} is the oldest that can work.`);
  }
}

/** @param versionNumber as `server_version_num` gives it, e.g. 150004 @throws OldPostgresError */
export function refuseOldVersion(versionNumber: number): void {
  const version = Math.trunc(versionNumber / 10_000);
  if (version < OLDEST_POSTGRES) throw new OldPostgresError(version);
}

async function refuseOldPostgres(client: pg.Client): Promise<void> {
  const { rows } = await client.query("SELECT current_setting('server_version_num')::int AS version");
  refuseOldVersion(rows[0]?.version);
}

/** `missing`: migrations of this version that the database lacks, by name. `isNewer`: the database has unknown ones. */
export type SchemaState = { missing: string[]; isNewer: boolean };

type MigrationsQuery = (text: string) => Promise<{ created_at: string }[]>;

export async function findSchemaState(query: MigrationsQuery): Promise<SchemaState> {
  const entries = await journal();
  const applied = await appliedMigrations(query);
  const known = new Set(entries.map((entry) => entry.when));
  return {
    missing: entries.filter((entry) => !applied.has(entry.when)).map((entry) => entry.tag),
    isNewer: [...applied].some((when) => !known.has(when)),
  };
}

/** The times of the applied migrations, by which the journal names them; none before the first. */
async function appliedMigrations(query: MigrationsQuery): Promise<Set<number>> {
  const rows = await query('SELECT created_at::text FROM drizzle.__drizzle_migrations').catch((error: unknown) => {
    if (isUndefinedTable(error)) return [];
    throw error;
  });
  return new Set(rows.map((row) => Number(row.created_at)));
}

/** Whether `tags` are all migrations of this version: a database that lacks them all is new. */
export async function isEveryMigration(tags: readonly string[]): Promise<boolean> {
  return tags.length === (await journal()).length;
}

/** Whether this role may change the existing schema. */
async function isOwner(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ is_owner: boolean }>(
    "SELECT pg_has_role(relowner, 'USAGE') AS is_owner FROM pg_class WHERE oid = 'drizzle.__drizzle_migrations'::regclass",
  );
  return rows[0]?.is_owner ?? false;
}

async function requireSameRowLevelSecurity(client: pg.Client, isWanted: boolean): Promise<void> {
  const { rows } = await client.query<{ is_on: boolean }>(
    "SELECT relrowsecurity AS is_on FROM pg_class WHERE oid = 'public.companies'::regclass",
  );
  if (rows[0]?.is_on !== isWanted) throw new RowLevelSecurityMismatchError(isWanted);
}

async function journal(): Promise<{ tag: string; when: number }[]> {
  const file = await readFile(`${MIGRATIONS_FOLDER}/meta/_journal.json`, 'utf8');
  return JSON.parse(file).entries;
}

/**
 * Grants the least privileges that the running server needs: on rows, not on the schema, and no rewriting of the audit
 * trail.
 */
async function grantServerRole(client: pg.Client, role: string): Promise<void> {
  const { rows } = await client.query('SELECT current_user = $1 AS is_owner', [role]);
  if (rows[0]?.is_owner) return;
  const name = pg.escapeIdentifier(role);
  await client.query(`GRANT USAGE ON SCHEMA public, drizzle TO ${name}`);
  await client.query(`GRANT SELECT ON ALL TABLES IN SCHEMA drizzle TO ${name}`);
  await client.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${name}`);
  await client.query(`GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${name}`);
  for (const table of INSERT_ONLY_TABLES) await client.query(`REVOKE UPDATE, DELETE ON ${table} FROM ${name}`);
}

/** 42P01: the table doesn't exist; 3F000: the schema doesn't exist. */
function isUndefinedTable(error: unknown): boolean {
  const code = sqlStateOf(error);
  return code === '42P01' || code === '3F000';
}

/** 42501: insufficient privilege, as for a table or schema of another owner. */
function isInsufficientPrivilege(error: unknown): boolean {
  return sqlStateOf(error) === '42501';
}
