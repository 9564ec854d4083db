import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from '@fastify/rate-limit';

/** The rate limit of a server with several processes: the primary counts the requests of all workers. */

/** `current`: the requests in the window, this one included. `ttl`: milliseconds until the window ends. */
export type Hits = { current: number; ttl: number };

export class HitCounter {
  static readonly #MAX_WINDOWS = 50_000;
  readonly #windows = new Map<string, { hits: number; endsAt: number }>();

  count(key: string, windowMs: number): Hits {
    const now = Date.now();
    let window = this.#windows.get(key);
    if (!window || window.endsAt <= now) {
      window = { hits: 0, endsAt: now + windowMs };
      this.#windows.delete(key);
      this.#windows.set(key, window);
      if (this.#windows.size > HitCounter.#MAX_WINDOWS) this.#deleteOldest();
    }
    window.hits += 1;
    return { current: window.hits, ttl: window.endsAt - now };
  }

  #deleteOldest(): void {
    const [oldest] = this.#windows.keys();
    if (oldest !== undefined) this.#windows.delete(oldest);
  }
}

/** A rate-limit store whose counts are in another process. */
export function remoteStore(countHit: (key: string, windowMs: number) => Promise<Hits>): FastifyRateLimitStoreCtor {
  return class RemoteStore implements FastifyRateLimitStore {
    incr(key: string, callback: (error: Error | null, hits?: Hits) => void, windowMs: number): void {
      countHit(key, windowMs).then(
        (hits) => callback(null, hits),
        (error: Error) => callback(error),
      );
    }

    child(): FastifyRateLimitStore {
      return this;
    }
  } as unknown as FastifyRateLimitStoreCtor;
}
