import type { Logger } from 'pino';

export type BackgroundTask = [everyMs: number, run: () => Promise<unknown>];

/**
 * Runs each task at its interval, never twice at once. A task that fails is logged and runs again at the next interval.
 */
export function startBackgroundTasks(log: Logger, tasks: BackgroundTask[]): { stop(): void } {
  const timers = tasks.map(([everyMs, run]) => repeat(everyMs, run));
  return { stop: () => timers.forEach((timer) => void clearInterval(timer)) };

  function repeat(everyMs: number, run: () => Promise<unknown>): NodeJS.Timeout {
    let isRunning = false;
    return setInterval(async () => {
      if (isRunning) return;
      isRunning = true;
      await run().catch((error: Error) => log.debug({ error: error.name }, 'background task failed'));
      isRunning = false;
    }, everyMs).unref();
  }
}
