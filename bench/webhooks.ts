/**
 * Sends events to three receivers, of which one hangs, one fails half of the time and one is down for a minute, while
 * the server is killed and restarted: the test `test/api/webhook-endpoints/kill-9.test.ts` at a hundred times its size
 * and more.
 *
 *     tsx bench/webhooks.ts [--events 10000] [--kills 10] > bench/results/webhooks.md
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { webhookStorm } from '../test/faults/webhook-storm.ts';
import { number, table } from './report.ts';

const { values: options } = parseArgs({
  options: { events: { type: 'string', default: '10000' }, kills: { type: 'string', default: '10' } },
});
const kills = Number(options.kills);
const { events, receivers, forged, seconds } = await webhookStorm({
  events: Number(options.events),
  kills,
  goneMs: 60_000,
  withinMs: 1_200_000,
});
const rows = Object.entries(receivers).map(([name, { taken, attempts, repeated, outOfOrder }]) => {
  const isWhole = taken.length === events.length && taken.every((id, nth) => id === events[nth]);
  return [name, isWhole ? 'every one, in order' : 'NOT ALL', number(attempts), number(repeated), number(outOfOrder)];
});
process.stdout.write(
  `# Webhooks over kill -9\n\nNode ${process.versions.node}, ${cpus().length} cores; pauses of the schedule in milliseconds, 5 to 50.\n\n${number(events.length)} events, the server killed ${kills} times, ${number(seconds)} s in all. ` +
    `Forged deliveries: ${number(forged.sent)} sent, ${forged.taken} taken.\n\n` +
    '    tsx bench/webhooks.ts\n\n' +
    table(['Receiver', 'Taken', 'Requests that came', 'Taken more than once', 'Out of order'], rows),
);
