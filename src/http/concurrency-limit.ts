import { unavailable } from '../domain/errors.ts';

/**
 * Runs so many at once and lets the others wait their turn, each as long as it has the patience for.
 * @throws unavailable when its turn didn't come
 */
export type Gate = <T>(patienceMs: number, work: () => Promise<T>) => Promise<T>;

/** A burst of deliveries must leave connections to the people who read: so many may hold one. */
export function createGate(width: number): Gate {
  const waiting = new Set<() => void>();
  let free = width;

  async function turn(patienceMs: number): Promise<void> {
    if (free > 0) {
      free -= 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const enter = () => {
        clearTimeout(timer);
        resolve();
      };
      waiting.add(enter);
      const timer = setTimeout(() => {
        waiting.delete(enter);
        reject(unavailable());
      }, patienceMs);
    });
  }

  return async (patienceMs, work) => {
    await turn(patienceMs);
    try {
      return await work();
    } finally {
      const [next] = waiting;
      if (next) {
        waiting.delete(next);
        next();
      } else free += 1;
    }
  };
}
