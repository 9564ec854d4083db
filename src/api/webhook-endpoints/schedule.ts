/** When deliveries are attempted (contract §6). Milliseconds. */
export type DeliveryTiming = {
  /** An answer later than this is a failure. */
  timeoutMs: number;
  /** Pauses after the first, second … failure in a row; the last one goes on. */
  retryAfterMs: readonly number[];
  /** Nothing but failures for so long disables the endpoint. */
  giveUpAfterMs: number;
  /** How often endpoints with something to send are looked for. */
  pollMs: number;
  /** A process that was killed keeps its endpoints for so long; longer than an attempt takes. */
  leaseMs: number;
  /** After so long an endpoint that is never done lets the others have its place. */
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

/** A fifth more or less, so that endpoints that failed together don't come back together. */
const JITTER = 0.2;
const LONGEST_RETRY_AFTER_MS = 24 * HOUR;

/**
 * @param failures in a row, this one included: from 1
 * @param askedMs what the receiver's `Retry-After` says, which is obeyed, within a day and no sooner than the first retry
 */
export function pauseAfter(failures: number, askedMs: number | undefined, timing: DeliveryTiming): number {
  const pauses = timing.retryAfterMs;
  const first = pauses[0] ?? 0;
  if (askedMs !== undefined) return Math.min(Math.max(askedMs, first), LONGEST_RETRY_AFTER_MS);
  const planned = pauses[Math.min(failures, pauses.length) - 1] ?? first;
  return Math.round(planned * (1 - JITTER + 2 * JITTER * Math.random()));
}
