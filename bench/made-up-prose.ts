/** Texts of made-up words for benchmarks, the same one for the same seed. */

/** UTF-16 units. */
type Prose = (seed: number, size: number) => string;

/**
 * The frequency of words in prose follows Zipf's law: the n-th commonest occurs n^-1.15 times as often as the commonest.
 * With 20,000 words, a text of 20 KB has about 1,100 different ones, and 1.4 KB have 140. English has fewer: 28 sections
 * of 20 KB of Perl's manual have 746 to 870 (median 802), and the GNU General Public License has 725. The figures were
 * counted with the runs of letters and digits of each section.
 */
export const prose: Prose = (seed, size) => text(seed, size, (random) => spell(zipfRank(random)));

const VOCABULARY = 20_000;
const EXPONENT = 1.15;

/** The inverse of the distribution function. @param random from 0, below 1 @returns from 0, below `VOCABULARY` */
function zipfRank(random: number): number {
  const range = VOCABULARY ** (1 - EXPONENT) - 1;
  return Math.floor((1 + random * range) ** (1 / (1 - EXPONENT))) - 1;
}

/**
 * The prose of which the results before 2026-12 were made: a quarter of the words are of the commonest fifty, the others
 * of 20,000, each as often as another. A text of 20 KB has about 2,000 different words, half of them digits, which no
 * mail of a person has: the most that search words cost.
 */
export const rareWords: Prose = (seed, size) =>
  text(seed, size, (random) => {
    const state = random * 2 ** 32;
    const word = (state >>> 8) % (state >>> 30 === 0 ? 50 : VOCABULARY);
    return `w${(word * 7_919).toString(36)}`;
  });

/** Sentences of twelve words. */
function text(seed: number, size: number, nextWord: (random: number) => string): string {
  let state = Math.imul(seed, 2_654_435_761) >>> 0;
  let written = '';
  for (let nth = 1; written.length < size; nth += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const word = nextWord(state / 2 ** 32);
    written += nth % 12 === 1 ? word.charAt(0).toUpperCase() + word.slice(1) : word;
    written += nth % 12 === 0 ? '. ' : ' ';
  }
  return written;
}

const CONSONANTS = 'dklmst';
const VOWELS = 'aeiou';
const LAST_LETTERS = 'bcfghnprvwxyz';
const SYLLABLES = CONSONANTS.length * VOWELS.length;

/** Common words are short: three letters, then five, then seven. */
function spell(rank: number): string {
  let word = '';
  let rest = rank;
  do {
    word +=
      CONSONANTS.charAt(rest % CONSONANTS.length) + VOWELS.charAt(Math.floor(rest / CONSONANTS.length) % VOWELS.length);
    rest = Math.floor(rest / SYLLABLES);
  } while (rest > 0);
  return word + LAST_LETTERS.charAt(rank % LAST_LETTERS.length);
}
