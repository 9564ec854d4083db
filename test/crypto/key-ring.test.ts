import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { decryptField, encryptField, type FieldRef } from '../../src/crypto/field-encryption.ts';
import { generateEncryptionKey, KeyRing, parseEncryptionKeys, UnknownKeyError } from '../../src/crypto/key-ring.ts';

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

function ringOf(setting: string, primaryId = 1): KeyRing {
  return new KeyRing(parseEncryptionKeys(setting), primaryId);
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

    // Behind the version, the key's id.
    expect([before.readUInt32BE(1), after.readUInt32BE(1)]).toEqual([1, 2]);
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
