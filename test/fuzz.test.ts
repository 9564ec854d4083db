import { afterAll, beforeAll, expect, it } from 'vitest';
import { fuzz, type Target } from './fuzz/fuzz.ts';
import { SETTINGS, startTestApp, type TestApp } from './support/app.ts';

/** The short form of `npm run test:fuzz`. */
let t: TestApp;
let target: Target;
beforeAll(async () => {
  t = await startTestApp();
  target = { ...t, nylasSecret: SETTINGS.nylasWebhookSecrets[0] ?? '' };
});
afterAll(() => t.close());

it.each([
  ['a fixed seed', 20_260_101],
  ['a fresh seed', Date.now() % 1_000_000_000],
])(
  '3,000 requests made from the OpenAPI document, %s: documented statuses only, no 5xx, what was sent is stored',
  async (_kind, seed) => {
    const tally = await fuzz(target, seed, 3_000);
    expect(tally.requests).toBeGreaterThanOrEqual(3_000);
    expect(tally.roundTrips).toBeGreaterThan(5);
  },
  180_000,
);
