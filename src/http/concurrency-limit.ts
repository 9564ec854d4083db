import { unavailable } from '../domain/errors.ts';

/**
 * A concurrency limit that is fair between queues: it runs a fixed number of jobs at once, only some of them of one
 * queue, and serves the queues round-robin, so that a long queue doesn't delay the others.
 * @throws unavailable when the job doesn't start within `maxWaitMs`
 */
export type FairConcurrencyLimit = <T>(queue: string, maxWaitMs: number, job: () => Promise<T>) => Promise<T>;

/**
 * Runs a fixed number of jobs at once and the others in the order of arrival.
 * @throws unavailable when the job doesn't start within `maxWaitMs`
 */
export type ConcurrencyLimit = <T>(maxWaitMs: number, job: () => Promise<T>) => Promise<T>;

/** @param maxPerQueue how many jobs of one queue run at once */
export function createFairConcurrencyLimit(maxConcurrent: number, maxPerQueue = 1): FairConcurrencyLimit {
  return createLimit(maxConcurrent, maxPerQueue);
}

export function createConcurrencyLimit(maxConcurrent: number): ConcurrencyLimit {
  const limit = createLimit(maxConcurrent, maxConcurrent);
  return (maxWaitMs, job) => limit('', maxWaitMs, job);
}

function createLimit(maxConcurrent: number, maxPerQueue: number): FairConcurrencyLimit {
  /** The callbacks that start waiting jobs. The queue that is served next is first. */
  const waiting = new Map<string, Set<() => void>>();
  const running = new Map<string, number>();
  let free = maxConcurrent;

  function start(queue: string): boolean {
    const count = running.get(queue) ?? 0;
    if (free === 0 || count === maxPerQueue) return false;
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
      const [begin] = entries;
      removeWaiting(next, begin);
      // A map keeps insertion order, so this moves the queue behind the others.
      if (entries.size > 0) {
        waiting.delete(next);
        waiting.set(next, entries);
      }
      begin?.();
      return;
    }
  }

  function removeWaiting(queue: string, begin: (() => void) | undefined): void {
    const entries = waiting.get(queue);
    if (!begin || !entries?.delete(begin)) return;
    if (entries.size === 0) waiting.delete(queue);
  }

  function acquire(queue: string, maxWaitMs: number): Promise<void> | undefined {
    if (start(queue)) return undefined;
    return new Promise<void>((resolve, reject) => {
      const begin = () => {
        clearTimeout(timer);
        resolve();
      };
      waiting.set(queue, (waiting.get(queue) ?? new Set()).add(begin));
      const timer = setTimeout(() => {
        removeWaiting(queue, begin);
        reject(unavailable());
      }, maxWaitMs);
    });
  }

  return async (queue, maxWaitMs, job) => {
    await acquire(queue, maxWaitMs);
    try {
      return await job();
    } finally {
      finish(queue);
    }
  };
}
