import { createWriteStream } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** An import file, which is read twice: first to check everything, then to write the messages. */
export type ImportFile = {
  bytes: number;
  /** Reads the file from its start. */
  pieces(): AsyncGenerator<Piece>;
  /** @throws Error when the file was changed since it was opened */
  checkUnchanged(): Promise<void>;
  close(): Promise<void>;
};

/** Several consecutive complete lines, not parsed yet, in memory of their own. */
export type Piece = {
  /** The number of the first line, from 1. */
  firstLine: number;
  lineCount: number;
  bytes: Uint8Array<ArrayBuffer>;
  /** Numbers of the lines directly before these that were skipped because they are too long. */
  tooLong: number[];
  /** The offset in the file up to which it was read. */
  bytesRead: number;
};

/** One piece is one batch for PostgreSQL. */
const PIECE_BYTES = 2 << 20;
const LINE_MEBIBYTES = 32;
export const LINE_BYTES = LINE_MEBIBYTES << 20;
export const TOO_LONG = `is longer than ${LINE_MEBIBYTES} MiB`;
const NEWLINE = 0x0a;

export async function openFile(path: string): Promise<ImportFile> {
  const file = await open(path, 'r');
  const { size, isFile } = await statOf(file);
  if (isFile) return importFileOf(file, size);
  await file.close();
  const { createReadStream } = await import('node:fs');
  return spool(createReadStream(path));
}

/**
 * Copies a stream that can be read only once (standard input, a pipe) to a private temporary file, and unlinks the
 * file.
 */
export async function spool(input: Readable): Promise<ImportFile> {
  const folder = await mkdtemp(join(tmpdir(), 'comms-import-'));
  try {
    const path = join(folder, 'lines.ndjson');
    await pipeline(input, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    const file = await open(path, 'r');
    const { size } = await statOf(file);
    return importFileOf(file, size);
  } finally {
    // The open file stays readable; nothing is left behind even when this process is killed.
    await rm(folder, { recursive: true, force: true });
  }
}

async function statOf(file: FileHandle) {
  const stats = await file.stat();
  return { size: stats.size, changedAt: stats.mtimeMs, isFile: stats.isFile() };
}

function importFileOf(file: FileHandle, bytes: number): ImportFile {
  const opened = statOf(file);
  return {
    bytes,
    pieces: () => readPieces(file),
    checkUnchanged: async () => {
      const [before, after] = [await opened, await statOf(file)];
      if (before.size !== after.size || before.changedAt !== after.changedAt) {
        throw new Error('The file was changed while it was being imported.');
      }
    },
    close: () => file.close(),
  };
}

async function* readPieces(file: FileHandle): AsyncGenerator<Piece> {
  let firstLine = 1;
  let isSkipping = false;
  let tooLong: number[] = [];
  /** The beginning of a line whose end isn't read yet. */
  let held = new Uint8Array(0);
  for (let position = 0; ; ) {
    const buffer = Buffer.allocUnsafeSlow(held.length + PIECE_BYTES);
    buffer.set(held);
    const { bytesRead } = await file.read(buffer, held.length, PIECE_BYTES, position);
    position += bytesRead;
    const read = buffer.subarray(0, held.length + bytesRead);
    let start = 0;
    if (isSkipping) {
      const end = read.indexOf(NEWLINE);
      isSkipping = end === -1 && bytesRead > 0;
      start = end === -1 ? read.length : end + 1;
      if (!isSkipping) firstLine += 1;
    }
    const end = bytesRead === 0 ? read.length : Math.max(start, read.lastIndexOf(NEWLINE) + 1);
    const bytes = read.subarray(start, end);
    const lineCount = countLines(bytes);
    // A copy, since the memory of the piece is handed over to its consumer.
    held = new Uint8Array(read.subarray(end));
    yield { firstLine, lineCount, bytes, tooLong, bytesRead: position };
    if (bytesRead === 0) return;
    firstLine += lineCount;
    tooLong = [];
    if (held.length > LINE_BYTES) {
      tooLong.push(firstLine);
      isSkipping = true;
      held = new Uint8Array(0);
    }
  }
}

/** Counts lines; the last one may lack its newline. */
function countLines(bytes: Buffer): number {
  let count = 0;
  for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, end + 1)) count += 1;
  return bytes.length > 0 && bytes.at(-1) !== NEWLINE ? count + 1 : count;
}
