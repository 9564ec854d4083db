import type { Logger } from 'pino';

export type BackgroundTask = [everyMs: number, work: () => Promise<unknown>];

/** What the server does on its own, each never twice at once; a failure waits for the next turn. */
export function startBackgroundTasks(log: Logger, chores: BackgroundTask[]): { stop(): void } {
  const timers = chores.map(([everyMs, work]) => repeat(everyMs, work));
  return { stop: () => timers.forEach((timer) => void clearInterval(timer)) };

  function repeat(everyMs: number, work: () => Promise<unknown>): NodeJS.Timeout {
    let isRunning = false;
    return setInterval(async () => {
      if (isRunning) return;
      isRunning = true;
      await work().catch((error: Error) => log.debug({ error: error.name }, 'chore failed'));
      isRunning = false;
    }, everyMs).unref();
  }
}
