import { KeyRing, parseEncryptionKeys } from './crypto/key-ring.ts';
import type { Db } from './db/client.ts';

type StoredKey = { id: number; canary: Buffer; is_primary: boolean; retired_at: string | null };

/** The keys in the setting and those that the database knows don't go together; the message says what to do. */
export class KeyRingError extends Error {}

/**
 * Opens the key ring: the setting brings the material, the database says which key is primary. Keys that the database
 * doesn't know yet are entered with a canary, which proves at every later start that the material is the same.
 * @param setting `ENCRYPTION_KEYS`
 * @throws KeyRingError, or an Error that begins with `ENCRYPTION_KEYS`
 */
export async function openKeyRing(db: Db, setting: string): Promise<KeyRing> {
  const keys = parseEncryptionKeys(setting);
  const [first] = keys;
  if (!first) throw new KeyRingError('ENCRYPTION_KEYS must list at least one key.');
  const ring = new KeyRing(keys, first.id);
  await db.transaction(async (tx) => {
    await tx.query({ text: 'LOCK TABLE encryption_keys IN SHARE ROW EXCLUSIVE MODE' });
    const stored = await tx.query<StoredKey>({
      text: 'SELECT id, canary, is_primary, retired_at FROM encryption_keys',
    });
    checkMaterial(ring, stored);
    const known = new Set(stored.map((key) => key.id));
    for (const { id } of keys.filter((key) => !known.has(key.id))) {
      await tx.query({
        text: 'INSERT INTO encryption_keys (id, canary, is_primary) VALUES ($1, $2, $3)',
        values: [id, ring.canary(id), stored.length === 0 && id === first.id],
      });
    }
    const primary = stored.find((key) => key.is_primary);
    if (primary) ring.setPrimary(primary.id);
  });
  return ring;
}

function checkMaterial(ring: KeyRing, stored: StoredKey[]): void {
  for (const key of stored) {
    if (key.retired_at !== null) {
      if (ring.has(key.id))
        throw new KeyRingError(
          `ENCRYPTION_KEYS must not list key ${key.id}: it is retired, and ids are never used again.`,
        );
      continue;
    }
    if (!ring.has(key.id))
      throw new KeyRingError(`ENCRYPTION_KEYS must list key ${key.id}: the database holds texts under it.`);
    if (!ring.verifyCanary(key.id, key.canary)) {
      throw new KeyRingError(
        `ENCRYPTION_KEYS must list the original material of key ${key.id}: this is another key under its id.`,
      );
    }
  }
}

/** Follows a promotion made elsewhere; a server calls it every few seconds. */
export async function followPrimaryKey(db: Db, ring: KeyRing): Promise<void> {
  const [primary] = await db.query<{ id: number }>({ text: 'SELECT id FROM encryption_keys WHERE is_primary' });
  if (primary && primary.id !== ring.primaryId && ring.has(primary.id)) ring.setPrimary(primary.id);
}
