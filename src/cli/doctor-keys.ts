import { type EncryptionKey, KeyRing, parseEncryptionKeys } from '../crypto/key-ring.ts';
import type { Db } from '../db/client.ts';
import { howToRetire, STORED_KEYS, type StoredKey } from '../keys/open-key-ring.ts';
import { countTextsUnderKeys } from '../keys/re-encrypt.ts';
import type { OpenDatabase } from '../server/open-database.ts';
import { type Check, failed, ok, warning } from './doctor-check.ts';

/** The checks of `openKeyRing`, without storing new keys. */
export async function checkKeys(db: Db, database: OpenDatabase): Promise<Check[]> {
  const exists = await db.query({ text: "SELECT WHERE to_regclass('public.encryption_keys') IS NOT NULL" });
  if (exists.length === 0) return [];
  const stored = await db.query<StoredKey>(STORED_KEYS);
  if (database.encryptionKeys === '') return [checkMissingKeys(database, stored.length > 0)];
  let keys: EncryptionKey[];
  try {
    keys = parseEncryptionKeys(database.encryptionKeys);
  } catch (error) {
    const location = database.keyFile === undefined ? 'ENCRYPTION_KEYS' : database.keyFile;
    return [failed('keys', (error as Error).message, `restore the previous keys in ${location}`)];
  }
  const ring = new KeyRing(keys, keys[0]?.id ?? 0);
  const checks: Check[] = [];
  for (const key of stored) checks.push(...(await checkStoredKey(db, ring, key)));
  const fresh = ring.ids.filter((id) => !stored.some((key) => key.id === id));
  if (stored.length > 0 && fresh.length > 0)
    checks.push(ok('keys', `new keys: ${fresh.join(', ')}; they are stored at the next start`));
  const primary = stored.find((key) => key.is_primary)?.id ?? keys[0]?.id;
  return checks.some((check) => check.state === 'failed')
    ? checks
    : [
        ok('keys', `all keys of ENCRYPTION_KEYS (${keys.length}) match the database; key ${primary} is the primary`),
        ...checks,
      ];
}

/** Empty when the key is as the database expects it. */
async function checkStoredKey(db: Db, ring: KeyRing, key: StoredKey): Promise<Check[]> {
  const { id, canary } = key;
  if (key.retired_at !== null)
    return ring.has(id)
      ? [failed('keys', `key ${id} is retired but still listed`, 'remove it from ENCRYPTION_KEYS')]
      : [];
  if (!ring.has(id)) return [await checkMissingKey(db, key)];
  if (ring.verifyCanary(id, canary)) return [];
  const advice = 'restore its original value in ENCRYPTION_KEYS';
  return [failed('keys', `key ${id} has other key material than the database expects`, advice)];
}

async function checkMissingKey(db: Db, key: StoredKey): Promise<Check> {
  const advice = 'add it to ENCRYPTION_KEYS';
  if (key.promoted_at === null) {
    return warning('keys', `key ${key.id} is missing; it was never the primary key`, `${advice} before it is promoted`);
  }
  const counts = Object.values((await countTextsUnderKeys(db)).get(key.id) ?? {});
  const texts = counts.reduce((sum, count) => sum + count, 0);
  return texts > 0
    ? failed('keys', `key ${key.id} is missing; texts encrypted under it: ${texts}`, advice)
    : failed('keys', `key ${key.id} is missing; no text is encrypted under it`, `${advice}, or ${howToRetire(key)}`);
}

function checkMissingKeys({ keyFile }: OpenDatabase, isLost: boolean): Check {
  if (keyFile === undefined) {
    const advice = isLost ? 'set it to its previous value' : 'run comms keys add, which prints it';
    return failed('keys', 'ENCRYPTION_KEYS is not set, but DATABASE_URL requires it', advice);
  }
  return isLost
    ? failed('keys', `the key file ${keyFile} is missing`, 'restore it, or set ENCRYPTION_KEYS to its content')
    : ok('keys', 'the key file is created at the first start');
}
