/**
 * Measures the processing of a mail with hostile bodies, which would take a careless parser minutes, at 256 KiB and 1
 * MiB:
 *
 *     tsx bench/hostile-mail.ts > bench/results/hostile-mail.md
 *
 * Each figure is CPU time, the least of five runs. More than 100 ms at 1 MiB is too much, and so is a time that grows
 * faster than the body.
 */
import { cpus, loadavg } from 'node:os';
import { HOSTILE_BODIES, readWholeMail } from '../test/support/hostile-bodies.ts';
import { table } from './report.ts';

const SUBJECTS = ['Re: Invoice INV-10001', 'Failed: delivery', 'Read: Invoice', 'Accepted: Call'];

function leastMilliseconds(body: string): number {
  const times = Array.from({ length: 5 }, () => {
    const started = process.cpuUsage();
    for (const subject of SUBJECTS) readWholeMail(body, subject);
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1000 / SUBJECTS.length;
  });
  return Math.min(...times);
}

for (const body of Object.values(HOSTILE_BODIES)) readWholeMail(body(20_000));
const rows = Object.entries(HOSTILE_BODIES).map(([shape, bodyOf]) => {
  const [quarter, whole] = [leastMilliseconds(bodyOf(256 * 1024)), leastMilliseconds(bodyOf(1024 * 1024))];
  return { shape, quarter, whole };
});
const lines = rows
  .toSorted((a, b) => b.whole - a.whole)
  .map(({ shape, quarter, whole }) => [shape, quarter.toFixed(1), whole.toFixed(1), (whole / quarter).toFixed(1)]);
process.stdout.write(
  `# Hostile mail\n\nNode ${process.versions.node}, ${cpus().length} cores, load average ${(loadavg()[0] ?? 0).toFixed(1)}.\n\n    tsx bench/hostile-mail.ts\n\n${table(
    ['Body', '256 KiB (ms)', '1 MiB (ms)', 'growth'],
    lines,
  )}`,
);
