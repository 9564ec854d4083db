import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { KeyRing } from '../crypto/key-ring.ts';
import type { Db } from '../db/client.ts';
import { VERSION } from '../domain/version.ts';
import type { IngestState, Provider } from '../domain/vocabulary.ts';

const PREFIX = 'communications_';
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * The metrics of `GET /metrics`, of the whole server and never of a company. Each application has its own registry. With
 * several workers, `render` is replaced by the aggregation of all workers' registries (`server/cluster-metrics.ts`):
 * counters, histograms and gauges are summed.
 */
export class Metrics {
  readonly registry = new Registry();
  /** The metrics in Prometheus' text format. */
  render: () => Promise<string> = () => this.registry.metrics();

  readonly #seconds = new Histogram({
    name: `${PREFIX}http_request_duration_seconds`,
    help: 'Requests by route and status with their duration in seconds, without event streams.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [this.registry],
  });
  readonly #aborted = new Counter({
    name: `${PREFIX}http_requests_aborted_total`,
    help: 'Requests whose client closed the connection before the whole response was sent.',
    labelNames: ['method', 'route'],
    registers: [this.registry],
  });
  readonly #ingested = new Counter({
    name: `${PREFIX}ingested_events_total`,
    help: 'Events that providers delivered to this process, by their state after processing.',
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
   * Adds memory, CPU, garbage collection and event loop lag of this process, under the names that dashboards for Node
   * expect (`process_…`, `nodejs_…`). Call it once in a process.
   */
  addProcessMetrics(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Adds gauges whose values are read when the metrics are collected. */
  addGauges({ db, ring, live }: { db: Db; ring: KeyRing; live: { openStreams: number } }): void {
    const registers = [this.registry];
    new Gauge({
      name: `${PREFIX}build_info`,
      help: 'Always 1; the label is the version of the server.',
      labelNames: ['version'],
      // All workers are one server, so their values aren't summed.
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
      help: 'Open event streams.',
      registers,
      collect() {
        this.set(live.openStreams);
      },
    });
    new Gauge({
      name: `${PREFIX}encryption_keys`,
      help: 'Processes that have loaded an encryption key, by key id; the role primary encrypts new texts.',
      labelNames: ['key_id', 'role'],
      registers,
      collect() {
        this.reset();
        for (const id of ring.ids) this.set({ key_id: id, role: id === ring.primaryId ? 'primary' : 'held' }, 1);
      },
    });
  }
}
