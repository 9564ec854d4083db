/**
 * SQLSTATE classes and codes of errors that a retry may pass: connection, resources, shutdown, timeouts, locks, and
 * 26000 for a statement that another request should have prepared but didn't, which the next request prepares.
 */
const UNAVAILABLE_SQLSTATES = /^(08|53|57|58)|^(25006|25P02|25P03|25P04|26000|40001|40P01|55P03|28000|28P01|3D000)$/;
const UNAVAILABLE_ERRNOS = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOENT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
/**
 * The driver's own errors have no code. `timeout expired`: a connection took too long to open and the client's timer
 * fired before the pool's. `Received unexpected`: the answer to a statement came after its timeout, which ends every
 * later statement on that connection.
 */
const UNAVAILABLE_MESSAGES =
  /timeout expired|Received unexpected \w+ message|timeout exceeded when trying to connect|Connection terminated|Query read timeout|connection error and is not queryable|Client was closed|Cannot use a pool after|COMMIT was answered|Client has encountered|No time left to query/;

/** Whether an error means that the database is unavailable for now. Unwraps Drizzle's errors. */
export function isDatabaseUnavailable(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = (cause as { code?: unknown }).code;
    if (typeof code === 'string' && (UNAVAILABLE_SQLSTATES.test(code) || UNAVAILABLE_ERRNOS.has(code))) return true;
    if (UNAVAILABLE_MESSAGES.test(cause.message)) return true;
  }
  return false;
}

/** The SQLSTATE of a database error, unwrapped from Drizzle's error; undefined for any other error. */
export function sqlStateOf(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = (cause as { code?: unknown }).code;
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return code;
  }
  return undefined;
}
