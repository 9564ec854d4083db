import { isUtf8 } from 'node:buffer';
import { createWriteStream } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A file that is read twice, line by line: first to check everything, then to write the messages. */
export type Source = {
  bytes: number;
  /** From the start. Lines that hold nothing are left out but counted. */
  lines(): AsyncGenerator<SourceLines>;
  /** @throws Error when the file was changed since it was opened */
  checkUnchanged(): Promise<void>;
  close(): Promise<void>;
};

/** Lines in order, as many as one read brought, and how far into the file they reach. */
export type SourceLines = { lines: SourceLine[]; bytesRead: number };

/** `fault` stands in for a text that can't be had. Numbers begin at 1. */
export type SourceLine =
  | { number: number; text: string; fault?: never }
  | { number: number; text?: never; fault: string };

const CHUNK_BYTES = 1 << 20;
const LINE_MEBIBYTES = 32;
const LINE_BYTES = LINE_MEBIBYTES << 20;
const TOO_LONG = `is longer than ${LINE_MEBIBYTES} MiB`;
const NEWLINE = 0x0a;
const BOM = '\uFEFF';

export async function openFile(path: string): Promise<Source> {
  const file = await open(path, 'r');
  const { size, isFile } = await statOf(file);
  if (isFile) return sourceOf(file, size);
  await file.close();
  const { createReadStream } = await import('node:fs');
  return spool(createReadStream(path));
}

/** What comes only once (standard input, a pipe) is kept in a private file that has no name any more once it is read. */
export async function spool(input: Readable): Promise<Source> {
  const folder = await mkdtemp(join(tmpdir(), 'comms-import-'));
  try {
    const path = join(folder, 'lines.ndjson');
    await pipeline(input, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    const file = await open(path, 'r');
    const { size } = await statOf(file);
    const source = sourceOf(file, size);
    if (process.platform !== 'win32') return source;
    const close = async () => {
      await source.close();
      await rm(folder, { recursive: true, force: true });
    };
    return { ...source, close };
  } finally {
    // An open file can't be removed there; the others leave nothing behind even when they are killed.
    if (process.platform !== 'win32') await rm(folder, { recursive: true, force: true });
  }
}

async function statOf(file: FileHandle) {
  const stats = await file.stat();
  return { size: stats.size, changedAt: stats.mtimeMs, isFile: stats.isFile() };
}

function sourceOf(file: FileHandle, bytes: number): Source {
  const opened = statOf(file);
  return {
    bytes,
    lines: () => readLines(file),
    checkUnchanged: async () => {
      const [before, after] = [await opened, await statOf(file)];
      if (before.size !== after.size || before.changedAt !== after.changedAt) {
        throw new Error('The file was changed while it was being imported.');
      }
    },
    close: () => file.close(),
  };
}

async function* readLines(file: FileHandle): AsyncGenerator<SourceLines> {
  let number = 0;
  let isSkipping = false;
  /** What was read of a line whose end is still to come stands at its beginning. */
  let buffer = Buffer.allocUnsafe(2 * CHUNK_BYTES);
  let held = 0;
  for (let position = 0; ; ) {
    if (buffer.length - held < CHUNK_BYTES) buffer = Buffer.concat([buffer.subarray(0, held)], 2 * buffer.length);
    const { bytesRead } = await file.read(buffer, held, CHUNK_BYTES, position);
    position += bytesRead;
    const bytes = buffer.subarray(0, held + bytesRead);
    const lines: SourceLine[] = [];
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE, held); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
      number += 1;
      if (isSkipping) isSkipping = false;
      else addLine(lines, number, bytes.subarray(start, end));
      start = end + 1;
    }
    held = bytes.length - start;
    if (bytesRead === 0 && held > 0 && !isSkipping) addLine(lines, number + 1, bytes.subarray(start));
    if (held > LINE_BYTES) {
      if (!isSkipping) lines.push({ number: number + 1, fault: TOO_LONG });
      isSkipping = true;
      held = 0;
    }
    bytes.copyWithin(0, start, start + held);
    yield { lines, bytesRead: position };
    if (bytesRead === 0) return;
  }
}

function addLine(lines: SourceLine[], number: number, bytes: Buffer): void {
  if (bytes.length > LINE_BYTES) {
    lines.push({ number, fault: TOO_LONG });
    return;
  }
  if (!isUtf8(bytes)) {
    lines.push({ number, fault: 'is not valid UTF-8' });
    return;
  }
  const text = bytes.toString('utf8');
  const line = number === 1 && text.startsWith(BOM) ? text.slice(1) : text;
  if (line.trim() !== '') lines.push({ number, text: line });
}
