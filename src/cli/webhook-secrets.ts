import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';

const FILE = 'demo-webhook-secret';

type WebhookSecrets = Pick<Config, 'nylasWebhookSecrets' | 'vonageSignatureSecrets'>;

/**
 * The secrets of the settings; the demo makes one of its own where none is set and keeps it in a private file, so that
 * `comms webhook send` finds it and a person can try both webhooks without an account.
 */
export async function demoWebhookSecrets(config: Config): Promise<WebhookSecrets> {
  const kept = await readDemoSecret(config);
  const secret = kept ?? randomBytes(32).toString('hex');
  if (kept === undefined) {
    const path = join(config.dataDir, FILE);
    await mkdir(config.dataDir, { recursive: true });
    await writeFile(path, `${secret}\n`, { mode: 0o600 });
    await chmod(path, 0o600);
  }
  return withDemoSecret(config, secret);
}

/** The same for a command: nothing is made. */
export async function knownWebhookSecrets(config: Config): Promise<WebhookSecrets> {
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
