import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from '@fastify/rate-limit';

/** One count of requests for all processes of the server: kept by the first, asked by the others. */

/** Requests so far in a window, this one included, and the milliseconds until it ends. */
export type Hits = { current: number; ttl: number };

export class HitCounter {
  static readonly #AT_MOST = 50_000;
  readonly #windows = new Map<string, { hits: number; endsAt: number }>();

  count(key: string, windowMs: number): Hits {
    const now = Date.now();
    let window = this.#windows.get(key);
    if (!window || window.endsAt <= now) {
      window = { hits: 0, endsAt: now + windowMs };
      this.#windows.delete(key);
      this.#windows.set(key, window);
      if (this.#windows.size > HitCounter.#AT_MOST) this.#forgetOldest();
    }
    window.hits += 1;
    return { current: window.hits, ttl: window.endsAt - now };
  }

  #forgetOldest(): void {
    const [oldest] = this.#windows.keys();
    if (oldest !== undefined) this.#windows.delete(oldest);
  }
}

/** A store for the rate limit that has another process count. */
export function askingStore(ask: (key: string, windowMs: number) => Promise<Hits>): FastifyRateLimitStoreCtor {
  return class AskingStore implements FastifyRateLimitStore {
    incr(key: string, callback: (error: Error | null, hits?: Hits) => void, windowMs: number): void {
      ask(key, windowMs).then(
        (hits) => callback(null, hits),
        (error: Error) => callback(error),
      );
    }

    child(): FastifyRateLimitStore {
      return this;
    }
  } as unknown as FastifyRateLimitStoreCtor;
}
