import { replaceKeyFile } from '../crypto/key-file.ts';
import { generateEncryptionKey, KeyRing, parseEncryptionKeys } from '../crypto/key-ring.ts';
import type { Db } from '../db/client.ts';
import type { Tx } from '../db/transaction.ts';
import { OPERATOR, recordSecurityEvent } from '../journal/audit.ts';
import { HOLDER_LIFETIME_SECONDS, lockStoredKeys, STORED_KEYS, type StoredKey, storeKey } from './open-key-ring.ts';
import { countTextsUnderKeys, NO_TEXTS, type TextCounts } from './re-encrypt.ts';

/**
 * The life cycle of an encryption key: add → deploy → promote → re-encrypt → retire. A step is refused when after it
 * some server, or all of them, could not decrypt a text.
 */

/** The step is refused for now; the message says why and what to do. */
export class KeyStepRefused extends Error {}

export type KeyStatus = TextCounts &
  Pick<StoredKey, 'id' | 'created_at' | 'promoted_at' | 'retired_at'> & {
    state: 'added' | 'primary' | 'former' | 'retired';
    /** Whether the setting of this process has the key. */
    in_setting: boolean;
    /** Number of running servers that lack the key. */
    missing_on: number;
  };

/** Every key that the database has, with the number of texts it encrypts. `servers`: number of running processes. */
export async function keyStatus(db: Db, setting: string): Promise<{ servers: number; keys: KeyStatus[] }> {
  const ring = ringOf(setting);
  const [counts, holders, stored] = await Promise.all([
    countTextsUnderKeys(db),
    liveHolders(db),
    db.query<StoredKey>(STORED_KEYS),
  ]);
  const keys = stored.map(({ id, is_primary: isPrimary, created_at, promoted_at, retired_at }) => ({
    id,
    state: isPrimary ? 'primary' : retired_at ? 'retired' : promoted_at ? 'former' : ('added' as const),
    in_setting: ring?.has(id) ?? false,
    missing_on: holders.filter((holder) => !holder.key_ids.includes(id)).length,
    created_at,
    promoted_at,
    retired_at,
    ...(counts.get(id) ?? NO_TEXTS),
  })) satisfies KeyStatus[];
  return { servers: holders.length, keys };
}

/**
 * Creates a key. With a key file, the key is added to it, and running servers read it within seconds. Otherwise the
 * operator has to add it to the setting of every server.
 * @returns the key's id and the whole new setting, which is secret
 */
export async function addKey(db: Db, setting: string, keyFile?: string): Promise<{ id: number; setting: string }> {
  return db.transaction(async (tx) => {
    const stored = await lockStoredKeys(tx);
    const listed = setting === '' ? [] : parseEncryptionKeys(setting).map((key) => key.id);
    const id = Math.max(0, ...listed, ...stored.map((key) => key.id)) + 1;
    const entry = generateEncryptionKey(id);
    const canary = new KeyRing(parseEncryptionKeys(entry), id).canary(id);
    await storeKey(tx, id, canary, stored.length === 0 && setting === '');
    recordSecurityEvent(tx, OPERATOR, { action: 'key.added', subjectId: null, details: { key_id: id } });
    const grown = setting === '' ? entry : `${setting},${entry}`;
    // Before the commit: a key that is in the file only is harmless, but not one that is in the database only.
    if (keyFile) replaceKeyFile(keyFile, grown);
    return { id, setting: grown };
  });
}

/**
 * Makes a key the primary one, which encrypts new texts. Running servers follow within seconds.
 * @param keyFile the file from which running servers read new keys, for the error message
 * @throws KeyStepRefused while a running server lacks the key
 */
export async function promoteKey(db: Db, setting: string, id: number, keyFile?: string): Promise<void> {
  const ring = ringOf(setting);
  await db.transaction(async (tx) => {
    const key = (await lockStoredKeys(tx)).find((candidate) => candidate.id === id);
    if (!key || !ring?.has(id)) throw new KeyStepRefused(`ENCRYPTION_KEYS does not list key ${id}: add it first.`);
    if (!ring.verifyCanary(id, key.canary)) throw new KeyStepRefused(`ENCRYPTION_KEYS lists another key as ${id}.`);
    if (key.retired_at !== null) throw new KeyStepRefused(`Key ${id} is retired; add a new one.`);
    if (key.is_primary) throw new KeyStepRefused(`Key ${id} is the primary key already.`);
    const lacking = (await liveHolders(tx)).filter((holder) => !holder.key_ids.includes(id)).length;
    if (lacking > 0) {
      const remedy = keyFile
        ? `it is read from ${keyFile} within seconds; promote then`
        : 'put it into ENCRYPTION_KEYS there, restart, then promote';
      throw new KeyStepRefused(
        `${lacking} running ${lacking === 1 ? 'server lacks' : 'servers lack'} key ${id}: ${remedy}. ` +
          `A server that was killed counts as running for ${HOLDER_LIFETIME_SECONDS} seconds.`,
      );
    }
    await tx.query({ text: 'UPDATE encryption_keys SET is_primary = false WHERE is_primary' });
    await tx.query({
      text: 'UPDATE encryption_keys SET is_primary = true, promoted_at = now() WHERE id = $1',
      values: [id],
    });
    recordSecurityEvent(tx, OPERATOR, { action: 'key.promoted', subjectId: null, details: { key_id: id } });
  });
}

/** After a promotion, a server encrypts with the former key until `followKeys` runs and its open transactions end. */
const SECONDS_TO_FOLLOW = 10;
const RETRY_FOR_MS = 10_000;

/**
 * Retires a key. Afterwards no server requires it, and its id is never assigned again.
 * @throws KeyStepRefused while a text is encrypted with it or a running server encrypts with it
 */
export async function retireKey(db: Db, setting: string, id: number, keyFile?: string): Promise<void> {
  await waitForOlderTransactions(db);
  await db.transaction(async (tx) => {
    const stored = await lockStoredKeys(tx);
    const key = stored.find((candidate) => candidate.id === id);
    if (!key) throw new KeyStepRefused(`There is no key ${id}.`);
    if (key.is_primary) throw new KeyStepRefused(`Key ${id} is the primary key: promote another one first.`);
    if (key.retired_at === null) {
      await refuseIfInUse(tx, id);
      await tx.query({ text: 'UPDATE encryption_keys SET retired_at = now() WHERE id = $1', values: [id] });
      recordSecurityEvent(tx, OPERATOR, { action: 'key.retired', subjectId: null, details: { key_id: id } });
    }
  });
  // After the commit. A repeated command does it too, in case the first one was interrupted here.
  if (keyFile) removeFromFile(keyFile, setting, id);
}

async function refuseIfInUse(tx: Tx, id: number): Promise<void> {
  const writing = (await liveHolders(tx)).filter((holder) => holder.primary_id === id).length;
  const [promotion] = await tx.query<{ is_recent: boolean }>({
    text: `SELECT promoted_at > now() - interval '${SECONDS_TO_FOLLOW} seconds' AS is_recent FROM encryption_keys WHERE is_primary`,
  });
  if (writing > 0 || promotion?.is_recent) {
    throw new KeyStepRefused(`Servers may still be encrypting with key ${id}: try again in a few seconds.`);
  }
  const texts = (await countTextsUnderKeys(tx)).get(id);
  if (!texts) return;
  const { idempotency_fingerprints: fingerprints, ...ciphertexts } = texts;
  if (Object.values(ciphertexts).some((count) => count > 0)) {
    throw new KeyStepRefused(`Texts are encrypted with key ${id}: run keys rewrap first.`);
  }
  throw new KeyStepRefused(
    `${fingerprints} Idempotency-Keys are bound to key ${id}; they expire within 24 hours of their first use.`,
  );
}

/** Texts that an open transaction, such as an import's, encrypted with a former key can't be counted yet. */
async function waitForOlderTransactions(db: Db): Promise<void> {
  const [mine] = await db.query<{ id: string }>({ text: 'SELECT pg_current_xact_id()::text AS id' });
  for (const giveUpAt = Date.now() + RETRY_FOR_MS; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const [now] = await db.query<{ ended: boolean }>({
      text: 'SELECT pg_snapshot_xmin(pg_current_snapshot()) > $1::xid8 AS ended',
      values: [mine?.id],
    });
    if (now?.ended) return;
    if (Date.now() > giveUpAt)
      throw new KeyStepRefused('A long transaction, such as an import, is running: try again later.');
  }
}

function removeFromFile(keyFile: string, setting: string, id: number): void {
  const entries = setting.split(',').map((entry) => entry.trim());
  const kept = entries.filter((entry) => !entry.startsWith(`${id}:`));
  if (kept.length < entries.length && kept.length > 0) replaceKeyFile(keyFile, kept.join(','));
}

function ringOf(setting: string): KeyRing | undefined {
  const keys = setting === '' ? [] : parseEncryptionKeys(setting);
  return keys[0] && new KeyRing(keys, keys[0].id);
}

function liveHolders(database: Pick<Db, 'query'> | Tx): Promise<{ key_ids: number[]; primary_id: number }[]> {
  return database.query({
    text: `
      SELECT to_jsonb(key_ids) AS key_ids, primary_id
      FROM key_holders
      WHERE seen_at > now() - interval '${HOLDER_LIFETIME_SECONDS} seconds'`,
  });
}
