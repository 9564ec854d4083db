import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { GatheredMetrics, type WorkerMetrics } from './cluster-metrics.ts';
import { HitCounter } from './cluster-rate-limit.ts';
import { poolSizeOfEach } from './connection-budget.ts';
import type { Listener, Place } from './listen.ts';

/**
 * Several processes on one port that behave as one server (`WORKERS`). This one opened the database and does the
 * server's chores; it answers no request, but counts them for the rate limit, and starts a worker again that died.
 */

/** What the first process says to a worker. */
export type ToWorker =
  | { type: 'close' }
  | { type: 'answer'; nth: number; answer: unknown }
  | { type: 'tellMetrics'; nth: number };

/** What a worker says. A question is answered by `Answers`. */
export type FromWorker =
  | { type: 'listening'; port: number }
  | { type: 'failed'; reason: string }
  | { type: 'metrics'; nth: number; metrics: WorkerMetrics }
  | { type: 'question'; nth: number; name: keyof Answers; payload: never };

/** What a worker may ask: each by its name, with its payload. */
export type Answers = {
  /** What to serve: asked first. It travels here and not in the environment, which others can read. */
  settings: () => { config: Config; place: Place };
  /** Counts requests for the rate limit, in order. */
  countHits: (requests: [key: string, windowMs: number][]) => unknown;
  /** The metrics of all workers, added up; null when one of them doesn't answer. */
  metrics: () => Promise<string | null>;
};

const RESTART_AFTER_MS = 500;
const CLOSED_WITHIN_MS = 15_000;

/** @throws Error when the first workers can't start */
export async function startWorkers(config: Config, place: Place, log: Logger): Promise<Listener> {
  const hits = new HitCounter();
  const gathered = new GatheredMetrics();
  /** Workers that are up: one that starts has nothing to tell yet. */
  const serving = new Set<Worker>();
  const each: Config = { ...config, databasePoolSize: poolSizeOfEach(config) };
  const answers: Answers = {
    settings: () => ({ config: each, place }),
    countHits: (requests) => requests.map(([key, windowMs]) => hits.count(key, windowMs)),
    metrics: () => gathered.gather([...serving], (worker, nth) => tell(worker, { type: 'tellMetrics', nth })),
  };
  // `worker.ts` under a loader, `worker.js` in a build.
  cluster.setupPrimary({ exec: fileURLToPath(import.meta.url.replace(/cluster\.([jt]s)$/, 'worker.$1')), args: [] });
  let isClosing = false;

  const start = async (): Promise<number> => {
    const worker = cluster.fork();
    worker.on('message', (message: FromWorker) => {
      if (message.type === 'question') void answer(worker, answers, message);
      if (message.type === 'metrics') gathered.take(message.nth, message.metrics);
    });
    const listening = await untilListening(worker);
    serving.add(worker);
    worker.on('exit', (code, signal) => {
      serving.delete(worker);
      if (isClosing) return;
      log.error({ workerPid: worker.process.pid, code, signal }, 'a worker died and is replaced');
      replace();
    });
    return listening;
  };
  const replace = () =>
    setTimeout(() => {
      if (isClosing) return;
      start().catch((error: Error) => {
        if (isClosing) return;
        log.error({ reason: error.message }, 'a worker could not be replaced');
        replace();
      });
    }, RESTART_AFTER_MS);

  // With PORT=0 all take the port that the first one is given.
  try {
    const [port = config.port] = await Promise.all(Array.from({ length: config.workers }, start));
    return { port, close: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }

  async function closeAll(): Promise<void> {
    isClosing = true;
    const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
    await Promise.all(workers.map((worker) => close(worker, serving.has(worker))));
  }
}

async function untilListening(worker: Worker): Promise<number> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message: FromWorker) => {
      if (message.type === 'listening') resolve(message.port);
      if (message.type === 'failed') reject(new Error(message.reason));
    });
    worker.once('exit', (code, signal) => reject(new Error(`A worker ended at its start (${signal ?? code}).`)));
  });
}

type Question = Extract<FromWorker, { type: 'question' }>;

async function answer(worker: Worker, answers: Answers, { nth, name, payload }: Question): Promise<void> {
  tell(worker, { type: 'answer', nth, answer: await answers[name](payload) });
}

function tell(worker: Worker, message: ToWorker): void {
  if (worker.isConnected()) worker.send(message);
}

/** One that still starts hears nothing yet, and has nobody's request. */
async function close(worker: Worker, isServing: boolean): Promise<void> {
  if (worker.isDead()) return;
  const timer = setTimeout(() => worker.process.kill('SIGKILL'), CLOSED_WITHIN_MS);
  const exited = once(worker, 'exit');
  if (isServing) tell(worker, { type: 'close' });
  else worker.process.kill('SIGKILL');
  await exited;
  clearTimeout(timer);
}
