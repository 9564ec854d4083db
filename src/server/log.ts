import { type Logger, pino } from 'pino';

const FLUSH_INTERVAL_MS = 20;

/**
 * Logs JSON lines to standard error. Lines are buffered for some milliseconds and written together, because at a few
 * thousand requests per second a write for each line takes a tenth of the CPU time. At exit pino writes the rest.
 */
export function openLog(level: string): Logger {
  const destination = pino.destination({
    dest: 2,
    sync: false,
    minLength: 8_192,
    periodicFlush: FLUSH_INTERVAL_MS,
  });
  return pino({ level }, destination);
}
