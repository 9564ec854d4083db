import { isIP } from 'node:net';
import type { Config } from '../config.ts';
import { type Check, failed, ok, warning } from './doctor-check.ts';
import { requireFreePort } from './serve.ts';

/** The values are valid, because the command fails before this check otherwise. */
export async function checkSettings(config: Config): Promise<Check[]> {
  const misspelt = config.misspelt.map(({ name, meant }) =>
    failed('settings', `${name} is not a setting and has no effect`, `rename it to ${meant}, or remove it`),
  );
  return [
    ok('settings', 'all values are valid'),
    ...misspelt,
    await checkPort(config),
    ...checkExposure(config),
    ...checkSecrets(config),
  ];
}

/** A port that a running server of this project uses is fine. */
async function checkPort(config: Config): Promise<Check> {
  const { host, port } = config;
  try {
    await requireFreePort(config);
    return ok('settings', port === 0 ? 'PORT 0: any free port' : `port ${port} on ${host} is free`);
  } catch (error) {
    const version = await findServerVersion(config);
    if (version !== undefined)
      return ok('settings', `port ${port} on ${host} is used by this server, version ${version}`);
    return failed('settings', (error as Error).message, 'the server would not start');
  }
}

const PROBE_TIMEOUT_MS = 2_000;

/** @returns undefined when another program listens on the port */
async function findServerVersion({ host, port }: Config): Promise<string | undefined> {
  const reached = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[host] ?? (isIP(host) === 6 ? `[${host}]` : host);
  try {
    const signal = AbortSignal.timeout(PROBE_TIMEOUT_MS);
    const response = await fetch(`http://${reached}:${port}/healthz`, { signal, redirect: 'error' });
    const { status, version } = (await response.json()) as { status?: unknown; version?: unknown };
    return status === 'ok' && typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}

function checkExposure(config: Config): Check[] {
  const checks: Check[] = [];
  const isLocal = ['127.0.0.1', '::1', 'localhost'].includes(config.host);
  if (!isLocal && config.trustProxy === false) {
    checks.push(
      warning(
        'settings',
        `HOST ${config.host} is open to the network, and TRUST_PROXY is off`,
        'put a TLS proxy in front and set TRUST_PROXY; otherwise tokens are sent unencrypted',
      ),
    );
  }
  if (config.rateLimitPerMinute === 0) {
    checks.push(warning('settings', 'RATE_LIMIT_PER_MINUTE is off', 'set it unless a proxy limits requests'));
  }
  return checks;
}

function checkSecrets({ nylasWebhookSecrets, vonageSignatureSecrets }: Config): Check[] {
  return [
    { name: 'NYLAS_WEBHOOK_SECRET', secrets: nylasWebhookSecrets },
    { name: 'VONAGE_SIGNATURE_SECRET', secrets: vonageSignatureSecrets },
  ]
    .filter(({ secrets }) => secrets.length === 0)
    .map(({ name }) => ok('settings', `${name} is not set, so that webhook answers 503`));
}
