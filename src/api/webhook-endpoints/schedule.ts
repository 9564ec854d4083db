/** The timing of deliveries (contract §6). */
export type DeliveryTiming = {
  /** A response later than this is a failure. */
  timeoutMs: number;
  /** The pauses after the first, second … consecutive failure; the last one repeats. */
  retryAfterMs: readonly number[];
  /** An endpoint is disabled after failures only for this long. */
  giveUpAfterMs: number;
  /** How often due endpoints are claimed. */
  pollMs: number;
  /** How long a killed process keeps its endpoints; longer than an attempt takes. */
  leaseMs: number;
  /** After this time an endpoint with further events is released, so that waiting endpoints are served. */
  turnMs: number;
};

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

export const DELIVERY_TIMING: DeliveryTiming = {
  timeoutMs: 15 * SECOND,
  retryAfterMs: [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR],
  giveUpAfterMs: 5 * 24 * HOUR,
  pollMs: SECOND,
  leaseMs: 25 * SECOND,
  turnMs: 30 * SECOND,
};

/** Pauses vary by a fifth, so that endpoints that failed together aren't retried together. */
const JITTER = 0.2;
const MAX_RETRY_AFTER_MS = 24 * HOUR;

/**
 * The pause before the next attempt, in milliseconds.
 * @param failures consecutive failures, this one included: from 1
 * @param requestedMs the receiver's `Retry-After`, which is limited to between the first pause and a day
 */
export function pauseAfter(failures: number, requestedMs: number | undefined, timing: DeliveryTiming): number {
  const pauses = timing.retryAfterMs;
  const first = pauses[0] ?? 0;
  if (requestedMs !== undefined) return Math.min(Math.max(requestedMs, first), MAX_RETRY_AFTER_MS);
  const planned = pauses[Math.min(failures, pauses.length) - 1] ?? first;
  return Math.round(planned * (1 - JITTER + 2 * JITTER * Math.random()));
}
