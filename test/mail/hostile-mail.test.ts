import { describe, expect, it } from 'vitest';
import { HOSTILE_BODIES, readWholeMail } from '../support/hostile-bodies.ts';

/** What a mail's arrival does with its text takes a time that grows no faster than the mail; `bench/hostile-mail.ts` shows how long. */

const KIB = 1024;

/** The processor's time, which other processes don't lengthen; the least of several. */
function leastMilliseconds(work: () => void): number {
  const times = Array.from({ length: 3 }, () => {
    const started = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}

describe('a body of', () => {
  it.each(Object.entries(HOSTILE_BODIES))('%s', (_shape, bodyOf) => {
    const [quarter, whole] = [bodyOf(256 * KIB), bodyOf(KIB * KIB)];
    const took = leastMilliseconds(() => readWholeMail(quarter));
    // Four times the length takes four times as long; what grows with its square would take sixteen times.
    expect(leastMilliseconds(() => readWholeMail(whole))).toBeLessThan(10 * took + 50);
  });
});
