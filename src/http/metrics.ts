import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { KeyRing } from '../crypto/key-ring.ts';
import type { Db } from '../db/client.ts';
import { VERSION } from '../domain/version.ts';
import type { IngestState, Provider } from '../domain/vocabulary.ts';

const PREFIX = 'communications_';
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * What `GET /metrics` tells, of the whole server and never of a company. Each application has a registry of its own.
 * Where several processes serve one port, `render` is replaced by what all of them say together (`shared-metrics.ts`):
 * counters, histograms and these gauges add up.
 */
export class Metrics {
  readonly registry = new Registry();
  /** The text of the exposition format. */
  render: () => Promise<string> = () => this.registry.metrics();

  readonly #seconds = new Histogram({
    name: `${PREFIX}http_request_duration_seconds`,
    help: 'Requests by route and status, and how long they took. Event streams are not in it.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [this.registry],
  });
  readonly #aborted = new Counter({
    name: `${PREFIX}http_requests_aborted_total`,
    help: 'Requests whose client went away before the whole answer was sent.',
    labelNames: ['method', 'route'],
    registers: [this.registry],
  });
  readonly #ingested = new Counter({
    name: `${PREFIX}ingested_events_total`,
    help: 'What became of events that providers delivered to this process.',
    labelNames: ['provider', 'state'],
    registers: [this.registry],
  });

  get contentType(): string {
    return this.registry.contentType;
  }

  countRequest(method: string, route: string, status: number, seconds: number): void {
    this.#seconds.observe({ method, route, status }, seconds);
  }

  countAborted(method: string, route: string): void {
    this.#aborted.inc({ method, route });
  }

  countIngested(provider: Provider, state: IngestState): void {
    this.#ingested.inc({ provider, state });
  }

  /**
   * Memory, processor, garbage collection and the event loop's lag of this process, under the names that dashboards for
   * Node expect (`process_…`, `nodejs_…`). Once a process.
   */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Looked at when asked. */
  watch({ db, ring, live }: { db: Db; ring: KeyRing; live: { readers: number } }): void {
    const registers = [this.registry];
    new Gauge({
      name: `${PREFIX}build_info`,
      help: 'Always 1; which version of the server this is.',
      labelNames: ['version'],
      // Several workers are one server: their ones don't add up.
      aggregator: 'first',
      registers,
    }).set({ version: VERSION }, 1);
    new Gauge({
      name: `${PREFIX}database_connections`,
      help: 'Connections of the pool: in use, idle, and requests waiting for one.',
      labelNames: ['state'],
      registers,
      collect() {
        const { totalCount, idleCount, waitingCount } = db.pool;
        this.set({ state: 'used' }, totalCount - idleCount);
        this.set({ state: 'idle' }, idleCount);
        this.set({ state: 'waiting' }, waitingCount);
      },
    });
    new Gauge({
      name: `${PREFIX}event_streams`,
      help: 'Event streams that are open.',
      registers,
      collect() {
        this.set(live.readers);
      },
    });
    new Gauge({
      name: `${PREFIX}encryption_keys`,
      help: 'Encryption keys in use by id: the processes that hold each, and under which new texts are written.',
      labelNames: ['key_id', 'role'],
      registers,
      collect() {
        this.reset();
        for (const id of ring.ids) this.set({ key_id: id, role: id === ring.primaryId ? 'primary' : 'held' }, 1);
      },
    });
  }
}
