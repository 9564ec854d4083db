import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettingsFile } from '../../src/cli/settings-file.ts';
import { ConfigError } from '../../src/config.ts';

/** Every line of a `.env` file counts, or the start is refused (operations, Settings). */

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comms-env-'));
});
afterAll(() => rm(folder, { recursive: true }));

let files = 0;
async function read(content: string | Buffer): Promise<Record<string, string>> {
  files += 1;
  const path = join(folder, String(files));
  await writeFile(path, content);
  return readSettingsFile(path);
}

const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const BOM = '\uFEFF';
const TEXT = 'DATABASE_URL=postgres://a@b/c\nPORT=1\n';
const SETTINGS = { DATABASE_URL: 'postgres://a@b/c', PORT: '1' };

describe('a .env file is read to its last line', () => {
  it.each<[string, string | Buffer, Record<string, string>]>([
    ['as it is', TEXT, SETTINGS],
    ['with a byte order mark', BOM + TEXT, SETTINGS],
    ['with the line ends of Windows', TEXT.replaceAll('\n', '\r\n'), SETTINGS],
    ['without a last line end', TEXT.trimEnd(), SETTINGS],
    ['with comments and empty lines', `# one\n\n  # two\n${TEXT}`, SETTINGS],
    ['with a comment behind a byte order mark', `${BOM}# one\n${TEXT}`, SETTINGS],
    ['with export', 'export PORT=1\n', { PORT: '1' }],
    ['with blanks around the sign', 'PORT = 1\n', { PORT: '1' }],
    ['with quotes', `A="1 # 2"\nB='3'\n`, { A: '1 # 2', B: '3' }],
    ['with a value of several lines', 'A="one\ntwo\nthree"\nPORT=1\n', { A: 'one\ntwo\nthree', PORT: '1' }],
    ['with a quote that is never closed', 'A="one\nPORT=1\n', { A: '"one', PORT: '1' }],
    ['with letters of any language', 'NAME=Zoë 東京\n', { NAME: 'Zoë 東京' }],
    ['when it is empty', '', {}],
  ])('%s', async (_, content, settings) => {
    expect(await read(content)).toEqual(settings);
  });
});

describe('a .env file that can’t be read whole is refused, by the line', () => {
  it.each<[string, string | Buffer, string]>([
    ['UTF-16 with its mark', utf16(BOM + TEXT), 'The file .env is not UTF-8 in line 1: save it as UTF-8.'],
    ['UTF-16, big end first', utf16(BOM + TEXT).swap16(), 'The file .env is not UTF-8 in line 1: save it as UTF-8.'],
    ['UTF-16 without a mark', utf16(TEXT), 'The file .env is not UTF-8 in line 1: save it as UTF-8.'],
    ['Latin-1', Buffer.from('PORT=1\n# Zo\xeb\n', 'latin1'), 'The file .env is not UTF-8 in line 2: save it as UTF-8.'],
    ['NUL', 'PORT=1\n\nA=\0', 'The file .env is not UTF-8 in line 3: save it as UTF-8.'],
    ['no sign', 'PORT=1\nsecret\n', 'Line 2 of .env is not a setting: it must be NAME=value, or begin with #.'],
    ['a colon for the sign', 'PORT: 1\n', 'Line 1 of .env is not a setting: it must be NAME=value, or begin with #.'],
    ['a digit first', '1PORT=1\n', 'Line 1 of .env is not a setting: it must be NAME=value, or begin with #.'],
    [
      'a second mark',
      `PORT=1\n${BOM}A=1\n`,
      'Line 2 of .env is not a setting: it must be NAME=value, or begin with #.',
    ],
    [
      'after a value of several lines',
      'A="1\n2"\nx\n',
      'Line 3 of .env is not a setting: it must be NAME=value, or begin with #.',
    ],
  ])('%s', async (_, content, message) => {
    await expect(read(content)).rejects.toThrow(new ConfigError(message));
  });
});
