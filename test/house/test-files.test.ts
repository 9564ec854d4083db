import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/** Tests stand in the folder of the room that they are about, in files that can be read at once. */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const LONGEST_FILE = 500;
/** Not about one room: rules of the whole, and what tests share. */
const OTHER_FOLDERS = ['test/house', 'test/support', 'test/faults', 'test/fuzz', 'test'];

const files = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => join('test', name));

describe('the files of tests', () => {
  it('are found', () => {
    expect(files.length).toBeGreaterThan(150);
  });

  it('stand in folders named like the rooms of src/', () => {
    const folders = new Set(files.map((file) => dirname(file)));
    const strays = [...folders].filter(
      (folder) => !OTHER_FOLDERS.includes(folder) && !existsSync(join(ROOT, folder.replace(/^test/, 'src'))),
    );
    expect(strays).toEqual([]);
  });

  it(`are at most ${LONGEST_FILE} lines long`, () => {
    const lengths = files.map((file) => [readFileSync(join(ROOT, file), 'utf8').split('\n').length - 1, file] as const);
    expect(lengths.filter(([length]) => length > LONGEST_FILE)).toEqual([]);
  });
});
