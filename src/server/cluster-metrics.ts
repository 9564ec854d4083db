import type { Worker } from 'node:cluster';
import { AggregatorRegistry } from 'prom-client';

/** Several workers' metrics as one server's. */

/** What a worker's registry says, as prom-client hands it over. */
export type WorkerMetrics = object[];

const TOLD_WITHIN_MS = 1_000;

export class GatheredMetrics {
  readonly #waiting = new Map<number, (metrics: WorkerMetrics) => void>();
  #asked = 0;

  /**
   * Asks every worker and adds up what they tell; who dies meanwhile is left out.
   * @param ask sends a worker the question of this number; the answer comes to `take`
   * @returns null when a worker didn't answer in time: counts that shrink and grow again would be taken for new ones
   */
  async gather(workers: readonly Worker[], ask: (worker: Worker, nth: number) => void): Promise<string | null> {
    const told = await Promise.all(workers.map((worker) => this.#hear(worker, ask)));
    const metrics = told.filter((each) => each !== null);
    return metrics.length < told.length ? null : AggregatorRegistry.aggregate(metrics).metrics();
  }

  take(nth: number, metrics: WorkerMetrics): void {
    this.#waiting.get(nth)?.(metrics);
  }

  #hear(worker: Worker, ask: (worker: Worker, nth: number) => void): Promise<WorkerMetrics | null> {
    this.#asked += 1;
    const nth = this.#asked;
    return new Promise((resolve) => {
      const settle = (metrics: WorkerMetrics | null) => {
        clearTimeout(late);
        worker.off('exit', leave);
        this.#waiting.delete(nth);
        resolve(metrics);
      };
      const late = setTimeout(() => settle(null), TOLD_WITHIN_MS);
      const leave = () => settle([]);
      worker.once('exit', leave);
      this.#waiting.set(nth, settle);
      ask(worker, nth);
    });
  }
}
