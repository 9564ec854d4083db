import { afterAll, beforeAll, expect, it } from 'vitest';
import { messageWords, type Words } from '../../src/conversations/search-words.ts';
import { vectorBytes, vectorText } from '../../src/conversations/words-format.ts';
import { startTestApp, type TestApp } from '../support/app.ts';

/** PostgreSQL reads the same words from both formats. */

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const NOBODY = { from: null, to: [], cc: [] };

it.each([
  ['no words', '', ''],
  ['the fields of a message', 'Re: Invoice INV-1001', 'We will pay invoice 1001.\nThank you'],
  ['letters of one to four bytes', 'Größe Ελλάδα', 'ไทย 東京 Ｆｕｌｌ 𝔘𝔫𝔦 \u{20000}\u{20001} d’Éclair'],
  ['more positions of a word than are kept', 'word', 'word '.repeat(300)],
  ['more words than positions', '', Array.from({ length: 9_000 }, (_, nth) => `w${nth % 1_900}`).join(' ')],
  ['the longest words', 'x'.repeat(70), 'ü'.repeat(64)],
])('%s', async (_, subject, ownText) => {
  const words = messageWords('0190a000-0000-7000-8000-000000000001', { ...NOBODY, subject, ownText });
  expect(await storedAs(vectorBytes(words))).toEqual(await storedAs(vectorText(words)));
  expect(await countWords(words)).toBe(words.positions.size);
});

async function storedAs(value: Buffer | string): Promise<unknown> {
  const text = `SELECT v::text AS words, pg_column_size(v) AS bytes FROM (SELECT $1::tsvector) AS s(v)`;
  return t.db.query({ text, values: [value] });
}

async function countWords(words: Words): Promise<number | undefined> {
  const text = 'SELECT length($1::tsvector) AS words';
  return (await t.db.query<{ words: number }>({ text, values: [vectorBytes(words)] }))[0]?.words;
}
