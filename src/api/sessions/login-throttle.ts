import { createHash } from 'node:crypto';
import type { Db } from '../../db/client.ts';
import { throttled } from '../../domain/errors.ts';
import { lowerCase } from '../../domain/normalize-text.ts';
import { normalizeUsername } from '../../domain/user-names.ts';

/**
 * Throttles failed logins by account and client address (contract §1, Authentication): after ten failures in a minute the
 * pair has to wait, twice as long after each further failure. The account's owner can still log in from other addresses.
 */
const FREE_FAILURES = 10;
const WINDOW_SECONDS = 60;
const MAX_WAIT_SECONDS = 3_600;

/** A counted attempt. `lastFailedAt` is the previous value, which `revertAttempt` restores. */
export type LoginAttempt = { username: string; address: string; lastFailedAt: string | null };

/**
 * Counts an attempt as a failure before its password is verified, so that concurrent attempts can't exceed the limit.
 * After a success call `clearFailures`, after any error other than a wrong password `revertAttempt`.
 * @throws throttled, without counting, while the pair has to wait
 */
export async function countAttempt(db: Db, username: string, address: string): Promise<LoginAttempt> {
  const [attempt] = await db.query<{ last_failed_at: string | null }>({
    name: 'count_login_attempt',
    text: `
      WITH before AS (SELECT last_failed_at FROM login_failures WHERE account_hash = $1 AND address = $2)
      INSERT INTO login_failures AS f (account_hash, address, failures, first_failed_at, last_failed_at)
      VALUES ($1, $2, 1, now(), now())
      ON CONFLICT (account_hash, address) DO UPDATE
      SET failures = CASE WHEN ${isExpired('f')} THEN 1 ELSE f.failures + 1 END,
          first_failed_at = CASE WHEN ${isExpired('f')} THEN now() ELSE f.first_failed_at END,
          last_failed_at = now()
      WHERE ${waitEnd('f')} <= now()
      RETURNING (SELECT last_failed_at FROM before)`,
    values: [hashOf(username), address],
  });
  if (!attempt) throw throttled(await secondsToWait(db, username, address), FREE_FAILURES);
  return { username, address, lastFailedAt: attempt.last_failed_at };
}

/** Uncounts an attempt that was shed or failed for another reason than its password. */
export async function revertAttempt(db: Db, { username, address, lastFailedAt }: LoginAttempt): Promise<void> {
  await db.query({
    name: 'revert_login_attempt',
    text: `
      WITH others AS (
        UPDATE login_failures
        SET failures = failures - 1, last_failed_at = COALESCE($3::timestamptz, last_failed_at)
        WHERE account_hash = $1 AND address = $2 AND failures > 1
      )
      DELETE FROM login_failures WHERE account_hash = $1 AND address = $2 AND failures <= 1`,
    values: [hashOf(username), address, lastFailedAt],
  });
}

export async function clearFailures(db: Db, username: string, address: string): Promise<void> {
  await db.query({
    text: 'DELETE FROM login_failures WHERE account_hash = $1 AND address = $2',
    values: [hashOf(username), address],
  });
}

async function secondsToWait(db: Db, username: string, address: string): Promise<number> {
  const [row] = await db.query<{ seconds: number }>({
    text: `
      SELECT ceil(extract(epoch FROM ${waitEnd('f')} - now()))::int AS seconds
      FROM login_failures f
      WHERE account_hash = $1 AND address = $2`,
    values: [hashOf(username), address],
  });
  return Math.max(1, row?.seconds ?? 1);
}

/** SQL: whether the failures are counted from zero again: after a minute with fewer than ten, or twice the longest wait. */
function isExpired(f: string): string {
  return `((${f}.failures < ${FREE_FAILURES} AND ${f}.first_failed_at < now() - interval '${WINDOW_SECONDS} seconds')
           OR ${f}.last_failed_at < now() - interval '${2 * MAX_WAIT_SECONDS} seconds')`;
}

function waitEnd(f: string): string {
  const doublings = `LEAST(${f}.failures - ${FREE_FAILURES}, 6)`;
  return `(CASE WHEN ${f}.failures < ${FREE_FAILURES} THEN '-infinity'::timestamptz
                ELSE ${f}.last_failed_at + LEAST(${WINDOW_SECONDS} * 2 ^ ${doublings}, ${MAX_WAIT_SECONDS}) * interval '1 second'
           END)`;
}

/**
 * Only the hash is stored, because a user may have typed a password as the username. All spellings of a name have one
 * hash.
 */
function hashOf(username: string): Buffer {
  return createHash('sha256')
    .update(lowerCase(normalizeUsername(username)))
    .digest();
}
