import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';

/** `list_words` makes the words of short ASCII names in another way than those of all others: the words are the same. */

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

async function wordsOf(sources: string[]): Promise<{ source: string; words: string[]; general: string[] }[]> {
  const text = `
    SELECT s.source,
           tsvector_to_array(array_to_tsvector(list_words(s.source))) AS words,
           tsvector_to_array(array_to_tsvector(list_words_of_any_name(s.source))) AS general
    FROM unnest($1::text[]) AS s(source)`;
  return t.db.query({ text, values: [sources] });
}

it('short ASCII names have the same words as in the general way', async () => {
  const ascii = Array.from({ length: 127 }, (_, nth) => String.fromCharCode(nth + 1));
  const random = (nth: number) =>
    Array.from({ length: nth % 70 }, (_, at) => ascii[(nth * 7919 + at * at * 104_729) % 127]).join('');
  const sources = [
    '',
    ' ',
    ...ascii.flatMap((character) => [character, `aB${character}Cd`, `${character}x`, `x${character}`]),
    ...Array.from({ length: 3_000 }, (_, nth) => random(nth)),
    ...[63, 64, 65, 66, 130].flatMap((length) => ['x'.repeat(length), `${'x'.repeat(length)} y`]),
  ];

  const found = await wordsOf(sources);

  expect(found.filter(({ words, general }) => words.join(' ') !== general.join(' '))).toEqual([]);
  expect(found.filter(({ words }) => words.length > 1).length).toBeGreaterThan(2_000);
});

it('words are in lower case and cut to 64 characters; other letters lose their accents', async () => {
  const found = await wordsOf(['ACME Corp., Inc. D-10', 'x'.repeat(70), 'Müller & Söhne']);

  expect(found.map(({ words }) => words)).toEqual([
    ['10', 'acme', 'corp', 'd', 'inc'],
    ['x'.repeat(64)],
    ['muller', 'sohne'],
  ]);
});

it('is part of the expression of a generated column instead of a call', async () => {
  const [plan] = await t.db.query<{ 'QUERY PLAN': string }[]>({
    text: `EXPLAIN (VERBOSE, FORMAT JSON) SELECT list_words(name || ' ' || COALESCE(external_id, '')) FROM customers`,
  });

  expect(JSON.stringify(plan)).toContain('string_to_array(');
});
