import { indexableId, storableText } from '../../domain/storable-text.ts';

/**
 * Reads values of a provider's JSON, whatever their type. Every string that is returned can be stored in PostgreSQL.
 */

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function readText(value: unknown): string {
  return typeof value === 'string' ? storableText(value) : '';
}

/** An id that rows are looked up by: bounded to what an index holds; null when there is none. */
export function readId(value: unknown): string | null {
  const id = readName(value);
  return id === null ? null : indexableId(id);
}

/** A name or an id as it was sent; null when there is none. */
export function readName(value: unknown): string | null {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  const name = readText(value).trim();
  return name === '' ? null : name;
}

export function readNumber(value: unknown): number | null {
  const number = typeof value === 'string' && /^-?\d{1,20}(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

export function readCount(value: unknown): number | null {
  const number = readNumber(value);
  return number !== null && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

export function readList<T>(value: unknown, read: (entry: unknown) => T | null, atMost: number): T[] {
  if (!Array.isArray(value)) return [];
  return value
    .slice(0, atMost)
    .map(read)
    .filter((entry) => entry !== null);
}
