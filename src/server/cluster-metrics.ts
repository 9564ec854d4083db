import type { Worker } from 'node:cluster';
import { AggregatorRegistry } from 'prom-client';

/** Aggregates the metrics of all workers into those of one server. */

/** A worker's registry as JSON, in prom-client's format. */
export type WorkerMetrics = object[];

const REPLY_TIMEOUT_MS = 1_000;

export class MetricsAggregator {
  readonly #pending = new Map<number, (metrics: WorkerMetrics) => void>();
  #lastId = 0;

  /**
   * Requests the metrics of every worker and sums them up. A worker that exits meanwhile is left out.
   * @param request sends a worker the request with this id; its reply is passed to `receive`
   * @returns null when a worker doesn't reply in time: Prometheus would take a sum without it for a counter reset, and the
   *   next complete sum for an increase
   */
  async aggregate(workers: readonly Worker[], request: (worker: Worker, id: number) => void): Promise<string | null> {
    const replies = await Promise.all(workers.map((worker) => this.#collect(worker, request)));
    const metrics = replies.filter((reply) => reply !== null);
    return metrics.length < replies.length ? null : AggregatorRegistry.aggregate(metrics).metrics();
  }

  receive(id: number, metrics: WorkerMetrics): void {
    this.#pending.get(id)?.(metrics);
  }

  #collect(worker: Worker, request: (worker: Worker, id: number) => void): Promise<WorkerMetrics | null> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve) => {
      const settle = (metrics: WorkerMetrics | null) => {
        clearTimeout(timer);
        worker.off('exit', onExit);
        this.#pending.delete(id);
        resolve(metrics);
      };
      const timer = setTimeout(() => settle(null), REPLY_TIMEOUT_MS);
      const onExit = () => settle([]);
      worker.once('exit', onExit);
      this.#pending.set(id, settle);
      request(worker, id);
    });
  }
}
