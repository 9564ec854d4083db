import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

/** Text of other people is normalised and lower-cased in one place, which bounds it first: `domain/normalize-text.ts`. */

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));
const BARE_METHOD = /\.(?:normalize|toLowerCase|toUpperCase|toLocaleLowerCase|toLocaleUpperCase)\(/;

/** Files that may use the bare methods, each with what bounds the text. */
const BOUNDED_OTHERWISE: Readonly<Record<string, string>> = {
  'domain/normalize-text.ts': 'the one place',
  'crypto/field-encryption.ts': 'ids that the schema checked; the room imports nothing',
  'crypto/password.ts': 'at most 1024 bytes; the room imports nothing',
};

it('no file normalises or lower-cases text without a bound', async () => {
  const files = (await readdir(SRC, { recursive: true })).filter(
    (path) => path.endsWith('.ts') && !path.startsWith('client/') && !(path in BOUNDED_OTHERWISE),
  );
  const found = files.flatMap((path) =>
    readFileSync(join(SRC, path), 'utf8')
      .split('\n')
      .flatMap((line, at) => (BARE_METHOD.test(line) ? [`${path}:${at + 1} ${line.trim()}`] : [])),
  );

  expect(found).toEqual([]);
});
