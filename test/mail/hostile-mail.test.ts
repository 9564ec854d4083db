import { describe, expect, it } from 'vitest';
import { HOSTILE_BODIES, readWholeMail } from '../support/hostile-bodies.ts';
import { processorMilliseconds } from '../support/processor-time.ts';

/** What a mail's arrival does with its text takes a time that grows no faster than the mail; `bench/hostile-mail.ts` shows how long. */

const KIB = 1024;

/** The least of several: what else this process does, such as collecting garbage, lengthens some. */
function leastMilliseconds(work: () => void): number {
  return Math.min(...Array.from({ length: 3 }, () => processorMilliseconds(work)));
}

describe('a body of', () => {
  it.each(Object.entries(HOSTILE_BODIES))('%s', (_shape, bodyOf) => {
    const [quarter, whole] = [bodyOf(256 * KIB), bodyOf(KIB * KIB)];
    const took = leastMilliseconds(() => readWholeMail(quarter));
    // Four times the length takes four times as long; what grows with its square would take sixteen times.
    expect(leastMilliseconds(() => readWholeMail(whole))).toBeLessThan(10 * took + 50);
  });
});
