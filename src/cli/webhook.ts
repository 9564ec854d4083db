import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { type Command, Option } from 'commander';
import { PROVIDERS, type Provider } from '../domain/vocabulary.ts';
import { signNylas } from '../ingest/nylas/signature.ts';
import { signVonage } from '../ingest/vonage/signature.ts';
import { act, type Cli, CommandFailed, type CommandOutput, WrongUsage } from './run-command.ts';
import { readWebhookSecrets } from './webhook-secrets.ts';

type SendOptions = { url?: string; asIs?: boolean; gzip?: boolean };

export function addWebhookCommands(program: Command): void {
  const webhook = program.command('webhook').description("send samples of providers' webhooks");
  const send = webhook
    .command('send')
    .description('sign a sample event and send it to the running server')
    .argument('<provider>', PROVIDERS.join(' or '))
    .argument('<file>', 'the event as JSON, such as those in demo/webhooks/')
    .addOption(new Option('--url <base>', 'the base URL of the server (default: from HOST and PORT)'))
    .option('--as-is', 'send the file unchanged, without a new event id and time')
    .option('--gzip', 'compress the body, as Nylas can');
  send.action(
    act((cli: Cli, options: SendOptions, provider = '', file = '') => sendSample(cli, options, provider, file)),
  );
}

async function sendSample(cli: Cli, options: SendOptions, provider: string, file: string): Promise<CommandOutput> {
  if (!isProvider(provider)) throw new WrongUsage(`The provider must be ${PROVIDERS.join(' or ')}.`);
  const bytes = await bytesOf(provider, file, options);
  const url = `${(options.url ?? serverUrl(cli)).replace(/\/+$/, '')}/api/webhooks/${provider}`;
  const headers = await signedHeaders(cli, provider, bytes);
  const response = await fetch(url, {
    method: 'POST',
    body: new Uint8Array(bytes),
    headers: { ...headers, ...(options.gzip ? { 'content-encoding': 'gzip' } : {}) },
    signal: cli.signal,
  }).catch((error: Error) => {
    throw new CommandFailed(
      `No server answers at ${url}: ${(error.cause as Error | undefined)?.message ?? error.message}`,
    );
  });
  const result = (await response.json().catch(() => ({}))) as {
    state?: string;
    reason?: string | null;
    detail?: string;
  };
  if (!response.ok)
    throw new CommandFailed(`${response.status} ${result.detail ?? ''}`.trim(), { status: response.status });
  const reason = result.reason ? ` (${result.reason})` : '';
  return { line: `${response.status} ${result.state}${reason}`, json: { status: response.status, ...result } };
}

function isProvider(text: string): text is Provider {
  return (PROVIDERS as readonly string[]).includes(text);
}

async function bytesOf(provider: Provider, file: string, { asIs, gzip }: SendOptions): Promise<Buffer> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new CommandFailed(`${file} can't be read: ${error.message}`);
  });
  const bytes = Buffer.from(asIs ? text : JSON.stringify(refreshed(provider, parse(file, text))));
  return gzip ? gzipSync(bytes) : bytes;
}

type Sample = { id?: string; time?: number; data?: { object?: Record<string, unknown> } };

function parse(file: string, text: string): Sample {
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandFailed(`${file} is not JSON.`);
  }
}

/**
 * The event with a new event id, the current time, and the current time as the mail's date. The mail's own ids stay, so
 * that it joins its conversation and sending it again is recognised as the same message. Events of calls aren't changed.
 */
function refreshed(provider: Provider, sample: Sample): Sample {
  if (provider === 'vonage') return sample;
  const now = Math.floor(Date.now() / 1000);
  const object = sample.data?.object;
  const isMail = typeof object?.date === 'number';
  return {
    ...sample,
    id: `sample-${randomUUID()}`,
    time: now,
    ...(isMail ? { data: { ...sample.data, object: { ...object, date: now } } } : {}),
  };
}

async function signedHeaders(cli: Cli, provider: Provider, bytes: Buffer): Promise<Record<string, string>> {
  const secrets = await readWebhookSecrets(cli.config);
  const [secret] = provider === 'nylas' ? secrets.nylasWebhookSecrets : secrets.vonageSignatureSecrets;
  const setting = provider === 'nylas' ? 'NYLAS_WEBHOOK_SECRET' : 'VONAGE_SIGNATURE_SECRET';
  if (!secret) throw new CommandFailed(`${setting} is not set: set it to the server's value.`);
  const type = { 'content-type': 'application/json' };
  if (provider === 'nylas') return { ...type, 'x-nylas-signature': signNylas(bytes, secret) };
  return { ...type, authorization: await signVonage(bytes, secret) };
}

/**
 * The URL of the server. A wildcard HOST isn't an address that can be connected to, so the loopback address replaces
 * it.
 */
function serverUrl({ config }: Cli): string {
  const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host;
  return `http://${host.includes(':') ? `[${host}]` : host}:${config.port}`;
}
