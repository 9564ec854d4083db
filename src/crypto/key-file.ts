import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { generateEncryptionKey, parseEncryptionKeys } from './key-ring.ts';

const FIRST_KEY_ID = 1;
const OWNER_ONLY = 0o600;

/**
 * Reads the key file, and creates it with one new key on the first start. Processes that start at the same moment read
 * the same key. An existing file is never overwritten, because without its keys the data can't be decrypted.
 * @throws as {@link readKeyFile}
 */
export function readOrCreateKeyFile(path: string): string {
  return readKeyFile(path) ?? createKeyFile(path);
}

/**
 * The `ENCRYPTION_KEYS` value of the embedded database, from its 0600 file; undefined when there is no file.
 * @throws Error that names the file, when other users may read it or its content isn't a valid setting
 */
export function readKeyFile(path: string): string | undefined {
  const file = openIfExists(path);
  if (file === undefined) return undefined;
  try {
    refuseUnlessPrivate(path, file);
    const setting = readFileSync(file, 'utf8').trim();
    refuseUnlessValid(path, setting);
    return setting;
  } finally {
    closeSync(file);
  }
}

function openIfExists(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/**
 * The mode isn't corrected silently: another user may have read the file already, and only the operator can judge that.
 */
function refuseUnlessPrivate(path: string, file: number): void {
  const { mode } = fstatSync(file);
  if ((mode & 0o077) !== 0) {
    const shown = (mode & 0o777).toString(8).padStart(4, '0');
    throw new Error(`The key file ${path} is open to other users (mode ${shown}): run chmod 600 on it.`);
  }
}

function refuseUnlessValid(path: string, setting: string): void {
  try {
    parseEncryptionKeys(setting);
  } catch (error) {
    const fault = error instanceof Error ? error.message : '';
    throw new Error(`The key file ${path} is damaged; restore it from a backup. ${fault}`);
  }
}

/**
 * Writes and syncs the file under another name, then links it. The link fails when the name is taken, where a rename
 * would overwrite, and no process ever reads half a file.
 */
function createKeyFile(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    writePrivately(temporary, `${generateEncryptionKey(FIRST_KEY_ID)}\n`);
    linkUnlessTaken(temporary, path);
  } finally {
    unlinkSync(temporary);
  }
  syncDirectory(dirname(path));
  const setting = readKeyFile(path);
  if (setting === undefined) throw new Error(`The key file ${path} vanished while it was being made.`);
  return setting;
}

function writePrivately(path: string, text: string): void {
  const file = openSync(path, 'wx', OWNER_ONLY);
  try {
    fchmodSync(file, OWNER_ONLY); // The umask may have taken the owner's bits too.
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function linkUnlessTaken(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  }
}

/**
 * Replaces the setting in an existing key file atomically, with mode 0600. The caller makes sure that no two processes
 * do so at once.
 * @throws as {@link readKeyFile}
 */
export function replaceKeyFile(path: string, setting: string): void {
  if (readKeyFile(path) === undefined) throw new Error(`There is no key file ${path}.`);
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    writePrivately(temporary, `${setting}\n`);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncDirectory(dirname(path));
}

/** Without this, a power cut could lose the name of a file whose key has already encrypted something. */
function syncDirectory(path: string): void {
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
