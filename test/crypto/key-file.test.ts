import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readOrCreateKeyFile } from '../../src/crypto/key-file.ts';
import { parseEncryptionKeys } from '../../src/crypto/key-ring.ts';

// The real functions, counted: that an unknown user costs a hash is shown by counting, since times flake.
vi.mock('@node-rs/argon2', async (importOriginal) => {
  const argon2 = await importOriginal<typeof import('@node-rs/argon2')>();
  return { ...argon2, hash: vi.fn(argon2.hash), verify: vi.fn(argon2.verify) };
});

const MATERIAL_1 = Buffer.alloc(32, 1).toString('base64');
const MATERIAL_2 = Buffer.alloc(32, 2).toString('base64');

describe('readOrCreateKeyFile', () => {
  let directory = '';
  let path = '';

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'key-file-'));
    path = join(directory, 'encryption-keys');
  });

  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  it('makes a 0600 file with key 1 at the first start, and reads the same ever after', () => {
    const setting = readOrCreateKeyFile(path);

    expect(parseEncryptionKeys(setting).map((key) => key.id)).toEqual([1]);
    expect(readFileSync(path, 'utf8')).toBe(`${setting}\n`);
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
    expect(readOrCreateKeyFile(path)).toBe(setting);
    expect(readdirSync(directory)).toEqual(['encryption-keys']);
  });

  it('makes the directory when it is not there yet', () => {
    const nested = join(directory, 'data', 'state', 'encryption-keys');

    expect(readOrCreateKeyFile(nested)).toBe(readOrCreateKeyFile(nested));
  });

  it('gives an operator’s own keys as they stand', () => {
    const setting = `2:${MATERIAL_2},1:${MATERIAL_1}`;
    writeFileSync(path, `${setting}\n`, { mode: 0o600 });

    expect(readOrCreateKeyFile(path)).toBe(setting);
    expect(readFileSync(path, 'utf8')).toBe(`${setting}\n`);
  });

  it('gives starts at the same moment the same key, whatever their umask', async () => {
    const module = new URL('../../src/crypto/key-file.ts', import.meta.url).href;
    const startAt = Date.now() + 1500;
    const script = `
      const { readOrCreateKeyFile } = await import(${JSON.stringify(module)});
      process.umask(0o777);
      await new Promise((resolve) => setTimeout(resolve, ${startAt} - Date.now()));
      process.stdout.write(readOrCreateKeyFile(${JSON.stringify(path)}));
    `;
    const starts = await Promise.all(
      Array.from({ length: 4 }, () =>
        promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]),
      ),
    );

    expect(new Set(starts.map((start) => start.stdout))).toEqual(new Set([readOrCreateKeyFile(path)]));
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
    expect(readdirSync(directory)).toEqual(['encryption-keys']);
  });

  it.each(['0640', '0604', '0620', '0601'])('refuses a file of mode %s and leaves it alone', (mode) => {
    writeFileSync(path, `1:${MATERIAL_1}\n`);
    chmodSync(path, mode);

    expect(() => readOrCreateKeyFile(path)).toThrow(
      `The key file ${path} is open to other users (mode ${mode}): run chmod 600 on it.`,
    );
    expect((statSync(path).mode & 0o777).toString(8)).toBe(mode.slice(1));
  });

  it.each(['', '\n', `1:${MATERIAL_1.slice(4)}`])('refuses a damaged file and never overwrites it (%j)', (content) => {
    writeFileSync(path, content, { mode: 0o600 });

    expect(() => readOrCreateKeyFile(path)).toThrow(
      `The key file ${path} is damaged; restore it from a backup. ENCRYPTION_KEYS `,
    );
    expect(readFileSync(path, 'utf8')).toBe(content);
  });

  it('fails rather than write through a dangling link', () => {
    symlinkSync(join(directory, 'elsewhere'), path);

    expect(() => readOrCreateKeyFile(path)).toThrow(`The key file ${path} vanished while it was being made.`);
    expect(existsSync(join(directory, 'elsewhere'))).toBe(false);
    expect(readdirSync(directory)).toEqual(['encryption-keys']);
  });

  it('says what the system said when the place can’t be read', () => {
    expect(() => readOrCreateKeyFile(directory)).toThrow('EISDIR');
  });
});
