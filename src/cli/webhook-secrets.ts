import { randomBytes } from 'node:crypto';
import type { Config } from '../config.ts';
import { readPrivateFile, writePrivateFile } from './private-file.ts';

const FILE = 'demo-webhook-secret';

type WebhookSecrets = Pick<Config, 'nylasWebhookSecrets' | 'vonageSignatureSecrets'>;

/**
 * The webhook secrets of the settings. Where none is set, the demo creates one and stores it in a private file, so that
 * `comms webhook send` finds it and both webhooks can be tried without an account at the provider.
 */
export async function demoWebhookSecrets(config: Config): Promise<WebhookSecrets> {
  const stored = await readPrivateFile(config.dataDir, FILE);
  const secret = stored ?? randomBytes(32).toString('hex');
  if (stored === undefined) await writePrivateFile(config.dataDir, FILE, secret);
  return withDemoSecret(config, secret);
}

/** The webhook secrets of the settings, or else the one that the demo has stored; creates none. */
export async function readWebhookSecrets(config: Config): Promise<WebhookSecrets> {
  return withDemoSecret(config, await readPrivateFile(config.dataDir, FILE));
}

function withDemoSecret(config: Config, secret: string | undefined): WebhookSecrets {
  const own = secret === undefined ? [] : [secret];
  return {
    nylasWebhookSecrets: config.nylasWebhookSecrets.length > 0 ? config.nylasWebhookSecrets : own,
    vonageSignatureSecrets: config.vonageSignatureSecrets.length > 0 ? config.vonageSignatureSecrets : own,
  };
}
