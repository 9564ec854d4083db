import { execFile } from 'node:child_process';
import { createCipheriv } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect, promisify } from 'node:util';
import { hash, verify } from '@node-rs/argon2';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  CIPHERTEXT_OVERHEAD_BYTES,
  DecryptionError,
  decryptField,
  encryptField,
  type FieldRef,
  keyIdOf,
} from '../../src/crypto/field-encryption.ts';
import { fingerprint } from '../../src/crypto/fingerprint.ts';
import { readOrCreateKeyFile } from '../../src/crypto/key-file.ts';
import { generateEncryptionKey, KeyRing, parseEncryptionKeys, UnknownKeyError } from '../../src/crypto/key-ring.ts';
import { lengthPrefixed } from '../../src/crypto/length-prefixed.ts';
import {
  hashPassword,
  PASSWORD_CONCURRENCY,
  PASSWORD_MAX_BYTES,
  PASSWORD_QUEUE_LENGTH,
  PasswordQueueFullError,
  verifyPassword,
} from '../../src/crypto/password.ts';
import { base62FromBytes, createToken, hashToken, looksLikeToken, TOKEN_LENGTH } from '../../src/crypto/token.ts';
import { newId } from '../../src/domain/ids.ts';

// The real functions, counted: that an unknown user costs a hash is shown by counting, since times flake.
vi.mock('@node-rs/argon2', async (importOriginal) => {
  const argon2 = await importOriginal<typeof import('@node-rs/argon2')>();
  return { ...argon2, hash: vi.fn(argon2.hash), verify: vi.fn(argon2.verify) };
});

const MATERIAL_1 = Buffer.alloc(32, 1).toString('base64');
const MATERIAL_2 = Buffer.alloc(32, 2).toString('base64');

const NOTES: FieldRef = {
  table: 'communication_threads',
  column: 'notes',
  companyId: '01890a5d-ac96-774b-bcce-b302099a8057',
  rowId: '01890a5d-ac96-774b-bcce-b302099a8058',
};

/** Any text that UTF-8 can carry: NUL, controls, astral characters, unassigned code points. */
const anyText = fc.string({ unit: 'binary', maxLength: 200 });

const anyRef: fc.Arbitrary<FieldRef> = fc.record({
  table: fc.string({ maxLength: 5 }),
  column: fc.string({ maxLength: 5 }),
  companyId: fc.uuid(),
  rowId: fc.uuid(),
});

function ringOf(setting: string, primaryId = 1): KeyRing {
  return new KeyRing(parseEncryptionKeys(setting), primaryId);
}

function decryptionError(open: () => unknown): DecryptionError {
  try {
    open();
  } catch (error) {
    if (error instanceof DecryptionError) return error;
    throw error;
  }
  throw new Error('The ciphertext opened.');
}

describe('parseEncryptionKeys', () => {
  it('reads ids and keys in order, blanks around entries allowed', () => {
    const keys = parseEncryptionKeys(` 7:${MATERIAL_1} ,\n4294967295:${MATERIAL_2}\n`);

    expect(keys.map((key) => key.id)).toEqual([7, 4294967295]);
    expect(keys.map((key) => key.material.export())).toEqual([Buffer.alloc(32, 1), Buffer.alloc(32, 2)]);
  });

  const secret = Buffer.alloc(32, 3).toString('base64');
  it.each([
    ['nothing', '', 'is empty'],
    ['only blanks', ' \n', 'is empty'],
    ['an empty entry', `1:${secret},`, 'entry 2 is empty'],
    ['a key without an id', secret, 'entry 1 has no colon'],
    ['the halves swapped', `${secret}:1`, 'entry 1 has an id that is not a whole number'],
    ['id 0', `0:${secret}`, 'entry 1 has an id that is not a whole number from 1 to 4294967295'],
    ['id over 32 bits', `4294967296:${secret}`, 'entry 1 has an id'],
    ['id with a leading zero', `01:${secret}`, 'entry 1 has an id'],
    ['negative id', `-1:${secret}`, 'entry 1 has an id'],
    ['id as a fraction', `1.5:${secret}`, 'entry 1 has an id'],
    ['no key', '1:', 'entry 1 holds 0 bytes, not 32'],
    ['31 bytes', `1:${Buffer.alloc(31, 3).toString('base64')}`, 'entry 1 holds 31 bytes, not 32'],
    ['33 bytes', `1:${Buffer.alloc(33, 3).toString('base64')}`, 'entry 1 holds 33 bytes, not 32'],
    ['hexadecimal', `1:${Buffer.alloc(32, 3).toString('hex')}`, 'entry 1 holds 48 bytes, not 32'],
    ['a character outside base64', `1:${secret.replace('A', '!')}`, 'entry 1 is not base64'],
    ['base64 without padding', `1:${secret.replace('=', '')}`, 'entry 1 is not base64'],
    ['spare bits set in the last character', `1:${secret.replace(/.=$/, 'N=')}`, 'entry 1 is not base64'],
    ['the same id twice', `1:${MATERIAL_1},1:${secret}`, 'entries 1 and 2 have the same id'],
    ['the same key twice', `1:${secret},2:${MATERIAL_2},3:${secret}`, 'entries 1 and 3 have the same key material'],
  ])('refuses %s, says why and never shows the value', (_name, setting, fault) => {
    const act = () => parseEncryptionKeys(setting);

    expect(act).toThrow(/^ENCRYPTION_KEYS .*; it should be a list like 1:<base64 of 32 random bytes>,2:…/);
    expect(act).toThrow(fault);
    expect(act).not.toThrow(/AwMD|AQEB|AgIC/);
  });

  it('keeps the material out of anything that is printed', () => {
    const keys = parseEncryptionKeys(`1:${MATERIAL_1}`);
    const ring = new KeyRing(keys, 1);
    ring.canary(1);

    for (const printed of [inspect(keys, { depth: 9, showHidden: true }), inspect(ring, { depth: 9 })]) {
      expect(printed).not.toMatch(/AQEB|01 01/);
    }
    expect(JSON.stringify([keys, ring])).not.toMatch(/AQEB|1,1,1/);
  });
});

describe('generateEncryptionKey', () => {
  it('makes an entry of the setting, another each time', () => {
    const [first, second] = [generateEncryptionKey(3), generateEncryptionKey(3)];

    expect(first).not.toBe(second);
    expect(parseEncryptionKeys(first).map((key) => key.id)).toEqual([3]);
  });

  it.each([0, -1, 1.5, 2 ** 32, Number.NaN])('refuses the id %d', (id) => {
    expect(() => generateEncryptionKey(id)).toThrow(RangeError);
  });
});

describe('KeyRing', () => {
  it('knows its keys and its primary', () => {
    const ring = ringOf(`2:${MATERIAL_2},1:${MATERIAL_1}`, 1);

    expect(ring.ids).toEqual([2, 1]);
    expect(ring.primaryId).toBe(1);
    expect([ring.has(1), ring.has(2), ring.has(3)]).toEqual([true, true, false]);
  });

  it('is not made with a primary it lacks, nor with an id twice', () => {
    expect(() => ringOf(`1:${MATERIAL_1}`, 2)).toThrow(new UnknownKeyError(2));
    expect(
      () => new KeyRing([...parseEncryptionKeys(`1:${MATERIAL_1}`), ...parseEncryptionKeys(`1:${MATERIAL_2}`)], 1),
    ).toThrow('Two keys of the ring have the same id.');
  });

  it('follows a promotion: new ciphertext under the new key, old ciphertext still opens', () => {
    const ring = ringOf(`1:${MATERIAL_1},2:${MATERIAL_2}`, 1);
    const before = encryptField(ring, NOTES, 'before');

    ring.setPrimary(2);
    const after = encryptField(ring, NOTES, 'after');

    expect([keyIdOf(before), keyIdOf(after)]).toEqual([1, 2]);
    expect([decryptField(ring, NOTES, before), decryptField(ring, NOTES, after)]).toEqual(['before', 'after']);
  });

  it('keeps its primary when told to take a key it lacks', () => {
    const ring = ringOf(`1:${MATERIAL_1}`);

    expect(() => ring.setPrimary(2)).toThrow('ENCRYPTION_KEYS has no key 2.');
    expect(ring.primaryId).toBe(1);
  });
});

describe('KeyRing.canary', () => {
  it('is what earlier versions stored for this key', () => {
    expect(ringOf(`1:${MATERIAL_1}`).canary(1).toString('hex')).toBe(
      '2211f17e8c2090b3f49d5feb83a91e1d18952e6f8cf4d8b12ccdab5d49a3aa0e',
    );
  });

  it('proves the material: other material, another id, a cut or altered canary fail', () => {
    const stored = ringOf(`1:${MATERIAL_1}`).canary(1);

    expect(ringOf(`1:${MATERIAL_1}`).verifyCanary(1, stored)).toBe(true);
    expect(ringOf(`1:${MATERIAL_2}`).verifyCanary(1, stored)).toBe(false);
    expect(ringOf(`2:${MATERIAL_1}`, 2).verifyCanary(2, stored)).toBe(false);
    expect(ringOf(`1:${MATERIAL_1}`).verifyCanary(1, stored.subarray(1))).toBe(false);
    expect(ringOf(`1:${MATERIAL_1}`).verifyCanary(1, Buffer.alloc(32))).toBe(false);
    expect(ringOf(`1:${MATERIAL_1}`).verifyCanary(1, Buffer.alloc(0))).toBe(false);
  });

  it('of a key the ring lacks can be neither made nor verified', () => {
    const ring = ringOf(`1:${MATERIAL_1}`);

    expect(() => ring.canary(2)).toThrow(new UnknownKeyError(2));
    expect(ring.verifyCanary(2, ring.canary(1))).toBe(false);
  });
});

describe('KeyRing.derive', () => {
  it('gives 32 bytes, the same in every version', () => {
    expect(ringOf(`1:${MATERIAL_1}`).derive(1, 'x').toString('hex')).toBe(
      '27cad8fbce275faf814319c9b70e7f137b4e1b34626f0b71b67f8b9055a46c12',
    );
  });

  it('differs by key and by purpose, from the key itself and from its canary', () => {
    const ring = ringOf(`1:${MATERIAL_1},2:${MATERIAL_2}`);
    const keys = [
      ring.derive(1, 'a'),
      ring.derive(1, 'b'),
      ring.derive(2, 'a'),
      ring.derive(1, 'canary'),
      ring.canary(1),
    ];

    const different = new Set([MATERIAL_1, ...keys.map((key) => key.toString('base64'))]);
    expect(different.size).toBe(keys.length + 1);
  });

  it('hands out copies: a caller who wipes one leaves the next intact', () => {
    const ring = ringOf(`1:${MATERIAL_1}`);
    const first = ring.derive(1, 'a');
    const kept = first.toString('hex');
    first.fill(0);

    expect(ring.derive(1, 'a').toString('hex')).toBe(kept);
  });

  it('throws for a key the ring lacks', () => {
    expect(() => ringOf(`1:${MATERIAL_1}`).derive(9, 'a')).toThrow(new UnknownKeyError(9));
  });
});

describe('encryptField and decryptField', () => {
  const ring = ringOf(`1:${MATERIAL_1},2:${MATERIAL_2}`);

  it('give back any text: NUL, byte order mark, astral characters, the empty string', () => {
    for (const text of ['', '\0', 'a\0b', '\uFEFFbom', '😀 – naïve', '\u{10FFFF}', 'é'.repeat(20_000)]) {
      expect(decryptField(ring, NOTES, encryptField(ring, NOTES, text))).toBe(text);
    }
    fc.assert(
      fc.property(anyRef, anyText, (ref, text) => {
        const ciphertext = encryptField(ring, ref, text);
        expect(decryptField(ring, ref, ciphertext)).toBe(text);
        expect(ciphertext.length).toBe(CIPHERTEXT_OVERHEAD_BYTES + Buffer.byteLength(text));
      }),
    );
  });

  it('refuse a lone surrogate rather than store other text than was sent', () => {
    for (const text of ['\uD800', 'a\uDC00b', '\uDE00\uD83D']) {
      expect(() => encryptField(ring, NOTES, text)).toThrow(
        new TypeError('Text for communication_threads.notes holds a lone surrogate.'),
      );
    }
  });

  it('open what an earlier version stored', () => {
    const stored =
      '0100000001e2e636d53c8885a98afccc4fb7aed3baa673d551f5edb054d24655d9f192e5219151106637202391e7d22052fb2e89798cf51dc7e8a9';

    expect(decryptField(ring, NOTES, Buffer.from(stored, 'hex'))).toBe('Promised to pay on Friday.');
  });

  it('keep to the documented format, built here by hand', () => {
    const header = Buffer.from([0x01, 0, 0, 0, 2]);
    const nonce = Buffer.alloc(12, 9);
    const parts = [NOTES.table, NOTES.column, NOTES.companyId, NOTES.rowId];
    const prefixed = parts.flatMap((part) => [Buffer.from([0, 0, 0, part.length]), Buffer.from(part)]);
    const cipher = createCipheriv('aes-256-gcm', Buffer.alloc(32, 2), nonce);
    cipher.setAAD(Buffer.concat([header, ...prefixed]));
    const text = Buffer.concat([cipher.update('by hand'), cipher.final()]);

    expect(decryptField(ring, NOTES, Buffer.concat([header, nonce, cipher.getAuthTag(), text]))).toBe('by hand');
  });

  it('never give the same bytes, nor a nonce, twice', () => {
    const ciphertexts = Array.from({ length: 1000 }, () => encryptField(ring, NOTES, 'same'));

    expect(new Set(ciphertexts.map((ciphertext) => ciphertext.subarray(5, 17).toString('hex'))).size).toBe(1000);
  });

  it('hold nothing of the text in the clear', () => {
    expect(encryptField(ring, NOTES, 'Promised to pay').includes('Promised')).toBe(false);
  });

  it('never open with any one bit flipped', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const ciphertext = encryptField(ring, NOTES, text);
        for (let at = 0; at < ciphertext.length; at++) {
          const flipped = Buffer.from(ciphertext);
          flipped.writeUInt8(flipped.readUInt8(at) ^ (1 << (at % 8)), at);
          expect(() => decryptField(ring, NOTES, flipped)).toThrow(DecryptionError);
        }
      }),
      { numRuns: 20 },
    );
    const ciphertext = encryptField(ring, NOTES, 'all bits');
    for (let bit = 0; bit < ciphertext.length * 8; bit++) {
      const flipped = Buffer.from(ciphertext);
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(() => decryptField(ring, NOTES, flipped)).toThrow(DecryptionError);
    }
  });

  it('never open cut at either end, nor with bytes added', () => {
    const ciphertext = encryptField(ring, NOTES, 'cut me anywhere');
    for (let length = 0; length < ciphertext.length; length++) {
      expect(() => decryptField(ring, NOTES, ciphertext.subarray(0, length))).toThrow(DecryptionError);
      expect(() => decryptField(ring, NOTES, ciphertext.subarray(ciphertext.length - length))).toThrow(DecryptionError);
    }
    expect(decryptionError(() => decryptField(ring, NOTES, Buffer.concat([ciphertext, Buffer.of(0)]))).reason).toBe(
      'not_authentic',
    );
  });

  it('never open arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(() => decryptField(ring, NOTES, Buffer.from(bytes))).toThrow(DecryptionError);
        expect(() => decryptField(ring, NOTES, Buffer.concat([Buffer.of(1, 0, 0, 0, 1), bytes]))).toThrow(
          DecryptionError,
        );
      }),
    );
  });

  it.each([
    ['table', { table: 'thread_notes' }],
    ['column', { column: 'body' }],
    ['company', { companyId: '01890a5d-ac96-774b-bcce-b302099a8059' }],
    ['row', { rowId: '01890a5d-ac96-774b-bcce-b302099a8059' }],
    ['company and row, swapped', { companyId: NOTES.rowId, rowId: NOTES.companyId }],
    ['table and column with the boundary moved', { table: 'communication_threadsn', column: 'otes' }],
  ])('never open in another %s', (_name, change) => {
    const ciphertext = encryptField(ring, NOTES, 'stay');

    expect(decryptionError(() => decryptField(ring, { ...NOTES, ...change }, ciphertext)).reason).toBe('not_authentic');
  });

  it('never open in any other place', () => {
    fc.assert(
      fc.property(anyRef, anyRef, anyText, (from, to, text) => {
        fc.pre(JSON.stringify(from) !== JSON.stringify(to));
        const ciphertext = encryptField(ring, from, text);
        expect(decryptionError(() => decryptField(ring, to, ciphertext)).reason).toBe('not_authentic');
      }),
    );
  });

  it('take UUIDs without case, table and column with it', () => {
    const ciphertext = encryptField(ring, { ...NOTES, rowId: NOTES.rowId.toUpperCase() }, 'case');

    expect(decryptField(ring, { ...NOTES, companyId: NOTES.companyId.toUpperCase() }, ciphertext)).toBe('case');
    expect(() => decryptField(ring, { ...NOTES, column: 'Notes' }, ciphertext)).toThrow(DecryptionError);
  });

  it('never open under other material of the same id', () => {
    const ciphertext = encryptField(ringOf(`1:${MATERIAL_1}`), NOTES, 'Promised to pay');
    const error = decryptionError(() => decryptField(ringOf(`1:${MATERIAL_2}`), NOTES, ciphertext));

    expect(error).toMatchObject({ reason: 'not_authentic', keyId: 1, table: 'communication_threads', column: 'notes' });
    expect(error.message).toBe('Could not decrypt communication_threads.notes (key 1): not_authentic.');
  });

  it('say which key is missing', () => {
    const ciphertext = encryptField(ringOf(`4294967295:${MATERIAL_1}`, 4294967295), NOTES, 'Promised to pay');
    const error = decryptionError(() => decryptField(ring, NOTES, ciphertext));

    expect(error).toMatchObject({ reason: 'unknown_key', keyId: 4294967295 });
    expect(error.message).toBe('Could not decrypt communication_threads.notes (key 4294967295): unknown_key.');
  });

  it('tell a relabelled key id from a missing one', () => {
    const ciphertext = encryptField(ring, NOTES, 'relabelled');
    ciphertext.writeUInt32BE(2, 1);

    expect(decryptionError(() => decryptField(ring, NOTES, ciphertext))).toMatchObject({
      reason: 'not_authentic',
      keyId: 2,
    });
  });

  it('call an unknown version, and what is too short for a header, malformed', () => {
    const ciphertext = encryptField(ring, NOTES, '');
    const short = ciphertext.subarray(0, CIPHERTEXT_OVERHEAD_BYTES - 1);
    const otherVersion = Buffer.concat([Buffer.of(2), ciphertext.subarray(1)]);

    for (const malformed of [Buffer.alloc(0), short, otherVersion]) {
      expect(decryptionError(() => decryptField(ring, NOTES, malformed))).toMatchObject({
        reason: 'malformed',
        keyId: null,
        message: 'Could not decrypt communication_threads.notes (key unreadable): malformed.',
      });
    }
  });
});

describe('keyIdOf', () => {
  it('reads the key id, whether the ring has that key or not', () => {
    const ring = ringOf(`4000000000:${MATERIAL_1}`, 4000000000);

    expect(keyIdOf(encryptField(ring, NOTES, ''))).toBe(4000000000);
  });

  it('throws for what is no ciphertext', () => {
    expect(decryptionError(() => keyIdOf(Buffer.from('plain text that was never encrypted')))).toMatchObject({
      reason: 'malformed',
      keyId: null,
      table: null,
      column: null,
    });
  });
});

describe('lengthPrefixed', () => {
  it('joins different lists to different bytes', () => {
    const anyParts = fc.array(fc.string({ unit: 'binary', maxLength: 4 }), { maxLength: 4 });
    fc.assert(
      fc.property(anyParts, anyParts, (left, right) => {
        expect(lengthPrefixed(left).equals(lengthPrefixed(right))).toBe(JSON.stringify(left) === JSON.stringify(right));
      }),
    );
    expect(lengthPrefixed(['ab', 'c'])).not.toEqual(lengthPrefixed(['a', 'bc']));
    expect(lengthPrefixed(['a', ''])).not.toEqual(lengthPrefixed(['a']));
  });

  it('counts bytes, not characters, and takes a string as its UTF-8 bytes', () => {
    expect(lengthPrefixed(['é'], Buffer.of(9))).toEqual(Buffer.of(9, 0, 0, 0, 2, 0xc3, 0xa9));
    expect(lengthPrefixed([Buffer.from('é')])).toEqual(lengthPrefixed(['é']));
  });
});

describe('fingerprint', () => {
  const ring = ringOf(`1:${MATERIAL_1},2:${MATERIAL_2}`);

  it('is the same for the same parts, in every version', () => {
    expect(fingerprint(ring, 1, 'x', 'a', Buffer.from('b')).toString('hex')).toBe(
      '39f6cfb784b12749890f3d3bd8a574eb7651acb378be97e3c46a308619a028df',
    );
  });

  it('differs by part, by boundary, by purpose and by key', () => {
    const fingerprints = [
      fingerprint(ring, 1, 'x', 'a', 'b'),
      fingerprint(ring, 1, 'x', 'ab'),
      fingerprint(ring, 1, 'x', 'a', 'b', ''),
      fingerprint(ring, 1, 'x', 'b', 'a'),
      fingerprint(ring, 1, 'x'),
      fingerprint(ring, 1, 'y', 'a', 'b'),
      fingerprint(ring, 2, 'x', 'a', 'b'),
    ];

    expect(new Set(fingerprints.map((bytes) => bytes.toString('hex'))).size).toBe(fingerprints.length);
  });

  it('throws for a key the ring lacks', () => {
    expect(() => fingerprint(ring, 3, 'x', 'a')).toThrow(new UnknownKeyError(3));
  });
});

describe('createToken', () => {
  it('makes a token of 44 characters that secret scanners can find, with its hash and display prefix', () => {
    const { token, hash, prefix } = createToken();

    expect(token).toMatch(/^comms_[0-9A-Za-z]{38}$/);
    expect(token).toHaveLength(TOKEN_LENGTH);
    expect(prefix).toBe(token.slice(0, 12));
    expect(hash).toEqual(hashToken(token));
  });

  it('makes each one once', () => {
    expect(new Set(Array.from({ length: 1000 }, () => createToken().token)).size).toBe(1000);
  });

  it('gives every character the same chance: four of the 256 byte values each, eight skipped', () => {
    const fromEveryByte = base62FromBytes(Uint8Array.from({ length: 256 }, (_, byte) => byte));
    const counts = new Map<string, number>();
    for (const character of fromEveryByte) counts.set(character, (counts.get(character) ?? 0) + 1);

    expect(counts.size).toBe(62);
    expect(new Set(counts.values())).toEqual(new Set([4]));
  });

  it('uses all 62 characters evenly', () => {
    const counts = new Map<string, number>();
    const characters = Array.from({ length: 2000 }, () => createToken().token.slice(6, 38)).join('');
    for (const character of characters) counts.set(character, (counts.get(character) ?? 0) + 1);
    const expected = characters.length / 62;
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);

    // 61 degrees of freedom: mean 61, deviation 11. Chance exceeds 200 less than once in 10¹⁵ runs; a plain
    // `byte % 62` (eight characters a quarter too likely) comes to about 420.
    expect(counts.size).toBe(62);
    expect(chiSquare).toBeLessThan(200);
  });
});

describe('hashToken', () => {
  it('is SHA-256', () => {
    expect(hashToken('abc').toString('hex')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

describe('looksLikeToken', () => {
  const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  const EARLIER = 'comms_K5MLw6K4PvcRwJRlUV9rEOuzCBx4ryqP4YhtVN';

  it('accepts every token we make', () => {
    for (let made = 0; made < 1000; made++) expect(looksLikeToken(createToken().token)).toBe(true);
  });

  it('accepts what an earlier version made', () => {
    expect(looksLikeToken(EARLIER)).toBe(true);
  });

  it('refuses every change of a single character', () => {
    const { token } = createToken();
    for (let at = 0; at < token.length; at++) {
      for (const character of `${BASE62}_- é\0`) {
        if (character === token[at]) continue;
        expect(looksLikeToken(token.slice(0, at) + character + token.slice(at + 1))).toBe(false);
      }
    }
  });

  it('refuses every swap of neighbours, every missing and every doubled character', () => {
    for (const [at, character] of [...EARLIER].entries()) {
      const [before, after] = [EARLIER.slice(0, at), EARLIER.slice(at + 1)];
      const next = after.charAt(0) || character;
      if (next !== character) expect(looksLikeToken(before + next + character + after.slice(1))).toBe(false);
      expect(looksLikeToken(before + after)).toBe(false);
      expect(looksLikeToken(before + character + character + after)).toBe(false);
    }
  });

  it.each([
    ['nothing', ''],
    ['the prefix alone', 'comms_'],
    ['another service’s key', `ghp_${'a'.repeat(40)}`],
    ['a checksum beyond 32 bits', `comms_${'0'.repeat(32)}zzzzzz`],
    ['a newline at the end', `${createToken().token}\n`],
    ['blanks around', ` ${createToken().token} `],
    ['a megabyte', 'comms_'.repeat(200_000)],
  ])('refuses %s', (_name, text) => {
    expect(looksLikeToken(text)).toBe(false);
  });

  it('refuses any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(looksLikeToken(text)).toBe(false);
      }),
    );
  });
});

describe('hashPassword and verifyPassword', () => {
  beforeEach(() => {
    vi.mocked(hash).mockClear();
    vi.mocked(verify).mockClear();
  });

  it('hash with argon2id, 19 MiB, two passes and a salt of its own', async () => {
    const [first, second] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);

    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(first).not.toBe(second);
  });

  it('accept the password and no other', async () => {
    const stored = await hashPassword('correct horse');

    expect(await verifyPassword(stored, 'correct horse')).toBe(true);
    expect(await verifyPassword(stored, 'Correct horse')).toBe(false);
    expect(await verifyPassword(stored, 'correct horse ')).toBe(false);
    expect(await verifyPassword(stored, '')).toBe(false);
  });

  it('accept it from a keyboard that composes accents otherwise', async () => {
    expect(await verifyPassword(await hashPassword('caf\u00e9'), 'cafe\u0301')).toBe(true);
  });

  it('compute a hash of the same cost for an unknown user, and answer false', async () => {
    const stored = await hashPassword('correct horse');
    await verifyPassword(stored, 'wrong');
    await verifyPassword(null, 'wrong');

    const verifiedAgainst = vi.mocked(verify).mock.calls.map(([against]) => String(against).split('$').slice(0, 4));
    expect(verifiedAgainst).toEqual([
      ['', 'argon2id', 'v=19', 'm=19456,t=2,p=1'],
      ['', 'argon2id', 'v=19', 'm=19456,t=2,p=1'],
    ]);
    for (const guess of ['', 'no password', 'wrong']) expect(await verifyPassword(null, guess)).toBe(false);
  });

  it('refuse over 1024 bytes, counted as UTF-8: no such hash is made, and verifying costs the same', async () => {
    const longest = 'é'.repeat(PASSWORD_MAX_BYTES / 2);
    const stored = await hashPassword(longest);
    expect(await verifyPassword(stored, longest)).toBe(true);

    await expect(hashPassword(`${longest}x`)).rejects.toThrow('A password has at most 1024 bytes.');
    vi.mocked(verify).mockClear();
    expect(await verifyPassword(stored, `${longest}x`)).toBe(false);
    expect(verify).toHaveBeenCalledTimes(1);
    expect(String(vi.mocked(verify).mock.calls[0]?.[1]).length).toBeLessThan(PASSWORD_MAX_BYTES);
  });

  it.each([
    ['nothing', ''],
    ['plain text', 'wrong'],
    ['a bcrypt hash', '$2b$12$EixZaYVK1fsbw1ZfbX3OXePaWxn96p36WQoeG6Lruj3vjPGga31lW'],
    ['a hash cut short', '$argon2id$v=19$m=19456,t=2,p=1$YSBkdW1teSBzYWx0IDAwMQ$'],
    ['argon2i', '$argon2i$v=19$m=19456,t=2,p=1$YSBkdW1teSBzYWx0IDAwMQ$bm8gcGFzc3dvcmQgaGFzaGVzIHRvIHRoaXMgdGV4dC4'],
    [
      '4 TiB of memory',
      '$argon2id$v=19$m=4294967295,t=2,p=1$YSBkdW1teSBzYWx0IDAwMQ$bm8gcGFzc3dvcmQgaGFzaGVzIHRvIHRoaXMgdGV4dC4',
    ],
    [
      'endless passes',
      '$argon2id$v=19$m=19456,t=4294967295,p=1$YSBkdW1teSBzYWx0IDAwMQ$bm8gcGFzc3dvcmQgaGFzaGVzIHRvIHRoaXMgdGV4dC4',
    ],
  ])('answer false when what is stored is %s, at the cost of one hash', async (_name, stored) => {
    expect(await verifyPassword(stored, 'wrong')).toBe(false);
    expect(verify).toHaveBeenCalledTimes(1);
    expect(vi.mocked(verify).mock.calls[0]?.[0]).not.toBe(stored);
  });
});

describe('the password queue', () => {
  const pending: (() => void)[] = [];
  let mostAtOnce = 0;

  beforeEach(() => {
    mostAtOnce = 0;
    vi.mocked(verify).mockImplementation(async () => {
      await new Promise<void>((resolve) => {
        mostAtOnce = Math.max(mostAtOnce, pending.push(resolve));
      });
      return true;
    });
  });

  afterEach(() => {
    vi.mocked(verify).mockReset();
  });

  /** Lets every hash that runs finish, and those that then run, until none is left. */
  async function finishAll(): Promise<void> {
    while (pending.length > 0) {
      for (const finish of pending.splice(0)) finish();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  it('computes four at a time, lets 64 wait, refuses the next and recovers', async () => {
    const accepted = Array.from({ length: PASSWORD_CONCURRENCY + PASSWORD_QUEUE_LENGTH }, () =>
      verifyPassword(null, 'x'),
    );
    await expect(verifyPassword(null, 'one too many')).rejects.toThrow(PasswordQueueFullError);
    await expect(hashPassword('one too many')).rejects.toThrow('Too many passwords are being checked at once.');
    expect(pending).toHaveLength(PASSWORD_CONCURRENCY);

    await finishAll();
    await Promise.all(accepted);
    expect(mostAtOnce).toBe(PASSWORD_CONCURRENCY);

    const next = verifyPassword(null, 'again');
    await vi.waitFor(() => expect(pending).toHaveLength(1));
    await finishAll();
    expect(await next).toBe(false);
  });

  it('keeps to four at a time while newcomers arrive as others finish', async () => {
    const accepted = Array.from({ length: 10 }, () => verifyPassword(null, 'x'));
    for (let arrived = 0; arrived < 20; arrived++) {
      await vi.waitFor(() => expect(pending).toHaveLength(PASSWORD_CONCURRENCY));
      pending.shift()?.();
      accepted.push(verifyPassword(null, 'newcomer'));
    }

    await finishAll();
    await Promise.all(accepted);
    expect(mostAtOnce).toBe(PASSWORD_CONCURRENCY);
  });

  it('passes the turn on when a hash fails', async () => {
    vi.mocked(verify).mockRejectedValue(new Error('out of memory'));
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => verifyPassword(null, 'x')));

    expect(
      outcomes.every((outcome) => outcome.status === 'rejected' && outcome.reason.message === 'out of memory'),
    ).toBe(true);
    vi.mocked(verify).mockResolvedValue(true);
    expect(await verifyPassword(null, 'x')).toBe(false);
  });
});

describe('newId', () => {
  it('is a lower-case UUID version 7 of this moment; later ones sort later', () => {
    const before = Date.now();
    const ids = Array.from({ length: 1000 }, newId);

    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(1000);
    const madeAt = Number.parseInt((ids[0] ?? '').replaceAll('-', '').slice(0, 12), 16);
    expect(madeAt).toBeGreaterThanOrEqual(before);
    expect(madeAt).toBeLessThanOrEqual(Date.now());
  });
});

describe('readOrCreateKeyFile', () => {
  let directory = '';
  let path = '';

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'key-file-'));
    path = join(directory, 'encryption-keys');
  });

  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  it('makes a 0600 file with key 1 at the first start, and reads the same ever after', () => {
    const setting = readOrCreateKeyFile(path);

    expect(parseEncryptionKeys(setting).map((key) => key.id)).toEqual([1]);
    expect(readFileSync(path, 'utf8')).toBe(`${setting}\n`);
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
    expect(readOrCreateKeyFile(path)).toBe(setting);
    expect(readdirSync(directory)).toEqual(['encryption-keys']);
  });

  it('makes the directory when it is not there yet', () => {
    const nested = join(directory, 'data', 'state', 'encryption-keys');

    expect(readOrCreateKeyFile(nested)).toBe(readOrCreateKeyFile(nested));
  });

  it('gives an operator’s own keys as they stand', () => {
    const setting = `2:${MATERIAL_2},1:${MATERIAL_1}`;
    writeFileSync(path, `${setting}\n`, { mode: 0o600 });

    expect(readOrCreateKeyFile(path)).toBe(setting);
    expect(readFileSync(path, 'utf8')).toBe(`${setting}\n`);
  });

  it('gives starts at the same moment the same key, whatever their umask', async () => {
    const module = new URL('../../src/crypto/key-file.ts', import.meta.url).href;
    const startAt = Date.now() + 1500;
    const script = `
      const { readOrCreateKeyFile } = await import(${JSON.stringify(module)});
      process.umask(0o777);
      await new Promise((resolve) => setTimeout(resolve, ${startAt} - Date.now()));
      process.stdout.write(readOrCreateKeyFile(${JSON.stringify(path)}));
    `;
    const starts = await Promise.all(
      Array.from({ length: 4 }, () =>
        promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]),
      ),
    );

    expect(new Set(starts.map((start) => start.stdout))).toEqual(new Set([readOrCreateKeyFile(path)]));
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
    expect(readdirSync(directory)).toEqual(['encryption-keys']);
  });

  it.each(['0640', '0604', '0620', '0601'])('refuses a file of mode %s and leaves it alone', (mode) => {
    writeFileSync(path, `1:${MATERIAL_1}\n`);
    chmodSync(path, mode);

    expect(() => readOrCreateKeyFile(path)).toThrow(
      `The key file ${path} is open to other users (mode ${mode}): run chmod 600 on it.`,
    );
    expect((statSync(path).mode & 0o777).toString(8)).toBe(mode.slice(1));
  });

  it.each(['', '\n', `1:${MATERIAL_1.slice(4)}`])('refuses a damaged file and never overwrites it (%j)', (content) => {
    writeFileSync(path, content, { mode: 0o600 });

    expect(() => readOrCreateKeyFile(path)).toThrow(
      `The key file ${path} is damaged; restore it from a backup. ENCRYPTION_KEYS `,
    );
    expect(readFileSync(path, 'utf8')).toBe(content);
  });

  it('fails rather than write through a dangling link', () => {
    symlinkSync(join(directory, 'elsewhere'), path);

    expect(() => readOrCreateKeyFile(path)).toThrow(`The key file ${path} vanished while it was being made.`);
    expect(existsSync(join(directory, 'elsewhere'))).toBe(false);
    expect(readdirSync(directory)).toEqual(['encryption-keys']);
  });

  it('says what the system said when the place can’t be read', () => {
    expect(() => readOrCreateKeyFile(directory)).toThrow('EISDIR');
  });
});
