import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { lowerCase } from '../../domain/normalize-text.ts';

const gunzipAsync = promisify(gunzip);

/**
 * A webhook body has at most 5 MiB. This bounds what it may decompress to, so that a decompression bomb costs little.
 */
export const MAX_UNPACKED_BYTES = 20 * 1024 * 1024;

/** @throws RangeError above `MAX_UNPACKED_BYTES`, Error for damaged bytes and for an unknown encoding */
export async function unpack(bytes: Uint8Array, contentEncoding: string | undefined): Promise<Uint8Array> {
  const encoding = lowerCase(contentEncoding ?? '').trim();
  // A proxy may have decompressed the body and kept the header, or dropped the header, so the bytes decide.
  if (isGzip(bytes)) return gunzipAsync(bytes, { maxOutputLength: MAX_UNPACKED_BYTES });
  if (['', 'identity', 'gzip', 'x-gzip'].includes(encoding)) return bytes;
  throw new Error('unknown encoding');
}

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
