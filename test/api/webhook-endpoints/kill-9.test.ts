import { expect, it } from 'vitest';
import { webhookStorm } from '../../faults/webhook-storm.ts';

it('every event reaches every receiver that comes back, in order, over kill -9; nothing forged is taken', {
  timeout: 240_000,
}, async () => {
  const { events, receivers, forged } = await webhookStorm({ events: 300, kills: 3, goneMs: 3_000, withinMs: 120_000 });

  expect(new Set(events).size).toBe(300);
  for (const [name, { taken, outOfOrder }] of Object.entries(receivers)) {
    expect(taken, name).toEqual(events);
    expect(outOfOrder, name).toBe(0);
  }
  expect(receivers.failing.attempts).toBeGreaterThan(400);
  expect(forged.sent).toBeGreaterThan(30);
  expect(forged.taken).toBe(0);
});
