import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { base62FromBytes, createToken, hashToken, looksLikeToken, TOKEN_LENGTH } from '../../src/crypto/token.ts';

// The real functions, counted: that an unknown user costs a hash is shown by counting, since times flake.
vi.mock('@node-rs/argon2', async (importOriginal) => {
  const argon2 = await importOriginal<typeof import('@node-rs/argon2')>();
  return { ...argon2, hash: vi.fn(argon2.hash), verify: vi.fn(argon2.verify) };
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
