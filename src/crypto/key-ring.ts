import { createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';

export const KEY_BYTES = 32;

/** Key ids are u32 in the ciphertext's header; beyond PostgreSQL's `integer`, so a column of them is a `bigint`. */
export const MAX_KEY_ID = 0xffff_ffff;

/** One key of the ring. The material is a `KeyObject`, which no log line or stack trace prints. */
export type EncryptionKey = { readonly id: number; readonly material: KeyObject };

/** The ring holds no key of this id: the setting is older than the data, or the key was taken out too early. */
export class UnknownKeyError extends Error {
  override readonly name = 'UnknownKeyError';
  readonly keyId: number;

  constructor(keyId: number) {
    super(`ENCRYPTION_KEYS has no key ${keyId}.`);
    this.keyId = keyId;
  }
}

/**
 * Reads the setting `1:<base64 of 32 bytes>,2:…`; blanks around entries are allowed, order is kept (the first listed is
 * the primary of an empty database). Throws an Error that names the faulty entry by its place, never by its content:
 * with the two halves swapped even what should be the id is the key.
 */
export function parseEncryptionKeys(setting: string): EncryptionKey[] {
  if (setting.trim() === '') throw settingError('is empty');
  const keys: EncryptionKey[] = [];
  for (const [index, entry] of setting.split(',').entries()) {
    const key = parseEntry(entry.trim(), `entry ${index + 1}`);
    for (const [earlierIndex, earlier] of keys.entries()) {
      if (earlier.id === key.id) throw settingError(`entries ${earlierIndex + 1} and ${index + 1} have the same id`);
      if (earlier.material.equals(key.material)) {
        throw settingError(`entries ${earlierIndex + 1} and ${index + 1} have the same key material`);
      }
    }
    keys.push(key);
  }
  return keys;
}

function parseEntry(entry: string, place: string): EncryptionKey {
  if (entry === '') throw settingError(`${place} is empty`);
  const colon = entry.indexOf(':');
  if (colon < 0) throw settingError(`${place} has no colon between id and key`);
  const idText = entry.slice(0, colon);
  const id = /^[1-9][0-9]{0,9}$/.test(idText) ? Number(idText) : 0;
  if (!isKeyId(id)) throw settingError(`${place} has an id that is not a whole number from 1 to ${MAX_KEY_ID}`);
  return { id, material: parseMaterial(entry.slice(colon + 1), place) };
}

function parseMaterial(encoded: string, place: string): KeyObject {
  const material = Buffer.from(encoded, 'base64');
  // Node skips what is not base64; only text that encodes back to itself was the whole of a key.
  if (material.toString('base64') !== encoded) throw settingError(`${place} is not base64 (padded, + and /)`);
  if (material.length !== KEY_BYTES) throw settingError(`${place} holds ${material.length} bytes, not ${KEY_BYTES}`);
  return createSecretKey(material);
}

function settingError(fault: string): Error {
  return new Error(
    `ENCRYPTION_KEYS ${fault}; it should be a list like 1:<base64 of ${KEY_BYTES} random bytes>,2:…, ids and keys all different.`,
  );
}

function isKeyId(id: number): boolean {
  return Number.isInteger(id) && id >= 1 && id <= MAX_KEY_ID;
}

/** A new random key as an entry of the setting. Secret: to be shown once or put in a 0600 file. */
export function generateEncryptionKey(id: number): string {
  if (!isKeyId(id)) throw new RangeError(`A key id is a whole number from 1 to ${MAX_KEY_ID}.`);
  return `${id}:${randomBytes(KEY_BYTES).toString('base64')}`;
}

/**
 * The keys this process holds and which of them new ciphertext uses. The primary may change while the server runs:
 * the database says which one it is, and a promotion is followed by `setPrimary`.
 */
export class KeyRing {
  readonly #materials: Map<number, KeyObject>;
  readonly #subkeys = new Map<string, Buffer>();
  #primaryId: number;

  /** Throws `UnknownKeyError` when the primary is not among the keys. */
  constructor(keys: readonly EncryptionKey[], primaryId: number) {
    this.#materials = new Map(keys.map((key) => [key.id, key.material]));
    if (this.#materials.size !== keys.length) throw new Error('Two keys of the ring have the same id.');
    this.#primaryId = this.#known(primaryId);
  }

  /** In the order of the setting. */
  get ids(): number[] {
    return [...this.#materials.keys()];
  }

  get primaryId(): number {
    return this.#primaryId;
  }

  /** Throws `UnknownKeyError` and keeps the old primary when the ring lacks the key. */
  setPrimary(id: number): void {
    this.#primaryId = this.#known(id);
  }

  /** A key that was made while this process runs; it is not the primary yet. Throws when the id is taken. */
  add(key: EncryptionKey): void {
    if (this.has(key.id)) throw new Error('Two keys of the ring have the same id.');
    this.#materials.set(key.id, key.material);
  }

  has(id: number): boolean {
    return this.#materials.has(id);
  }

  /** The key for AES-256-GCM itself; everything else takes a subkey from `derive`. Throws `UnknownKeyError`. */
  material(id: number): KeyObject {
    const material = this.#materials.get(id);
    if (material === undefined) throw new UnknownKeyError(id);
    return material;
  }

  /**
   * Proof, stored in the database, that key `id` has this material: 32 bytes, always the same for the same key, so that
   * servers starting at once store the same. Reveals nothing about the key. Throws `UnknownKeyError`.
   */
  canary(id: number): Buffer {
    return createHmac('sha256', this.#subkey(id, 'canary')).update('encryption key').digest();
  }

  /** Whether this ring's key `id` is the one that `stored` was made with; false also when the ring lacks it. */
  verifyCanary(id: number, stored: Buffer): boolean {
    if (!this.has(id)) return false;
    const canary = this.canary(id);
    return stored.length === canary.length && timingSafeEqual(stored, canary);
  }

  /**
   * A 32-byte key for one purpose by HKDF-SHA256, independent of the encryption key and of any other purpose. Kept in
   * memory for good: a purpose is a constant, never a value from a request. Throws `UnknownKeyError`.
   */
  derive(id: number, purpose: string): Buffer {
    return Buffer.from(this.#subkey(id, `derive:${purpose}`));
  }

  #subkey(id: number, label: string): Buffer {
    const info = `communications-api:${id}:${label}`;
    const cached = this.#subkeys.get(info);
    if (cached !== undefined) return cached;
    const subkey = Buffer.from(hkdfSync('sha256', this.material(id), Buffer.alloc(0), info, KEY_BYTES));
    this.#subkeys.set(info, subkey);
    return subkey;
  }

  #known(id: number): number {
    if (!this.has(id)) throw new UnknownKeyError(id);
    return id;
  }
}
