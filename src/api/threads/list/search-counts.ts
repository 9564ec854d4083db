import { LRUCache } from 'lru-cache';

/**
 * A cache of search counts. An entry is valid for one list version, and concurrent requests for a count share one
 * query.
 */
const MAX_ENTRIES = 1_000;
const counts = new LRUCache<string, Promise<number | null>>({ max: MAX_ENTRIES });

/**
 * @param countKey identifies the list, its filters and the way of counting
 * @param version the list version (`Caller`), read before the rows are counted
 */
export function countOnce(
  countKey: string,
  version: string,
  count: () => Promise<number | null>,
): Promise<number | null> {
  const key = `${version} ${countKey}`;
  const cached = counts.get(key);
  if (cached) return cached;
  const counted = count();
  counts.set(key, counted);
  // A failure reaches all waiting requests; later requests count again.
  counted.catch(() => counts.delete(key));
  return counted;
}
