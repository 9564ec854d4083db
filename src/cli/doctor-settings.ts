import { isIP } from 'node:net';
import type { Config } from '../config.ts';
import { type Check, failed, ok, warning } from './doctor-check.ts';
import { refuseTakenPort } from './serve.ts';

/** They are valid, or the command would not have begun. */
export async function checkSettings(config: Config): Promise<Check[]> {
  const misspelt = config.misspelt.map(({ name, meant }) =>
    failed('settings', `${name} is no setting and changes nothing`, `write ${meant}, or take it out`),
  );
  return [
    ok('settings', 'all values are of the right form'),
    ...misspelt,
    await checkPort(config),
    ...checkExposure(config),
    ...checkSecrets(config),
  ];
}

/** A server that runs already has it rightly. */
async function checkPort(config: Config): Promise<Check> {
  const { host, port } = config;
  try {
    await refuseTakenPort(config);
    return ok('settings', port === 0 ? 'PORT 0: any free port' : `port ${port} on ${host} is free`);
  } catch (error) {
    const version = await versionOfServer(config);
    if (version !== undefined) return ok('settings', `port ${port} on ${host} is this server's, version ${version}`);
    return failed('settings', (error as Error).message, 'the server would not start');
  }
}

const ANSWERS_WITHIN_MS = 2_000;

/** Undefined when what listens there is something else. */
async function versionOfServer({ host, port }: Config): Promise<string | undefined> {
  const reached = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[host] ?? (isIP(host) === 6 ? `[${host}]` : host);
  try {
    const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS);
    const answer = await fetch(`http://${reached}:${port}/healthz`, { signal, redirect: 'error' });
    const { status, version } = (await answer.json()) as { status?: unknown; version?: unknown };
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
        'put a proxy with TLS before it and set TRUST_PROXY, or tokens travel in the clear',
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
    .map(({ name }) => ok('settings', `${name} is unset: that webhook answers 503`));
}
