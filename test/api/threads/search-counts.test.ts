import { describe, expect, it, vi } from 'vitest';
import { countOnce } from '../../../src/api/threads/list/search-counts.ts';

/** Equal questions about the same version of a company's lists are counted once. */

describe('countOnce', () => {
  it('counts once for all who ask at once, and for who asks later', async () => {
    const count = vi.fn(async () => 1_234);
    expect(await Promise.all([1, 2, 3].map(() => countOnce('a question', '7', count)))).toEqual([1_234, 1_234, 1_234]);
    expect(await countOnce('a question', '7', count)).toBe(1_234);
    expect(count).toHaveBeenCalledTimes(1);
  });

  it('counts again for another question, and for another version of the lists', async () => {
    const count = vi.fn(async () => null);
    for (const [question, version] of [
      ['one', '7'],
      ['two', '7'],
      ['one', '8'],
    ] as const)
      await countOnce(question, version, count);
    expect(count).toHaveBeenCalledTimes(3);
  });

  it('counts again after a failure, of which all who waited hear', async () => {
    const failing = vi.fn(async () => {
      throw new Error('gone');
    });
    const asked = [1, 2].map(() => countOnce('a failing question', '7', failing));
    expect((await Promise.allSettled(asked)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(failing).toHaveBeenCalledTimes(1);
    expect(await countOnce('a failing question', '7', async () => 5)).toBe(5);
  });
});
