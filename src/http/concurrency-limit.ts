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

/**
 * @param maxPerQueue how many jobs of one queue run at once
 * @param restMs how many milliseconds a job's slot stays taken after the job, given how many the job took
 */
export function createFairConcurrencyLimit(
  maxConcurrent: number,
  maxPerQueue = 1,
  restMs: (jobMs: number) => number = () => 0,
): FairConcurrencyLimit {
  const slots = new Slots(maxConcurrent, maxPerQueue);
  return async (queue, maxWaitMs, job) => {
    await slots.acquire(queue, maxWaitMs);
    const startedAt = performance.now();
    try {
      return await job();
    } finally {
      const rest = restMs(performance.now() - startedAt);
      if (rest > 0) setTimeout(() => slots.release(queue), rest).unref();
      else slots.release(queue);
    }
  };
}

export function createConcurrencyLimit(maxConcurrent: number): ConcurrencyLimit {
  const limit = createFairConcurrencyLimit(maxConcurrent, maxConcurrent);
  return (maxWaitMs, job) => limit('', maxWaitMs, job);
}

/** The slots in which jobs run, and the queues of jobs that wait for one. */
class Slots {
  readonly #maxPerQueue: number;
  #free: number;
  /** Number of running jobs by queue. */
  readonly #running = new Map<string, number>();
  /** The callbacks that start waiting jobs. The queue that is served next is first. */
  readonly #waiting = new Map<string, Set<() => void>>();

  constructor(count: number, maxPerQueue: number) {
    this.#free = count;
    this.#maxPerQueue = maxPerQueue;
  }

  /** @throws unavailable when no slot becomes free within `maxWaitMs` */
  acquire(queue: string, maxWaitMs: number): Promise<void> | undefined {
    if (this.#take(queue)) return undefined;
    return new Promise<void>((resolve, reject) => {
      const begin = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#waiting.set(queue, (this.#waiting.get(queue) ?? new Set()).add(begin));
      const timer = setTimeout(() => {
        this.#removeWaiting(queue, begin);
        reject(unavailable());
      }, maxWaitMs);
    });
  }

  /** Frees a slot of the queue and starts the next job that may run. */
  release(queue: string): void {
    this.#free += 1;
    const count = (this.#running.get(queue) ?? 0) - 1;
    if (count === 0) this.#running.delete(queue);
    else this.#running.set(queue, count);
    for (const [next, entries] of this.#waiting) {
      if (!this.#take(next)) continue;
      const [begin] = entries;
      this.#removeWaiting(next, begin);
      // A map keeps insertion order, so this moves the queue behind the others.
      if (entries.size > 0) {
        this.#waiting.delete(next);
        this.#waiting.set(next, entries);
      }
      begin?.();
      return;
    }
  }

  #take(queue: string): boolean {
    const count = this.#running.get(queue) ?? 0;
    if (this.#free === 0 || count === this.#maxPerQueue) return false;
    this.#free -= 1;
    this.#running.set(queue, count + 1);
    return true;
  }

  #removeWaiting(queue: string, begin: (() => void) | undefined): void {
    const entries = this.#waiting.get(queue);
    if (!begin || !entries?.delete(begin)) return;
    if (entries.size === 0) this.#waiting.delete(queue);
  }
}
