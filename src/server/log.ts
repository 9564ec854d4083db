import { type Logger, pino } from 'pino';

const FLUSH_MILLISECONDS = 20;

/**
 * Logs as JSON lines on standard error. The lines of some milliseconds are written together: at some thousand requests a
 * second a write for each costs a tenth of the work. At exit pino writes what is left.
 */
export function openLog(level: string): Logger {
  const destination = pino.destination({
    dest: 2,
    sync: false,
    minLength: 8_192,
    periodicFlush: FLUSH_MILLISECONDS,
  });
  return pino({ level }, destination);
}
