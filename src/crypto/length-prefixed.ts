const LENGTH_BYTES = 4;

/**
 * Concatenates the optional head and the parts, each part preceded by its length in bytes (u32, big-endian). No two
 * lists of parts give the same bytes, so moving a boundary (`ab`,`c` to `a`,`bc`) changes a MAC or AAD over them.
 */
export function lengthPrefixed(parts: readonly (string | Buffer)[], head?: Buffer): Buffer {
  const headBytes = head?.length ?? 0;
  const joined = Buffer.allocUnsafe(headBytes + parts.reduce((sum, part) => sum + LENGTH_BYTES + byteLength(part), 0));
  head?.copy(joined);
  let at = headBytes;
  for (const part of parts) {
    const written =
      typeof part === 'string' ? joined.write(part, at + LENGTH_BYTES, 'utf8') : part.copy(joined, at + LENGTH_BYTES);
    joined.writeUInt32BE(written, at);
    at += LENGTH_BYTES + written;
  }
  return joined;
}

function byteLength(part: string | Buffer): number {
  return typeof part === 'string' ? Buffer.byteLength(part, 'utf8') : part.length;
}
