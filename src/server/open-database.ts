import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { readKeyFile, readOrCreateKeyFile } from '../crypto/key-file.ts';
import { connect } from '../db/client.ts';
import { startEmbedded } from '../db/embedded/index.ts';
import { type MigrationOptions, migrate } from '../db/migrate.ts';

/** An open database: its URLs, its keys, and how to migrate and close it. */
export type OpenDatabase = {
  /** For the server's least-privilege role. */
  serverUrl: string;
  /** For the owner of the tables, who runs migrations. */
  ownerUrl: string;
  isEmbedded: boolean;
  /**
   * `ENCRYPTION_KEYS` or the content of the key file; empty when there is neither, which only `isInspection` allows.
   */
  encryptionKeys: string;
  /** The key file of the embedded database; undefined when `ENCRYPTION_KEYS` has the keys. */
  keyFile: string | undefined;
  /** Brings the schema up to date. @returns the number of migrations that were applied */
  migrate(options?: Pick<MigrationOptions, 'isServer'>): Promise<number>;
  /** Ends the use of the database. The embedded PostgreSQL stops when no other process uses it. */
  close(): Promise<void>;
};

type OpenOptions = {
  /** Restarts the embedded PostgreSQL when it dies. */
  supervise?: boolean;
  /** Creates no key file and accepts that there is none, for `comms doctor`. */
  isInspection?: boolean;
};

/**
 * Opens the database of the settings. The embedded PostgreSQL is started, or used as it is when it is already running.
 * @throws Error when the key file is missing although the database has keys, and what `startEmbedded` throws
 */
export async function openDatabase(config: Config, log: Logger, options: OpenOptions = {}): Promise<OpenDatabase> {
  if (config.databaseUrl === undefined) return openEmbedded(config, log, options);
  const serverUrl = config.databaseUrl;
  const ownerUrl = config.databaseMigrationUrl ?? serverUrl;
  const { rowLevelSecurity } = config;
  return {
    serverUrl,
    ownerUrl,
    isEmbedded: false,
    encryptionKeys: config.encryptionKeys ?? '',
    keyFile: undefined,
    migrate: (options) => migrate({ ownerUrl, serverRole: roleOf(serverUrl), rowLevelSecurity, ...options }),
    close: async () => undefined,
  };
}

async function openEmbedded(
  config: Config,
  log: Logger,
  { supervise = false, isInspection = false }: OpenOptions,
): Promise<OpenDatabase> {
  const embedded = await startEmbedded({ dataDir: config.dataDir, log, supervise });
  const { serverUrl, ownerUrl } = embedded;
  const keyFile = config.encryptionKeys === undefined ? join(config.dataDir, 'encryption-keys') : undefined;
  try {
    if (keyFile !== undefined && !isInspection) await requireKeyFile(keyFile, ownerUrl);
    return {
      serverUrl,
      ownerUrl,
      isEmbedded: true,
      encryptionKeys: keyFile ? (readKeyFile(keyFile) ?? '') : (config.encryptionKeys ?? ''),
      keyFile,
      migrate: () => migrate({ ownerUrl, serverRole: roleOf(serverUrl), rowLevelSecurity: config.rowLevelSecurity }),
      close: () => embedded.stop(),
    };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

/** Creates the key file for a database without keys only: otherwise a new file would hide that the original is lost. */
async function requireKeyFile(keyFile: string, ownerUrl: string): Promise<void> {
  if (readKeyFile(keyFile) !== undefined) return;
  if (await hasStoredKeys(ownerUrl)) {
    throw new Error(
      `The key file ${keyFile} is missing, and the texts in the database are encrypted under its keys: ` +
        'restore it, or set ENCRYPTION_KEYS to its content.',
    );
  }
  readOrCreateKeyFile(keyFile);
}

async function hasStoredKeys(ownerUrl: string): Promise<boolean> {
  const db = connect({ url: ownerUrl, poolSize: 1, purpose: 'batch', onError: () => undefined });
  try {
    const table = await db.query({ text: "SELECT WHERE to_regclass('public.encryption_keys') IS NOT NULL" });
    if (table.length === 0) return false;
    return (await db.query({ text: 'SELECT FROM encryption_keys LIMIT 1' })).length > 0;
  } finally {
    await db.close();
  }
}

function roleOf(url: string): string {
  return decodeURIComponent(new URL(url).username);
}
