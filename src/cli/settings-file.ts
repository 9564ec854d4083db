import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { ConfigError } from '../config.ts';

/** The settings of a `.env` file. Node's own reader drops what it doesn't understand, a whole file in UTF-16 too. */

const FILE = '.env';
const UTF8 = new TextDecoder('utf-8', { fatal: true });
const NEWLINE = 0x0a;

const SETTING = /^[ \t]*(?:export[ \t]+)?[A-Za-z_][A-Za-z0-9_.-]*[ \t]*=[ \t]*(["'`]?)/;
const NO_SETTING = /^[ \t]*(?:#.*)?$/;

/** Empty when there is no file. @throws ConfigError naming the line, never what stands in it */
export function readSettingsFile(path = FILE): Record<string, string> {
  if (!existsSync(path)) return {};
  return parseEnv(withoutComments(linesOf(readBytes(path))).join('\n')) as Record<string, string>;
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    // Node's own reasons mislead: a file of somebody else "does not exist".
    throw new ConfigError("The file .env can't be read: it must be a file, and this user must be allowed to.");
  }
}

/** Without a byte order mark. Text in UTF-16 is no UTF-8 or holds NUL. */
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
    // The decoder leaves a byte order mark out wherever a text begins; only the file's is none of its text.
    const text = number === 1 ? UTF8.decode(line) : UTF8.decode(Buffer.concat([Buffer.from('\n'), line])).slice(1);
    if (!text.includes('\0')) return text.replace(/\r$/, '');
  } catch {
    // Told below.
  }
  throw new ConfigError(`The file .env is not UTF-8 in line ${number}: save it as UTF-8.`);
}

/** Node takes a comment that is indented for a part of the next name. A value between quotes may have several lines. */
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
      throw new ConfigError(`Line ${nth + 1} of .env is no setting: it must be NAME=value, or begin with #.`);
    const [before, quote] = setting;
    if (quote && !line.slice(before.length).includes(quote)) {
      const end = lines.findIndex((later, at) => at > nth && later.includes(quote));
      if (end !== -1) nth = end;
    }
  }
  return kept;
}
