import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MUTANTS, roundsToCatch } from './faults/mutants.ts';
import { FAULTS, type Fault, runRound } from './faults/round.ts';
import { createWorld, type World } from './faults/world.ts';

/** The short form of `npm run test:faults`: one round of each fault, then each mutant until it is caught. */
let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

describe('under faults', () => {
  beforeAll(() => world.startServer());
  afterAll(() => world.endServer('SIGTERM'));

  it.each(Object.keys(FAULTS) as Fault[])(
    '%s: what was acknowledged is there once, and nothing in half',
    async (fault) => {
      const round = await runRound(world, fault, 20_260_101);
      expect(round.broken).toEqual([]);
      expect(round.acknowledged).toBeGreaterThan(0);
    },
    120_000,
  );
});

describe('the suite can fail', () => {
  it.each(Object.keys(MUTANTS))(
    'catches: %s',
    async (name) => {
      expect(await roundsToCatch(world, name, 20_260_101, 20)).toBeDefined();
    },
    240_000,
  );
});
