import { unavailable } from '../domain/errors.ts';

/**
 * Runs so many at once, of each queue only one, and lets the others wait their turn, each as long as it has the patience
 * for. Queues take turns: a long one keeps no other waiting for more than the work that is running.
 * @throws unavailable when its turn didn't come
 */
export type FairGate = <T>(queue: string, patienceMs: number, work: () => Promise<T>) => Promise<T>;

/** The same without queues: in the order of arrival. */
export type Gate = <T>(patienceMs: number, work: () => Promise<T>) => Promise<T>;

export function createFairGate(width: number): FairGate {
  return createLimit(width, 1);
}

export function createGate(width: number): Gate {
  const limit = createLimit(width, width);
  return (patienceMs, work) => limit('', patienceMs, work);
}

/** @param queueWidth how many of one queue run at once */
function createLimit(width: number, queueWidth: number): FairGate {
  /** The queue whose turn is next stands first. */
  const waiting = new Map<string, Set<() => void>>();
  const running = new Map<string, number>();
  let free = width;

  function start(queue: string): boolean {
    const count = running.get(queue) ?? 0;
    if (free === 0 || count === queueWidth) return false;
    free -= 1;
    running.set(queue, count + 1);
    return true;
  }

  function finish(queue: string): void {
    free += 1;
    const count = (running.get(queue) ?? 0) - 1;
    if (count === 0) running.delete(queue);
    else running.set(queue, count);
    for (const [next, entries] of waiting) {
      if (!start(next)) continue;
      const [enter] = entries;
      leave(next, enter);
      // To the end of the line of queues.
      if (entries.size > 0) {
        waiting.delete(next);
        waiting.set(next, entries);
      }
      enter?.();
      return;
    }
  }

  function leave(queue: string, enter: (() => void) | undefined): void {
    const entries = waiting.get(queue);
    if (!enter || !entries?.delete(enter)) return;
    if (entries.size === 0) waiting.delete(queue);
  }

  function turn(queue: string, patienceMs: number): Promise<void> | undefined {
    if (start(queue)) return undefined;
    return new Promise<void>((resolve, reject) => {
      const enter = () => {
        clearTimeout(timer);
        resolve();
      };
      waiting.set(queue, (waiting.get(queue) ?? new Set()).add(enter));
      const timer = setTimeout(() => {
        leave(queue, enter);
        reject(unavailable());
      }, patienceMs);
    });
  }

  return async (queue, patienceMs, work) => {
    await turn(queue, patienceMs);
    try {
      return await work();
    } finally {
      finish(queue);
    }
  };
}
