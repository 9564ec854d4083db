import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  CIPHERTEXT_OVERHEAD_BYTES,
  DecryptionError,
  decryptField,
  encryptField,
  type FieldRef,
} from '../../src/crypto/field-encryption.ts';
import { fingerprint } from '../../src/crypto/fingerprint.ts';
import { KeyRing, parseEncryptionKeys, UnknownKeyError } from '../../src/crypto/key-ring.ts';
import { lengthPrefixed } from '../../src/crypto/length-prefixed.ts';

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
