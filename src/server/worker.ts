import { unavailable } from '../domain/errors.ts';
import { Metrics } from '../http/metrics.ts';
import type { Answers, FromWorker, ToWorker } from './cluster.ts';
import { askingStore, type Hits } from './cluster-rate-limit.ts';
import { type Listener, listen } from './listen.ts';
import { openLog } from './log.ts';
import { STOP_SIGNALS } from './signals.ts';

/** The process of a worker (`cluster.ts`): serves as it is told to, and asks the first process for what is the whole server's. */

let listener: Listener | undefined;
const metrics = new Metrics();
let asked = 0;
/** Requests that wait to be counted together. */
let gathered: { requests: [string, number][]; answers: Promise<Hits[]> } | undefined;
const waiting = new Map<number, (answer: never) => void>();

// A terminal sends its signals to every process: only the first decides, and says so.
for (const signal of STOP_SIGNALS) process.on(signal, () => undefined);
process.on('disconnect', () => void leave());
process.on('message', (message: ToWorker) => {
  if (message.type === 'close') return void leave();
  if (message.type === 'tellMetrics') return void tellMetrics(message.nth);
  waiting.get(message.nth)?.(message.answer as never);
  waiting.delete(message.nth);
});
await serve();

async function serve(): Promise<void> {
  const { config, place } = await ask<ReturnType<Answers['settings']>>('settings');
  const log = openLog(config.logLevel);
  try {
    metrics.render = gatheredMetrics;
    listener = await listen(config, place, log, { rateLimitStore: askingStore(countHit), metrics });
    tell({ type: 'listening', port: listener.port });
  } catch (error) {
    tell({ type: 'failed', reason: (error as Error).message });
    process.exitCode = 1;
    process.disconnect();
  }
}

async function tellMetrics(nth: number): Promise<void> {
  tell({ type: 'metrics', nth, metrics: await metrics.registry.getMetricsAsJSON() });
}

/** Kept here, told by the first process together with the other workers'. */
async function gatheredMetrics(): Promise<string> {
  const text = await ask<string | null>('metrics');
  if (text === null) throw unavailable(undefined, 'A worker did not tell its metrics in time.');
  return text;
}

async function leave(): Promise<void> {
  await listener?.close().catch(() => undefined);
  process.exit();
}

/** Requests of one turn of the event loop are counted by one question. */
async function countHit(key: string, windowMs: number): Promise<Hits> {
  if (!gathered) {
    const requests: [string, number][] = [];
    const answers = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      gathered = undefined;
      return ask<Hits[]>('countHits', requests);
    });
    gathered = { requests, answers };
  }
  const nth = gathered.requests.push([key, windowMs]) - 1;
  const hits = (await gathered.answers)[nth];
  if (!hits) throw new Error('A request was not counted.');
  return hits;
}

function ask<Answer>(name: keyof Answers, payload?: unknown): Promise<Answer> {
  asked += 1;
  const nth = asked;
  tell({ type: 'question', nth, name, payload: payload as never });
  return new Promise((resolve) => waiting.set(nth, resolve as (answer: never) => void));
}

function tell(message: FromWorker): void {
  process.send?.(message);
}
