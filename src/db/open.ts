import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { readOrCreateKeyFile } from '../crypto/key-file.ts';
import { startEmbedded } from './embedded.ts';
import { migrate } from './migrate.ts';

/** Where the database is and how to leave it. */
export type OpenDatabase = {
  /** The server's least-privilege role. */
  serverUrl: string;
  /** The owner of the tables, for migrations. */
  ownerUrl: string;
  isEmbedded: boolean;
  /** `ENCRYPTION_KEYS`, or what stands in the key file. */
  encryptionKeys: string;
  /** Where the embedded database keeps its keys; undefined when `ENCRYPTION_KEYS` brings them. */
  keyFile: string | undefined;
  /** Brings the schema up to date. @returns the number of migrations applied now */
  migrate(): Promise<number>;
  /** Leaves it; the embedded PostgreSQL stops with its last user. */
  close(): Promise<void>;
};

/** Opens the database that the settings name; the embedded one is started, or adopted when it runs already. */
export async function openDatabase(
  config: Config,
  log: Logger,
  options: { supervise?: boolean } = {},
): Promise<OpenDatabase> {
  if (config.databaseUrl === undefined) return openEmbedded(config, log, options.supervise ?? false);
  const serverUrl = config.databaseUrl;
  const ownerUrl = config.databaseMigrationUrl ?? serverUrl;
  return {
    serverUrl,
    ownerUrl,
    isEmbedded: false,
    encryptionKeys: config.encryptionKeys ?? '',
    keyFile: undefined,
    migrate: () => migrate({ ownerUrl, serverRole: roleOf(serverUrl), rowLevelSecurity: config.rowLevelSecurity }),
    close: async () => undefined,
  };
}

async function openEmbedded(config: Config, log: Logger, supervise: boolean): Promise<OpenDatabase> {
  const embedded = await startEmbedded({ dataDir: config.dataDir, log, supervise });
  const { serverUrl, ownerUrl } = embedded;
  const keyFile = config.encryptionKeys === undefined ? join(config.dataDir, 'encryption-keys') : undefined;
  return {
    serverUrl,
    ownerUrl,
    isEmbedded: true,
    encryptionKeys: keyFile ? readOrCreateKeyFile(keyFile) : (config.encryptionKeys ?? ''),
    keyFile,
    migrate: () => migrate({ ownerUrl, serverRole: roleOf(serverUrl), rowLevelSecurity: config.rowLevelSecurity }),
    close: () => embedded.stop(),
  };
}

function roleOf(url: string): string {
  return decodeURIComponent(new URL(url).username);
}
