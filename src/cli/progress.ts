import { Presets, SingleBar } from 'cli-progress';

export type ProgressBar = { show(step: string, done: number, total: number): void; stop(): void };

const NONE: ProgressBar = { show: () => undefined, stop: () => undefined };

/** A progress bar on standard error; it shows nothing when `isQuiet` or when standard error isn't a terminal. */
export function openProgressBar(isQuiet: boolean): ProgressBar {
  if (isQuiet || !process.stderr.isTTY) return NONE;
  const bar = new SingleBar(
    { format: '{step} [{bar}] {percentage} %  {duration_formatted}', stream: process.stderr, clearOnComplete: true },
    Presets.rect,
  );
  let isStarted = false;
  return {
    show: (step, done, total) => {
      if (!isStarted) bar.start(total, done, { step });
      isStarted = true;
      bar.update(done, { step });
    },
    stop: () => bar.stop(),
  };
}
