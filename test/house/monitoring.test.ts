import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { INGEST_STATES } from '../../src/domain/vocabulary.ts';
import { Metrics } from '../../src/http/metrics.ts';

/** What `deploy/monitoring` asks of Prometheus is what `GET /metrics` says. */

const path = (name: string) => fileURLToPath(new URL(`../../deploy/monitoring/${name}`, import.meta.url));
const read = (name: string) => readFileSync(path(name), 'utf8');
const FILES = ['alerts.yml', 'grafana-dashboard.json'];

it('every metric of the alerts and the dashboard is one that the server has', async () => {
  const metrics = new Metrics();
  metrics.addGauges({
    db: { pool: { totalCount: 1, idleCount: 1, waitingCount: 0 } },
    ring: { ids: [], primaryId: 1 },
    live: { openStreams: 0 },
  } as never);
  metrics.addProcessMetrics();
  const known = (await metrics.registry.getMetricsAsJSON()).map(({ name }) => name);

  for (const file of FILES) {
    const used = read(file).match(/\b(?:communications|nodejs|process)_[a-z0-9_]+/g) ?? [];
    expect(used.length, file).toBeGreaterThan(5);
    for (const name of used) expect(known, file).toContain(name.replace(/_(?:count|bucket|sum)$/, ''));
  }
});

it('the alert about events names a state that events have', () => {
  expect(INGEST_STATES).toContain(/ingested_events_total\{state="(\w+)"\}/.exec(read('alerts.yml'))?.[1]);
});

it('the dashboard is JSON whose panels have ids of their own and a query each', () => {
  const { panels } = JSON.parse(read('grafana-dashboard.json')) as { panels: { id: number; targets: object[] }[] };

  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  for (const { targets } of panels) expect(targets.length).toBeGreaterThan(0);
});

const hasPromtool = spawnSync('promtool', ['--version']).status === 0;

it.runIf(hasPromtool)('promtool accepts the alert rules', () => {
  expect(String(execFileSync('promtool', ['check', 'rules', path('alerts.yml')]))).toContain('SUCCESS');
});
