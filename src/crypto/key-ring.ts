import { createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';

const KEY_BYTES = 32;

/**
 * Key ids are u32 in the ciphertext's header. PostgreSQL's `integer` is too small for them, so their columns are
 * `bigint`.
 */
const MAX_KEY_ID = 0xffff_ffff;

/** One key of the ring. The material is a `KeyObject`, which neither log lines nor stack traces print. */
export type EncryptionKey = { readonly id: number; readonly material: KeyObject };

/** The ring has no key with this id: the setting is older than the data, or the key was removed too early. */
export class UnknownKeyError extends Error {
  override readonly name = 'UnknownKeyError';
  readonly keyId: number;

  constructor(keyId: number) {
    super(`ENCRYPTION_KEYS has no key ${keyId}.`);
    this.keyId = keyId;
  }
}

/**
 * Parses the setting `1:<base64 of 32 bytes>,2:…`. Blanks around entries are allowed. The order is kept; the first key
 * is the primary one of an empty database.
 * @throws Error that names a faulty entry by its number, never by its content: when id and key are swapped, even the
 *   id's part is secret
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

function parseEntry(entry: string, name: string): EncryptionKey {
  if (entry === '') throw settingError(`${name} is empty`);
  const colon = entry.indexOf(':');
  if (colon < 0) throw settingError(`${name} has no colon between id and key`);
  const idText = entry.slice(0, colon);
  const id = /^[1-9][0-9]{0,9}$/.test(idText) ? Number(idText) : 0;
  if (!isKeyId(id)) throw settingError(`${name} has an id that is not a whole number from 1 to ${MAX_KEY_ID}`);
  return { id, material: parseMaterial(entry.slice(colon + 1), name) };
}

function parseMaterial(encoded: string, name: string): KeyObject {
  const material = Buffer.from(encoded, 'base64');
  // Node skips characters that aren't base64, so the text is valid only if it encodes back to itself.
  if (material.toString('base64') !== encoded) throw settingError(`${name} is not base64 (padded, + and /)`);
  if (material.length !== KEY_BYTES) throw settingError(`${name} holds ${material.length} bytes, not ${KEY_BYTES}`);
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

/** A new random key as an entry of the setting. Secret: show it once, or write it to a 0600 file. */
export function generateEncryptionKey(id: number): string {
  if (!isKeyId(id)) throw new RangeError(`A key id is a whole number from 1 to ${MAX_KEY_ID}.`);
  return `${id}:${randomBytes(KEY_BYTES).toString('base64')}`;
}

/**
 * The encryption keys of this process and the primary one, which encrypts new texts. The database says which key is
 * primary. It may change while the server runs; `setPrimary` then takes over the change.
 */
export class KeyRing {
  readonly #materials: Map<number, KeyObject>;
  readonly #subkeys = new Map<string, Buffer>();
  #primaryId: number;

  /** @throws UnknownKeyError when the primary isn't among the keys */
  constructor(keys: readonly EncryptionKey[], primaryId: number) {
    this.#materials = new Map(keys.map((key) => [key.id, key.material]));
    if (this.#materials.size !== keys.length) throw new Error('Two keys of the ring have the same id.');
    this.#primaryId = this.#require(primaryId);
  }

  /** In the order of the setting. */
  get ids(): number[] {
    return [...this.#materials.keys()];
  }

  get primaryId(): number {
    return this.#primaryId;
  }

  /** @throws UnknownKeyError when the ring lacks the key; the old primary stays */
  setPrimary(id: number): void {
    this.#primaryId = this.#require(id);
  }

  /**
   * Adds a key that was created while this process runs. It doesn't become the primary.
   * @throws Error if the id is taken
   */
  add(key: EncryptionKey): void {
    if (this.has(key.id)) throw new Error('Two keys of the ring have the same id.');
    this.#materials.set(key.id, key.material);
  }

  has(id: number): boolean {
    return this.#materials.has(id);
  }

  /** The key for AES-256-GCM itself; every other purpose uses a subkey of `derive`. @throws UnknownKeyError */
  material(id: number): KeyObject {
    const material = this.#materials.get(id);
    if (material === undefined) throw new UnknownKeyError(id);
    return material;
  }

  /**
   * Proof that key `id` has this material, to be stored in the database: 32 bytes, always the same for the same key, so
   * that servers starting at once store the same. Reveals nothing about the key.
   * @throws UnknownKeyError
   */
  canary(id: number): Buffer {
    return createHmac('sha256', this.#subkey(id, 'canary')).update('encryption key').digest();
  }

  /** Whether `stored` is the canary of this ring's key `id`; false also when the ring lacks the key. */
  verifyCanary(id: number, stored: Buffer): boolean {
    if (!this.has(id)) return false;
    const canary = this.canary(id);
    return stored.length === canary.length && timingSafeEqual(stored, canary);
  }

  /**
   * Derives a 32-byte key for one purpose with HKDF-SHA256, independent of the encryption key and of other purposes.
   * @param purpose a constant, never a value from a request: the key stays in memory as long as the process runs
   * @throws UnknownKeyError
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

  #require(id: number): number {
    if (!this.has(id)) throw new UnknownKeyError(id);
    return id;
  }
}
