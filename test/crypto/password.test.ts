import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  hashPassword,
  PASSWORD_CONCURRENCY,
  PASSWORD_MAX_BYTES,
  PASSWORD_QUEUE_LENGTH,
  PasswordQueueFullError,
  verifyPassword,
} from '../../src/crypto/password.ts';

// The real functions, counted: that an unknown user costs a hash is shown by counting, since times flake.
vi.mock('@node-rs/argon2', async (importOriginal) => {
  const argon2 = await importOriginal<typeof import('@node-rs/argon2')>();
  return { ...argon2, hash: vi.fn(argon2.hash), verify: vi.fn(argon2.verify) };
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
    expect(await verifyPassword(await hashPassword('caf\u00e9 au lait'), 'cafe\u0301 au lait')).toBe(true);
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
    do {
      for (const finish of pending.splice(0)) finish();
      await new Promise((resolve) => setImmediate(resolve));
    } while (pending.length > 0);
  }

  it('computes as many at a time as half of the processors, at most four, lets 64 wait, refuses the next and recovers', async () => {
    const accepted = Array.from({ length: PASSWORD_CONCURRENCY + PASSWORD_QUEUE_LENGTH }, () =>
      verifyPassword(null, 'x'),
    );
    await expect(verifyPassword(null, 'one too many')).rejects.toThrow(PasswordQueueFullError);
    await expect(hashPassword('one too many')).rejects.toThrow('Too many passwords are being checked at once.');
    expect(PASSWORD_CONCURRENCY).toBe(Math.min(4, Math.max(1, Math.floor(availableParallelism() / 2))));
    expect(pending).toHaveLength(PASSWORD_CONCURRENCY);

    await finishAll();
    await Promise.all(accepted);
    expect(mostAtOnce).toBe(PASSWORD_CONCURRENCY);

    const next = verifyPassword(null, 'again');
    await expect.poll(() => pending).toHaveLength(1);
    await finishAll();
    expect(await next).toBe(false);
  });

  it('keeps to that many at a time while newcomers arrive as others finish', async () => {
    const accepted = Array.from({ length: 10 }, () => verifyPassword(null, 'x'));
    for (let arrived = 0; arrived < 20; arrived++) {
      await expect.poll(() => pending).toHaveLength(PASSWORD_CONCURRENCY);
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
