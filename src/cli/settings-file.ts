import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { ConfigError } from '../config.ts';

/**
 * Reads and checks a `.env` file. Node's parser silently drops lines that it can't parse, even a whole file in UTF-16.
 */

const FILE = '.env';
const UTF8 = new TextDecoder('utf-8', { fatal: true });
const NEWLINE = 0x0a;

const SETTING = /^[ \t]*(?:export[ \t]+)?[A-Za-z_][A-Za-z0-9_.-]*[ \t]*=[ \t]*(["'`]?)/;
const NO_SETTING = /^[ \t]*(?:#.*)?$/;

/**
 * @returns an empty object when there is no file.
 * @throws ConfigError with the line's number, never with its content
 */
export function readSettingsFile(path = FILE): Record<string, string> {
  if (!existsSync(path)) return {};
  return parseEnv(withoutComments(linesOf(readBytes(path))).join('\n')) as Record<string, string>;
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    // Node's own error is misleading: for a file without read permission it says that the file doesn't exist.
    throw new ConfigError("The file .env can't be read: it must be a regular file that this user may read.");
  }
}

/** Decodes each line, so that an error has the number of its line. */
function linesOf(bytes: Buffer): string[] {
  const lines: string[] = [];
  for (let start = 0; start <= bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline === -1 ? bytes.length : newline;
    lines.push(decode(bytes.subarray(start, end), lines.length + 1));
    start = end + 1;
  }
  return lines;
}

function decode(line: Buffer, number: number): string {
  try {
    // The decoder drops a byte order mark at the beginning of its input; only the one of the first line may be dropped.
    const text = number === 1 ? UTF8.decode(line) : UTF8.decode(Buffer.concat([Buffer.from('\n'), line])).slice(1);
    // UTF-16 that happens to be valid UTF-8 contains NUL.
    if (!text.includes('\0')) return text.replace(/\r$/, '');
  } catch {
    // The error is thrown below.
  }
  throw new ConfigError(`The file .env is not UTF-8 in line ${number}: save it as UTF-8.`);
}

/**
 * Removes comments, because Node parses an indented comment as a part of the next name. Quoted values may span lines.
 */
function withoutComments(lines: readonly string[]): string[] {
  const kept = [...lines];
  for (let nth = 0; nth < lines.length; nth += 1) {
    const line = lines[nth] ?? '';
    if (NO_SETTING.test(line)) {
      kept[nth] = '';
      continue;
    }
    const setting = SETTING.exec(line);
    if (!setting)
      throw new ConfigError(`Line ${nth + 1} of .env is not a setting: it must be NAME=value, or begin with #.`);
    const [before, quote] = setting;
    if (quote && !line.slice(before.length).includes(quote)) {
      const end = lines.findIndex((later, at) => at > nth && later.includes(quote));
      if (end !== -1) nth = end;
    }
  }
  return kept;
}
