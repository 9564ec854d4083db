/**
 * SQLSTATE classes and codes that mean "come back later": connection, resources, shutdown, timeouts, locks, and a
 * statement that another request was to prepare but didn't come to, which the next one prepares.
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
 * The driver's own errors have no code. `timeout expired`: a connection that took too long to open, when the client's timer
 * fires before the pool's. `Received unexpected`: an answer that came after its statement had timed out ends every statement
 * behind it on that connection.
 */
const UNAVAILABLE_MESSAGES =
  /timeout expired|Received unexpected \w+ message|timeout exceeded when trying to connect|Connection terminated|Query read timeout|connection error and is not queryable|Client was closed|Cannot use a pool after|COMMIT was answered|Client has encountered|No time left to ask/;

/** Whether an error says that the database can't be asked right now. Looks through Drizzle's wrapping. */
export function isDatabaseUnavailable(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = (cause as { code?: unknown }).code;
    if (typeof code === 'string' && (UNAVAILABLE_SQLSTATES.test(code) || UNAVAILABLE_ERRNOS.has(code))) return true;
    if (UNAVAILABLE_MESSAGES.test(cause.message)) return true;
  }
  return false;
}

/** SQLSTATE of a database error, through Drizzle's wrapping; undefined for anything else. */
export function sqlStateOf(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = (cause as { code?: unknown }).code;
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return code;
  }
  return undefined;
}
