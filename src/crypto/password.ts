import { availableParallelism } from 'node:os';
import { hash, parseOptions, verify } from '@node-rs/argon2';

/** argon2id, by its number because the package's enum exists in its types only. One hash takes 8–46 ms and 19 MiB. */
const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const PASSWORD_MAX_BYTES = 1024;
/** In Unicode code points after NFKC. */
export const PASSWORD_MIN_LENGTH = 8;

/**
 * Bounds against denial of service by logins: hashes computed at a time, and callers waiting for one. Hashes occupy at most
 * half of the processors, so that the others are free for requests and the database.
 */
export const PASSWORD_CONCURRENCY = Math.min(4, Math.max(1, Math.floor(availableParallelism() / 2)));
export const PASSWORD_QUEUE_LENGTH = 64;

/** A hash with our parameters that matches no known password, so that an unknown user takes as long as a known one. */
const DUMMY_HASH = '$argon2id$v=19$m=19456,t=2,p=1$YSBkdW1teSBzYWx0IDAwMQ$bm8gcGFzc3dvcmQgaGFzaGVzIHRvIHRoaXMgdGV4dC4';

/** Too many passwords are being checked at once. No hash was computed; the response is 503. */
export class PasswordQueueFullError extends Error {
  override readonly name = 'PasswordQueueFullError';

  constructor() {
    super('Too many passwords are being checked at once.');
  }
}

let reserved = 0;

/**
 * Reserves one of the slots for logins, before the login costs anything else. There are as many slots as hashes may run
 * and wait.
 * @returns a function that releases the slot
 * @throws PasswordQueueFullError
 */
export function reservePasswordCheck(): () => void {
  if (reserved >= PASSWORD_CONCURRENCY + PASSWORD_QUEUE_LENGTH) throw new PasswordQueueFullError();
  reserved += 1;
  let isReleased = false;
  return () => {
    if (!isReleased) reserved -= 1;
    isReleased = true;
  };
}

let running = 0;
const waiting: (() => void)[] = [];

export function isShortPassword(password: string): boolean {
  return [...normalise(password)].length < PASSWORD_MIN_LENGTH;
}

/**
 * The argon2id hash in PHC form.
 * @throws RangeError for less than 8 characters or more than 1024 bytes, which `verifyPassword` would never accept
 * @throws PasswordQueueFullError
 */
export async function hashPassword(password: string): Promise<string> {
  if (isShortPassword(password)) throw new RangeError(`A password has at least ${PASSWORD_MIN_LENGTH} characters.`);
  if (isTooLong(password)) throw new RangeError(`A password has at most ${PASSWORD_MAX_BYTES} bytes.`);
  return withHashingSlot(() => hash(normalise(password), PARAMETERS));
}

/**
 * Whether the password matches. To take the same time in every case, a hash is computed even where the result is false
 * anyway: without a stored hash, for an overlong password, and for a stored hash with other parameters than ours.
 * @param stored null for a user who doesn't exist or has no password
 * @throws PasswordQueueFullError
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  if (stored === null || isTooLong(password) || !isOurs(stored)) {
    await withHashingSlot(() => verify(DUMMY_HASH, 'no password'));
    return false;
  }
  return withHashingSlot(() => verify(stored, normalise(password)));
}

function isTooLong(password: string): boolean {
  return Buffer.byteLength(password, 'utf8') > PASSWORD_MAX_BYTES;
}

/** NFKC, because `é` typed on one system is two code points on another (NIST SP 800-63B). */
function normalise(password: string): string {
  return password.normalize('NFKC');
}

/** Larger parameters than ours are refused: a damaged row that asks for terabytes would crash the process. */
function isOurs(stored: string): boolean {
  try {
    const { algorithm, memoryCost, timeCost, parallelism } = parseOptions(stored);
    return (
      algorithm === PARAMETERS.algorithm &&
      memoryCost <= PARAMETERS.memoryCost &&
      timeCost <= PARAMETERS.timeCost &&
      parallelism <= PARAMETERS.parallelism
    );
  } catch {
    return false;
  }
}

async function withHashingSlot<Result>(compute: () => Promise<Result>): Promise<Result> {
  await acquireSlot();
  try {
    return await compute();
  } finally {
    releaseSlot();
  }
}

async function acquireSlot(): Promise<void> {
  if (running < PASSWORD_CONCURRENCY) {
    running++;
    return;
  }
  if (waiting.length >= PASSWORD_QUEUE_LENGTH) throw new PasswordQueueFullError();
  await new Promise<void>((resolve) => waiting.push(resolve));
}

/** Hands the slot directly to the longest waiting caller, so that a new caller can't overtake it. */
function releaseSlot(): void {
  const next = waiting.shift();
  if (next === undefined) running--;
  else next();
}
