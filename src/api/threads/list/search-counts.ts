import { LRUCache } from 'lru-cache';

/**
 * Counts of searches as they were last made, each good for as long as the company's lists stay as they are. Equal questions
 * that are asked at once are counted once.
 */
const COUNTS = 1_000;
const counts = new LRUCache<string, Promise<number | null>>({ max: COUNTS });

/**
 * @param question the list with its filters and how it is counted
 * @param version of the company's lists (`Caller`), read before the count is made
 */
export function countOnce(
  question: string,
  version: string,
  count: () => Promise<number | null>,
): Promise<number | null> {
  const key = `${version} ${question}`;
  const known = counts.get(key);
  if (known) return known;
  const counted = count();
  counts.set(key, counted);
  // Whoever asked next waits with it and asks for themselves after a failure.
  counted.catch(() => counts.delete(key));
  return counted;
}
