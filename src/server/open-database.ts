import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { readKeyFile, readOrCreateKeyFile } from '../crypto/key-file.ts';
import { connect } from '../db/client.ts';
import { startEmbedded } from '../db/embedded/index.ts';
import { type MigrationOptions, migrate } from '../db/migrate.ts';

/** Where the database is and how to leave it. */
export type OpenDatabase = {
  /** The server's least-privilege role. */
  serverUrl: string;
  /** The owner of the tables, for migrations. */
  ownerUrl: string;
  isEmbedded: boolean;
  /** `ENCRYPTION_KEYS`, or what stands in the key file; empty when neither is there, which only an examination bears. */
  encryptionKeys: string;
  /** Where the embedded database keeps its keys; undefined when `ENCRYPTION_KEYS` brings them. */
  keyFile: string | undefined;
  /** Brings the schema up to date. @returns the number of migrations applied now */
  migrate(options?: Pick<MigrationOptions, 'isServer'>): Promise<number>;
  /** Leaves it; the embedded PostgreSQL stops with its last user. */
  close(): Promise<void>;
};

type OpenOptions = {
  supervise?: boolean;
  /** Only looks: makes no key file, and bears that there is none. */
  isExamined?: boolean;
};

/**
 * Opens the database that the settings name; the embedded one is started, or adopted when it runs already.
 * @throws Error when the key file is lost, or what starting throws
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
  { supervise = false, isExamined = false }: OpenOptions,
): Promise<OpenDatabase> {
  const embedded = await startEmbedded({ dataDir: config.dataDir, log, supervise });
  const { serverUrl, ownerUrl } = embedded;
  const keyFile = config.encryptionKeys === undefined ? join(config.dataDir, 'encryption-keys') : undefined;
  try {
    if (keyFile !== undefined && !isExamined) await makeOnlyTheFirst(keyFile, ownerUrl);
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

/** Beside a database that knows a key, a new file would only hide that the true one is lost. */
async function makeOnlyTheFirst(keyFile: string, ownerUrl: string): Promise<void> {
  if (readKeyFile(keyFile) !== undefined) return;
  if (await knowsKeys(ownerUrl)) {
    throw new Error(
      `The key file ${keyFile} is missing, and what the database holds is encrypted under its keys: ` +
        'restore it, or set ENCRYPTION_KEYS to what it held.',
    );
  }
  readOrCreateKeyFile(keyFile);
}

async function knowsKeys(ownerUrl: string): Promise<boolean> {
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
