import { hash, parseOptions, verify } from '@node-rs/argon2';

/** argon2id (its number, because the package's enum exists only in its types). 8–46 ms and 19 MiB a hash. */
const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const PASSWORD_MAX_BYTES = 1024;
/** Characters as a person counts them, whichever way their keyboard writes them. */
export const PASSWORD_MIN_LENGTH = 8;

/** Unbounded, logins would be a cheap denial of service: hashes at a time, and callers that may wait for one. */
export const PASSWORD_CONCURRENCY = 4;
export const PASSWORD_QUEUE_LENGTH = 64;

/** A hash of our parameters that no password is known to match, so that an unknown user costs what a known one does. */
const DUMMY_HASH = '$argon2id$v=19$m=19456,t=2,p=1$YSBkdW1teSBzYWx0IDAwMQ$bm8gcGFzc3dvcmQgaGFzaGVzIHRvIHRoaXMgdGV4dC4';

/** Too many passwords are being checked at once: the request is shed (503), nothing was computed for it. */
export class PasswordQueueFullError extends Error {
  override readonly name = 'PasswordQueueFullError';

  constructor() {
    super('Too many passwords are being checked at once.');
  }
}

let places = 0;

/**
 * Takes a place among the logins that are being checked, before they cost anything else: as many as may be hashed and wait.
 * @returns gives it back
 * @throws PasswordQueueFullError
 */
export function takePasswordPlace(): () => void {
  if (places >= PASSWORD_CONCURRENCY + PASSWORD_QUEUE_LENGTH) throw new PasswordQueueFullError();
  places += 1;
  let isTaken = true;
  return () => {
    if (isTaken) places -= 1;
    isTaken = false;
  };
}

let running = 0;
const waiting: (() => void)[] = [];

export function isShortPassword(password: string): boolean {
  return [...normalise(password)].length < PASSWORD_MIN_LENGTH;
}

/**
 * The argon2id hash in PHC form. Throws RangeError under 8 characters and over 1024 bytes, which `verifyPassword` would
 * never accept, and `PasswordQueueFullError`.
 */
export async function hashPassword(password: string): Promise<string> {
  if (isShortPassword(password)) throw new RangeError(`A password has at least ${PASSWORD_MIN_LENGTH} characters.`);
  if (isTooLong(password)) throw new RangeError(`A password has at most ${PASSWORD_MAX_BYTES} bytes.`);
  return inTurn(() => hash(normalise(password), PARAMETERS));
}

/**
 * Whether the password matches. `stored` null stands for a user who does not exist or has no password; then, as for an
 * overlong password or a stored hash that is none of ours, a hash is computed all the same and the answer is false.
 * Throws `PasswordQueueFullError`.
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  if (stored === null || isTooLong(password) || !isOurs(stored)) {
    await inTurn(() => verify(DUMMY_HASH, 'no password'));
    return false;
  }
  return inTurn(() => verify(stored, normalise(password)));
}

function isTooLong(password: string): boolean {
  return Buffer.byteLength(password, 'utf8') > PASSWORD_MAX_BYTES;
}

/** `é` typed on one system is two code points on another (NIST SP 800-63B). */
function normalise(password: string): string {
  return password.normalize('NFKC');
}

/** Parameters beyond ours are refused unread: a damaged row asking for terabytes would take the process down. */
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

async function inTurn<Result>(compute: () => Promise<Result>): Promise<Result> {
  await takeTurn();
  try {
    return await compute();
  } finally {
    passTurn();
  }
}

async function takeTurn(): Promise<void> {
  if (running < PASSWORD_CONCURRENCY) {
    running++;
    return;
  }
  if (waiting.length >= PASSWORD_QUEUE_LENGTH) throw new PasswordQueueFullError();
  await new Promise<void>((resolve) => waiting.push(resolve));
}

/** The turn goes straight to the longest waiting, so that a newcomer can't slip in between. */
function passTurn(): void {
  const next = waiting.shift();
  if (next === undefined) running--;
  else next();
}
