import { type Command, InvalidArgumentError } from 'commander';
import type { Db } from '../db/client.ts';
import { OPERATOR, recordSecurityEvent } from '../journal/audit.ts';
import { openKeyRing } from '../keys/open-key-ring.ts';
import { reEncryptTexts } from '../keys/re-encrypt.ts';
import { addKey, type KeyStatus, keyStatus, promoteKey, retireKey } from '../keys/rotation.ts';
import { actOnDatabase, CommandFailed, type CommandOutput, type Context } from './run-command.ts';

type KeyOptions = { id: number };

/** The order of a rotation: `keys add`, deploy the key, `keys promote`, `keys rewrap`, `keys retire`. */
export function addKeysCommands(program: Command): void {
  const keys = program.command('keys').description('manage the encryption keys');
  keys
    .command('status')
    .description('list the keys with the number of texts encrypted under each')
    .action(actOnDatabase(showStatus, WITHOUT_KEYS));
  keys
    .command('add')
    .description('create a key and print the setting that contains it')
    .action(actOnDatabase(add, WITHOUT_KEYS));
  keys
    .command('promote')
    .description('make this key the primary key, which encrypts new texts; refused while a running server lacks it')
    .requiredOption('--id <number>', 'the key', parseKeyId)
    .action(actOnDatabase(promote, WITHOUT_KEYS));
  keys
    .command('rewrap')
    .description('re-encrypt every text under the primary key; can be stopped and run again')
    .action(actOnDatabase(rewrap, WITHOUT_KEYS));
  keys
    .command('retire')
    .description('retire a key under which no text is encrypted any more')
    .requiredOption('--id <number>', 'the key', parseKeyId)
    .action(actOnDatabase(retire, WITHOUT_KEYS));
}

function parseKeyId(text: string): number {
  if (!/^[1-9][0-9]{0,9}$/.test(text)) throw new InvalidArgumentError('It must be the number of a key.');
  return Number(text);
}

/** Because `keys add` creates the first key, and the setting may still be missing. */
const WITHOUT_KEYS = { needsKeys: false };

async function showStatus(db: Db, _options: unknown, { database }: Context): Promise<CommandOutput> {
  const status = await keyStatus(db, database.encryptionKeys);
  const line = status.keys.map(statusLine).join('\n') || 'There is no key yet.';
  return { line: `${line}\n${status.servers} running server processes.`, json: status };
}

function statusLine(key: KeyStatus): string {
  const texts = [
    `${key.notes} notes`,
    `${key.thread_notes} thread notes`,
    `${key.webhook_secrets} webhook secrets`,
    `${key.idempotent_responses} responses`,
    `${key.idempotency_fingerprints} Idempotency-Keys`,
  ].join(', ');
  const lacking = [
    key.in_setting ? '' : 'not in this ENCRYPTION_KEYS',
    key.missing_on > 0 ? `missing on ${key.missing_on}` : '',
  ];
  return [`key ${key.id}`, key.state, texts, ...lacking].filter((part) => part !== '').join('  ');
}

async function add(db: Db, _options: unknown, { database }: Context): Promise<CommandOutput> {
  const { encryptionKeys, keyFile } = database;
  const { id, setting } = await addKey(db, encryptionKeys, keyFile);
  if (keyFile === undefined) return { line: `ENCRYPTION_KEYS=${setting}`, json: { id, encryption_keys: setting } };
  const line = `Key ${id} is in ${keyFile}; running servers load it within seconds. Next: comms keys promote --id ${id}`;
  return { line, json: { id, key_file: keyFile } };
}

async function promote(db: Db, { id }: KeyOptions, { database }: Context): Promise<CommandOutput> {
  await promoteKey(db, database.encryptionKeys, id, database.keyFile);
  return { line: `Key ${id} is the primary key. Next: comms keys rewrap`, json: { id } };
}

async function rewrap(db: Db, _options: unknown, { cli, database }: Context): Promise<CommandOutput> {
  const ring = await openKeyRing(db, database.encryptionKeys);
  const result = await reEncryptTexts(db, ring, cli.signal);
  await db.transaction(async (tx) =>
    recordSecurityEvent(tx, OPERATOR, {
      action: 'key.rewrapped',
      subjectId: null,
      details: { key_id: ring.primaryId, texts: result.rewrapped, ...(result.stopped ? { stopped: true } : {}) },
    }),
  );
  const json = { key_id: ring.primaryId, ...result };
  if (result.unreadable > 0) {
    throw new CommandFailed(
      `${result.unreadable} texts can't be decrypted. The first: ${result.first_unreadable}`,
      json,
    );
  }
  const line = `${result.rewrapped} texts were re-encrypted under key ${ring.primaryId}.`;
  if (result.stopped)
    throw new CommandFailed(
      `Stopped: ${line} Other texts are still encrypted under another key. Continue with: comms keys rewrap`,
      json,
    );
  return { line, json };
}

async function retire(db: Db, { id }: KeyOptions, { database }: Context): Promise<CommandOutput> {
  await retireKey(db, database.encryptionKeys, id, database.keyFile);
  const next = database.keyFile === undefined ? ' Remove it from ENCRYPTION_KEYS.' : '';
  return { line: `Key ${id} is retired.${next}`, json: { id } };
}
