import { isIP } from 'node:net';
import { type Static, Type } from '@sinclair/typebox';
import { FormatRegistry } from '@sinclair/typebox/type';
import { Value } from '@sinclair/typebox/value';
import { distance } from 'fastest-levenshtein';

FormatRegistry.Set('database-url', isDatabaseUrl);
FormatRegistry.Set('http-url', isHttpUrl);
FormatRegistry.Set('origins', (text) => text.split(',').every((entry) => isOrigin(entry.trim())));
FormatRegistry.Set('proxies', isProxies);

const DATABASE_URL_ADVICE = 'special characters of its password percent-encoded (/ as %2F, # as %23)';

const Secrets = Type.Optional(
  Type.String({ pattern: '[^,\\s]', description: 'one secret, or two separated by a comma' }),
);
const Switch = Type.Union(
  ['on', 'off', 'true', 'false'].map((word) => Type.Literal(word)),
  { default: 'off', description: 'on or off' },
);

/** The form of each variable. A description completes the sentence "NAME must be …" and fills the README's table. */
const Environment = Type.Object({
  HOST: Type.String({ default: '127.0.0.1', minLength: 1, description: 'an address to listen on' }),
  PORT: Type.Integer({ default: 3000, minimum: 0, maximum: 65_535, description: 'a port number from 0 to 65535' }),
  WORKERS: Type.Integer({ default: 1, minimum: 1, maximum: 64, description: 'a number of processes from 1 to 64' }),
  DATABASE_URL: Type.Optional(
    Type.String({
      format: 'database-url',
      description: `a postgres:// URL of the server role, ${DATABASE_URL_ADVICE}`,
    }),
  ),
  DATABASE_MIGRATION_URL: Type.Optional(
    Type.String({ format: 'database-url', description: `a postgres:// URL of the owner role, ${DATABASE_URL_ADVICE}` }),
  ),
  DATABASE_POOL_SIZE: Type.Integer({
    default: 4,
    minimum: 1,
    maximum: 200,
    description: 'a number of connections from 1 to 200',
  }),
  DATA_DIR: Type.String({ default: './data', minLength: 1, description: 'a folder for the embedded database' }),
  ENCRYPTION_KEYS: Type.Optional(
    Type.String({ minLength: 1, description: 'a list such as 1:<base64 of 32 bytes>,2:<base64 of 32 bytes>' }),
  ),
  NYLAS_WEBHOOK_SECRET: Secrets,
  VONAGE_SIGNATURE_SECRET: Secrets,
  NYLAS_API_KEY: Type.Optional(Type.String({ minLength: 1, description: 'the API key of the Nylas application' })),
  NYLAS_API_URL: Type.String({
    default: 'https://api.us.nylas.com',
    format: 'http-url',
    description: 'an http(s) URL',
  }),
  CORS_ORIGINS: Type.Optional(
    Type.String({
      format: 'origins',
      description: 'exact origins as browsers send them, such as https://app.example.com, separated by commas',
    }),
  ),
  RATE_LIMIT_PER_MINUTE: Type.Integer({
    default: 600,
    minimum: 0,
    maximum: 1_000_000,
    description: 'requests a minute from 0 (off) to 1000000',
  }),
  TOKEN_TTL_DAYS: Type.Integer({
    default: 30,
    minimum: 1,
    maximum: 3_650,
    description: 'a number of days from 1 to 3650',
  }),
  TRUST_PROXY: Type.String({
    default: 'false',
    format: 'proxies',
    description: 'on, off, a number of proxies, or their addresses or networks (10.0.0.0/8) separated by commas',
  }),
  KEEP_ALIVE_SECONDS: Type.Integer({
    default: 75,
    minimum: 1,
    maximum: 3_600,
    description: 'seconds from 1 to 3600, longer than the idle timeout of the load balancer in front',
  }),
  METRICS_TOKEN: Type.Optional(
    Type.String({ pattern: '^[\\x21-\\x7e]{16,256}$', description: '16 to 256 printable characters without blanks' }),
  ),
  ROW_LEVEL_SECURITY: Switch,
  WEBHOOK_ALLOW_PRIVATE: Switch,
  LOG_LEVEL: Type.Union(
    ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'].map((level) => Type.Literal(level)),
    { default: 'info', description: 'fatal, error, warn, info, debug, trace or silent' },
  ),
});

type Environment = Static<typeof Environment>;

export const SETTING_NAMES: readonly string[] = Object.keys(Environment.properties);

/** The validated settings. No other module reads the environment. */
export type Config = Readonly<{
  host: string;
  port: number;
  workers: number;
  /** Undefined: the embedded PostgreSQL in `dataDir`. */
  databaseUrl: string | undefined;
  databaseMigrationUrl: string | undefined;
  databasePoolSize: number;
  dataDir: string;
  /** Undefined only with the embedded database, whose keys are in a key file. */
  encryptionKeys: string | undefined;
  nylasWebhookSecrets: readonly string[];
  vonageSignatureSecrets: readonly string[];
  nylasApiKey: string | undefined;
  nylasApiUrl: string;
  corsOrigins: readonly string[];
  /** 0: no limit. */
  rateLimitPerMinute: number;
  tokenTtlDays: number;
  trustProxy: boolean | number | string;
  /** How long an idle client connection stays open. */
  keepAliveSeconds: number;
  /** Undefined: `/metrics` is served to the loopback address only. */
  metricsToken: string | undefined;
  /** Whether PostgreSQL enforces the separation of companies in addition to the conditions of each statement. */
  rowLevelSecurity: boolean;
  /** Whether webhooks may be sent to private and loopback addresses, and over http. */
  webhookAllowPrivate: boolean;
  logLevel: string;
  /** Variables that aren't settings but resemble one. */
  misspelt: readonly Misspelling[];
}>;

/** `name`: the variable in the environment. `meant`: the setting that it resembles. */
export type Misspelling = { name: string; meant: string };

/** An invalid setting. The message has its name and the expected form, never its value. */
export class ConfigError extends Error {}

/**
 * @param needsKeys false for commands that run before the first encryption key exists
 * @throws ConfigError for the first invalid setting
 */
export function readConfig(env: NodeJS.ProcessEnv, { needsKeys } = { needsKeys: true }): Config {
  const settings = checkedSettings(env);
  if (needsKeys && settings.DATABASE_URL && !settings.ENCRYPTION_KEYS) {
    throw new ConfigError(
      'ENCRYPTION_KEYS is required with DATABASE_URL: run `comms migrate`, then `comms keys add`, which prints it.',
    );
  }
  return Object.freeze({
    host: settings.HOST,
    port: settings.PORT,
    workers: settings.WORKERS,
    databaseUrl: settings.DATABASE_URL,
    databaseMigrationUrl: settings.DATABASE_MIGRATION_URL ?? settings.DATABASE_URL,
    databasePoolSize: settings.DATABASE_POOL_SIZE,
    dataDir: settings.DATA_DIR,
    encryptionKeys: settings.ENCRYPTION_KEYS,
    nylasWebhookSecrets: list('NYLAS_WEBHOOK_SECRET', settings.NYLAS_WEBHOOK_SECRET, 2),
    vonageSignatureSecrets: list('VONAGE_SIGNATURE_SECRET', settings.VONAGE_SIGNATURE_SECRET, 2),
    nylasApiKey: settings.NYLAS_API_KEY,
    nylasApiUrl: settings.NYLAS_API_URL.replace(/\/+$/, ''),
    corsOrigins: list('CORS_ORIGINS', settings.CORS_ORIGINS, 100),
    rateLimitPerMinute: settings.RATE_LIMIT_PER_MINUTE,
    tokenTtlDays: settings.TOKEN_TTL_DAYS,
    trustProxy: trustProxy(settings.TRUST_PROXY),
    keepAliveSeconds: settings.KEEP_ALIVE_SECONDS,
    metricsToken: settings.METRICS_TOKEN,
    rowLevelSecurity: isOn(settings.ROW_LEVEL_SECURITY),
    webhookAllowPrivate: isOn(settings.WEBHOOK_ALLOW_PRIVATE),
    logLevel: settings.LOG_LEVEL,
    misspelt: misspeltSettings(env),
  });
}

function checkedSettings(env: NodeJS.ProcessEnv): Environment {
  const given: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(Environment.properties)) {
    const value = env[name]?.trim();
    if (value === undefined || value === '') continue;
    given[name] = schema.type === 'integer' ? (/^[0-9]{1,9}$/.test(value) ? Number(value) : value) : value;
  }
  const settings = Value.Default(Environment, given);
  const [wrong] = Value.Errors(Environment, settings);
  if (wrong) {
    const name = wrong.path.split('/')[1] ?? '';
    const schema = Environment.properties[name as keyof Environment];
    throw new ConfigError(`${name} must be ${schema.description}.`);
  }
  return settings as Environment;
}

/** Variables that only docker-compose.yml uses. */
export const COMPOSE_NAMES = ['OWNER_PASSWORD', 'SERVER_PASSWORD'];
const SHORT_NAME = 5;

function misspeltSettings(env: NodeJS.ProcessEnv): Misspelling[] {
  return Object.keys(env).flatMap((name) => {
    if (SETTING_NAMES.includes(name) || COMPOSE_NAMES.includes(name)) return [];
    const meant = SETTING_NAMES.find((setting) => isMisspelling(name, setting));
    return meant === undefined ? [] : [{ name, meant }];
  });
}

/**
 * Many unrelated names differ by one letter from a short setting (SORT, POST from PORT), so of a short setting only an
 * added or missing letter or another order of the letters counts as a misspelling.
 */
function isMisspelling(written: string, setting: string): boolean {
  if (inOrder(written) === inOrder(setting) || new RegExp(`^${setting}$`, 'i').test(written)) return true;
  if (setting.length > SHORT_NAME) return distance(written, setting) <= 2;
  return written.length !== setting.length && distance(written, setting) === 1;
}

function inOrder(name: string): string {
  return [...name].sort().join('');
}

/**
 * Rejects a `/` or `#` in the password that isn't percent-encoded: the text after it would be parsed as the database
 * name.
 */
function isDatabaseUrl(text: string): boolean {
  if (!/^postgres(ql)?:\/\/[^/]/.test(text) || !URL.canParse(text)) return false;
  const { username, password, pathname, hash } = new URL(text);
  return [username, password].every(isPercentEncoded) && !pathname.includes('@') && hash === '';
}

function isPercentEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function isHttpUrl(text: string): boolean {
  return /^https?:\/\/[^/]/.test(text) && URL.canParse(text);
}

/** Whether the text is an origin exactly as browsers send it. One with a path or the default port would never match. */
function isOrigin(text: string): boolean {
  return isHttpUrl(text) && new URL(text).origin === text && !text.includes('*');
}

function isProxies(text: string): boolean {
  return /^(true|false|on|off|[0-9]{1,2})$/.test(text) || text.split(',').every((entry) => isNetwork(entry.trim()));
}

/** An IP address or a network in CIDR notation. */
function isNetwork(text: string): boolean {
  const [, address = '', bits = '1'] = /^([^/]+)(?:\/([1-9][0-9]{0,2}))?$/.exec(text) ?? [];
  const version = isIP(address);
  return version !== 0 && Number(bits) <= (version === 4 ? 32 : 128);
}

function list(name: string, setting: string | undefined, maxEntries: number): readonly string[] {
  const entries = (setting ?? '').split(',').map((entry) => entry.trim());
  const kept = entries.filter((entry) => entry !== '');
  if (kept.length > maxEntries)
    throw new ConfigError(`${name} must have at most ${maxEntries} entries separated by commas.`);
  return Object.freeze(kept);
}

function isOn(setting: string): boolean {
  return setting === 'on' || setting === 'true';
}

function trustProxy(setting: string): boolean | number | string {
  if (/^[0-9]{1,2}$/.test(setting)) return Number(setting);
  if (setting === 'off' || setting === 'false') return false;
  return isOn(setting) ? true : setting;
}
