import { describe, expect, it } from 'vitest';
import { cutText, foldText, lowerCase, normalizeText, withBoundedMarks } from '../../src/domain/normalize-text.ts';
import { processorMilliseconds } from '../support/processor-time.ts';

const ACUTE = '\u0301';

describe('normalizeText', () => {
  it.each([
    ['NFC', `e${ACUTE}`, 'é'],
    ['NFD', 'é', `e${ACUTE}`],
    ['NFKC', 'Ｉｎｖ①', 'Inv1'],
    ['NFKD', 'ﬁ', 'fi'],
  ] as const)('brings text to %s', (form, text, expected) => {
    expect(normalizeText(text, form, 100)).toBe(expected);
  });

  it.each([
    ['ASCII', 'a'.repeat(50)],
    ['letters', 'é'.repeat(50)],
    ['characters that become eighteen', '\uFDFA'.repeat(50)],
    ['surrogate pairs', '😀'.repeat(50)],
  ])('returns at most as many units as it may: %s', (_, text) => {
    const normal = normalizeText(text, 'NFKC', 25);

    expect(normal.length).toBeLessThanOrEqual(25);
    expect(normal.isWellFormed()).toBe(true);
  });

  it('keeps the marks that scripts write and cuts those that none does', () => {
    const written = `a${ACUTE.repeat(30)}`;

    expect(withBoundedMarks(written)).toBe(written);
    expect(withBoundedMarks(`a${ACUTE.repeat(31)}b${ACUTE.repeat(1000)}c`)).toBe(`${written}b${ACUTE.repeat(30)}c`);
    expect(withBoundedMarks(`ﾊ${'ﾞ'.repeat(31)}`)).toBe(`ﾊ${'ﾞ'.repeat(30)}`);
  });

  const MIB = 1024 * 1024;
  it.each([
    ['combining marks', `a${'\u0301\u0316'.repeat(MIB / 2)}`],
    ['marks of falling classes', `a${'\u0345\u0315\u0301\u0327\u0316'.repeat(MIB / 5)}`],
    ['half-width voiced marks', `ﾊ${'ﾞﾟ'.repeat(MIB / 2)}`],
    ['runs of thirty', `a${ACUTE.repeat(30)}`.repeat(MIB / 31)],
    ['marks outside the first plane', '\u{1D165}\u{1D16D}'.repeat(MIB / 4)],
    ['a mark that becomes two', '\u0344'.repeat(MIB)],
    ['characters that become eighteen', '\uFDFA'.repeat(MIB)],
    ['capital sigmas among ignorable characters', "Σ'".repeat(MIB / 2)],
    ['one capital sigma before ignorable characters', `Σ${"'".repeat(MIB)}`],
    ['dotted capital I', 'İ'.repeat(MIB)],
    ['lone surrogates', '\uD800'.repeat(MIB)],
  ])('1 MiB of %s takes less than two seconds in every form', (_, text) => {
    const took = processorMilliseconds(() => {
      for (const form of ['NFC', 'NFKC', 'NFKD'] as const) normalizeText(text, form, 100_000);
      foldText(text, 100_000);
      lowerCase(text, 100_000);
    });

    expect(took).toBeLessThan(2_000);
  });
});

describe('foldText', () => {
  it.each([
    ['Überfällige Rechnung', 'uberfallige rechnung'],
    ['Straße', 'strasse'],
    ['Łódź', 'lodz'],
    ['Çalışma Dışı: İstanbul', 'calisma disi: istanbul'],
    ['ΑΥΤΌΜΑΤΗ ΑΠΆΝΤΗΣΗ', 'αυτοματη απαντηση'],
    ['ＡＵＴＯ', 'auto'],
  ])('folds %s', (text, folded) => {
    expect(foldText(text, 100)).toBe(folded);
  });
});

it('cutText tears no surrogate pair', () => {
  expect(cutText('ab😀', 3)).toBe('ab');
  expect(cutText('ab😀', 4)).toBe('ab😀');
});
