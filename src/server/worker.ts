import { unavailable } from '../domain/errors.ts';
import { Metrics } from '../http/metrics.ts';
import type { FromWorker, PrimaryCalls, ToWorker } from './cluster.ts';
import { type Hits, remoteStore } from './cluster-rate-limit.ts';
import { type Listener, listen } from './listen.ts';
import { openLog } from './log.ts';
import { STOP_SIGNALS } from './signals.ts';

/**
 * The process of a worker (`cluster.ts`). It calls the primary for its settings, the rate limit and the server's
 * metrics.
 */

let listener: Listener | undefined;
const metrics = new Metrics();
let lastCallId = 0;
const pendingCalls = new Map<number, (result: never) => void>();
/** The requests of this turn of the event loop, which are counted by one call. */
let pendingHits: { requests: [string, number][]; counted: Promise<Hits[]> } | undefined;

// A terminal sends its signals to every process; the primary handles them and sends `close`.
for (const signal of STOP_SIGNALS) process.on(signal, () => undefined);
process.on('disconnect', () => void closeAndExit());
process.on('message', (message: ToWorker) => {
  if (message.type === 'close') return void closeAndExit();
  if (message.type === 'collectMetrics') return void sendMetrics(message.id);
  pendingCalls.get(message.id)?.(message.result as never);
  pendingCalls.delete(message.id);
});
await serve();

async function serve(): Promise<void> {
  const { config, database } = await callPrimary<ReturnType<PrimaryCalls['settings']>>('settings');
  const log = openLog(config.logLevel);
  try {
    metrics.render = renderServerMetrics;
    listener = await listen(config, database, log, { rateLimitStore: remoteStore(countHit), metrics });
    send({ type: 'listening', port: listener.port });
  } catch (error) {
    send({ type: 'failed', reason: (error as Error).message });
    process.exitCode = 1;
    process.disconnect();
  }
}

async function sendMetrics(id: number): Promise<void> {
  send({ type: 'metrics', id, metrics: await metrics.registry.getMetricsAsJSON() });
}

/** The metrics of all workers, which the primary collects and sums. */
async function renderServerMetrics(): Promise<string> {
  const text = await callPrimary<string | null>('metrics');
  if (text === null) throw unavailable(undefined, 'A worker did not send its metrics in time.');
  return text;
}

async function closeAndExit(): Promise<void> {
  await listener?.close().catch(() => undefined);
  process.exit();
}

/** Counts the requests of one turn of the event loop by one call to the primary. */
async function countHit(key: string, windowMs: number): Promise<Hits> {
  if (!pendingHits) {
    const requests: [string, number][] = [];
    const counted = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      pendingHits = undefined;
      return callPrimary<Hits[]>('countHits', requests);
    });
    pendingHits = { requests, counted };
  }
  const index = pendingHits.requests.push([key, windowMs]) - 1;
  const hits = (await pendingHits.counted)[index];
  if (!hits) throw new Error('A request was not counted.');
  return hits;
}

function callPrimary<Result>(name: keyof PrimaryCalls, payload?: unknown): Promise<Result> {
  lastCallId += 1;
  const id = lastCallId;
  send({ type: 'call', id, name, payload: payload as never });
  return new Promise((resolve) => pendingCalls.set(id, resolve as (result: never) => void));
}

function send(message: FromWorker): void {
  process.send?.(message);
}
