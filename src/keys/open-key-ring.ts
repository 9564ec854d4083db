import { KeyRing, parseEncryptionKeys } from '../crypto/key-ring.ts';
import type { Db } from '../db/client.ts';
import { isDatabaseUnavailable } from '../db/errors.ts';
import type { encryptionKeys } from '../db/schema.ts';
import type { StoredRow } from '../db/table-columns.ts';
import type { Tx } from '../db/transaction.ts';

export type StoredKey = StoredRow<
  typeof encryptionKeys,
  'id' | 'canary' | 'isPrimary' | 'promotedAt' | 'retiredAt' | 'createdAt'
>;

/** Every key, with those that are retired. */
export const STORED_KEYS = {
  text: 'SELECT id, canary, is_primary, promoted_at, retired_at, created_at FROM encryption_keys ORDER BY id',
};

/** The keys in the setting don't match those in the database; the message says what to do. */
export class KeyRingError extends Error {}

/** A process without a heartbeat for so long counts as ended. */
export const HOLDER_LIFETIME_SECONDS = 15;

/**
 * Opens the key ring. The setting has the material; the database says which key is primary. A key that the database
 * doesn't have yet is inserted with a canary, which proves at every later start that the material is the same.
 * @param setting `ENCRYPTION_KEYS`
 * @param holderId id of a process that keeps running and calls `followKeys`; it is recorded as a holder of these keys
 * @throws KeyRingError, or an Error that begins with `ENCRYPTION_KEYS`
 */
export async function openKeyRing(db: Db, setting: string, holderId?: string): Promise<KeyRing> {
  const keys = parseEncryptionKeys(setting);
  const [first] = keys;
  if (!first) throw new KeyRingError('ENCRYPTION_KEYS must list at least one key.');
  const ring = new KeyRing(keys, first.id);
  await whenReachable(() => db.transaction((tx) => enterKeys(tx, ring, holderId)));
  return ring;
}

const RETRY_FOR_MS = 10_000;

/** Retries while the database is unavailable: on a busy machine, connecting may take longer than a request waits. */
async function whenReachable(attempt: () => Promise<void>): Promise<void> {
  for (const giveUpAt = Date.now() + RETRY_FOR_MS; ; ) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > giveUpAt || !isDatabaseUnavailable(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function enterKeys(tx: Tx, ring: KeyRing, holderId: string | undefined): Promise<void> {
  const stored = await lockStoredKeys(tx);
  checkMaterial(ring, stored);
  const known = new Set(stored.map((key) => key.id));
  for (const id of ring.ids.filter((candidate) => !known.has(candidate))) {
    await storeKey(tx, id, ring.canary(id), stored.length === 0 && id === ring.primaryId);
  }
  const primary = stored.find((key) => key.is_primary);
  if (primary) ring.setPrimary(primary.id);
  // In this transaction, so that no key is promoted between reading the keys and the first heartbeat.
  if (holderId) await tx.query(heartbeat(ring, holderId));
}

/** Reads the stored keys and locks them: no other process can add, promote or retire one until the transaction ends. */
export async function lockStoredKeys(tx: Tx): Promise<StoredKey[]> {
  await tx.query({ text: 'LOCK TABLE encryption_keys IN SHARE ROW EXCLUSIVE MODE' });
  return tx.query<StoredKey>(STORED_KEYS);
}

export async function storeKey(tx: Tx, id: number, canary: Buffer, isPrimary: boolean): Promise<void> {
  await tx.query({
    text: 'INSERT INTO encryption_keys (id, canary, is_primary, promoted_at) VALUES ($1, $2, $3, CASE WHEN $3 THEN now() END)',
    values: [id, canary, isPrimary],
  });
}

function checkMaterial(ring: KeyRing, stored: StoredKey[]): void {
  for (const key of stored) {
    if (!ring.has(key.id)) {
      // A key that was never primary has encrypted nothing yet; servers get it one after the other.
      if (key.retired_at !== null || key.promoted_at === null) continue;
      throw new KeyRingError(
        `ENCRYPTION_KEYS must list key ${key.id}: texts may be encrypted with it. If comms keys status counts none, ` +
          `${howToRetire(key)} instead.`,
      );
    }
    if (!ring.verifyCanary(key.id, key.canary)) {
      throw new KeyRingError(
        `ENCRYPTION_KEYS must list the original material of key ${key.id}: this is another key under its id.`,
      );
    }
  }
}

/** The commands after which a lost key that encrypts no text is no longer required. */
export function howToRetire({ id, is_primary: isPrimary }: Pick<StoredKey, 'id' | 'is_primary'>): string {
  return `${isPrimary ? 'promote another key, then ' : ''}run comms keys retire --id ${id}`;
}

/**
 * Takes over changes that other processes made to the keys, and sends this process's heartbeat. Called every few
 * seconds.
 * @param readSetting reads the key file, to which keys may have been added; returns undefined when there is none
 */
export async function followKeys(
  db: Db,
  ring: KeyRing,
  holderId: string,
  readSetting: () => string | undefined = () => undefined,
): Promise<void> {
  const keys = await db.query<StoredKey>(STORED_KEYS);
  const isGrown = keys.some((key) => key.retired_at === null && !ring.has(key.id));
  const setting = isGrown ? readSetting() : undefined;
  if (setting !== undefined) addKeys(ring, keys, setting);
  const primary = keys.find((key) => key.is_primary);
  if (primary && primary.id !== ring.primaryId && ring.has(primary.id)) ring.setPrimary(primary.id);
  await db.query(heartbeat(ring, holderId));
}

function addKeys(ring: KeyRing, stored: StoredKey[], setting: string): void {
  for (const key of parseEncryptionKeys(setting)) {
    if (ring.has(key.id)) continue;
    const candidate = new KeyRing([key], key.id);
    if (stored.some(({ id, canary }) => candidate.verifyCanary(id, canary))) ring.add(key);
  }
}

/** Deletes the heartbeat of a process that ends, so that a rotation doesn't wait for the process. */
export async function removeKeyHolder(db: Db, holderId: string): Promise<void> {
  await db.query({ text: 'DELETE FROM key_holders WHERE id = $1', values: [holderId] });
}

function heartbeat(ring: KeyRing, holderId: string) {
  return {
    text: `
      INSERT INTO key_holders (id, key_ids, primary_id)
      VALUES ($1, $2, $3)
      ON CONFLICT (id) DO UPDATE
      SET key_ids = excluded.key_ids, primary_id = excluded.primary_id, seen_at = now()`,
    values: [holderId, ring.ids, ring.primaryId],
  };
}
