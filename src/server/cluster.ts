import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { MetricsAggregator, type WorkerMetrics } from './cluster-metrics.ts';
import { HitCounter } from './cluster-rate-limit.ts';
import { poolSizePerProcess } from './connection-budget.ts';
import type { DatabaseAccess, Listener } from './listen.ts';

/**
 * Runs several worker processes on one port that behave as one server (`WORKERS`). This process, the primary, opens the
 * database and runs the background tasks. It serves no requests; it counts them for the rate limit and restarts a worker
 * that died.
 */

/** Messages from the primary to a worker. */
export type ToWorker =
  | { type: 'close' }
  | { type: 'result'; id: number; result: unknown }
  | { type: 'collectMetrics'; id: number };

/** Messages from a worker to the primary. A `call` is answered by a `result` with the same id. */
export type FromWorker =
  | { type: 'listening'; port: number }
  | { type: 'failed'; reason: string }
  | { type: 'metrics'; id: number; metrics: WorkerMetrics }
  | { type: 'call'; id: number; name: keyof PrimaryCalls; payload: never };

/** The functions of the primary that a worker can call, each with one payload. */
export type PrimaryCalls = {
  /** Called first. The settings are sent as a message, because other processes can read a worker's environment. */
  settings: () => { config: Config; database: DatabaseAccess };
  /** Counts requests for the rate limit, in order. */
  countHits: (requests: [key: string, windowMs: number][]) => unknown;
  /** The summed metrics of all workers; null when a worker doesn't reply in time. */
  metrics: () => Promise<string | null>;
};

const RESTART_AFTER_MS = 500;
const CLOSE_TIMEOUT_MS = 15_000;

/** @throws Error when the first workers can't start */
export async function startWorkers(config: Config, database: DatabaseAccess, log: Logger): Promise<Listener> {
  const hits = new HitCounter();
  const aggregator = new MetricsAggregator();
  /** The workers that are listening; a worker that is still starting has no metrics. */
  const serving = new Set<Worker>();
  const workerConfig: Config = { ...config, databasePoolSize: poolSizePerProcess(config) };
  const calls: PrimaryCalls = {
    settings: () => ({ config: workerConfig, database }),
    countHits: (requests) => requests.map(([key, windowMs]) => hits.count(key, windowMs)),
    metrics: () => aggregator.aggregate([...serving], (worker, id) => send(worker, { type: 'collectMetrics', id })),
  };
  // `worker.ts` under a loader, `worker.js` in a build.
  cluster.setupPrimary({ exec: fileURLToPath(import.meta.url.replace(/cluster\.([jt]s)$/, 'worker.$1')), args: [] });
  let isClosing = false;

  const start = async (): Promise<number> => {
    const worker = cluster.fork();
    worker.on('message', (message: FromWorker) => {
      if (message.type === 'call') void reply(worker, calls, message);
      if (message.type === 'metrics') aggregator.receive(message.id, message.metrics);
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

  // With PORT=0 all workers share the port that the first one gets.
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

type Call = Extract<FromWorker, { type: 'call' }>;

async function reply(worker: Worker, calls: PrimaryCalls, { id, name, payload }: Call): Promise<void> {
  send(worker, { type: 'result', id, result: await calls[name](payload) });
}

function send(worker: Worker, message: ToWorker): void {
  if (worker.isConnected()) worker.send(message);
}

/** A worker that is still starting has no requests and may not listen for messages yet, so it is killed. */
async function close(worker: Worker, isServing: boolean): Promise<void> {
  if (worker.isDead()) return;
  const timer = setTimeout(() => worker.process.kill('SIGKILL'), CLOSE_TIMEOUT_MS);
  const exited = once(worker, 'exit');
  if (isServing) send(worker, { type: 'close' });
  else worker.process.kill('SIGKILL');
  await exited;
  clearTimeout(timer);
}
