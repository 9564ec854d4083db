import { describe, expect, it } from 'vitest';
import { listedParties } from '../../src/conversations/listed-parties.ts';
import { BYTES, PARTIES, people } from '../support/parties.ts';

/** Each mail is written down: what lists show of it is small, whatever it contains. */

describe('what lists show of the parties of a mail', () => {
  it.each(PARTIES)('$name: $shown of To and Cc', ({ from, to, cc, shown }) => {
    const listed = listedParties({ from, to, cc }) ?? { from, to, cc };
    expect([listed.to.length, listed.cc.length]).toEqual(shown);
    // The first of each is shown in any case.
    for (const some of [listed.to, listed.cc])
      expect(Buffer.byteLength(JSON.stringify(some))).toBeLessThan(BYTES + 4_000);
    expect(Buffer.byteLength(JSON.stringify(listed))).toBeLessThan(2 * BYTES);
    expect(listed.to.map(({ email }) => email.slice(0, 9))).toEqual(
      to.slice(0, listed.to.length).map(({ email }) => email.slice(0, 9)),
    );
  });

  it('is the same object when nothing is cut, so that nothing is stored for most mails', () => {
    const whole = { from: people(1, 'Ann')[0] ?? null, to: people(20, 'Person'), cc: people(20, 'Other') };
    expect(listedParties(whole)).toBeNull();
    expect(listedParties({ from: null, to: [], cc: [] })).toBeNull();
  });

  it.each([
    ['a name of 200 characters', { name: '\u{1F600}'.repeat(200), email: 'a@b.example' }, null],
    ['a name of 201', { name: '\u{1F600}'.repeat(201), email: 'a@b.example' }, { name: '\u{1F600}'.repeat(200) }],
    ['an address of 320 characters', { name: 'Ann', email: 'a'.repeat(320) }, null],
    ['an address of 321', { name: 'Ann', email: 'a'.repeat(321) }, { name: 'Ann', email: 'a'.repeat(320) }],
  ])('%s', (_, party, cut) => {
    for (const parties of [
      { from: party, to: [], cc: [] },
      { from: null, to: [party], cc: [] },
      { from: null, to: [], cc: [party] },
    ]) {
      const listed = listedParties(parties);
      if (cut === null) expect(listed).toBeNull();
      else expect(listed?.from ?? listed?.to[0] ?? listed?.cc[0]).toMatchObject(cut);
    }
  });
});
