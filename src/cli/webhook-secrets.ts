import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';

const FILE = 'demo-webhook-secret';

type WebhookSecrets = Pick<Config, 'nylasWebhookSecrets' | 'vonageSignatureSecrets'>;

/**
 * The webhook secrets of the settings. Where none is set, the demo creates one and stores it in a private file, so that
 * `comms webhook send` finds it and both webhooks can be tried without an account at the provider.
 */
export async function demoWebhookSecrets(config: Config): Promise<WebhookSecrets> {
  const stored = await readDemoSecret(config);
  const secret = stored ?? randomBytes(32).toString('hex');
  if (stored === undefined) {
    const path = join(config.dataDir, FILE);
    await mkdir(config.dataDir, { recursive: true });
    await writeFile(path, `${secret}\n`, { mode: 0o600 });
    await chmod(path, 0o600);
  }
  return withDemoSecret(config, secret);
}

/** The webhook secrets of the settings, or else the one that the demo has stored; creates none. */
export async function readWebhookSecrets(config: Config): Promise<WebhookSecrets> {
  return withDemoSecret(config, await readDemoSecret(config));
}

function withDemoSecret(config: Config, secret: string | undefined): WebhookSecrets {
  const own = secret === undefined ? [] : [secret];
  return {
    nylasWebhookSecrets: config.nylasWebhookSecrets.length > 0 ? config.nylasWebhookSecrets : own,
    vonageSignatureSecrets: config.vonageSignatureSecrets.length > 0 ? config.vonageSignatureSecrets : own,
  };
}

async function readDemoSecret(config: Config): Promise<string | undefined> {
  const text = await readFile(join(config.dataDir, FILE), 'utf8').catch(() => '');
  return text.trim() || undefined;
}
